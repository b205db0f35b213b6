import { describe, expect, it } from 'vitest';
import { planWorld, type WorldPlan } from './plan.ts';
import { type Played, play } from './play.ts';

/** Worlds in which some take one money alone, and those between convert. */
function mixedWorlds(from: number, count: number, searches: number): readonly Played[] {
  const plans: WorldPlan[] = [];
  for (let seed = from; plans.length < count; seed++) {
    const plan = planWorld(seed, searches);
    if (plan.moneys) plans.push(plan);
  }
  return plans.map((plan) => play(plan));
}

describe('Worlds with two moneys', () => {
  it('keep every promise, and what one money was asked for is bought in the other', {
    timeout: 120_000,
  }, () => {
    const played = mixedWorlds(5_000, 8, 24);
    expect(played.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    expect(played.reduce((sum, { converted }) => sum + converted, 0)).toBeGreaterThan(0);
  });
});
