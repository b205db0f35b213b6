import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { draft } from '../identity/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { type Contest, contestStatement, type DealId } from '../protocol/index.ts';
import { entriesOf, mirrorOf, tabView } from '../tabs/index.ts';
import { marksOf } from '../trust/index.ts';
import {
  accessKeyOf,
  buy,
  contest,
  contestableUntil,
  purchaseOf,
  type ReceivedBid,
  recentPurchases,
  recentSales,
} from './index.ts';

const walden = testDocument('walden');
const hours = 60 * 60_000;

describe('a contested deal', () => {
  let market: TestMarket;
  let [alice, bob, carol, dave]: TestPeer[] = [];
  let bid: ReceivedBid | undefined;

  /** Alice knows Bob, he knows Carol, she knows Dave, who has it for 20; each takes a commission of 4. */
  beforeEach(() => {
    market = new TestMarket();
    const settings = {
      accepts: [market.accepted(0)],
      commission: { flat: 4, perMillion: 0 },
      pricing: [{ flat: 20, perMebibyte: 0 }],
    };
    [alice, bob, carol, dave] = ['alice', 'bob', 'carol', 'dave'].map((name) =>
      market.trader(name, { settings, documents: name === 'dave' ? [walden] : [] }),
    );
    market.chain(alice!, bob!, carol!, dave!);
    market.open(500);
    bid = market.search(alice!, 'walden', 50).bids[0];
  });

  const complain = (deal: DealId, reason: Contest['reason'] = 'not-delivered') =>
    market.world.do(alice!, (ctx) => contest(ctx, deal, { reason, note: 'Nothing came.' }));
  const books = (peer: TestPeer, account: Parameters<typeof balanceOf>[2]) =>
    market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));
  const owed = (service: TestPeer, caller: TestPeer) => [
    market.world.read(service, (ctx) => tabView(ctx, caller.id, market.currency).balance),
    market.world.read(caller, (ctx) => mirrorOf(ctx, service.id, market.currency).balance),
  ];
  const purchase = (deal: DealId) =>
    market.world.read(alice!, (ctx) => purchaseOf(ctx, deal))?.contest;
  const saleOf = (peer: TestPeer) => market.world.read(peer, (ctx) => recentSales(ctx, 1)[0]);
  const marked = (peer: TestPeer) =>
    [alice, bob, carol, dave].filter((each) => peer.book.get(each!.id)?.list === 'undesirable');
  const cheat = () => dave!.library.remove(walden.documentId);

  it('is refunded by each primary neighbor to the one before, to the unit and on both halves of the tabs', () => {
    const deal = market.buy(alice!, bid, 'opening');
    cheat();
    market.world.until('failure', () => purchaseState(deal) === 'failed');
    expect(owed(bob!, alice!)).toEqual([28, 28]);
    expect(complain(deal).ok).toBe(true);
    market.settle();
    expect(purchase(deal)).toMatchObject({ state: 'refunded', reason: 'not-delivered' });
    for (const [service, caller] of [
      [bob!, alice!],
      [carol!, bob!],
      [dave!, carol!],
    ] as const) {
      expect(owed(service, caller)).toEqual([0, 0]);
      expect(saleOf(service)?.contest).toMatchObject({ outcome: 'refunded' });
    }
    expect(books(alice!, 'expense:purchases')).toBe(0);
    for (const peer of [bob!, carol!]) {
      expect(books(peer, 'income:commissions')).toBe(0);
      expect(books(peer, 'expense:purchases')).toBe(0);
    }
    expect(books(dave!, 'income:sales')).toBe(0);
  });

  const purchaseState = (deal: DealId) =>
    market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.state);

  it('marks whoever took part and is no primary neighbor, at every peer of the chain', () => {
    const deal = market.buy(alice!, bid, 'opening');
    cheat();
    market.world.until('failure', () => purchaseState(deal) === 'failed');
    complain(deal);
    market.settle();
    expect(marked(alice!)).toEqual([dave]);
    expect(marked(bob!)).toEqual([dave]);
    // Carol trusts both her neighbors, and has not met Alice; Dave never saw Alice's key open.
    expect(marked(carol!)).toEqual([]);
    expect(marked(dave!)).toEqual([]);
    expect(alice!.book.get(dave!.id)).toMatchObject({
      origin: { kind: 'contested', deal, reason: 'not-delivered' },
    });
    expect(market.world.read(alice!, (ctx) => marksOf(ctx, dave!.id))).toMatchObject([{ deal }]);
  });

  it('shows a lie to everybody who refunded for it: the buyer had signed that the document arrived', () => {
    const deal = market.buy(alice!, bid);
    market.world.until('word of the delivery', () => saleOf(dave!)?.state === 'delivered');
    complain(deal);
    market.settle();
    // The refund stays, whatever the truth (§4).
    expect(purchase(deal)).toMatchObject({ state: 'refunded', contradicted: true });
    expect(books(alice!, 'expense:purchases')).toBe(0);
    for (const peer of [bob!, carol!, dave!]) {
      const taken = saleOf(peer)?.contest;
      expect(taken).toMatchObject({ outcome: 'refunded', contradicted: true });
      expect(taken?.delivery).toBe(saleOf(dave!)?.delivery);
    }
    for (const peer of [bob!, carol!]) {
      const [supply] = market.world.read(peer, (ctx) => recentPurchases(ctx, 1));
      expect(supply?.contest).toMatchObject({ state: 'refunded', contradicted: true });
    }
    // Dave met her at the opening: she is no neighbor of his.
    expect(marked(dave!)).toEqual([alice]);
    expect(marked(bob!)).toEqual([dave]);
  });

  it('is contradicted also where the liar dates it before its own word that the document arrived', () => {
    const [own] = market.search(carol!, 'walden', 50).bids;
    const deal = market.buy(carol!, own);
    market.world.until('word of the delivery', () => saleOf(dave!)?.state === 'delivered');
    const contest = signed({ aud: dave!.id, deal, iat: 1 }, carol!);
    market.ask(carol!, dave!, { route: 'contest', body: { contest } });
    expect(saleOf(dave!)?.contest).toMatchObject({ outcome: 'refunded', contradicted: true });
  });

  it('is contradicted also where the liar shows the words of another for those that began it', () => {
    const [own] = market.search(carol!, 'walden', 50).bids;
    const deal = market.buy(carol!, own);
    market.world.until('word of the delivery', () => saleOf(dave!)?.state === 'delivered');
    const contest = signed({ aud: dave!.id, deal, iat: 2_000_000_000 }, carol!);
    const words = signed({ aud: carol!.id }, alice!);
    const evidence = market.world.read(alice!, (ctx) => ctx.seal(words));
    market.ask(carol!, dave!, { route: 'contest', body: { contest, evidence } });
    expect(saleOf(dave!)?.contest).toMatchObject({ outcome: 'refunded', contradicted: true });
  });

  it('is not contradicted where only the worth of what arrived is in question', () => {
    const deal = market.buy(alice!, bid);
    market.world.until('word of the delivery', () => saleOf(dave!)?.state === 'delivered');
    complain(deal, 'not-as-described');
    market.settle();
    expect(purchase(deal)?.delivery).toBeDefined();
    expect(purchase(deal)?.contradicted).toBeUndefined();
  });

  it('is a loss for the intermediary whose supplier says no, and for nobody after a later refund', () => {
    const deal = market.buy(alice!, bid, 'opening');
    // Dave does not trust Carol any more.
    dave!.book.put({ ...dave!.book.get(carol!.id)!, list: 'secondary' });
    cheat();
    market.world.until('failure', () => purchaseState(deal) === 'failed');
    complain(deal);
    market.settle();
    expect(owed(bob!, alice!)).toEqual([0, 0]);
    expect(owed(carol!, bob!)).toEqual([0, 0]);
    expect(owed(dave!, carol!)).toEqual([20, 20]);
    expect(books(carol!, 'expense:purchases')).toBe(20);
    expect(books(dave!, 'income:sales')).toBe(-20);
    const [supply] = market.world.read(carol!, (ctx) => recentPurchases(ctx, 1));
    expect(supply).toMatchObject({ lost: true, contest: { state: 'refused' } });
    expect(marked(dave!)).toEqual([carol]);
  });

  it('is given up by an intermediary whose supplier never answers, which bears the loss then', () => {
    const deal = market.buy(alice!, bid, 'opening');
    market.world.crash(dave!);
    market.world.pass(30_000);
    complain(deal);
    market.world.pass(5_000);
    market.world.now += 72 * hours;
    market.world.pass(2 * 60_000);
    const [supply] = market.world.read(carol!, (ctx) => recentPurchases(ctx, 1));
    expect(supply).toMatchObject({ lost: true, contest: { state: 'unanswered' } });
    expect(books(carol!, 'expense:purchases')).toBe(20);
    expect(books(carol!, 'clearing:deals')).toBe(0);
    expect(purchase(deal)?.state).toBe('refunded');
  });

  it('is contested once: the second time is refused here, and answered there with the first outcome', () => {
    const deal = market.buy(alice!, bid);
    complain(deal);
    expect(complain(deal)).toMatchObject({ ok: false, error: { code: 'not-contestable' } });
    market.settle();
    const again = market.ask(alice!, bob!, {
      route: 'contest',
      body: { contest: signed({ aud: bob!.id, deal }) },
    });
    expect(again).toMatchObject({ ok: true, value: { outcome: 'refunded', tab: { balance: 0 } } });
    const refunds = market.world
      .read(bob!, (ctx) => entriesOf(ctx, alice!.id, market.currency, 0))
      .filter(({ kind }) => kind === 'refund');
    expect(refunds).toHaveLength(1);
  });

  const signed = (change: Partial<Contest>, by = alice!) =>
    draft(contestStatement, {
      ...{ iss: by.id, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', aud: bob!.id },
      ...{ deal: 'AAAAAAAAAAAAAAAAAAAAAA' as DealId, reason: 'corrupt', note: '', ...change },
    } as Contest);

  it('is refused where it is another peer’s, unknown, or too late', () => {
    const deal = market.buy(alice!, bid);
    const send = (change: Partial<Contest>, from = alice!) =>
      market.ask(from, bob!, { route: 'contest', body: { contest: signed(change, from) } });
    expect(send({ deal, aud: carol!.id })).toMatchObject({ error: { code: 'wrong-audience' } });
    expect(send({ deal }, dave!)).toMatchObject({ error: { code: 'unknown-deal' } });
    market.world.now += 49 * hours;
    expect(complain(deal)).toMatchObject({ ok: false, error: { code: 'not-contestable' } });
    market.world.now += 24 * hours;
    market.world.pass(2 * 60_000);
    expect(send({ deal })).toMatchObject({ error: { code: 'contest-too-late' } });
    expect(saleOf(bob!)?.state).toBe('closed');
  });

  it('gives the document up that was still on its way, and its key serves nothing any more', () => {
    const deal = market.buy(alice!, bid, 'opening');
    const key = market.world.read(alice!, (ctx) => purchaseOf(ctx, deal))?.instructions?.accessKey;
    complain(deal);
    expect(purchaseState(deal)).toBe('failed');
    market.settle();
    expect(market.world.read(dave!, (ctx) => accessKeyOf(ctx, key!)?.state)).toBe('revoked');
  });

  it('can be none while it is being made, nor one that cost nothing and gave nothing', () => {
    const gone = market.world.do(alice!, (ctx) => buy(ctx, bid!.id));
    if (!gone.ok) throw new Error('It was not bought.');
    const { deal } = gone.value;
    expect(complain(deal)).toMatchObject({ ok: false, error: { code: 'not-contestable' } });
    cheat();
    market.world.until('failure', () => purchaseState(deal) === 'failed');
    market.settle();
    const until = market.world.read(alice!, (ctx) => contestableUntil(ctx, purchaseOf(ctx, deal)!));
    expect(until).toBeUndefined();
    expect(complain('AAAAAAAAAAAAAAAAAAAAAA' as DealId)).toMatchObject({
      error: { code: 'unknown-deal' },
    });
  });

  it('goes on after crashes of anybody between any two steps, and is refunded once', () => {
    for (const who of [0, 1, 2, 3]) {
      for (let nth = 1; nth <= 6; nth++) {
        const deal = market.buy(alice!, market.search(alice!, 'walden', 50).bids[0]);
        complain(deal);
        for (let step = 0; step < nth; step++) market.world.pass(15);
        market.world.crash([alice!, bob!, carol!, dave!][who]!, 4_000);
        market.settle();
        expect(purchase(deal)?.state).toBe('refunded');
        expect(books(alice!, 'expense:purchases')).toBe(0);
      }
    }
  });
});

describe('a bid that is bought twice', () => {
  it('makes one deal; after that has failed, another', () => {
    const market = new TestMarket();
    const alice = market.trader('alice');
    const bob = market.trader('bob', { documents: [walden] });
    market.chain(alice, bob);
    market.open(500);
    const [bid] = market.search(alice, 'walden', 50).bids;
    const first = market.world.do(alice, (ctx) => buy(ctx, bid!.id));
    const second = market.world.do(alice, (ctx) => buy(ctx, bid!.id));
    expect(second).toEqual(first);
    market.settle();
    expect(market.world.read(alice, (ctx) => recentPurchases(ctx, 9))).toHaveLength(1);
    const deal = market.buy(alice, bid);
    expect(first).toMatchObject({ value: { deal } });
    bob.library.remove(walden.documentId);
    const [other] = market.search(alice, 'walden', 50).bids;
    expect(other).toBeUndefined();
  });
});
