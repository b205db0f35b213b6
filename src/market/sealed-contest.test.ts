import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { draft } from '../identity/index.ts';
import { receiptOf } from '../money/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { type ContestReason, contestStatement, type DealId } from '../protocol/index.ts';
import { seconds } from '../time.ts';
import {
  buy,
  contest,
  contestableUntil,
  purchaseOf,
  recentPurchases,
  recentSales,
  sealed,
} from './index.ts';

const walden = testDocument('walden');
const hourMs = 60 * 60_000;

describe('a contested sealed deal', () => {
  let market: TestMarket;
  let [alice, bob, dave]: TestPeer[] = [];
  let deal: DealId;

  /** Alice buys from Dave through Bob: 14 for her, 10 for Dave. They are primary neighbors along the line. */
  beforeEach(() => {
    market = new TestMarket();
    const settings = {
      accepts: [market.accepted(0)],
      commission: { flat: 4, perMillion: 0 },
      pricing: [{ flat: 10, perMebibyte: 0 }],
    };
    [alice, bob, dave] = ['alice', 'bob', 'dave'].map((name) =>
      market.trader(name, { settings, documents: name === 'dave' ? [walden] : [] }),
    );
    market.chain(alice!, bob!, dave!);
    market.open(500);
  });

  const trust = (who: TestPeer, whom: TestPeer, list: 'primary' | 'secondary') =>
    who.book.put({ ...who.book.get(whom.id)!, list });
  const purchase = (peer = alice!) =>
    market.world.read(peer, (ctx) =>
      peer === alice ? purchaseOf(ctx, deal) : recentPurchases(ctx, 1)[0],
    );
  const sale = (peer: TestPeer) => market.world.read(peer, (ctx) => recentSales(ctx, 1)[0]);
  const book = (peer: TestPeer, account: Parameters<typeof balanceOf>[2]) =>
    market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));
  const money = () => [
    book(alice!, 'expense:purchases'),
    -book(bob!, 'income:commissions'),
    -book(dave!, 'income:sales'),
  ];
  const marked = (peer: TestPeer) =>
    [alice, bob, dave].filter((each) => peer.book.get(each!.id)?.list === 'undesirable');
  const until = () => {
    const bought = purchase()!;
    return market.world.read(alice!, (ctx) => contestableUntil(ctx, bought));
  };
  const complain = (reason: ContestReason = 'corrupt') =>
    market.world.do(alice!, (ctx) => contest(ctx, deal, { reason, note: 'Noise.' }));

  /** Buys it against its key; where it is a fake, another document is encrypted. */
  function begin(isFake: boolean): void {
    const [bid] = market.search(alice!, 'walden', 100).bids;
    const bought = market.world.do(alice!, (ctx) => buy(ctx, bid!.id, true));
    if (!bought.ok) throw new Error(bought.error.detail);
    deal = bought.value.deal;
    if (!isFake) return;
    market.world.until('encrypting', () => sale(dave!)?.state === 'sealing');
    const other = testDocument('another').documentId;
    const sold = sale(dave!)!.deal;
    market.world.do(dave!, (ctx) => sealed(ctx, bob!.id, sold, other));
  }
  function end(state: string): void {
    market.world.until(`purchase that is ${state}`, () => purchase()?.state === state, 200_000);
    market.settle();
  }

  it('tells everybody up the chain of a fake, moves no money, and says that none is owed', () => {
    trust(bob!, dave!, 'secondary');
    trust(dave!, bob!, 'secondary');
    bob!.settings = { ...bob!.settings, policy: 3 };
    begin(true);
    end('failed');
    expect(money()).toEqual([14, 4, 10]);
    expect(complain().ok).toBe(true);
    market.settle();
    expect(purchase()?.contest).toMatchObject({ state: 'noted', reason: 'corrupt' });
    expect(purchase(bob!)?.contest).toMatchObject({ state: 'noted', reason: 'corrupt' });
    for (const peer of [bob!, dave!])
      expect(sale(peer)?.contest).toMatchObject({ outcome: 'noted' });
    expect(money()).toEqual([14, 4, 10]);
    // Alice and Bob trust each other; Dave trusts neither of them, and neither trusts Dave.
    expect(marked(alice!)).toEqual([dave]);
    expect(marked(bob!)).toEqual([dave]);
    expect(marked(dave!)).toEqual([alice, bob]);
  });

  it('keeps what was promised, paid and revealed at each link, as evidence', () => {
    begin(true);
    end('failed');
    complain();
    market.settle();
    for (const [buyer, seller] of [
      [alice!, bob!],
      [bob!, dave!],
    ] as const) {
      const { sealed: paid, instructionsText } = purchase(buyer)!;
      const hold = market.world.read(buyer, (ctx) =>
        receiptOf(ctx, market.currency, paid?.order ?? ''),
      );
      const proof = { instructions: instructionsText, key: paid?.key, hold };
      expect(purchase(buyer)?.contest?.proof).toEqual(proof);
      expect(sale(seller)?.contest?.proof).toEqual(proof);
    }
    expect(sale(dave!)?.contest?.firstText).toBe(purchase()?.contest?.text);
  });

  it('shows itself as false where the buyer had signed that it could read the document', () => {
    begin(false);
    end('delivered');
    complain();
    market.settle();
    for (const peer of [bob!, dave!])
      expect(sale(peer)?.contest).toMatchObject({ outcome: 'noted', contradicted: true });
    expect(purchase()?.contest).toMatchObject({ state: 'noted', contradicted: true });
    expect(money()).toEqual([14, 4, 10]);
  });

  it('cannot say that the document never came: by the person not at all, by another program in vain', () => {
    begin(false);
    end('delivered');
    expect(complain('not-delivered')).toMatchObject({ error: { code: 'not-contestable' } });
    expect(ask({ reason: 'not-delivered' })).toMatchObject({ value: { outcome: 'noted' } });
    expect(sale(bob!)?.contest).toMatchObject({ contradicted: true });
  });

  /** Contests as another program with Alice's key would, with evidence changed at will. */
  function ask(change: { reason?: ContestReason } & Record<string, unknown> = {}) {
    const { reason = 'corrupt', ...body } = change;
    const { sealed: paid, instructionsText } = purchase()!;
    const now = seconds(market.world.now);
    const statement = draft(contestStatement, {
      ...{ iss: alice!.id, iat: now, jti: 'AAAAAAAAAAAAAAAAAAAAAA', aud: bob!.id },
      ...{ deal, reason, note: '' },
    });
    const hold = market.world.read(alice!, (ctx) =>
      receiptOf(ctx, market.currency, paid?.order ?? ''),
    );
    const proof = { instructions: instructionsText, key: paid?.key, hold };
    const all = Object.entries({ contest: statement, ...proof, ...body });
    const there = Object.fromEntries(all.filter(([, value]) => value !== undefined));
    return market.ask(alice!, bob!, { route: 'contest', body: there });
  }

  it('is refused, and marks nobody, where the evidence is missing or of another deal', () => {
    begin(false);
    end('delivered');
    const first = purchase()!;
    begin(false);
    end('delivered');
    const others = purchase(bob!)!;
    const theirs = market.world.read(bob!, (ctx) =>
      receiptOf(ctx, market.currency, others.sealed?.order ?? ''),
    );
    const codes = [
      { key: undefined },
      { key: 'A'.repeat(43) },
      { hold: theirs },
      { instructions: first.instructionsText },
    ].map((change) => {
      const answer = ask(change);
      return answer.ok ? 'taken' : answer.error.code;
    });
    expect(codes).toEqual(['bad-request', 'bad-statement', 'bad-statement', 'bad-statement']);
    expect(sale(bob!)?.contest).toBeUndefined();
    expect(ask()).toMatchObject({ value: { outcome: 'noted' } });
    expect(ask()).toMatchObject({ value: { outcome: 'noted' } });
  });

  it('stops at a peer to whom the buyer is a stranger: nobody vouches for it', () => {
    trust(bob!, alice!, 'secondary');
    begin(false);
    end('delivered');
    complain('not-as-described');
    market.settle();
    expect(marked(bob!)).toEqual([alice]);
    expect(sale(bob!)?.contest?.outcome).toBe('noted');
    expect(sale(dave!)?.contest).toBeUndefined();
  });

  it('can be made once the key is shown, for two days from the hold on, and no longer', () => {
    begin(false);
    market.world.until('the price held', () => purchase()?.state === 'holding', 200_000);
    expect(until()).toBeUndefined();
    end('delivered');
    const held = purchase()!.history.find(({ state }) => state === 'holding')!.at;
    expect(Math.abs(until()! - held - 48 * hourMs)).toBeLessThan(1_000);
    alice!.clockAheadMs = 48 * hourMs;
    expect(until()).toBeUndefined();
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
  });

  it('is heard by an intermediary for six hours less than three days from the hold on', () => {
    begin(false);
    end('delivered');
    bob!.clockAheadMs = 66 * hourMs + 60_000;
    expect(ask()).toMatchObject({ error: { code: 'contest-too-late' } });
    bob!.clockAheadMs = 65 * hourMs;
    expect(ask()).toMatchObject({ ok: true });
  });

  it('ends by itself where the seller is gone', () => {
    begin(true);
    end('failed');
    market.world.crash(bob!, 10 * 24 * hourMs);
    complain();
    alice!.clockAheadMs = 72 * hourMs;
    market.world.pass(60_000);
    expect(purchase()?.contest?.state).toBe('unanswered');
    expect(book(alice!, 'expense:purchases')).toBe(14);
  });

  it('is not possible where nothing was paid', () => {
    begin(false);
    market.world.until('fetching', () => purchase()?.state === 'retrieving', 200_000);
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
    expect(ask({ key: 'A'.repeat(43), hold: undefined })).toMatchObject({
      error: { code: 'not-contestable' },
    });
  });
});
