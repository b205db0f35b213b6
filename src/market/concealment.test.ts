import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { PeerRequest } from '../protocol/index.ts';
import { allDiscoveries } from '../trust/index.ts';
import {
  accessKeyOf,
  contest,
  dropCopy,
  keptCopies,
  purchaseOf,
  type ReceivedBid,
  recentPurchases,
  recentSales,
} from './index.ts';

const walden = testDocument('walden');
const conceal = (change: Record<string, unknown> = {}) => ({
  strategy: 'concealment',
  commission: { flat: 2, perMillion: 0 },
  concealment: { surcharge: { flat: 3, perMillion: 0 }, budgetBytes: 2_500, ...change },
});

describe('an intermediary that conceals its source', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  const begin = (settings: Record<string, unknown> = conceal(), documents = [walden]) => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', { settings: { accepts: [market.accepted(1)], ...settings } });
    carol = market.trader('carol', {
      settings: { accepts: [market.accepted(1)], pricing: [{ flat: 10, perMebibyte: 0 }] },
      documents,
    });
    market.chain(alice, bob, carol);
    market.open(500);
  };
  beforeEach(() => begin());

  const bidFor = (title = 'walden'): ReceivedBid | undefined =>
    market.search(alice!, title, 100).bids[0];
  const purchase = (peer: TestPeer) => market.world.read(peer, (ctx) => recentPurchases(ctx, 1)[0]);
  const sale = (peer: TestPeer) => market.world.read(peer, (ctx) => recentSales(ctx, 1)[0]);
  const book = (peer: TestPeer, account: Parameters<typeof balanceOf>[2]) =>
    market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));
  const kept = () => market.world.read(bob!, (ctx) => keptCopies(ctx));

  it('asks the commission and the surcharge, and earns both', () => {
    const bid = bidFor();
    expect(bid?.bid.price).toBe(15);
    market.buy(alice!, bid);
    market.settle();
    expect(book(bob!, 'income:commissions')).toBe(-5);
    expect(book(bob!, 'clearing:deals')).toBe(0);
    expect(book(carol!, 'income:sales')).toBe(-10);
  });

  it('retrieves the document and serves it from its own shelf, under its own key', () => {
    const deal = market.buy(alice!, bidFor());
    market.settle();
    const bought = market.world.read(alice!, (ctx) => purchaseOf(ctx, deal));
    expect(bought).toMatchObject({ state: 'delivered', serving: bob!.id });
    expect(bought?.instructions).toMatchObject({ iss: bob!.id, endpoints: ['https://bob:7685'] });
    expect(purchase(bob!)).toMatchObject({ state: 'delivered', serving: carol!.id });
    expect(sale(bob!)).toMatchObject({ state: 'delivered', supply: { concealed: true } });
    expect(sale(carol!)).toMatchObject({ state: 'delivered', buyer: bob!.id });
    expect(kept()).toMatchObject([{ documentId: walden.documentId, seller: carol!.id }]);
  });

  it('lets the buyer know nothing of the source, and the source nothing of the buyer', () => {
    const seen: string[] = [];
    bob!.forge = (effect) => {
      seen.push(JSON.stringify(effect));
      return effect;
    };
    market.buy(alice!, bidFor());
    market.settle();
    const found = (peer: TestPeer) =>
      market.world.read(peer, (ctx) => allDiscoveries(ctx).map((one) => one.peer));
    expect(found(alice!)).toEqual([]);
    expect(found(carol!)).toEqual([]);
    const toAlice = seen.filter((effect) => /"kind":"(reply|refuse|line)"/.test(effect));
    const forAlice = toAlice.join(' ');
    expect(forAlice).not.toContain(carol!.id);
    expect(forAlice).not.toContain('carol');
    const texts = forAlice.match(/ey[\w-]+\.[\w-]+\.[\w-]+/g) ?? [];
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString();
      expect(payload).not.toContain(carol!.id);
      expect(payload).not.toContain('carol');
    }
    const asked = JSON.stringify(purchase(alice!));
    expect(asked).not.toContain(carol!.id);
  });

  it('tells a buyer that waits long to ask again, and answers it once the document is there', () => {
    const deal = market.buy(alice!, bidFor(), 'accepting');
    market.world.until('instructions', () => sale(bob!)?.state === 'retrieving');
    market.world.crash(carol!, 20 * 60_000);
    market.world.until('not ready', () => purchase(alice!)?.state === 'preparing');
    expect(sale(bob!)).toMatchObject({ state: 'retrieving' });
    market.settle();
    const bought = market.world.read(alice!, (ctx) => purchaseOf(ctx, deal));
    expect(bought?.state).toBe('delivered');
    expect(bought?.history.map(({ state }) => state)).toEqual([
      'accepting',
      'preparing',
      'opening',
      'retrieving',
      'delivered',
    ]);
  });

  it('refunds the buyer where the document does not come in time, and bears the loss', () => {
    market.buy(alice!, bidFor(), 'accepting');
    market.world.until('instructions', () => sale(bob!)?.state === 'retrieving');
    market.world.crash(carol!);
    market.world.pass(7 * 60 * 60_000);
    expect(sale(bob!)?.state).toBe('refunded');
    expect(purchase(bob!)).toMatchObject({ state: 'expired', lost: true });
    expect(purchase(alice!)).toMatchObject({
      state: 'failed',
      failure: { code: 'supplier-failed' },
    });
    market.settle();
    expect(book(alice!, 'expense:purchases')).toBe(0);
    expect(book(bob!, 'clearing:deals')).toBe(0);
    expect(book(bob!, 'expense:purchases')).toBe(10);
  });

  it('ends for a buyer by itself, however long it is told to wait', () => {
    const deal = market.buy(alice!, bidFor(), 'accepting');
    market.world.until('instructions', () => sale(bob!)?.state === 'retrieving');
    market.world.crash(carol!);
    market.world.until('not ready', () => purchase(alice!)?.state === 'preparing');
    market.world.crash(bob!);
    market.world.pass(13 * 60 * 60_000);
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.state)).toBe('failed');
  });

  it('refunds the buyer when the document was lost at the source', () => {
    market.buy(alice!, bidFor(), 'accepting');
    market.world.until('instructions', () => sale(bob!)?.state === 'retrieving');
    carol!.library.remove(walden.documentId);
    market.settle();
    expect(sale(bob!)?.state).toBe('refunded');
    expect(purchase(bob!)).toMatchObject({ state: 'failed', lost: true });
    expect(kept()).toEqual([]);
  });

  it('sells what it kept at its asking price afterwards, and does not buy it again', () => {
    market.buy(alice!, bidFor());
    const again = bidFor();
    expect(again?.bid.price).toBe(6);
    market.buy(alice!, again);
    market.settle();
    expect(book(bob!, 'income:sales')).toBe(-6);
    expect(market.world.read(carol!, (ctx) => recentSales(ctx, 9))).toHaveLength(1);
  });

  it('does not buy what has come to its shelf since the bid', () => {
    const [first, second] = [bidFor(), bidFor()];
    market.buy(alice!, first);
    market.buy(alice!, second);
    market.settle();
    expect(sale(bob!)).toMatchObject({ state: 'delivered', supply: { kind: 'shelf' }, price: 15 });
    expect(market.world.read(carol!, (ctx) => recentSales(ctx, 9))).toHaveLength(1);
  });

  it('offers nothing that is larger than its budget', () => {
    begin(conceal({ budgetBytes: 999 }));
    expect(bidFor()).toBeUndefined();
  });

  it('drops what sold least, and then what is oldest, and never what is being sold', () => {
    const titles = ['one', 'two', 'three', 'four'];
    begin(
      conceal(),
      titles.map((title) => testDocument(title)),
    );
    const names = () =>
      kept()
        .map(({ title }) => title)
        .sort();
    const get = (title: string) => {
      market.buy(alice!, bidFor(title));
      market.world.pass(5_000);
    };
    get('one');
    get('two');
    expect(names()).toEqual(['one', 'two']);
    get('one');
    get('three');
    expect(names()).toEqual(['one', 'three']);
    const open = market.buy(alice!, bidFor('three'), 'opening');
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, open)?.state)).toBe('opening');
    const { documentId } = testDocument('three');
    expect(market.world.do(bob!, (ctx) => dropCopy(ctx, documentId))).toMatchObject({
      error: { code: 'document-in-use' },
    });
    get('four');
    expect(names()).toEqual(['four', 'three']);
    market.settle();
  });

  it('is too busy for a document where all it keeps is being sold', () => {
    begin(conceal({ budgetBytes: 1_000 }), [testDocument('one'), testDocument('two')]);
    const later = bidFor('two');
    market.buy(alice!, bidFor('one'), 'opening');
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const answer = market.ask(alice!, bob!, { route: 'accept', body: { bid: later?.text, deal } });
    expect(answer).toMatchObject({ error: { code: 'unavailable' } });
    market.settle();
  });

  it('deletes at its start what it had not deleted when it stopped', () => {
    market.buy(alice!, bidFor());
    market.settle();
    const { documentId } = walden;
    bob!.store.transaction((tx) =>
      bob!.peer.run(tx, market.world.now, (ctx) => dropCopy(ctx, documentId)),
    );
    expect(kept()).toMatchObject([{ state: 'dropping' }]);
    expect(bob!.library.find(documentId)).toBeDefined();
    market.world.crash(bob!);
    market.world.start(bob!);
    expect(kept()).toEqual([]);
    expect(bob!.library.find(documentId)).toBeUndefined();
  });

  it('conceals toward some neighbors only, where their entries say so', () => {
    begin({ ...conceal(), strategy: 'referral', commission: { flat: 4, perMillion: 0 } });
    expect(bidFor()?.bid.price).toBe(14);
    const known = bob!.book.get(alice!.id);
    bob!.book.put({ ...known!, strategy: 'concealment' });
    expect(bidFor()?.bid.price).toBe(17);
    begin({ ...conceal(), commission: { flat: 4, perMillion: 0 } });
    bob!.book.put({ ...bob!.book.get(alice!.id)!, strategy: 'referral' });
    const deal = market.buy(alice!, bidFor());
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.serving)).toBe(carol!.id);
  });

  it('lets its key be opened by nobody but the first that opens it', () => {
    market.buy(alice!, bidFor());
    market.settle();
    const { supply } = sale(bob!)!;
    const key = supply.accessKey ?? '';
    expect(market.world.read(bob!, (ctx) => accessKeyOf(ctx, key))).toMatchObject({
      openedBy: alice!.id,
      state: 'spent',
    });
  });

  it('bears what goes wrong on its own way to the buyer, and does not name the source', () => {
    const deal = market.buy(alice!, bidFor());
    market.settle();
    const seen: string[] = [];
    bob!.forge = (effect) => {
      if (effect.kind === 'reply' || effect.kind === 'call') seen.push(JSON.stringify(effect));
      return effect;
    };
    const complaint = { reason: 'corrupt', note: 'It cannot be read.' } as const;
    market.world.do(alice!, (ctx) => contest(ctx, deal, complaint));
    market.settle();
    expect(purchase(alice!)?.contest).toMatchObject({ state: 'refunded' });
    expect(book(alice!, 'expense:purchases')).toBe(0);
    expect(book(bob!, 'expense:purchases')).toBe(10);
    expect(book(bob!, 'clearing:deals')).toBe(0);
    expect(purchase(bob!)?.contest).toBeUndefined();
    expect(book(carol!, 'income:sales')).toBe(-10);
    expect(
      seen.filter((effect) => effect.includes(`"peer":"${alice!.id}"`)).join(' '),
    ).not.toContain(carol!.id);
  });

  it('contests what was not as described at its supplier, in its own name', () => {
    const deal = market.buy(alice!, bidFor());
    market.settle();
    const complaint = { reason: 'not-as-described', note: 'Another book.' } as const;
    market.world.do(alice!, (ctx) => contest(ctx, deal, complaint));
    market.settle();
    expect(purchase(bob!)?.contest).toMatchObject({ state: 'refunded' });
    expect(purchase(bob!)?.contest).not.toHaveProperty('firstText');
    expect(book(carol!, 'income:sales')).toBe(0);
    expect(book(bob!, 'expense:purchases')).toBe(0);
  });

  it('makes the peers before it in a chain wait too', () => {
    market = new TestMarket();
    alice = market.trader('alice');
    const agent = market.trader('agent', {
      settings: { accepts: [market.accepted(1)], commission: { flat: 4, perMillion: 0 } },
    });
    bob = market.trader('bob', { settings: { accepts: [market.accepted(1)], ...conceal() } });
    carol = market.trader('carol', { documents: [walden] });
    market.chain(alice, agent, bob, carol);
    market.open(500);
    const deal = market.buy(alice, bidFor(), 'accepting');
    market.world.until('instructions', () => sale(bob!)?.state === 'retrieving');
    market.world.crash(carol, 30 * 60_000);
    market.world.until('not ready', () => purchase(alice!)?.state === 'preparing');
    expect(purchase(agent)).toMatchObject({ state: 'preparing' });
    expect(sale(agent)).toMatchObject({ state: 'buying' });
    const [late, later, last] = [sale(bob)!, sale(agent)!, purchase(alice)!];
    expect(late.deadlineAt).toBeLessThan(later.deadlineAt);
    expect(later.deadlineAt).toBeLessThan(last.deadlineAt);
    market.world.pass(8 * 60_000);
    const asked: PeerRequest['route'][] = [];
    const input = market.world.input.bind(market.world);
    market.world.input = (peer, given) => {
      if (given.kind === 'request') asked.push(given.request.route);
      input(peer, given);
    };
    market.settle();
    expect(asked.filter((route) => route === 'accept').length).toBeLessThan(400);
    expect(market.world.read(alice, (ctx) => purchaseOf(ctx, deal))).toMatchObject({
      state: 'delivered',
      serving: bob.id,
    });
  });
});
