import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { Bid } from '../protocol/index.ts';
import { countDeal } from '../statistics/index.ts';
import { bidOnResale, receivedBid, takeBid } from './bids.ts';
import { recentPurchases } from './index.ts';
import { dave, LoneBuyer } from './lone-buyer.suite.ts';
import { carol, money } from './lone-seller.suite.ts';

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

describe('a bid of which a better supplier is known when it is accepted', () => {
  let x: LoneBuyer;

  beforeEach(() => {
    x = new LoneBuyer();
    x.world.settings = { ...x.world.settings, compareBids: 'risk-adjusted' };
    for (const peer of [carol, dave]) trust(peer, 'primary');
  });

  const trust = (peer: PeerId, list: 'primary' | 'undesirable') => {
    const says = { name: '', since: 0, reason: '', endpoints: ['https://there:1'] };
    x.world.neighbors.put({ ...says, peer, list });
  };
  /** This peer offers Carol's bid of 6 on for 10; Dave has bid 5. Alice accepts: whom is it bought from? */
  const supplier = (sealed: boolean, ofDave: Partial<Bid> = {}) => {
    const behind = x.bidOfCarol({ sealed: true, jti: 'DDDDDDDDDDDDDDDDDDDDDA' });
    const better = x.bid({ iss: dave, price: 5 as Amount, ...ofDave });
    const { payload } = x.world.run((ctx) => {
      const { solicitation } = better.payload;
      const asked = { peer: dave, currency: money, maxPrice: 100 as Amount };
      takeBid(ctx, asked, solicitation, {}, better.text);
      const bid = receivedBid(ctx, behind);
      if (!bid) throw new Error('There is no such bid.');
      const offer = { solicitation, currency: money, price: 10 as Amount, sealed: true } as const;
      return bidOnResale(ctx, bid, offer, { strategy: 'referral' });
    });
    const refused = x.accept(payload, sealed ? { sealed } : {});
    const [bought] = x.world.run((ctx) => recentPurchases(ctx, 1));
    return bought?.seller ?? refused;
  };

  it('is bought there', () => {
    expect(supplier(false)).toBe(dave);
  });

  it('is not bought against the key there where that one does not offer it', () => {
    expect(supplier(true)).toBe(carol);
  });

  it('is bought against the key there where that one offers it', () => {
    expect(supplier(true, { sealed: true })).toBe(dave);
  });

  it('is bought as it was offered where callers may not be exposed to the better one', () => {
    trust(dave, 'undesirable');
    expect(supplier(false)).toBe(carol);
  });

  it('is refused where callers may be exposed to neither', () => {
    x.shelf.clear();
    for (const peer of [carol, dave]) trust(peer, 'undesirable');
    expect(supplier(false)).toEqual([['x2', 'document-gone']]);
  });
});
