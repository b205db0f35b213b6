import { describe, expect, it } from 'vitest';
import { checkWorlds, worldSeed } from './check.ts';
import { planWorld } from './plan.ts';
import { play } from './play.ts';

/** For longer: SOUK_WORLDS=1000 SOUK_SEED=… npx vitest run --project core src/simulation/check.test.ts */
const worlds = Number(process.env['SOUK_WORLDS'] ?? 15);
const seed = Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('Random worlds under faults', () => {
  it.each([1, 1_000])('of the seeds from %i on keep every promise', (first) => {
    const { failures, purchases } = checkWorlds({ seed: first, worlds: 6 });
    expect(failures).toEqual([]);
    expect(purchases).toBeGreaterThan(5);
  });

  it('that were once called broken keep every promise', () => {
    // A supplier left before it answered a contest: what it owes is no loss yet.
    expect(checkWorlds({ seed: 599_393_123, worlds: 1 }).failures).toEqual([]);
  });

  it(`keep every promise, from seed ${seed} on`, { timeout: 600_000 }, () => {
    expect(checkWorlds({ seed, worlds }).failures).toEqual([]);
  });

  it('go the same way again from the seed of any of them', () => {
    const once: string[] = [];
    checkWorlds({ seed: 5, worlds: 3 }, ({ digest }) => once.push(digest));
    const again = [0, 1, 2].map((n) => play(planWorld(worldSeed(5, n))).digest);
    expect(again).toEqual(once);
    expect(new Set(once).size).toBe(3);
  });
});
