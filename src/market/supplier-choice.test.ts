import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import { testPeerId } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { Bid } from '../protocol/index.ts';
import { countDeal } from '../statistics/index.ts';
import { bidOnResale, receivedBid, takeBid } from './bids.ts';
import { recentPurchases } from './index.ts';
import { dave, LoneBuyer } from './lone-buyer.suite.ts';
import { carol, money } from './lone-seller.suite.ts';
import { isBetterSupply } from './supplier-choice.ts';

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
  const supplier = (sealed: boolean, ofDave: Partial<Bid> = {}, afterMs = 0) => {
    const behind = x.bidOfCarol({ sealed: true, jti: 'DDDDDDDDDDDDDDDDDDDDDA' });
    const better = x.bid({ iss: dave, price: 5 as Amount, ...ofDave });
    const { payload } = x.world.run((ctx) => {
      const { solicitation } = better.payload;
      const asked = { peer: dave, currency: better.payload.currency, maxPrice: 100 as Amount };
      takeBid(ctx, asked, solicitation, {}, better.text);
      const bid = receivedBid(ctx, behind);
      if (!bid) throw new Error('There is no such bid.');
      const offer = { solicitation, currency: money, price: 10 as Amount, sealed: true } as const;
      return bidOnResale(ctx, bid, offer, { strategy: 'referral' });
    });
    x.world.now += afterMs;
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

  describe('because of the risk alone', () => {
    /** Of the deals with Carol most came to nothing. */
    beforeEach(() => {
      const deal = { peer: carol, side: 'supplied', kind: 'text', currency: money } as const;
      for (let n = 0; n < 9; n++)
        x.world.run((ctx) =>
          countDeal(ctx, { ...deal, price: 6 as Amount }, undefined, n < 2 ? 'good' : 'failed'),
        );
    });
    const otherId = testDocument('another').documentId;

    it('is bought there where that one costs more, but never for all that its buyer pays', () => {
      expect(supplier(false, { price: 9 as Amount })).toBe(dave);
    });

    it.each([
      ['the price that was agreed with the buyer', { price: 10 as Amount }],
      ['more than that', { price: 11 as Amount }],
      ['another currency', { currency: testPeerId(7) }],
      ['another document', { sub: otherId }],
    ])('is bought as it was offered where the better one asks, or is, %s', (_, says) => {
      expect(supplier(false, says)).toBe(carol);
    });

    it('is bought as it was offered where the better bid is over by then', () => {
      const exp = Math.floor(x.world.now / 1000) + 60;
      expect(supplier(false, { exp }, 61_000)).toBe(carol);
    });

    it('is bought as it was offered where prices alone are compared', () => {
      x.world.settings = { ...x.world.settings, compareBids: 'price' };
      expect(supplier(false)).toBe(carol);
    });
  });

  it('is bought as it was offered where the other is as good', () => {
    expect(supplier(false, { price: 6 as Amount })).toBe(carol);
  });

  it('is refused where callers may be exposed to neither', () => {
    x.shelf.clear();
    for (const peer of [carol, dave]) trust(peer, 'undesirable');
    expect(supplier(false)).toEqual([['x2', 'document-gone']]);
  });
});

describe('a bid that comes when another was offered on already', () => {
  let by: 'price' | 'risk-adjusted';

  const take = (x: LoneBuyer, peer: PeerId, says: Partial<Bid>) =>
    x.world.run((ctx) => {
      const { payload, text } = x.bid({ iss: peer, ...says });
      const asked = { peer, currency: payload.currency, maxPrice: 100 as Amount };
      const taken = takeBid(ctx, asked, payload.solicitation, {}, text);
      if (!taken.ok) throw new Error(taken.error.detail);
      return taken.value;
    });
  /**
   * Carol's bid of 6 was offered on for 10, or what lies on the own shelf; the caller named `money`. Whether Dave's is
   * offered on, too, at `price` to the caller.
   */
  const isBetter = (
    price: number,
    ofDave: Partial<Bid> = {},
    offered: { readonly nothing?: true; readonly shelf?: true; readonly carol?: Partial<Bid> } = {},
  ) => {
    const x = new LoneBuyer();
    x.world.settings = { ...x.world.settings, compareBids: by };
    const jti = 'DDDDDDDDDDDDDDDDDDDDDA';
    const behind = take(x, carol, { price: 6 as Amount, jti, ...offered.carol });
    const supplier = take(x, dave, { price: 5 as Amount, ...ofDave });
    const { sub } = supplier.bid;
    const round = {
      offers: [{ currency: money, maxPrice: 100 }],
      best: offered.nothing ? {} : { [sub]: 10 },
      suppliers: offered.shelf || offered.nothing ? undefined : { [sub]: behind.id },
    };
    return x.world.run((ctx) => isBetterSupply(ctx, round as never, supplier, price as Amount));
  };
  const other = testPeerId(7);

  it.each(['price', 'risk-adjusted'] as const)('is the best where there is none: %s', (how) => {
    by = how;
    expect(isBetter(90, { price: 80 as Amount }, { nothing: true })).toBe(true);
  });

  it('is better where it costs the caller less', () => {
    by = 'price';
    expect([9, 10, 11].map((price) => isBetter(price))).toEqual([true, false, false]);
    expect(isBetter(9, {}, { shelf: true })).toBe(true);
  });

  it('is better where a delivered document costs less, whatever the caller pays', () => {
    by = 'risk-adjusted';
    const of = (price: number) => isBetter(11, { price: price as Amount });
    expect([of(5), of(6), of(7)]).toEqual([true, false, false]);
    expect(isBetter(9, { price: 7 as Amount })).toBe(false);
  });

  it('is not as sure as what lies on the own shelf', () => {
    by = 'risk-adjusted';
    expect(isBetter(9, {}, { shelf: true })).toBe(false);
  });

  it('in another currency than the caller’s, or than the one behind the offer, is better where it costs the caller less', () => {
    by = 'risk-adjusted';
    const isCheaper = (ofDave: Partial<Bid>, ofCarol?: Partial<Bid>) =>
      [9, 10].map((price) => isBetter(price, ofDave, ofCarol && { carol: ofCarol }));
    expect(isCheaper({ currency: other, price: 50 as Amount })).toEqual([true, false]);
    expect(isCheaper({ price: 50 as Amount }, { currency: other })).toEqual([true, false]);
    const both = { currency: other, price: 50 as Amount };
    expect(isCheaper(both, { currency: other })).toEqual([true, false]);
  });
});
