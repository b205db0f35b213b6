import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { countDeal } from '../statistics/index.ts';
import { recentPurchases } from './index.ts';

const walden = testDocument('walden');

describe('an intermediary with a choice of suppliers', () => {
  let market: TestMarket;
  let [alice, bob, cheap, sure]: TestPeer[] = [];

  function build(compareBids: 'price' | 'risk-adjusted') {
    market = new TestMarket();
    const shop = (name: string, price: number) =>
      market.trader(name, {
        settings: { pricing: [{ flat: price, perMebibyte: 0 }] },
        documents: [walden],
      });
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: {
        compareBids,
        commission: { flat: 10, perMillion: 0 },
        accepts: [market.accepted(1)],
      },
    });
    cheap = shop('cheap', 20);
    sure = shop('sure', 24);
    market.chain(alice, bob, cheap);
    market.chain(bob, sure);
    market.open(500);
    // Of nine deals with the cheap one seven came to nothing.
    const deal = { peer: cheap.id, side: 'supplied', kind: 'text' } as const;
    for (let n = 0; n < 9; n++)
      market.world.do(bob, (ctx) =>
        countDeal(
          ctx,
          { ...deal, currency: market.currency, price: 20 as Amount },
          undefined,
          n < 2 ? 'good' : 'failed',
        ),
      );
  }

  const suppliers = () => {
    const { bids } = market.search(alice!, 'walden', 100);
    market.buy(alice!, bids[0]);
    const [bought] = market.world.read(bob!, (ctx) => recentPurchases(ctx, 1));
    return { prices: bids.map(({ bid }) => bid.price), seller: bought?.seller };
  };

  beforeEach(() => build('price'));

  it('buys where it is cheapest', () => {
    const { prices, seller } = suppliers();
    expect(Math.min(...prices)).toBe(30);
    expect(seller).toBe(cheap!.id);
  });

  it('buys where a delivered document costs least, if its settings say so, and never at a loss', () => {
    build('risk-adjusted');
    const { prices, seller } = suppliers();
    expect(prices).toContain(34);
    expect(seller).toBe(sure!.id);
  });
});
