import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { supplyStatement } from '../money/index.ts';
import { Bazaar, type BazaarPlan, usualHabits } from './bazaar.ts';
import { usualDemand } from './demand.ts';
import { summarizeWishes } from './wishes.ts';

const free = { flat: 0 as Amount, perMillion: 0 as Amount };

function plan(seed: number, change: Partial<BazaarPlan> = {}): BazaarPlan {
  return {
    ...{ seed, peers: 12, topology: { kind: 'random-regular', degree: 4 }, funds: 500, fee: free },
    demand: { ...usualDemand, documents: 40 },
    habits: () => ({ ...usualHabits, wishEveryMs: 20_000, welcomes: 1, neighborsMax: 6 }),
    settings: () => ({ pricing: [{ flat: 10, perMebibyte: 1 }] }),
    solicitationFee: () => 1,
    titleOf: ({ number }) => `Document ${number}`,
    ...change,
  };
}

function traded(seed: number, change: Partial<BazaarPlan> = {}): Bazaar {
  const bazaar = new Bazaar(plan(seed, change));
  bazaar.open();
  bazaar.trade(60_000);
  return bazaar;
}

describe('A market with its people', () => {
  const bazaar = traded(1);

  it('has people who find, buy and keep what they wished for', () => {
    const { delivered, wishes, price, asked } = summarizeWishes(bazaar.wishes);
    expect(wishes).toBeGreaterThan(15);
    expect(delivered).toBeGreaterThan(0.7);
    expect(price).toBeGreaterThanOrEqual(11);
    expect(asked).toBeGreaterThanOrEqual(4);
    for (const { peer, document, state, servedBy } of bazaar.wishes) {
      if (state !== 'delivered') continue;
      const { documentId } = bazaar.documentOf(document);
      expect(bazaar.traders[peer]?.library.find(documentId)).toBeDefined();
      expect(servedBy).not.toBe(peer);
    }
  });

  it('lets people whom trading made known become neighbors, up to a number', () => {
    const neighbors = bazaar.traders.map(({ book }) => book.all().length);
    expect(Math.max(...neighbors)).toBeGreaterThan(4);
    const chosen = bazaar.traders.map(({ book }) => {
      return book.all().filter(({ reason }) => reason === 'Met by trading.').length;
    });
    expect(Math.max(...chosen)).toBeLessThanOrEqual(2);
  });

  it('neither makes nor loses money', () => {
    const supply = bazaar.world.read(bazaar.bank, (ctx) => supplyStatement(ctx));
    expect(supply.sumOfBalances).toBe(12 * 500);
  });

  it('is the same again from the same plan, and another from another seed', () => {
    expect(traded(1).wishes).toEqual(bazaar.wishes);
    expect(traded(2).wishes).not.toEqual(bazaar.wishes);
  });

  it('has people who only look', () => {
    const looking = traded(1, {
      habits: () => ({ ...usualHabits, wishEveryMs: 20_000, buys: false }),
    });
    expect(looking.count('solicit')).toBeGreaterThan(50);
    expect(looking.count('accept')).toBe(0);
  });
});
