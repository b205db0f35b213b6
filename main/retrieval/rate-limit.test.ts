import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestClock } from './documents.suite.ts';
import { RateLimit } from './rate-limit.ts';

async function takeAll(limit: RateLimit, slices: readonly number[]): Promise<void> {
  for (const bytes of slices) await limit.take(bytes);
}

describe('a rate limit', () => {
  it('lets everything pass at once where there is no rate', async () => {
    const clock = new TestClock();
    await takeAll(new RateLimit(clock), [1e9, 1e9, 1e9]);
    expect(clock.waits).toBe(0);
  });

  it('lets no more than the rate pass, shared by all who take', async () => {
    const slice = fc.integer({ min: 1, max: 64_000 });
    const transfer = fc.array(slice, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(transfer, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1_000, max: 10_000_000 }),
        async (transfers, bytesPerSecond) => {
          const clock = new TestClock();
          const limit = new RateLimit(clock, bytesPerSecond);
          const before = clock.now();
          await Promise.all(transfers.map((slices) => takeAll(limit, slices)));
          const seconds = (clock.now() - before) / 1000;
          const all = transfers.flat();
          const total = all.reduce((sum, bytes) => sum + bytes, 0);
          const largest = Math.max(...all);
          expect(total).toBeLessThanOrEqual(seconds * bytesPerSecond + largest);
          // Each wait is rounded up to a millisecond, so it may be slower by as many.
          const lostToRounding = (clock.waits / 1000) * bytesPerSecond;
          expect(total).toBeGreaterThan(seconds * bytesPerSecond - lostToRounding - largest);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('serves those who wait in the order in which they came', async () => {
    const limit = new RateLimit(new TestClock(), 1_000);
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3].map((who) => limit.take(500).then(() => order.push(who))));
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('lets a quarter of a second pass at once after a pause, not the whole pause', async () => {
    const clock = new TestClock();
    const limit = new RateLimit(clock, 1_000);
    clock.advance(3_600_000);
    const before = clock.now();
    await takeAll(limit, Array<number>(125).fill(10));
    expect(clock.now() - before).toBeGreaterThanOrEqual(980);
    expect(clock.now() - before).toBeLessThanOrEqual(1_000);
  });

  it('can be lifted while somebody waits for years', async () => {
    const waiting = Promise.withResolvers<void>();
    const clock = {
      now: () => 0,
      wait: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          signal?.addEventListener('abort', () => resolve());
          waiting.resolve();
        }),
      every: () => () => undefined,
    };
    const limit = new RateLimit(clock, 1);
    await limit.take(1e9);
    const second = limit.take(1e9);
    await waiting.promise;
    limit.setRate(undefined);
    await second;
    expect(limit.sliceBytes).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives up for whoever no longer wants, and goes on for the others', async () => {
    const clock = new TestClock();
    const limit = new RateLimit(clock, 1_000);
    await limit.take(10_000);
    const gone = new AbortController();
    const first = limit.take(1, gone.signal);
    const second = limit.take(1);
    gone.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await second;
    expect(clock.now()).toBeGreaterThanOrEqual(1_010_000);
  });

  it('moves small slices where the rate is low', () => {
    const sliceOf = (rate?: number) => new RateLimit(new TestClock(), rate).sliceBytes;
    expect([sliceOf(100), sliceOf(160_000), sliceOf(1e9)]).toEqual([1024, 10_000, 32_768]);
    expect(sliceOf()).toBe(Number.POSITIVE_INFINITY);
  });

  it('has a positive rate or none', () => {
    const limit = new RateLimit(new TestClock());
    expect(() => limit.setRate(0)).toThrow(RangeError);
    expect(() => limit.setRate(Number.NaN)).toThrow(RangeError);
    expect(() => new RateLimit(new TestClock(), -1)).toThrow(RangeError);
  });
});
