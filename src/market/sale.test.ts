import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { draft } from '../identity/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { DealId, Delivery } from '../protocol/index.ts';
import { cardStatement, deliveryStatement } from '../protocol/index.ts';
import { tabView } from '../tabs/index.ts';
import {
  accessKeyOf,
  authorizeRetrieval,
  purchaseOf,
  type ReceivedBid,
  recentSales,
  shelfSalesOf,
} from './index.ts';

const walden = testDocument('walden', { sizeBytes: 3 * 1024 * 1024 });

describe('a sale from the shelf', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];
  let bid: ReceivedBid | undefined;

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', { documents: [walden] });
    carol = market.trader('carol');
    market.chain(alice, bob, carol);
    market.open(500);
    bid = market.search(alice, 'walden', 50).bids[0];
  });

  const saleTo = (buyer: TestPeer) =>
    market.world.read(bob!, (ctx) => recentSales(ctx, 9).find((sale) => sale.buyer === buyer.id));
  const card = (peer: TestPeer) =>
    draft(cardStatement, {
      ...{ iss: peer.id, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', name: peer.name },
      ...{ sequence: 9, endpoints: [], accepts: [] },
    });
  const delivery = (change: Partial<Delivery>) =>
    draft(deliveryStatement, {
      ...{ iss: alice!.id, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', aud: bob!.id },
      ...{ sub: walden.documentId, deal: 'AAAAAAAAAAAAAAAAAAAAAA' as DealId, ...change },
    });
  const keyOf = (deal: DealId) =>
    market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.instructions?.accessKey ?? '');

  it('counts for its document, for the seller alone, with what it brought', () => {
    const salesOf = (peer: TestPeer) =>
      market.world.read(peer, (ctx) => shelfSalesOf(ctx, walden.documentId));
    expect(salesOf(bob!)).toEqual({ sold: 0, earned: [] });
    market.buy(alice!, bid);
    market.settle();
    expect(salesOf(bob!)).toEqual({
      sold: 1,
      earned: [{ currency: market.currency, amount: 8 }],
    });
    expect(salesOf(alice!)).toEqual({ sold: 0, earned: [] });
  });

  it('costs the fee of the solicitation, and the price that the pricing rule says', () => {
    expect(bid?.bid).toMatchObject({ price: 8, sub: walden.documentId, title: 'walden' });
    market.buy(alice!, bid);
    market.settle();
    const books = market.world.read(bob!, (ctx) => [
      balanceOf(ctx, market.currency, 'income:solicitation-fees'),
      balanceOf(ctx, market.currency, 'income:sales'),
      tabView(ctx, alice!.id, market.currency).balance,
    ]);
    expect(books).toEqual([-1, -8, 9]);
  });

  it('gives instructions whose key opens once, retrieves, and is spent by the delivery', () => {
    const deal = market.buy(alice!, bid, 'opening');
    const key = keyOf(deal);
    const state = () => market.world.read(bob!, (ctx) => accessKeyOf(ctx, key)?.state);
    const allowed = (peer: TestPeer) =>
      market.world.read(bob!, (ctx) => authorizeRetrieval(ctx, key, peer.id, walden.documentId));
    expect(state()).toBe('unopened');
    expect(allowed(alice!)).toMatchObject({ error: { code: 'access-key-unknown' } });
    market.world.until('opening', () => state() === 'opened');
    expect(allowed(alice!).ok).toBe(true);
    expect(allowed(carol!)).toMatchObject({ error: { code: 'access-key-taken' } });
    market.world.until('delivery', () => state() === 'spent');
    expect(allowed(alice!)).toMatchObject({ error: { code: 'access-key-spent' } });
    expect(saleTo(alice!)).toMatchObject({ state: 'delivered' });
  });

  it('refuses the key to a second peer, and to everybody once it is spent', () => {
    const deal = market.buy(alice!, bid, 'retrieving');
    const open = (peer: TestPeer, shown = peer) =>
      market.ask(peer, bob!, {
        route: 'open',
        body: { accessKey: keyOf(deal), card: card(shown) },
      });
    expect(open(carol!)).toMatchObject({ error: { code: 'access-key-taken' } });
    expect(open(alice!).ok).toBe(true);
    market.settle();
    expect(open(alice!)).toMatchObject({ error: { code: 'access-key-spent' } });
  });

  it('opens with one’s own card only', () => {
    const deal = market.buy(alice!, bid, 'opening');
    const stolen = draft(cardStatement, { ...card(carol!).payload, iss: carol!.id });
    const shown = market.world.read(carol!, (ctx) => ctx.seal(stolen));
    const opened = market.ask(alice!, bob!, {
      route: 'open',
      body: { accessKey: keyOf(deal), card: shown },
    });
    expect(opened).toMatchObject({ error: { code: 'wrong-audience' } });
  });

  it('is ended only by the word of the peer that opened the key', () => {
    const deal = market.buy(alice!, bid, 'retrieving');
    const deliver = (from: TestPeer, change: Partial<Delivery>) =>
      market.ask(from, bob!, {
        route: 'deliver',
        body: { delivery: delivery({ iss: from.id, deal, ...change }) },
        bearer: keyOf(deal),
      });
    expect(deliver(carol!, {})).toMatchObject({ error: { code: 'access-key-taken' } });
    expect(deliver(alice!, { aud: carol!.id })).toMatchObject({
      error: { code: 'wrong-audience' },
    });
    const other = testDocument('other').documentId;
    expect(deliver(alice!, { sub: other })).toMatchObject({ error: { code: 'bad-request' } });
    expect(saleTo(alice!)).toMatchObject({ state: 'instructed' });
    expect(deliver(alice!, {}).ok).toBe(true);
    expect(deliver(alice!, {}).ok).toBe(true);
    expect(saleTo(alice!)).toMatchObject({ state: 'delivered' });
  });

  it('answers the same deal in the same way, and charges it once', () => {
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const accept = () =>
      market.ask(alice!, bob!, { route: 'accept', body: { bid: bid?.text, deal } });
    const [first, second] = [accept(), accept()];
    expect(first).toMatchObject({ ok: true, value: { tab: { balance: 9, entries: 2 } } });
    expect(second).toEqual(first);
  });

  it('refuses the deal’s id for another bid', () => {
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const other = market.search(alice!, 'walden', 50).bids[0];
    market.ask(alice!, bob!, { route: 'accept', body: { bid: bid?.text, deal } });
    const again = market.ask(alice!, bob!, { route: 'accept', body: { bid: other?.text, deal } });
    expect(again).toMatchObject({ error: { code: 'deal-id-reused' } });
    expect(saleTo(alice!)).toMatchObject({ price: 8 });
  });

  it('keeps two buyers apart who made the same deal id', () => {
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const carols = market.search(carol!, 'walden', 50).bids[0];
    market.ask(alice!, bob!, { route: 'accept', body: { bid: bid?.text, deal } });
    const hers = market.ask(carol!, bob!, { route: 'accept', body: { bid: carols?.text, deal } });
    expect(hers).toMatchObject({ ok: true, value: { tab: { balance: 9 } } });
  });

  it('is refused once the bid has expired', () => {
    market.world.pass(11 * 60_000);
    const late = market.ask(alice!, bob!, {
      route: 'accept',
      body: { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA' },
    });
    expect(late).toMatchObject({ error: { code: 'bid-expired' } });
    expect(() => market.buy(alice!, bid)).toThrow(/expired/);
    expect(saleTo(alice!)).toBeUndefined();
  });

  it('is refused where the document has gone, and costs nothing', () => {
    bob!.library.remove(walden.documentId);
    const deal = market.buy(alice!, bid, 'failed');
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.failure?.code)).toBe(
      'document-gone',
    );
    market.settle();
    expect(market.world.read(bob!, (ctx) => tabView(ctx, alice!.id, market.currency).balance)).toBe(
      1,
    );
  });

  it('is refused for a bid that another peer made, or that was changed', () => {
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const foreign = market.ask(alice!, carol!, { route: 'accept', body: { bid: bid?.text, deal } });
    expect(foreign).toMatchObject({ error: { code: 'unknown-bid' } });
    const cheaper = { ...bid!.bid, price: 0 };
    const [head, , signature] = bid!.text.split('.');
    const payload = Buffer.from(JSON.stringify(cheaper)).toString('base64url');
    const changed = { bid: [head, payload, signature].join('.'), deal };
    expect(market.ask(alice!, bob!, { route: 'accept', body: changed })).toMatchObject({
      error: { code: 'bad-signature' },
    });
  });

  it('closes by itself when nobody says that the document arrived', () => {
    market.ask(alice!, bob!, {
      route: 'accept',
      body: { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA' },
    });
    market.world.now += 73 * 60 * 60_000;
    market.world.pass(1_000);
    expect(saleTo(alice!)).toMatchObject({ state: 'closed' });
  });
});
