import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import {
  allSavedSearches,
  type BuyingOrder,
  forgetSavedSearch,
  recentPurchases,
  type SavedSearch,
  saveSearch,
  setBuying,
  spentOf,
  stopBuying,
} from './index.ts';

const hour = 60 * 60_000;

describe('a saved search that buys by itself', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  /** Alice knows Bob, who sells for 10, and Carol, who sells for 8. */
  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = seller('bob', 10, 'walden');
    carol = seller('carol', 8);
    market.world.befriend(alice, bob);
    market.world.befriend(alice, carol);
    market.open(500);
  });

  const seller = (name: string, flat: number, ...titles: string[]) =>
    market.trader(name, {
      settings: { accepts: [market.accepted(0)], pricing: [{ flat, perMebibyte: 0 }] },
      documents: titles.map((title) => testDocument(title)),
    });
  const order = (change: Partial<BuyingOrder> & { budget?: number } = {}): BuyingOrder => {
    const { budget = 100, ...rest } = change;
    const budgets = [{ currency: market.currency, amount: budget as Amount }];
    return { compare: 'price', documentsMax: 5, perDayMax: 5, budgets, ...rest };
  };
  /** Saves a search; with an order its first run buys. */
  function watch(given?: BuyingOrder, maxPrice = 50, query = { text: 'walden' }): SavedSearch {
    const saved = market.world.do(alice!, (ctx) => {
      const kept = saveSearch(ctx, {
        query,
        offers: [{ currency: market.currency, maxPrice: maxPrice as Amount, feesMax: 9 as Amount }],
        everyMs: hour,
      });
      if (kept.ok && given) setBuying(ctx, kept.value.id, given);
      return kept;
    });
    if (!saved.ok) throw new Error(saved.error.detail);
    market.world.pass(20_000);
    return saved.value;
  }
  const kept = () => market.world.read(alice!, (ctx) => allSavedSearches(ctx))[0]?.buying;
  const bought = () =>
    market.world.read(alice!, (ctx) =>
      recentPurchases(ctx, 100).map(({ title, seller: from, state }) => [
        title,
        from === bob!.id ? 'bob' : 'carol',
        state,
      ]),
    );
  const spent = () =>
    market.world.read(alice!, (ctx) => balanceOf(ctx, market.currency, 'expense:purchases'));
  const left = () => kept()?.left.map(({ title, why }) => `${title}: ${why}`);

  it('buys nothing unless a person has set it on', () => {
    watch();
    market.world.pass(2 * hour);
    expect([bought(), spent()]).toEqual([[], 0]);
  });

  it('takes the lowest price, and never the same document twice, whoever else offers it', () => {
    carol!.library.documents.push(testDocument('walden'));
    watch(order());
    expect(bought()).toEqual([['walden', 'carol', 'delivered']]);
    market.world.pass(3 * hour);
    expect(bought()).toHaveLength(1);
    expect(left()).toEqual(['walden: had']);
    expect(spent()).toBe(8);
  });

  it('takes the lowest risk-adjusted price where that is chosen, and holds the limit against it', () => {
    carol!.library.documents.push(testDocument('walden'));
    // 8 from a peer of whom nothing is known is 16; 10 from a chosen one is 14.
    alice!.book.put({ ...alice!.book.get(carol!.id)!, list: 'secondary' });
    alice!.settings = { ...alice!.settings, policy: 2 };
    watch(order({ compare: 'risk-adjusted' }), 13);
    expect(bought()).toEqual([]);
    expect(left()).toEqual(['walden: risk']);
    watch(order({ compare: 'risk-adjusted' }), 14);
    expect(bought()).toMatchObject([['walden', 'bob', 'delivered']]);
  });

  it('keeps within its budget to the unit, and tells what it left alone', () => {
    bob!.library.documents.push(testDocument('walden pond'), testDocument('walden again'));
    watch(order({ budget: 20 }));
    expect(bought()).toHaveLength(2);
    expect(left()).toEqual([expect.stringMatching(/: budget$/)]);
    expect(spent()).toBe(20);
  });

  it('buys so many in a day, and goes on when the day is over', () => {
    bob!.library.documents.push(testDocument('walden pond'), testDocument('walden again'));
    watch(order({ perDayMax: 2 }));
    expect(bought()).toHaveLength(2);
    expect(left()).toEqual([expect.stringMatching(/: day$/)]);
    for (const peer of market.world.peers) peer.clockAheadMs = 24 * hour;
    market.world.pass(hour + 20_000);
    expect(bought()).toHaveLength(3);
  });

  it('is done when it has bought as many as it should', () => {
    bob!.library.documents.push(testDocument('walden pond'));
    watch(order({ documentsMax: 1 }));
    market.world.pass(2 * hour);
    expect(bought()).toHaveLength(1);
  });

  it('buys none that its person had seen before it was set on, only what is new', () => {
    const { id } = watch();
    const set = market.world.do(alice!, (ctx) => setBuying(ctx, id, order()));
    expect(set.ok).toBe(true);
    market.world.pass(2 * hour);
    expect(bought()).toEqual([]);
    bob!.library.documents.push(testDocument('walden pond'));
    market.world.pass(hour + 20_000);
    expect(bought().map(([title]) => title)).toEqual(['walden pond']);
  });

  it('stops at once, one or all, and goes on within what it had spent', () => {
    const { id } = watch(order({ budget: 15 }));
    expect(spent()).toBe(10);
    bob!.library.documents.push(testDocument('walden pond'));
    const stop = (one?: string) => market.world.do(alice!, (ctx) => stopBuying(ctx, one));
    expect([stop('another'), stop(id), stop()]).toEqual([0, 1, 0]);
    market.world.pass(2 * hour);
    expect([bought().length, kept()?.state]).toEqual([1, 'stopped']);
    market.world.do(alice!, (ctx) => setBuying(ctx, id, order({ budget: 15 })));
    market.world.pass(hour + 20_000);
    expect([bought().length, left()]).toEqual([1, ['walden: had', 'walden pond: budget']]);
    market.world.do(alice!, (ctx) => setBuying(ctx, id, order({ budget: 20 })));
    market.world.pass(hour + 20_000);
    expect([bought().length, spent()]).toEqual([2, 20]);
  });

  it('leaves alone what lies on the shelf, what its person has bought, and what money lacks for', () => {
    alice!.library.documents.push(testDocument('walden'));
    bob!.library.documents.push(testDocument('walden pond'), testDocument('walden again'));
    market.buy(alice!, market.search(alice!, 'walden pond', 50).bids[0]);
    market.settle();
    const balance = market.world.read(alice!, (ctx) =>
      balanceOf(ctx, market.currency, 'assets:balance'),
    );
    const flat = (balance + 1) as Amount;
    bob!.settings = { ...bob!.settings, pricing: [{ flat, perMebibyte: 0 as Amount }] };
    watch(order({ budget: 9_999 }), 9_999);
    expect(left()?.toSorted()).toEqual(['walden again: funds', 'walden pond: had', 'walden: had']);
    expect(bought()).toHaveLength(1);
  });

  it.each([0, 1_000])(
    'begins no more than its money lasts for, where its seller gives a credit of %s',
    (creditLimit) => {
      const pricing = [{ flat: 200 as Amount, perMebibyte: 0 as Amount }];
      bob!.settings = { ...bob!.settings, creditLimit: creditLimit as Amount, pricing };
      bob!.library.documents.push(testDocument('walden pond'), testDocument('walden again'));
      market.world.pass(2 * hour);
      watch(order({ budget: 9_999 }), 9_999);
      market.world.pass(3 * hour);
      expect(bought().map(([, , state]) => state)).toEqual(['delivered', 'delivered']);
      expect(left()?.filter((why) => why.endsWith(': funds'))).toHaveLength(1);
      market.give(alice!, 300);
      market.world.pass(hour + 20_000);
      expect(bought()).toHaveLength(3);
    },
  );

  it('tries another time what came to nothing without being paid, and not what may have been', () => {
    bob!.forge = (effect) => {
      if (effect.kind === 'event' && effect.event.type === 'tab') return effect;
      bob!.library.remove(testDocument('walden').documentId);
      return effect;
    };
    watch(order());
    expect(bought()).toEqual([['walden', 'bob', 'failed']]);
    delete bob!.forge;
    bob!.library.documents.push(testDocument('walden'));
    market.world.pass(hour + 20_000);
    expect(bought().map(([, , state]) => state)).toEqual(['delivered', 'failed']);
    const buying = kept()!;
    expect(market.world.read(alice!, (ctx) => spentOf(ctx, buying))).toMatchObject({
      ...{ today: 1, spent: [{ amount: 10 }] },
    });
  });

  it('goes on after a crash at the end of a run, and buys once', () => {
    watch();
    const [{ id = '' } = {}] = market.world.read(alice!, (ctx) => allSavedSearches(ctx));
    bob!.library.documents.push(testDocument('walden pond'));
    market.world.do(alice!, (ctx) => setBuying(ctx, id, order()));
    alice!.forge = (effect) => {
      if (effect.kind === 'event' && effect.event.type === 'saved-search-bought') {
        delete alice!.forge;
        market.world.crash(alice!, 60_000);
      }
      return effect;
    };
    market.world.pass(3 * hour);
    market.settle();
    expect(bought()).toEqual([['walden pond', 'bob', 'delivered']]);
    expect(kept()?.bought).toHaveLength(1);
    expect(spent()).toBe(10);
  });

  it('buys what a run had found when its peer was killed, and asks the seller once', () => {
    const accepted: string[] = [];
    alice!.forge = (effect) => {
      if (effect.kind === 'event' && effect.event.type === 'bid')
        market.world.crash(alice!, 60_000);
      if (effect.kind === 'call' && effect.call.purpose.kind === 'acceptance')
        accepted.push(effect.call.id);
      return effect;
    };
    watch(order());
    market.world.pass(2 * 60_000);
    expect(bought()).toEqual([['walden', 'bob', 'delivered']]);
    expect(accepted).toHaveLength(1);
  });

  it('is refused where it could spend nothing, too much at a time, or is not kept', () => {
    const { id } = watch();
    const codes = [
      order({ budgets: [] }),
      order({ budgets: [{ currency: bob!.id, amount: 5 as Amount }] }),
      order({ documentsMax: 0 }),
      order({ perDayMax: 101 }),
    ].map((wrong) => market.world.do(alice!, (ctx) => setBuying(ctx, id, wrong)));
    expect(codes.map((each) => (each.ok ? 'set' : each.error.code))).toEqual(
      Array.from({ length: 4 }, () => 'bad-request'),
    );
    market.world.do(alice!, (ctx) => forgetSavedSearch(ctx, id));
    expect(market.world.do(alice!, (ctx) => setBuying(ctx, id, order()))).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('never passes a limit, whatever is offered and however often it runs', {
    timeout: 120_000,
  }, () => {
    const limits = fc.record({
      maxPrice: fc.integer({ min: 0, max: 30 }),
      budget: fc.integer({ min: 1, max: 60 }),
      documentsMax: fc.integer({ min: 1, max: 4 }),
      perDayMax: fc.integer({ min: 1, max: 3 }),
      compare: fc.constantFrom('price' as const, 'risk-adjusted' as const),
      sellers: fc.array(
        fc.record({
          price: fc.integer({ min: 0, max: 30 }),
          documents: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      runs: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(limits, ({ maxPrice, budget, sellers, runs, ...rest }) => {
        market = new TestMarket();
        alice = market.trader('alice');
        sellers.forEach(({ price, documents }, n) => {
          const titles = documents.map((each) => `walden ${each}`);
          market.world.befriend(alice!, seller(`seller${n}`, price, ...titles));
        });
        market.open(500);
        watch(order({ budget, ...rest }), maxPrice);
        market.world.pass((runs - 1) * hour);
        const deals = market.world.read(alice!, (ctx) => recentPurchases(ctx, 100));
        expect(new Set(deals.map(({ documentId }) => documentId)).size).toBe(deals.length);
        expect(deals.length).toBeLessThanOrEqual(Math.min(rest.documentsMax, rest.perDayMax));
        expect(deals.every(({ price }) => price <= maxPrice)).toBe(true);
        expect(spent()).toBe(deals.reduce((sum, { price }) => sum + price, 0));
        expect(spent()).toBeLessThanOrEqual(budget);
        market.settle();
      }),
      { numRuns: 15 },
    );
  });
});
