import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTime, noTimes, summaryOf, type Times } from './times.ts';

const all = (tookMs: readonly number[]) => tookMs.reduce<Times>(addTime, noTimes);

describe('the times of answers', () => {
  it('say nothing before the first', () => {
    expect(summaryOf(noTimes)).toBeUndefined();
  });

  it('tell the middle and what nine of ten stay below', () => {
    expect(summaryOf(all([10, 10, 10, 10, 10, 10, 10, 10, 10, 5_000]))).toEqual({
      answers: 10,
      medianMs: 11,
      p90Ms: 11,
    });
    expect(summaryOf(all([10, 10, 10, 5_000, 5_000]))).toMatchObject({
      medianMs: 11,
      p90Ms: 5_793,
    });
  });

  it('are right within the factor of one step, whatever they were', () => {
    const times = fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(times, (tookMs) => {
        const sorted = tookMs.toSorted((a, b) => a - b);
        const summary = summaryOf(all(tookMs));
        for (const [hundredths, said] of [
          [50, summary?.medianMs ?? 0],
          [90, summary?.p90Ms ?? 0],
        ] as const) {
          const exact = sorted[Math.ceil((sorted.length * hundredths) / 100) - 1] ?? 0;
          expect(said).toBeGreaterThanOrEqual(exact);
          expect(said).toBeLessThanOrEqual(Math.ceil(exact * 1.5));
        }
      }),
    );
  });

  it('take bounded space, and forget what was long ago', () => {
    const times = all(Array.from({ length: 5_000 }, (_, n) => (n < 2_500 ? 1_000_000_000 : 3)));
    expect(times.length).toBeLessThanOrEqual(41);
    expect(summaryOf(times)?.answers).toBeLessThanOrEqual(1_000);
    expect(summaryOf(times)?.medianMs).toBe(3);
  });
});
