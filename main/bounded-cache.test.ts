import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

describe('A bounded cache', () => {
  it('forgets what was used longest ago', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toBe(1);
    expect(cache.get('c')).toBe(3);
  });

  it('tells what it forgot', () => {
    const forgotten: number[] = [];
    const cache = new BoundedCache<string, number>(1, (value) => forgotten.push(value));
    cache.set('a', 1);
    cache.set('a', 2);
    cache.set('b', 3);
    expect(forgotten).toEqual([2]);
  });

  it('never holds more than it may, and never another value than the last one set', () => {
    const steps = fc.array(fc.record({ key: fc.nat(20), value: fc.nat() }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), steps, (entriesMax, all) => {
        const cache = new BoundedCache<number, number>(entriesMax);
        const model = new Map<number, number>();
        for (const { key, value } of all) {
          cache.set(key, value);
          model.set(key, value);
          expect(cache.size).toBeLessThanOrEqual(entriesMax);
          expect(cache.get(key)).toBe(value);
        }
        for (const [key, value] of model) expect([value, undefined]).toContain(cache.get(key));
      }),
    );
  });

  it('is not made without room', () => {
    for (const entriesMax of [0, -1, 1.5, Number.NaN]) {
      expect(() => new BoundedCache(entriesMax)).toThrow(RangeError);
    }
  });
});
