import {
  Random,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, endlessCredit, firstSearch, rate, usualPlan } from './markets.ts';

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

/**
 * Each search is the first one of a market of its own: what its peers learn from it would be a third brake. All
 * brakes and prices meet the same graph, documents and searches.
 */
function measure(
  seed: number,
  { peers, searches, prices }: Size,
  { name, commission, fee }: (typeof brakes)[number],
): Row[] {
  return prices.map((maxPrice) => {
    const plan = usualPlan(seed, {
      peers,
      demand: { ...usualDemand, documents: 2 * peers, taste: 0 },
      habits: () => ({ ...usualHabits, maxPrice, buys: false }),
      funds: 0,
      settings: () => ({ ...documentPrices, ...endlessCredit, commission }),
      solicitationFee: () => fee,
    });
    const random = new Random(seed);
    const searched = Array.from({ length: searches }, () => firstSearch(plan, random));
    const { asked, reached, found } = summarizeWishes(searched);
    return { seed, brakes: name, maxPrice, asked, reached, found };
  });
}
