import { describe, expect, it } from 'vitest';
import { worldSeed } from './check.ts';
import { lies } from './lies.ts';
import { planWorld } from './plan.ts';
import { play } from './play.ts';

const plans = Array.from({ length: 300 }, (_, n) => planWorld(worldSeed(1, n)));
const odd = plans.flatMap(({ people }) => people.odd);

describe('What people do in random worlds besides trading', () => {
  it('is nothing in half of them', () => {
    const plain = plans.filter(({ people }) => people.odd.length + people.decisions.length === 0);
    expect(plain.length).toBeGreaterThan(120);
    expect(plain.length).toBeLessThan(200);
  });

  it('covers each decision, each form of cheating, who comes, who leaves and clocks that are far off', () => {
    const kinds = new Set(plans.flatMap(({ people }) => people.decisions.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['accept', 'contest', 'forgive', 'limit', 'move', 'policy']);
    expect(new Set(odd.flatMap(({ lie }) => lie ?? []))).toEqual(new Set(lies));
    expect(odd.some(({ comesAtMs }) => comesAtMs !== undefined)).toBe(true);
    expect(odd.some(({ leavesAtMs }) => leavesAtMs !== undefined)).toBe(true);
    expect(odd.some(({ clockAheadMs = 0 }) => clockAheadMs > 120_000)).toBe(true);
    expect(odd.some(({ clockAheadMs = 0 }) => clockAheadMs < -120_000)).toBe(true);
  });

  it.each(lies)('does not cost the honest more than they agreed to where one %s', (lie) => {
    const plan = plans.find(({ people }) => people.odd.some((one) => one.lie === lie));
    if (!plan) throw new Error('There is no such world.');
    expect(play(plan).failure).toBeUndefined();
  });
});
