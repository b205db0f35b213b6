import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatUnits, parseAmount } from './amounts.ts';

const coins = { symbol: 'ALC', decimals: 2 };

describe('amounts as a person writes them', () => {
  it('shows units with the decimals and the symbol of their currency', () => {
    expect(formatAmount(1250, coins)).toBe('12.50 ALC');
    expect(formatAmount(-5, coins)).toBe('-0.05 ALC');
    expect(formatAmount(7, { symbol: 'MNY', decimals: 0 })).toBe('7 MNY');
  });

  it('reads back every amount that it shows, to the unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 6 }),
        (units, decimals) => {
          const text = formatUnits(units, decimals);
          expect(parseAmount(text, { symbol: 'X', decimals })).toBe(units);
        },
      ),
    );
  });

  it('reads fewer decimals than the currency has', () => {
    expect(parseAmount('12.5', coins)).toBe(1250);
    expect(parseAmount(' 12 ', coins)).toBe(1200);
  });

  it.each([
    '',
    '-1',
    '1.234',
    '1,50',
    '1.',
    '.5',
    '1e3',
    '0x10',
    'NaN',
    '90071992547409.92',
    '12 34',
  ])('refuses %j instead of rounding or guessing', (text) => {
    expect(() => parseAmount(text, coins)).toThrow(
      expect.objectContaining({ code: 'amount-out-of-range' }),
    );
  });
});
