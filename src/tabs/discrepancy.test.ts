import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf, weOwe } from '../books/index.ts';
import type { Effect } from '../kernel/index.ts';
import { ordersOf } from '../money/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { TabEntryView, TabView } from '../protocol/index.ts';
import { acceptDisputed, allDiscrepancies, mirrorOf } from './index.ts';

type Extra = Pick<TabEntryView, 'kind' | 'amount' | 'reference'>;

/** Adds entries to every tab that leaves this service, and keeps its numbers consistent. */
function adding(extra: readonly Extra[]): (effect: Effect) => Effect {
  const sum = extra.reduce((total, { amount }) => total + amount, 0);
  const more = (tab: TabView) => ({
    ...tab,
    balance: tab.balance + sum,
    entries: tab.entries + extra.length,
  });
  return (effect) => {
    if (effect.kind === 'line') {
      const body = effect.body as { end?: { tab: TabView } };
      return body.end
        ? { ...effect, body: { end: { ...body.end, tab: more(body.end.tab) } } }
        : effect;
    }
    if (effect.kind !== 'reply') return effect;
    const body = effect.body as { tab?: TabView; entries?: TabEntryView[] };
    if (!body.tab) return effect;
    const { tab } = body;
    const added = extra.map((entry, n) => ({ ...entry, n: tab.entries + n + 1, at: 0 }));
    const entries = body.entries && [...body.entries, ...added];
    return { ...effect, body: { ...body, tab: more(tab), ...(entries ? { entries } : {}) } };
  };
}

describe('a service that adds to a tab what nobody ordered', () => {
  let market: TestMarket;
  let [alice, bob]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', { documents: [testDocument('walden')] });
    market.chain(alice, bob);
    market.open(500);
  });

  const owed = () =>
    0 - market.world.read(alice!, (ctx) => balanceOf(ctx, market.currency, weOwe(bob!.id)));
  const half = () => market.world.read(alice!, (ctx) => mirrorOf(ctx, bob!.id, market.currency));
  const noted = () =>
    market.world.read(alice!, (ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));

  it.each([
    ['a solicitation', { kind: 'solicitation', amount: 1, reference: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['a purchase', { kind: 'purchase', amount: 60, reference: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['a correction', { kind: 'correction', amount: 60, reference: 'trust me' }],
    ['an exchange', { kind: 'exchange', amount: 60, reference: 'x' }],
    ['a refund of nothing', { kind: 'refund', amount: -5, reference: 'x' }],
  ] as const)('is noticed: %s is noted and disputed, never booked, never paid', (_what, extra) => {
    bob!.forge = adding([extra]);
    market.search(alice!, 'walden', 50);
    market.world.pass(60_000);
    expect(noted().join()).toContain(`(${extra.kind} of ${extra.amount}) was not expected`);
    expect(half()).toMatchObject({ disputed: extra.amount, balance: 1 + extra.amount });
    expect(owed()).toBe(1);
    expect(
      market.world.read(alice!, (ctx) => ordersOf(ctx, market.currency, { limit: 9 })),
    ).toEqual([]);
    expect(alice!.events.filter(({ type }) => type === 'discrepancy')).not.toEqual([]);
  });

  it('cannot charge a fee above the terms that it told', () => {
    // The terms said 1 when Alice learned them.
    bob!.settings = { ...bob!.settings, accepts: [market.accepted(9)] } as TestPeer['settings'];
    market.search(alice!, 'walden', 50);
    market.world.pass(60_000);
    expect(owed()).toBe(0);
    expect(half()).toMatchObject({ balance: 9, disputed: 9 });
    expect(noted().join()).toContain('(solicitation of 9) was not expected');
  });

  it('cannot charge a purchase twice', () => {
    const deal = market.buy(alice!, market.search(alice!, 'walden', 50).bids[0]);
    market.settle();
    bob!.forge = adding([{ kind: 'purchase', amount: 6, reference: deal }]);
    market.search(alice!, 'walden', 50);
    market.world.pass(60_000);
    expect(half().disputed).toBe(6);
    expect(owed()).toBe(1 + 6 + 1);
  });

  it('is owed what was disputed once the person accepts it, and once only', () => {
    bob!.settings = { ...bob!.settings, accepts: [market.accepted(9)] } as TestPeer['settings'];
    market.search(alice!, 'walden', 50);
    market.world.pass(60_000);
    const accept = () =>
      market.world.do(alice!, (ctx) => acceptDisputed(ctx, bob!.id, market.currency));
    expect(accept()).toEqual({ ok: true, value: { amount: 9 } });
    expect(owed()).toBe(9);
    expect(half()).toMatchObject({ balance: 9, disputed: 0 });
    expect(accept().ok).toBe(false);
  });

  it('is noticed when its balance is not the sum of its entries', () => {
    market.search(alice!, 'walden', 50);
    bob!.forge = (effect) => {
      if (effect.kind !== 'reply') return effect;
      const body = effect.body as { tab?: TabView };
      return body.tab
        ? { ...effect, body: { ...body, tab: { ...body.tab, balance: 77 } } }
        : effect;
    };
    market.buy(alice!, market.search(alice!, 'walden', 50).bids[0]);
    market.world.pass(60_000);
    expect(noted().join()).toContain('The tab says 77');
    expect(owed()).toBe(8);
  });
});
