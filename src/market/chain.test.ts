import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import type { PeerId } from '../identity/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { allDiscoveries } from '../trust/index.ts';
import { learnedOf, purchaseOf, recentPurchases, recentSales } from './index.ts';

/** The paper's figures 2 and 3: A asks B, B asks C, C asks D, and D has the document. */
describe('a document found over three hops', () => {
  let market: TestMarket;
  let [a, b, c, d]: TestPeer[] = [];
  /** Who asked whom for at most how much, in the order of the messages. */
  let asked: [string, string, number][];

  const trader = (name: string, settings: Record<string, unknown>, documents: string[] = []) =>
    market.trader(name, { settings, documents: documents.map((title) => testDocument(title)) });
  const book = (peer: TestPeer, account: 'income:commissions' | 'income:sales') =>
    -market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));

  beforeEach(() => {
    market = new TestMarket();
    a = trader('a', {});
    b = trader('b', { commission: { flat: 5, perMillion: 0 } });
    c = trader('c', { commission: { flat: 3, perMillion: 100_000 } });
    d = trader('d', { pricing: [{ flat: 20, perMebibyte: 0 }] }, ['walden']);
    market.chain(a!, b!, c!, d!);
    market.open(500);
    asked = [];
    const input = market.world.input.bind(market.world);
    market.world.input = (peer, given) => {
      if (given.kind === 'request' && given.request.route === 'solicit') {
        const from = market.world.peers.find(({ id }) => id === given.from)?.name ?? '';
        asked.push([from, peer.name, given.request.input.maxPrice]);
      }
      input(peer, given);
    };
  });

  it('is asked for with a maximum price that shrinks by each commission', () => {
    market.search(a!, 'walden', 100);
    expect(asked).toEqual([
      ['a', 'b', 100],
      ['b', 'c', 95],
      ['c', 'd', 83],
    ]);
  });

  it('is offered at the price plus each commission, exactly as set', () => {
    const { bids } = market.search(a!, 'walden', 100);
    expect(bids.map(({ bid, bidder }) => [bid.price, bidder])).toEqual([[30, b!.id]]);
  });

  it('is not found where the price does not leave room for the commissions', () => {
    expect(market.search(a!, 'walden', 29).bids).toEqual([]);
    expect(market.search(a!, 'walden', 30).bids).toHaveLength(1);
  });

  it('earns the seller its price and the others their commissions', () => {
    market.buy(a!, market.search(a!, 'walden', 100).bids[0]);
    market.settle();
    expect(book(d!, 'income:sales')).toBe(20);
    expect(book(c!, 'income:commissions')).toBe(5);
    expect(book(b!, 'income:commissions')).toBe(5);
    const spent = market.world.read(a!, (ctx) =>
      balanceOf(ctx, market.currency, 'expense:purchases'),
    );
    expect(spent).toBe(30);
  });

  it('makes peers known to each other in the three ways, and in no other', () => {
    market.buy(a!, market.search(a!, 'walden', 100).bids[0]);
    market.settle();
    const found = (peer: TestPeer) =>
      market.world.read(peer, (ctx) =>
        allDiscoveries(ctx).map(({ peer: met, way, via }): [PeerId, string, PeerId | undefined] => [
          met,
          way,
          via,
        ]),
      );
    expect(found(a!)).toEqual([[d!.id, 'seller-by-buyer', b!.id]]);
    expect(found(b!)).toEqual([[d!.id, 'seller-by-intermediary', c!.id]]);
    // C knows D already; to discover B, D would have to be asked by it.
    expect(found(c!)).toEqual([]);
    expect(found(d!)).toEqual([[a!.id, 'buyer-by-seller', undefined]]);
  });

  it('goes from the seller to the buyer at once: those between pass on the instructions', () => {
    const deal = market.buy(a!, market.search(a!, 'walden', 100).bids[0]);
    market.settle();
    const states = (peer: TestPeer) =>
      market.world.read(peer, (ctx) => recentPurchases(ctx, 10).map(({ state }) => state));
    expect(market.world.read(a!, (ctx) => purchaseOf(ctx, deal)?.serving)).toBe(d!.id);
    expect([states(b!), states(c!)]).toEqual([['passed-on'], ['passed-on']]);
    const sale = market.world.read(d!, (ctx) => recentSales(ctx, 10)[0]);
    expect(sale).toMatchObject({ buyer: c!.id, state: 'delivered', price: 20 });
  });

  it('teaches each peer how often its neighbor has what it is asked for', () => {
    market.search(a!, 'walden', 100);
    market.search(a!, 'no such book', 100);
    const learned = market.world.read(b!, (ctx) => learnedOf(ctx, c!.id, 5));
    expect(learned.asked).toBeCloseTo(2, 3);
    expect(learned.chance).toBeCloseTo(0.5, 3);
    const [walden] = learned.traits;
    expect(['text', 'walden']).toContain(walden?.about.value);
    expect(walden?.chance).toBeGreaterThan(0.5);
  });
});
