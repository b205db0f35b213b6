import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import {
  allSavedSearches,
  forgetSavedSearch,
  recentSearches,
  type SavedSearch,
  saveSearch,
  searchOf,
} from './index.ts';

const hour = 60 * 60_000;
const walden = testDocument('walden');

describe('a saved search', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];
  let found: { documents: number; search: string }[];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', { documents: [walden] });
    carol = market.trader('carol', {
      settings: { accepts: [market.accepted(3)] },
      documents: [testDocument('walden pond')],
    });
    market.world.befriend(alice, bob);
    market.world.befriend(alice, carol);
    market.open(500);
    found = [];
    alice.forge = (effect) => {
      if (effect.kind === 'event' && effect.event.type === 'saved-search-found')
        found.push(effect.event);
      return effect;
    };
  });

  const save = (feesMax: number, change: { after?: string; everyMs?: number } = {}) => {
    const saved = market.world.do(alice!, (ctx) =>
      saveSearch(ctx, {
        query: { text: 'walden' },
        offers: [{ currency: market.currency, maxPrice: 50 as Amount, feesMax: feesMax as Amount }],
        everyMs: hour,
        ...change,
      }),
    );
    market.world.pass(10_000);
    return saved;
  };
  const kept = (): SavedSearch | undefined =>
    market.world.read(alice!, (ctx) => allSavedSearches(ctx))[0];
  const fees = () =>
    market.world.read(alice!, (ctx) =>
      balanceOf(ctx, market.currency, 'expense:solicitation-fees'),
    );

  it('tells each document once, however often it is found', () => {
    expect(save(4).ok).toBe(true);
    expect(found).toMatchObject([{ documents: 2 }]);
    market.world.pass(3 * hour);
    expect(found).toHaveLength(1);
    bob!.library.documents.push(testDocument('walden again'));
    market.world.pass(hour);
    expect(found.map(({ documents }) => documents)).toEqual([2, 1]);
    expect(kept()?.found?.search).toBe(found[1]?.search);
  });

  it('asks nobody whose fee its budget does not pay for, in any run', () => {
    save(1);
    expect(fees()).toBe(1);
    expect(found).toMatchObject([{ documents: 1 }]);
    market.world.pass(2 * hour);
    expect(fees()).toBe(3);
  });

  it('asks nobody whose fee rose past its budget since it was last told', () => {
    save(4);
    const before = fees();
    bob!.settings = { ...bob!.settings, accepts: [market.accepted(5)] } as TestPeer['settings'];
    market.world.pass(2 * hour);
    // Carol for 3, twice; what Bob asks now was learned on the way.
    expect(fees() - before).toBe(6);
  });

  it('asks a neighbor again whose fee has come down', () => {
    carol!.settings = { ...carol!.settings, accepts: [market.accepted(300)] } as never;
    market.world.crash(alice!, 10_000);
    market.world.pass(2 * hour);
    save(4);
    expect(fees()).toBe(1);
    carol!.settings = { ...carol!.settings, accepts: [market.accepted(3)] } as never;
    market.world.pass(3 * hour);
    // Terms are known for an hour; the run after that learns them for the next.
    expect(fees()).toBe(1 + 1 + 1 + 4);
  });

  it('says so where the budget pays for nobody, and tries again', () => {
    save(0);
    expect(fees()).toBe(0);
    expect(kept()?.lastRun?.problem?.code).toBe('unavailable');
    const { nextAt = 0 } = kept() ?? {};
    market.world.pass(hour);
    expect(kept()?.nextAt).toBe(nextAt + hour);
  });

  it('takes what the search before it found for known, and waits its time', () => {
    const { id } = market.search(alice!, 'walden', 50);
    const before = fees();
    save(9, { after: id });
    expect(fees()).toBe(before);
    market.world.pass(hour);
    expect(fees()).toBe(before + 4);
    expect(found).toEqual([]);
  });

  it('keeps no more of its runs than the last one and the last that found something', () => {
    save(4);
    const first = kept()?.lastRun?.search ?? '';
    market.world.pass(hour);
    const second = kept()?.lastRun?.search ?? '';
    market.world.pass(hour);
    const known = (id: string) =>
      market.world.read(alice!, (ctx) => searchOf(ctx, id)) !== undefined;
    expect([first, second, kept()?.lastRun?.search ?? ''].map(known)).toEqual([true, false, true]);
    expect(market.world.read(alice!, (ctx) => recentSearches(ctx, 10))).toEqual([]);
  });

  it('keeps no more of them either where each run finds something, and none once it is forgotten', () => {
    save(4);
    const runs = new Set<string>();
    const known = () =>
      [...runs].filter((id) => market.world.read(alice!, (ctx) => searchOf(ctx, id)));
    for (let n = 0; n < 4; n++) {
      bob!.library.documents.push(testDocument(`walden ${n}`));
      market.world.pass(hour);
      runs.add(kept()?.lastRun?.search ?? '');
      expect([found.length, runs.size]).toEqual([n + 2, n + 1]);
    }
    expect(known()).toEqual([kept()?.found?.search]);
    const { id = '' } = kept() ?? {};
    market.world.do(alice!, (ctx) => forgetSavedSearch(ctx, id));
    expect(known()).toEqual([]);
  });

  it('is made again after a restart past its time', () => {
    save(4);
    market.world.crash(alice!, 3 * hour);
    market.world.pass(2.5 * hour);
    expect(fees()).toBe(4);
    market.world.pass(hour);
    expect(fees()).toBe(8);
  });

  it('is not made any more once it is forgotten', () => {
    save(4);
    const { id = '' } = kept() ?? {};
    const forget = () => market.world.do(alice!, (ctx) => forgetSavedSearch(ctx, id));
    expect([forget(), forget()]).toEqual([true, false]);
    market.world.pass(2 * hour);
    expect(fees()).toBe(4);
    expect(kept()).toBeUndefined();
  });

  it('is refused where it would repeat too often, or past the bound', () => {
    expect(save(4, { everyMs: 1_000 })).toMatchObject({ error: { code: 'bad-request' } });
    for (let n = 0; n < 100; n++) save(0, { everyMs: 30 * 24 * hour });
    expect(save(4)).toMatchObject({ error: { code: 'bad-request' } });
  });
});
