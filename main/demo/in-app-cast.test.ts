import { describe, expect, it } from 'vitest';
import { neighborNames, trades } from './in-app-cast.ts';

describe('the plan of the demo market in the app', () => {
  it('lets everybody buy from the person and through the person, by turns', () => {
    const sales = trades.filter(({ source }) => source === undefined);
    const through = trades.filter(({ source }) => source !== undefined);
    expect(sales.length).toBe(through.length);
    for (const plan of [sales, through]) {
      expect(new Set(plan.map(({ buyer }) => buyer))).toEqual(new Set(neighborNames));
    }
    expect(trades.slice(0, 2).map(({ source }) => source === undefined)).toEqual([true, false]);
  });

  it('lets nobody seek what it has itself', () => {
    for (const { buyer, source } of trades) expect(source).not.toBe(buyer);
  });

  it('has an end', () => {
    expect(trades.length).toBeLessThanOrEqual(60);
  });
});
