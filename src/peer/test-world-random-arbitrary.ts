import fc from 'fast-check';
import type { DecisionPlan } from '../simulation/decisions.ts';
import type { RandomExchanging } from './test-world-exchanging.ts';
import type { RandomTrader, RandomWorld } from './test-world-random.ts';

const trader: fc.Arbitrary<RandomTrader> = fc.record({
  documents: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }) },
  ),
  price: fc.integer({ min: 0, max: 30 }),
  solicitationFee: fc.constantFrom(0, 1, 1, 2),
  commission: fc.record({
    flat: fc.constantFrom(3, 6, 10),
    perMillion: fc.constantFrom(0, 100_000),
  }),
  creditLimit: fc.constantFrom(100, 100, 40, 20, 5, 0),
  strategy: fc.constantFrom('referral', 'referral', 'concealment'),
  budgetBytes: fc.constantFrom(2 ** 30, 2_000, 1_000, 500),
  settleAt: fc.constantFrom(undefined, undefined, 1, 10, 100),
  funds: fc.constantFrom(1_000, 1_000, 30, 0),
  issues: fc.constantFrom(false, false, true),
  fromDirectory: fc.boolean(),
  compareBids: fc.constantFrom('price', 'risk-adjusted'),
  policy: fc.constant(1),
  clockAheadMs: fc.constant(0),
  sealsFakes: fc.constantFrom(false, false, false, true),
});

/** Neighbors in a line, so that much is found through others, and some that are neighbors besides. */
const friends = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 3 })
  .map((more) => [[0, 1], [1, 2], [2, 3], [3, 4], ...more] as const)
  .map((all) => all.map(([a, b]) => [a, b] as const));

const moment = { atMs: fc.nat(90_000), trader: fc.nat(4) };
const decision: fc.Arbitrary<DecisionPlan> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ ...moment, kind: fc.constant('contest'), nth: fc.nat(5) },
      reason: fc.constantFrom('not-delivered', 'corrupt', 'not-as-described'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...moment,
      kind: fc.constant('policy'),
      policy: fc.constantFrom(1, 2, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ ...moment, kind: fc.constant('move'), nth: fc.nat(5) },
      list: fc.constantFrom('primary', 'primary', 'secondary'),
    }),
  },
);

const exchanging: fc.Arbitrary<RandomExchanging> = fc.record({
  numerator: fc.constantFrom(1, 2, 3),
  denominator: fc.constantFrom(1, 2, 5),
  max: fc.constantFrom(1_000, 60, 7),
  convert: fc.constantFrom(true, true, false),
  exchanges: fc.array(
    fc.record({
      atMs: fc.nat(60_000),
      taker: fc.nat(4),
      maker: fc.nat(4),
      amount: fc.integer({ min: 1, max: 80 }),
      way: fc.constantFrom('tab', 'tab', 'swap', undefined),
      back: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

/** For tests: worlds of three to five traders, from friendly to broken. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  seed: fc.nat(1_000_000),
  traders: fc.array(trader, { minLength: 3, maxLength: 5 }),
  friends,
  deals: fc.array(
    fc.record({
      atMs: fc.nat(60_000),
      buyer: fc.nat(4),
      document: fc.nat(3),
      byId: fc.boolean(),
      maxPrice: fc.integer({ min: 40, max: 150 }),
      inOwn: fc.boolean(),
      sealed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 16 },
  ),
  crashes: fc.array(
    fc.record({
      atMs: fc.nat(70_000),
      peer: fc.nat(5),
      downMs: fc.oneof(
        fc.integer({ min: 50, max: 40_000 }),
        fc.integer({ min: 40_000, max: 900_000 }),
      ),
    }),
    { maxLength: 4 },
  ),
  people: fc.record({
    decisions: fc.array(decision, { maxLength: 12 }),
    odd: fc.constant([]),
    realKeys: fc.constant(false),
  }),
  carriage: fc.constant('wire'),
  cuts: fc.constant([]),
  losses: fc.array(fc.record({ atMs: fc.nat(70_000), document: fc.nat(3) }), { maxLength: 2 }),
  exchanging: fc.option(exchanging, { nil: undefined }),
  faults: fc.record({
    loseRequest: fc.constantFrom(0, 20, 100, 300),
    loseAnswer: fc.constantFrom(0, 20, 100, 300),
    repeat: fc.constantFrom(0, 20, 100),
    silence: fc.constantFrom(0, 300, 1_000),
    delayMsMax: fc.constantFrom(20, 200, 2_000),
    crash: fc.constantFrom(0, 0, 5, 20),
    diskFailure: fc.constantFrom(0, 0, 0, 5, 50),
  }),
  fee: fc.record({ flat: fc.constantFrom(0, 1), perMillion: fc.constantFrom(0, 10_000) }),
});
