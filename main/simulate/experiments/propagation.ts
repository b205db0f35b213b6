import {
  Bazaar,
  Random,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, endlessCredit, rate, searchFor, usualPlan } from './markets.ts';

/** The brakes of §2.1: what an intermediary takes, and what a neighbor takes for being asked. */
const brakes = [
  { name: '2 + 10 %, fee 1 (usual)', commission: rate(2, 100_000), fee: 1 },
  { name: '2 + 10 %, fee 3', commission: rate(2, 100_000), fee: 3 },
  { name: '10 %, fee 1', commission: rate(0, 100_000), fee: 1 },
  { name: '6 + 10 %, fee 1', commission: rate(6, 100_000), fee: 1 },
  { name: 'nothing, fee 0', commission: rate(0, 0), fee: 0 },
] as const;

const maxPrices = [5, 10, 15, 20, 30, 50, 80];

/** How far a solicitation travels before price or fee ends it. */
export const propagation: Experiment = {
  name: 'propagation',
  question:
    "How far does a solicitation travel, by the searcher's maximum price, the commission and the fee: " +
    'the two brakes of §2.1?',
  plots: [
    {
      ...{ name: 'propagation', mark: 'line', title: 'How many questions one search causes' },
      subtitle: 'Peers with six neighbors each, nobody has learned anything yet',
      x: { key: 'maxPrice', title: 'maximum price (units)' },
      y: { key: 'asked', title: 'solicitations per search', scale: 'log', format: '~s' },
      series: { key: 'brakes', title: 'commission and fee' },
    },
    {
      ...{ name: 'propagation-success', mark: 'line', title: 'How often such a search finds' },
      subtitle: 'Documents cost 10 units and one for each mebibyte begun',
      x: { key: 'maxPrice', title: 'maximum price (units)' },
      y: { key: 'found', title: 'searches with a bid', format: '.0%', domain: [0, 1] },
      series: { key: 'brakes', title: 'commission and fee' },
    },
  ],
  run({ seeds, quick, peers = 200, progress }) {
    const size = quick
      ? { peers: 16, searches: 1, prices: [15, 30] }
      : { peers, searches: 5, prices: maxPrices };
    const rows = seeds.flatMap((seed) =>
      brakes.flatMap((brake) => {
        progress(`seed ${seed}: ${brake.name}`);
        return measure(seed, size, brake);
      }),
    );
    return {
      name: 'propagation',
      columns: [
        { key: 'brakes', head: 'commission and fee', role: 'setting' },
        { key: 'maxPrice', head: 'maximum price', role: 'setting' },
        { key: 'asked', head: 'solicitations per search', role: 'measure', digits: 1 },
        { key: 'reached', head: 'peers reached', role: 'measure', digits: 1 },
        { key: 'found', head: 'found', role: 'measure', digits: 3 },
      ],
      rows,
    };
  },
};

interface Size {
  readonly peers: number;
  /** For each price. */
  readonly searches: number;
  readonly prices: readonly number[];
}

/** Each search is for a kind of document that nobody has asked for before: hit rates are learned by kind. */
function measure(
  seed: number,
  { peers, searches, prices }: Size,
  { name, commission, fee }: (typeof brakes)[number],
): Row[] {
  let maxPrice = 0;
  const kinds = searches * prices.length;
  const bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      demand: { ...usualDemand, documents: Math.max(2 * peers, 3 * kinds), kinds, taste: 0 },
      habits: () => ({ ...usualHabits, maxPrice, buys: false }),
      funds: 0,
      settings: () => ({ ...documentPrices, ...endlessCredit, commission }),
      solicitationFee: () => fee,
    }),
  );
  bazaar.open();
  const random = new Random(seed);
  return prices.map((price, at) => {
    maxPrice = price;
    const before = bazaar.wishes.length;
    for (let n = 0; n < searches; n++) {
      searchFor(bazaar, at * searches + n, random);
      bazaar.world.pass(7_000);
    }
    const { asked, reached, found } = summarizeWishes(bazaar.wishes.slice(before));
    return { seed, brakes: name, maxPrice: price, asked, reached, found };
  });
}
