import { describe, expect, it } from 'vitest';
import { purchaseOf } from '../market/index.ts';
import { noFaults } from '../simulation/faults.ts';
import { settleNow, tabView } from '../tabs/index.ts';
import { testDocument } from './test-world-library.ts';
import { TestMarket } from './test-world-market.ts';
import { type RandomWorld, runRandomWorld } from './test-world-random.ts';

describe('a peer', () => {
  function trade() {
    const market = new TestMarket();
    const alice = market.trader('alice');
    const bob = market.trader('bob', { documents: [testDocument('walden')] });
    market.chain(alice, bob);
    market.open(500);
    return { market, alice, bob, bid: market.search(alice, 'walden', 50).bids[0] };
  }

  it('does the same for the same inputs, to the byte', () => {
    const run = () => {
      const effects: unknown[] = [];
      const { market, alice, bob, bid } = trade();
      alice.forge = bob.forge = (effect) => {
        effects.push(effect);
        return effect;
      };
      market.buy(alice, bid);
      market.settle();
      return JSON.stringify(effects);
    };
    expect(run()).toBe(run());
  });

  it('leaves nothing behind of an input that throws', () => {
    const { market, alice, bob } = trade();
    const before = market.world.read(bob, (ctx) => tabView(ctx, alice.id, market.currency));
    bob.library.search = () => {
      throw new Error('The index is broken.');
    };
    expect(() => market.search(alice, 'walden', 50)).toThrow('The index is broken.');
    expect(market.world.read(bob, (ctx) => tabView(ctx, alice.id, market.currency))).toEqual(
      before,
    );
  });

  it('that moved tells its neighbors, and is reached at its new address, by what was decided before too', () => {
    const { market, alice, bob } = trade();
    market.world.crash(bob);
    market.world.do(alice, (ctx) => settleNow(ctx, bob.id, market.currency));
    market.world.pass(30_000);
    bob.settings = { ...bob.settings, endpoints: ['https://elsewhere:7685'] };
    market.world.start(bob);
    market.settle();
    expect(alice.book.get(bob.id)?.endpoints).toEqual(['https://elsewhere:7685']);
    expect(market.world.read(bob, (ctx) => tabView(ctx, alice.id, market.currency).balance)).toBe(
      0,
    );
  });

  it('goes on retrieving after a crash in the middle of it', () => {
    const { market, alice, bob, bid } = trade();
    const deal = market.buy(alice, bid, 'opening');
    market.world.crash(bob, 20_000);
    market.world.crash(alice, 5_000);
    market.settle();
    expect(market.world.read(alice, (ctx) => purchaseOf(ctx, deal)?.state)).toBe('delivered');
  });
});

/** Worlds in which something once went wrong, made small by the search that found them. */
describe('a small world that once went wrong', () => {
  const trader = {
    ...{ documents: [], price: 0, solicitationFee: 0, commission: { flat: 3, perMillion: 0 } },
    ...{ strategy: 'referral' as const, budgetBytes: 0 },
    ...{ creditLimit: 0, settleAt: undefined, funds: 1_000, issues: false },
    ...{ fromDirectory: false, compareBids: 'price' as const, policy: 1 as const, clockAheadMs: 0 },
  };
  const search = {
    atMs: 0,
    buyer: 0,
    document: 0,
    byId: false,
    maxPrice: 40,
    inOwn: false,
    sealed: false,
  };
  const world = (change: Partial<RandomWorld>): RandomWorld => ({
    ...{
      seed: 0,
      traders: [trader, trader],
      friends: [[0, 1]],
      deals: [],
      crashes: [],
      cuts: [],
      losses: [],
      carriage: 'wire',
      people: { decisions: [], odd: [], realKeys: false },
    },
    ...{ faults: noFaults, fee: { flat: 0, perMillion: 0 }, ...change },
  });

  it.each([
    [
      'charges a request once that arrives twice',
      world({
        traders: [
          { ...trader, solicitationFee: 1, creditLimit: 5 },
          { ...trader, funds: 0 },
        ],
        deals: [search, { ...search, buyer: 3 }, { ...search, atMs: 12 }],
        faults: { ...noFaults, loseAnswer: 20, repeat: 100, crash: 20 },
      }),
    ],
    [
      'does not pay back what was paid ahead, to be paid again',
      world({
        traders: [{ ...trader, solicitationFee: 2, funds: 0 }, trader, trader, trader],
        deals: [search, { ...search, atMs: 27_607, buyer: 1 }],
        faults: { ...noFaults, loseAnswer: 20, repeat: 20, delayMsMax: 200, crash: 5 },
      }),
    ],
    [
      'expects the charge of a copy that arrives after the payment',
      world({
        seed: 13,
        traders: [
          { ...trader, documents: [1], solicitationFee: 1, creditLimit: 100 },
          { ...trader, documents: [0], solicitationFee: 1, issues: true },
          { ...trader, documents: [1], creditLimit: 100 },
        ],
        friends: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
        ],
        deals: [
          { ...search, atMs: 1, document: 1 },
          { ...search, atMs: 1723 },
          { ...search, buyer: 1, document: 1 },
        ],
        faults: { ...noFaults, loseRequest: 20, loseAnswer: 100, repeat: 100, delayMsMax: 2_000 },
      }),
    ],
  ])('%s', (_what, random) => {
    const market = runRandomWorld(random);
    market.settle();
    expect(market.oracles.atRest()).toEqual([]);
  });
});
