import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits, parseUnits, plainUnits, sameNumber, separatorsOf } from './amount-text.ts';

const units = (value: number) => ({ kind: 'units', units: value });
const wrong = (why: string) => ({ kind: 'wrong', why });
const locales = fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH');

it('is written with the separators of its language', () => {
  expect(separatorsOf('en-US')).toMatchObject({ decimal: '.', group: ',' });
  expect(separatorsOf('de-DE')).toMatchObject({ decimal: ',', group: '.' });
});

describe('an amount that a person types', () => {
  it.each([
    ['12.5', 2, 'en-US', 1_250],
    ['12,5', 2, 'en-US', 1_250],
    ['12,5', 2, 'de-DE', 1_250],
    ['12.5', 2, 'de-DE', 1_250],
    ['1,234.50', 2, 'en-US', 123_450],
    ['1.234,50', 2, 'de-DE', 123_450],
    ['1,234.50', 2, 'de-DE', 123_450],
    ['1,500', 3, 'en-US', 1_500_000],
    ['1.500', 3, 'en-US', 1_500],
    ['1.500', 3, 'de-DE', 1_500_000],
    ['1 234', 0, 'fr-FR', 1_234],
    ['.5', 2, 'en-US', 50],
    ['5.', 2, 'en-US', 500],
    ['007', 0, 'en-US', 7],
    ['3.00', 0, 'en-US', 3],
    ['9007199254740991', 0, 'en-US', Number.MAX_SAFE_INTEGER],
    ['9,007,199,254.740991', 6, 'en-US', Number.MAX_SAFE_INTEGER],
    ['0.29', 2, 'en-US', 29],
  ])('%s with %i decimals in %s is %i of the smallest unit', (text, decimals, locale, expected) => {
    expect(parseUnits(text, decimals, locale)).toEqual(units(expected));
  });

  it.each([
    ['1.5', 0, 'no-decimals'],
    ['0.001', 2, 'too-many-decimals'],
    ['9007199254740992', 0, 'too-large'],
    ['99999999999999999999999', 2, 'too-large'],
    ['-1', 2, 'no-number'],
    ['1e3', 2, 'no-number'],
    ['twelve', 2, 'no-number'],
    ['1.2.3', 2, 'no-number'],
    ['1,2,3', 2, 'no-number'],
    ['.', 2, 'no-number'],
    ['٣', 0, 'no-number'],
  ])('%s with %i decimals is refused: %s', (text, decimals, why) => {
    expect(parseUnits(text, decimals, 'en-US')).toEqual(wrong(why));
  });

  it('may be missing', () => {
    expect(parseUnits('  ', 2, 'en-US')).toEqual({ kind: 'empty' });
  });

  it('is read back as it was written, in every language and to the last unit', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(6), locales, (value, decimals, locale) => {
        expect(parseUnits(formatUnits(value, decimals, locale), decimals, locale)).toEqual(
          units(value),
        );
        expect(parseUnits(plainUnits(value, decimals), decimals, 'en-US')).toEqual(units(value));
      }),
    );
  });

  it('never throws and never makes more of it than was typed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(6), locales, (text, decimals, locale) => {
        const parsed = parseUnits(text, decimals, locale);
        if (parsed.kind === 'units') expect(Number.isSafeInteger(parsed.units)).toBe(true);
      }),
    );
  });
});

describe('an amount on the screen', () => {
  it('has the decimals of its currency and a true minus', () => {
    expect(formatUnits(-123_450, 2, 'en-US')).toBe('−1,234.50');
    expect(formatUnits(5, 2, 'de-DE', true)).toBe('+0,05');
    expect(formatUnits(0, 2, 'en-US', true)).toBe('0.00');
    expect(formatUnits(Number.MAX_SAFE_INTEGER, 6, 'en-US')).toBe('9,007,199,254.740991');
  });

  it('is plain in a file', () => {
    expect(plainUnits(-123_450, 2)).toBe('-1234.50');
    expect(plainUnits(7, 0)).toBe('7');
  });
});

describe('the same number in a currency of other decimals', () => {
  it('has other units, and loses only what has no place there', () => {
    expect(sameNumber(2_050, 2, 0)).toBe(20);
    expect(sameNumber(20, 0, 2)).toBe(2_000);
    expect(sameNumber(7, 2, 2)).toBe(7);
    expect(sameNumber(Number.MAX_SAFE_INTEGER, 0, 6)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
