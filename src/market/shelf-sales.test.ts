import { describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { contest, shelfSalesOf } from './index.ts';

const walden = testDocument('walden');

describe('What a document earned from the shelf', () => {
  it('is what the books say: neither what a contest took back, nor what was sealed and never paid', () => {
    const market = new TestMarket();
    const [alice, bob] = ['alice', 'bob'].map((name) =>
      market.trader(name, {
        settings: { accepts: [market.accepted(0)], pricing: [{ flat: 10, perMebibyte: 0 }] },
        documents: name === 'bob' ? [walden] : [],
      }),
    );
    market.chain(alice!, bob!);
    market.open(500);
    const trade = (...how: (string | boolean)[]) =>
      market.buy(alice!, market.search(alice!, 'walden', 50).bids[0], ...how);
    const sold = () =>
      market.world.read(bob!, (ctx) => {
        const sales = shelfSalesOf(ctx, walden.documentId);
        const income = 0 - balanceOf(ctx, market.currency, 'income:sales');
        expect(sales.earned).toEqual(
          income === 0 ? [] : [{ currency: market.currency, amount: income }],
        );
        return sales.sold;
      });

    const first = trade('delivered');
    market.settle();
    expect(sold()).toBe(1);
    trade(true, 'delivered');
    market.settle();
    expect(sold()).toBe(2);
    market.world.do(alice!, (ctx) => contest(ctx, first, { reason: 'corrupt', note: '' }));
    market.settle();
    expect(sold()).toBe(1);
    // The buyer goes away with the encrypted document.
    trade(true, 'retrieving');
    market.world.crash(alice!);
    market.world.pass(60_000);
    expect(sold()).toBe(1);
  });
});
