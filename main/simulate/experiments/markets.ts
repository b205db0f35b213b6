import type { Amount } from '../../../src/amount.ts';
import {
  Bazaar,
  type BazaarPlan,
  Random,
  usualDemand,
  usualHabits,
  type Wish,
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

/** How long a search is waited for: longer than the budget of a question. */
const searchMs = 7_000;

/**
 * Somebody looks for a document that they do not have, of any kind and by its popularity. Gives the search
 * when it has ended.
 */
export function search(bazaar: Bazaar, random: Random): Wish {
  const { demand, traders, world } = bazaar;
  for (;;) {
    const searcher = random.below(traders.length);
    const wanted = demand.documents[demand.draw(random, random.below(demand.options.kinds))];
    const has = wanted === undefined || demand.shelves[searcher]?.includes(wanted.number);
    const begun = has ? undefined : bazaar.wish(searcher, wanted);
    if (begun === undefined) continue;
    world.pass(searchMs);
    return begun;
  }
}

/** The first search that a market ever sees: nobody in it has learned anything. */
export function firstSearch(plan: BazaarPlan, random: Random): Wish {
  const bazaar = new Bazaar(plan);
  bazaar.open();
  return search(bazaar, random);
}

/** A share of the people, drawn by the seed: a larger share has everybody of a smaller one. */
export function someOf(seed: number, peers: number, share: number): readonly number[] {
  const everybody = new Random(seed).shuffle([...Array(peers).keys()]);
  return everybody.slice(0, Math.round(share * peers));
}
