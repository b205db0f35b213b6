import fc from 'fast-check';
import { describe, it } from 'vitest';
import { runRandomWorld } from './test-world-random.ts';
import { randomWorld } from './test-world-random-arbitrary.ts';

const numRuns = Number(process.env['SOUK_WORLDS'] ?? 60);
const seed = Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('small worlds under faults and crashes', () => {
  it('keep every promise at every input, and settle to the unit once the faults end', {
    timeout: 600_000,
  }, () => {
    fc.assert(
      fc.property(randomWorld, (random) => {
        // A swap that is stopped ends with its first hold, after two hours.
        runRandomWorld(random).settle(3 * 60 * 60_000);
      }),
      { numRuns, seed, interruptAfterTimeLimit: numRuns > 100 ? 500_000 : 18_000 },
    );
  });
});
