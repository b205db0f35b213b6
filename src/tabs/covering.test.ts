import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { tabEntriesPerAnswerMax } from '../limits.ts';
import { ordersCovering } from './covering.ts';
import { enterExchange, enterPayment, refund, tabView } from './tab.ts';

const [peer, currency] = [testPeerId(1), testPeerId(9)];

/** A tab with these amounts on it, charges above zero and payments below; what paid for each charge. */
function coveringOn(amounts: readonly number[]): readonly (readonly string[])[] {
  return testContext({ self: testPeerId(0) }).run((ctx) => {
    const charges = amounts.flatMap((amount, at) => {
      if (amount < 0) {
        enterPayment(ctx, peer, currency, { amount: -amount as Amount, order: `paid ${at}` });
        return [];
      }
      const price = amount as Amount;
      const cause = { kind: 'sold', peer, reason: 'Sold.' } as const;
      const entry = {
        amount: price,
        reference: `charge ${at}`,
        counter: 'income:sales',
        cause,
      } as const;
      const { entries, balance } = enterExchange(ctx, peer, currency, entry);
      return [{ entry: entries, balance, price }];
    });
    expect(tabView(ctx, peer, currency).balance).toBe(amounts.reduce((sum, each) => sum + each, 0));
    return charges.map((charge) => ordersCovering(ctx, peer, currency, charge));
  });
}

/** The same by counting units one by one: the nth unit charged is paid by the nth unit paid. */
function byUnits(amounts: readonly number[]): readonly (readonly string[])[] {
  const paid = amounts.flatMap((amount, at) =>
    amount < 0 ? Array.from({ length: -amount }, () => `paid ${at}`) : [],
  );
  let first = 0;
  return amounts
    .filter((amount) => amount > 0)
    .map((price) => {
      const units = paid.slice(first, first + price);
      first += price;
      return [...new Set(units)];
    });
}

describe('the payments that paid for a charge', () => {
  it('are the one that came ahead of it', () => {
    expect(coveringOn([-10, 10])).toEqual([['paid 0']]);
  });

  it('are those that settled the tab afterwards, in the order of the charges', () => {
    expect(coveringOn([4, 6, -7, -3])).toEqual([['paid 2'], ['paid 2', 'paid 3']]);
  });

  it('are none where it is still owed', () => {
    expect(coveringOn([5, -5, 7])).toEqual([['paid 1'], []]);
  });

  it('are not what was taken back: it is no payment, and counts as paid before those that follow', () => {
    const covering = testContext({ self: testPeerId(0) }).run((ctx) => {
      const cause = { kind: 'sold', peer, reason: 'A test.' } as const;
      const charge = (amount: number, reference: string) => ({
        ...{ amount: amount as Amount, reference, counter: 'income:sales' as const, cause },
      });
      enterExchange(ctx, peer, currency, charge(4, 'c1'));
      const { entries, balance } = enterExchange(ctx, peer, currency, charge(6, 'c2'));
      refund(ctx, peer, currency, charge(5, 'c1'));
      enterPayment(ctx, peer, currency, { amount: 5 as Amount, order: 'paid' });
      return ordersCovering(ctx, peer, currency, { entry: entries, balance, price: 6 as Amount });
    });
    // Of what was taken back one unit counts for the charge, the rest of it was paid.
    expect(covering).toEqual(['paid']);
  });

  it('are none of a charge that was free', () => {
    const none = testContext({ self: testPeerId(0) }).run((ctx) => {
      enterPayment(ctx, peer, currency, { amount: 5 as Amount, order: 'ahead' });
      return ordersCovering(ctx, peer, currency, { entry: 1, balance: -5, price: 0 as Amount });
    });
    expect(none).toEqual([]);
  });

  it('are looked for among as many entries before the charge as one answer holds', () => {
    const ahead = (count: number) => [-9, ...Array.from({ length: count - 1 }, () => -1), 9];
    expect(coveringOn(ahead(tabEntriesPerAnswerMax))).toEqual([['paid 0']]);
    expect(coveringOn(ahead(tabEntriesPerAnswerMax + 1))).toEqual([[]]);
  });

  it('are those that counting unit by unit finds, on any tab', () => {
    const amount = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: -20, max: -1 }));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), (amounts) => {
        expect(coveringOn(amounts)).toEqual(byUnits(amounts));
      }),
    );
  });
});
