import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { orderHold, pay } from '../money/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { allDiscoveries } from '../trust/index.ts';
import { buy, type ReceivedBid, recentPurchases, recentSales, sealed } from './index.ts';
import { wantsSealed } from './sealed-purchase.ts';

const walden = testDocument('walden');
const hourMs = 60 * 60_000;

describe('a sealed delivery', () => {
  let market: TestMarket;
  let peers: TestPeer[];

  /** Peers in a line, the last of which has the document for 10; each takes a commission of 4. */
  const line = (...names: string[]) => {
    market = new TestMarket(1, { flat: 1, perMillion: 0 });
    peers = names.map((name, n) =>
      market.trader(name, {
        settings: {
          accepts: [market.accepted(1)],
          commission: { flat: 4, perMillion: 0 },
          pricing: [{ flat: 10, perMebibyte: 0 }],
        },
        documents: n === names.length - 1 ? [walden] : [],
      }),
    );
    market.chain(...peers);
    market.open(500);
  };
  const at = (n: number) => peers.at(n)!;
  const bid = (): ReceivedBid => market.search(at(0), 'walden', 100).bids[0]!;
  const purchase = (n: number) => market.world.read(at(n), (ctx) => recentPurchases(ctx, 1)[0]);
  const sale = (n: number) => market.world.read(at(n), (ctx) => recentSales(ctx, 1)[0]);
  const book = (n: number, account: Parameters<typeof balanceOf>[2]) =>
    market.world.read(at(n), (ctx) => balanceOf(ctx, market.currency, account));
  const begin = () => {
    const { id } = bid();
    const bought = market.world.do(at(0), (ctx) => buy(ctx, id, true));
    if (!bought.ok) throw new Error(bought.error.detail);
    return bought.value.deal;
  };
  const until = (n: number, ...states: string[]) =>
    market.world.until(
      `purchase that is ${states}`,
      () => states.includes(purchase(n)?.state ?? ''),
      200_000,
    );
  const course = (n: number) => purchase(n)?.history.map(({ state }) => state);

  describe('between two peers', () => {
    beforeEach(() => line('alice', 'bob'));

    it('is paid by a hold that its key settles, and by nothing else', () => {
      begin();
      market.settle();
      expect(course(0)).toEqual([
        ...['accepting', 'opening', 'retrieving', 'holding', 'unsealing', 'delivered'],
      ]);
      expect(sale(-1)?.history.map(({ state }) => state)).toEqual([
        ...['sealing', 'instructed', 'claiming', 'delivered'],
      ]);
      expect(book(0, 'expense:purchases')).toBe(10);
      expect(book(0, 'expense:transfer-fees')).toBe(1);
      expect(book(-1, 'income:sales')).toBe(-10);
      const tab = market.world.read(at(-1), (ctx) => tabView(ctx, at(0).id, market.currency));
      expect(tab.balance).toBe(1);
    });

    it('costs nothing where the seller goes away once it was paid, and ends by itself', () => {
      begin();
      until(0, 'holding');
      market.world.crash(at(-1));
      market.world.pass(2 * hourMs);
      expect(purchase(0)).toMatchObject({ state: 'failed', failure: { code: 'supplier-failed' } });
      expect(book(0, 'assets:balance') + book(0, 'assets:held')).toBe(500);
      market.settle();
      expect(book(0, 'expense:purchases')).toBe(0);
    });

    it('gives no key where the buyer goes away with the encrypted document, and ends by itself', () => {
      begin();
      until(0, 'retrieving');
      market.world.crash(at(0));
      market.world.pass(26 * hourMs);
      expect(sale(-1)?.state).toBe('lapsed');
      market.world.start(at(0));
      market.settle();
      expect(purchase(0)?.state).toBe('expired');
      expect(book(-1, 'income:sales')).toBe(0);
    });

    it('says of a fake that it is one, once the key has shown it', () => {
      const deal = begin();
      at(0).book.put({ ...at(0).book.get(at(-1).id)!, list: 'secondary' });
      market.world.until('sealing', () => sale(-1)?.state === 'sealing');
      // What the seller encrypted is another document.
      const other = testDocument('another').documentId;
      market.world.do(at(-1), (ctx) => sealed(ctx, at(0).id, deal, other));
      market.settle();
      expect(purchase(0)).toMatchObject({
        state: 'failed',
        failure: { code: 'corrupt-document' },
        sealed: { key: sale(-1)?.sealed?.key, terms: { documentId: other } },
      });
      expect(purchase(0)?.instructions).toMatchObject({ sub: walden.documentId });
      expect(book(0, 'expense:purchases')).toBe(10);
      expect(at(0).book.get(at(-1).id)?.list).toBe('undesirable');
    });

    it('is not begun without the money for it, nor where the bid does not offer it', () => {
      const { id } = bid();
      at(-1).settings = { ...at(-1).settings, sealed: { offer: 'nobody', buy: 'prefer' } };
      const plain = bid();
      const begun = (which: string) => {
        const bought = market.world.do(at(0), (ctx) => buy(ctx, which, true));
        return bought.ok ? 'begun' : bought.error.code;
      };
      expect(begun(plain.id)).toBe('not-sealed');
      market.world.do(at(0), (ctx) =>
        pay(ctx, {
          ...{ currency: market.currency, payee: market.bank.id, amount: 490 as Amount },
          ...{ transactionId: 'gift', purpose: { kind: 'gift', note: '' } },
        }),
      );
      market.world.pass(1_000);
      expect(begun(id)).toBe('insufficient-funds');
    });

    it('is taken from sellers that are no primary neighbors, as the settings say', () => {
      const found = bid();
      const started = (buying: 'never' | 'prefer' | 'require', list: 'primary' | 'secondary') => {
        at(0).book.put({ ...at(0).book.get(at(-1).id)!, list });
        at(0).settings = { ...at(0).settings, sealed: { offer: 'everybody', buy: buying } };
        return market.world.read(at(0), (ctx) => wantsSealed(ctx, found, undefined));
      };
      expect(started('prefer', 'secondary')).toEqual({ ok: true, value: true });
      expect(started('require', 'primary')).toEqual({ ok: true, value: false });
      expect(started('never', 'secondary')).toEqual({ ok: true, value: false });
    });

    it('gives back a hold that is too small, has another lock, or ends too soon', () => {
      const { text } = bid();
      const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
      const body = { bid: text, deal, sealed: true };
      const agreed = market.ask(at(0), at(-1), { route: 'accept', body });
      expect(agreed.ok).toBe(true);
      const { sha256 } = sale(-1)!.sealed!.terms!;
      const transactionId = `sealed-${deal}`;
      const hold = (amount: number, lock: string, lastingSeconds: number) =>
        market.world.do(at(0), (ctx) =>
          orderHold(ctx, {
            ...{ currency: market.currency, payee: at(-1).id, amount: amount as Amount },
            ...{
              transactionId,
              hold: { sha256: lock, expires: seconds(ctx.now) + lastingSeconds },
            },
            purpose: { kind: 'gift', note: 'wrong' },
          }),
        );
      hold(9, sha256, 3600);
      hold(
        10,
        sha256.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
        3600,
      );
      hold(10, sha256, 200);
      market.world.pass(120_000);
      expect(sale(-1)).toMatchObject({ deal, state: 'instructed' });
      expect(book(0, 'assets:held')).toBe(0);
      hold(10, sha256, 3600);
      market.settle();
      expect(sale(-1)?.state).toBe('delivered');
      expect([book(0, 'expense:gifts'), book(-1, 'income:sales')]).toEqual([10, -10]);
    });

    it('is answered again in the same way, and not under another kind of payment', () => {
      const { text } = bid();
      const ask = (body: Record<string, unknown>) =>
        market.ask(at(0), at(-1), { route: 'accept', body: { bid: text, ...body } });
      at(-1).book.put({ ...at(-1).book.get(at(0).id)!, list: 'secondary' });
      const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
      const [first, again] = [ask({ deal, sealed: true }), ask({ deal, sealed: true })];
      expect(first).toMatchObject({ value: { sealed: { transactionId: `sealed-${deal}` } } });
      expect(again).toEqual(first);
      expect(ask({ deal })).toMatchObject({ error: { code: 'deal-id-reused' } });
      for (const n of [1, 2, 3]) ask({ deal: `${n}AAAAAAAAAAAAAAAAAAAAA`, sealed: true });
      const fifth = ask({ deal: '5AAAAAAAAAAAAAAAAAAAAA', sealed: true });
      expect(fifth).toMatchObject({ error: { code: 'rate-limited' } });
    });

    it('is refused where the document is gone before it could be encrypted', () => {
      const { id } = bid();
      at(-1).forge = (effect) => {
        if (effect.kind === 'seal') at(-1).library.remove(walden.documentId);
        return effect;
      };
      market.world.do(at(0), (ctx) => buy(ctx, id, true));
      market.settle();
      expect(purchase(0)).toMatchObject({ state: 'failed', failure: { code: 'document-gone' } });
      expect(sale(-1)?.state).toBe('lapsed');
    });
  });

  it('pays a chain by one key: each its commission, the buyer once', () => {
    line('alice', 'bob', 'carol', 'dave');
    begin();
    market.settle();
    expect(purchase(0)?.state).toBe('delivered');
    expect([purchase(1)?.state, purchase(2)?.state]).toEqual(['passed-on', 'passed-on']);
    expect(sale(1)?.state).toBe('delivered');
    expect(book(0, 'expense:purchases')).toBe(18);
    expect([book(1, 'income:commissions'), book(2, 'income:commissions')]).toEqual([-4, -4]);
    expect([book(1, 'clearing:deals'), book(2, 'clearing:deals')]).toEqual([0, 0]);
    expect(book(-1, 'income:sales')).toBe(-10);
    const ends = [0, 1, 2].map((n) => purchase(n)?.sealed?.expires ?? 0);
    expect(ends[0]! - ends[1]!).toBeGreaterThanOrEqual(50 * 60);
    expect(ends[1]! - ends[2]!).toBeGreaterThanOrEqual(50 * 60);
  });

  it('makes its buyer known to the seller by the document that was sold, not by its encrypted form', () => {
    line('alice', 'bob', 'carol');
    begin();
    market.settle();
    expect(market.world.read(at(-1), allDiscoveries)).toMatchObject([
      { peer: at(0).id, way: 'buyer-by-seller', documentId: walden.documentId },
    ]);
  });

  it('is not begun through an intermediary without end: nobody has paid for it yet', () => {
    line('alice', 'bob', 'carol');
    at(1).book.put({ ...at(1).book.get(at(0).id)!, list: 'secondary' });
    const { text } = bid();
    const accepted = [1, 2, 3, 4, 5, 6].map((n) => {
      const deal = `${n}AAAAAAAAAAAAAAAAAAAAA`;
      const body = { bid: text, deal, sealed: true };
      return market.ask(at(0), at(1), { route: 'accept', body });
    });
    expect(accepted.map(({ ok }) => ok)).toEqual([true, true, true, true, false, false]);
    expect(accepted.at(-1)).toMatchObject({ error: { code: 'rate-limited' } });
    expect(market.world.read(at(1), (ctx) => recentPurchases(ctx, 9))).toHaveLength(4);
  });

  it('leaves everybody in a chain with what they had where the source goes away', () => {
    line('alice', 'bob', 'carol', 'dave');
    begin();
    until(2, 'holding');
    market.world.crash(at(-1));
    market.world.pass(5 * hourMs);
    expect([0, 1, 2].map((n) => purchase(n)?.state)).toEqual(['failed', 'failed', 'failed']);
    market.settle();
    expect([0, 1, 2].map((n) => book(n, 'expense:purchases'))).toEqual([0, 0, 0]);
  });

  it('lets an intermediary claim what it paid for, though it was away when its supplier claimed', () => {
    line('alice', 'bob', 'carol');
    begin();
    until(1, 'holding');
    market.world.crash(at(1), 50 * 60_000);
    market.world.pass(51 * 60_000);
    market.settle();
    expect(purchase(0)?.state).toBe('delivered');
    expect(book(1, 'income:commissions')).toBe(-4);
  });
});
