import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testContext } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { marketSettings } from '../settings/index.ts';
import { askingPrice, commissionOn, maxPriceForSuppliers, resalePrice } from './pricing.ts';

const amounts = fc.oneof(fc.nat(1_000), fc.maxSafeNat()).map((value) => value as Amount);
const commissions = fc.record({ flat: amounts, perMillion: amounts });
const reasonable = fc.record({
  flat: fc.nat(100).map((value) => value as Amount),
  perMillion: fc.nat(2_000_000).map((value) => value as Amount),
});
const withCommission = (commission: { flat: Amount; perMillion: Amount }) => ({
  settings: { ...marketSettings.parse({}), commission },
});

describe('the commission', () => {
  it('never falls when the price rises', () => {
    fc.assert(
      fc.property(commissions, amounts, amounts, (commission, one, other) => {
        const ctx = withCommission(commission);
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(commissionOn(ctx, low)).toBeLessThanOrEqual(commissionOn(ctx, high));
      }),
    );
  });

  it('leaves a price at which a resold document never passes the caller’s maximum', () => {
    fc.assert(
      fc.property(fc.oneof(reasonable, commissions), amounts, amounts, (commission, max, price) => {
        const ctx = withCommission(commission);
        const most = maxPriceForSuppliers(ctx, max);
        if (most === undefined) return;
        const asked = Math.min(price, most) as Amount;
        expect(resalePrice(ctx, asked, max)).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('leaves the highest such price: a unit more would not fit', () => {
    fc.assert(
      fc.property(reasonable, fc.nat(100_000), (commission, max) => {
        const ctx = withCommission(commission);
        const most = maxPriceForSuppliers(ctx, max as Amount);
        const next = (most === undefined ? 0 : most + 1) as Amount;
        expect(resalePrice(ctx, next, max as Amount)).toBeUndefined();
      }),
    );
  });
});

describe('the asking price', () => {
  const currency = testContext().self;
  const price = (pricing: object[], sizeBytes: number, mediaType = 'text/plain') =>
    testContext({ settings: marketSettings.parse({ pricing }) }).run((ctx) =>
      askingPrice(ctx, testDocument('walden', { sizeBytes, mediaType }), currency),
    );

  it('is that of the first rule that fits', () => {
    const rules = [
      { mediaType: 'video/', flat: 50, perMebibyte: 2 },
      { maxSize: 10, flat: 1, perMebibyte: 0 },
      { flat: 5, perMebibyte: 1 },
    ];
    expect(price(rules, 3 * 2 ** 20, 'video/mp4')).toBe(56);
    expect(price(rules, 10)).toBe(1);
    expect(price(rules, 11)).toBe(6);
  });

  it('is none where no rule fits, or where it would be no amount', () => {
    expect(price([{ mediaType: 'image/png', flat: 1, perMebibyte: 0 }], 10)).toBeUndefined();
    expect(price([{ flat: 1, perMebibyte: Number.MAX_SAFE_INTEGER }], 2 ** 30)).toBeUndefined();
  });
});
