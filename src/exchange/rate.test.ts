import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount } from '../amount.ts';
import { getFor, giveFor } from './rate.ts';

const most = Number.MAX_SAFE_INTEGER;
const large = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: most }));
const ratio = fc
  .record({ numerator: large, denominator: large })
  .map(({ numerator, denominator }) => ({
    numerator: amount(numerator),
    denominator: amount(denominator),
  }));

describe('A rate', () => {
  it('gives the exact value rounded down, or says why not', () => {
    fc.assert(
      fc.property(ratio, large, (rate, give) => {
        const exact = (BigInt(give) * BigInt(rate.numerator)) / BigInt(rate.denominator);
        const got = getFor(rate, amount(give));
        if (got.ok) expect(BigInt(got.value)).toBe(exact);
        else if (exact === 0n) expect(got.error.code).toBe('exchange-limit');
        else {
          expect(exact > BigInt(most)).toBe(true);
          expect(got.error.code).toBe('amount-out-of-range');
        }
      }),
    );
  });

  it('never gives the taker more than it says, in either direction', () => {
    fc.assert(
      fc.property(ratio, large, (rate, give) => {
        const got = getFor(rate, amount(give));
        if (!got.ok) return;
        const [g, n, d] = [BigInt(give), BigInt(rate.numerator), BigInt(rate.denominator)];
        expect(BigInt(got.value) * d <= g * n).toBe(true);
        const back = giveFor(rate, got.value);
        expect(back.ok && back.value <= give).toBe(true);
      }),
    );
  });

  it('asks for the least that buys an amount', () => {
    fc.assert(
      fc.property(ratio, large, (rate, get) => {
        const give = giveFor(rate, amount(get));
        if (!give.ok) {
          expect(give.error.code).toBe('amount-out-of-range');
          return;
        }
        const enough = getFor(rate, give.value);
        if (enough.ok) expect(enough.value).toBeGreaterThanOrEqual(get);
        else expect(enough.error.code).toBe('amount-out-of-range');
        if (give.value === 0) return;
        const less = getFor(rate, amount(give.value - 1));
        expect(less.ok ? less.value : 0).toBeLessThan(get);
      }),
    );
  });

  it('never gives more for less', () => {
    fc.assert(
      fc.property(ratio, large, large, (rate, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [little, much] = [getFor(rate, amount(low)), getFor(rate, amount(high))];
        if (little.ok && much.ok) expect(little.value).toBeLessThanOrEqual(much.value);
      }),
    );
  });

  it('brings nobody a unit by going there and back at rates that are inverse to each other', () => {
    fc.assert(
      fc.property(ratio, large, (rate, give) => {
        const there = getFor(rate, amount(give));
        if (!there.ok) return;
        const inverse = { numerator: rate.denominator, denominator: rate.numerator };
        const back = getFor(inverse, there.value);
        expect(back.ok ? back.value : 0).toBeLessThanOrEqual(give);
      }),
    );
  });
});
