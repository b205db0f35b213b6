import type { Amount } from '../../../src/amount.ts';
import {
  type Bazaar,
  type BazaarPlan,
  Random,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';

/** A rate as settings and issuers write it. */
export function rate(flat: number, perMillion: number) {
  return { flat: flat as Amount, perMillion: perMillion as Amount };
}

/** Where debts never grow so large that a transfer is needed: what is measured is not about money then. */
export const endlessCredit = { creditLimit: 1_000_000_000, settleAt: 1_000_000_000 } as const;

/**
 * The market that the experiments change one thing in: 200 peers, six neighbors each at random, 400
 * documents of five kinds by Zipf's law (0.8), five on each shelf, the settings that Souk comes with, but
 * documents at 10 to 12 units.
 */
export function usualPlan(seed: number, change: Partial<BazaarPlan> = {}): BazaarPlan {
  return {
    seed,
    peers: 200,
    topology: { kind: 'random-regular', degree: 6 },
    demand: { ...usualDemand, documents: 400 },
    habits: () => usualHabits,
    funds: 1_000,
    fee: rate(0, 0),
    settings: () => documentPrices,
    solicitationFee: () => 1,
    titleOf: ({ number }) => `Document ${number}`,
    ...change,
  };
}

/** Ten units and one for each mebibyte begun. */
export const documentPrices = { pricing: [{ flat: 10, perMebibyte: 1 }] } as const;

/** Somebody looks for a document of this kind that they do not have, by its popularity. */
export function searchFor(bazaar: Bazaar, kind: number, random: Random): void {
  const { demand, traders } = bazaar;
  const searcher = random.below(traders.length);
  const shelf = new Set(demand.shelves[searcher]);
  const drawn = () => demand.documents[demand.draw(random, kind)];
  const wanted = Array.from({ length: 20 }, drawn).find((one) => one && !shelf.has(one.number));
  if (wanted) bazaar.wish(searcher, wanted);
}

/** A share of the people, drawn by the seed: a larger share has everybody of a smaller one. */
export function someOf(seed: number, peers: number, share: number): readonly number[] {
  const everybody = new Random(seed).shuffle([...Array(peers).keys()]);
  return everybody.slice(0, Math.round(share * peers));
}
