import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { ordersCovering } from './covering.ts';
import { enterExchange, enterPayment, tabView } from './tab.ts';

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

  it('are those that counting unit by unit finds, on any tab', () => {
    const amount = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: -20, max: -1 }));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), (amounts) => {
        expect(coveringOn(amounts)).toEqual(byUnits(amounts));
      }),
    );
  });
});
