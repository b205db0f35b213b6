import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type RandomWorld, runRandomWorld } from './test-world-random.ts';

const trader = fc.record({
  documents: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
  price: fc.integer({ min: 0, max: 30 }),
  solicitationFee: fc.constantFrom(0, 1, 1, 2),
  commission: fc.record({
    flat: fc.constantFrom(2, 4, 8),
    perMillion: fc.constantFrom(0, 100_000),
  }),
  creditLimit: fc.constantFrom(0, 5, 20, 100, 100),
  settleAt: fc.constantFrom(undefined, undefined, 1, 10, 100),
  funds: fc.constantFrom(0, 30, 1_000, 1_000),
  issues: fc.constantFrom(false, false, true),
});

const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  seed: fc.nat(1_000_000),
  traders: fc.array(trader, { minLength: 2, maxLength: 5 }),
  friends: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 8 }),
  deals: fc.array(
    fc.record({
      atMs: fc.nat(60_000),
      buyer: fc.nat(4),
      document: fc.nat(3),
      byId: fc.boolean(),
      maxPrice: fc.integer({ min: 10, max: 120 }),
      inOwn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  crashes: fc.array(
    fc.record({
      atMs: fc.nat(70_000),
      peer: fc.nat(5),
      downMs: fc.integer({ min: 50, max: 40_000 }),
    }),
    { maxLength: 4 },
  ),
  faults: fc.record({
    loseRequest: fc.constantFrom(0, 20, 100),
    loseAnswer: fc.constantFrom(0, 20, 100),
    repeat: fc.constantFrom(0, 20, 100),
    delayMsMax: fc.constantFrom(20, 200, 2_000),
    crash: fc.constantFrom(0, 0, 5, 20),
  }),
  fee: fc.record({ flat: fc.constantFrom(0, 1), perMillion: fc.constantFrom(0, 10_000) }),
});

const numRuns = Number(process.env['SOUK_WORLDS'] ?? 60);
const seed = Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('small worlds under faults and crashes', () => {
  it('keep every promise at every input, and settle to the unit once the faults end', {
    timeout: 600_000,
  }, () => {
    fc.assert(
      fc.property(randomWorld, (random) => {
        runRandomWorld(random).settle();
      }),
      { numRuns, seed, interruptAfterTimeLimit: numRuns > 100 ? 500_000 : 25_000 },
    );
  });
});
