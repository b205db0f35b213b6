import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const kib = 1024;

function timed() {
  let now = 0;
  const pace = new Pace(() => now);
  const pass = (ms: number) => {
    now += ms;
  };
  const take = (bytes: number, ms: number) => {
    pace.waits();
    pass(ms);
    pace.took(bytes);
  };
  return { pace, pass, take };
}

describe('The pace of a caller', () => {
  it('is not judged before it was waited for a minute', () => {
    const { pace, take } = timed();
    take(0, 59_999);
    expect(pace.bytesPerSecond).toBeUndefined();
    take(60 * kib, 1);
    expect(pace.bytesPerSecond).toBe(kib);
  });

  it('counts the wait that is still under way', () => {
    const { pace, pass } = timed();
    pace.waits();
    pass(60_000);
    expect(pace.bytesPerSecond).toBe(0);
  });

  it('does not count the time in which nobody waited for the caller', () => {
    const { pace, pass, take } = timed();
    for (let n = 0; n < 60; n++) {
      take(16 * kib, 1_000);
      pass(100_000);
    }
    expect(pace.bytesPerSecond).toBe(16 * kib);
  });

  it('saves nothing up: who was fast once is slow after a slow minute, and fast again after a fast one', () => {
    const { pace, take } = timed();
    take(1_000_000 * kib, 60_000);
    take(60 * kib, 60_000);
    expect(pace.bytesPerSecond).toBe(kib);
    take(120 * kib, 30_000);
    expect(pace.bytesPerSecond).toBe(kib);
    take(120 * kib, 30_000);
    expect(pace.bytesPerSecond).toBe(4 * kib);
  });
});
