import { describe, expect, it } from 'vitest';
import { recentPurchases, recentSales } from '../../../src/market/index.ts';
import { testDocument } from '../../../src/peer/test-world-library.ts';
import { TestMarket } from '../../../src/peer/test-world-market.ts';
import { receiptStatement } from '../../../src/protocol/index.ts';
import { purchaseEvidence, saleEvidence } from './deal-evidence.ts';

describe('the evidence of a sale', () => {
  /** Alice buys twice for 10 from Bob, who gives her this much credit; both books, and the money paid. */
  const sold = (creditLimit: number, sealed = false) => {
    const market = new TestMarket();
    const settings = { creditLimit, pricing: [{ flat: 10, perMebibyte: 0 }] };
    const alice = market.trader('alice');
    const documents = [testDocument('walden'), testDocument('emma')];
    const bob = market.trader('bob', { settings, documents });
    market.chain(alice, bob);
    market.open(500);
    for (const title of ['walden', 'emma'])
      market.buy(alice, market.search(alice, title, 50).bids[0], sealed);
    market.settle();
    return {
      bought: market.world.read(alice, (ctx) =>
        recentPurchases(ctx, 9).map((each) => purchaseEvidence(ctx, each)),
      ),
      sold: market.world.read(bob, (ctx) =>
        recentSales(ctx, 9).map((each) => saleEvidence(ctx, each)),
      ),
      amounts: (texts: readonly { kind: string; text: string }[]) =>
        market.world.read(bob, (ctx) =>
          texts
            .filter(({ kind }) => kind === 'souk-receipt')
            .map(({ text }) => ctx.open(receiptStatement, text))
            .map((opened) => (opened.ok ? opened.value.payload.amount : undefined)),
        ),
    };
  };

  it('holds the receipts of the payments on the tab that paid for it', () => {
    const { sold: sales, amounts } = sold(0);
    for (const sale of sales) {
      const paid = amounts(sale);
      expect(paid.length).toBeGreaterThan(0);
      expect(paid.every((amount) => amount !== undefined && amount >= 10)).toBe(true);
    }
  });

  it('holds none while the price stands on the tab', () => {
    const { sold: sales, amounts } = sold(100);
    expect(sales.map(amounts)).toEqual([[], []]);
  });

  it('holds the hold and its settlement where it was sold against the key; so does the purchase', () => {
    const { sold: sales, bought, amounts } = sold(100, true);
    expect(sales.map(amounts)).toEqual([
      [10, 10],
      [10, 10],
    ]);
    expect(bought.map(amounts)).toEqual([[10], [10]]);
  });
});
