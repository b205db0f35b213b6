import {
  Bazaar,
  type BazaarPlan,
  flood,
  mean,
  Random,
  summarizeWishes,
  usualDemand,
  usualHabits,
  type Wish,
  walk,
} from '../../../src/simulation/index.ts';
import type { Experiment, ExperimentOrder } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, endlessCredit, firstSearch, search, usualPlan } from './markets.ts';

const ttls = [1, 2, 3, 4, 5, 6, 7];
const walkers = 16;
const steps = [4, 16, 64, 256, 1_024];
/** What reaches copies at a distance of 1, 2, 3 and 4 hops: each adds its commission to 11 units. */
const prices = [11, 15, 19, 23];
const practicePrice = 15;

interface Size {
  readonly peers: number;
  /** At each price, each in a market of its own that has learned nothing. */
  readonly untaught: number;
  /** Searches that a market learns from, and those at each price after it. */
  readonly practice: number;
  readonly practiced: number;
  /** Without money searches are cheap to simulate. */
  readonly baselines: number;
}

/** What a search costs in messages and how often it finds, in the market and without money. */
export const searchCost: Experiment = {
  name: 'search-cost',
  question:
    'How many messages does a search cost, and how often does it find (§2.1, §2.3, §5)? The same graph, ' +
    'documents and demand for the market, for flooding with TTL and for random walks.',
  plots: [
    {
      ...{ name: 'search-cost', mark: 'line', title: 'What a search costs and how often it finds' },
      subtitle:
        'Peers with six neighbors each. Dots: TTL 1–7; walks of 4–1,024 steps; maximum price 11–23',
      x: { key: 'messages', title: 'messages per search', scale: 'log', format: '~s' },
      y: { key: 'success', title: 'searches that found it', format: '.0%', domain: [0, 1] },
      series: { key: 'way', title: 'search by' },
    },
  ],
  run({ seeds, quick, peers, progress }) {
    const size: Size = quick
      ? { peers: 30, untaught: 1, practice: 3, practiced: 4, baselines: 30 }
      : { peers: peers ?? 10_000, untaught: 2, practice: 40, practiced: 12, baselines: 300 };
    return {
      name: 'search-cost',
      columns: [
        { key: 'way', head: 'search by', role: 'setting' },
        { key: 'reach', head: 'reach', role: 'setting' },
        { key: 'messages', head: 'messages per search', role: 'measure', digits: 0 },
        { key: 'success', head: 'success', role: 'measure', digits: 3 },
        { key: 'perSuccess', head: 'messages per success', role: 'measure', digits: 0 },
        { key: 'reached', head: 'peers reached', role: 'measure', digits: 0 },
      ],
      rows: seeds.flatMap((seed) => measure(seed, size, progress)),
    };
  },
};

function measure(seed: number, size: Size, progress: ExperimentOrder['progress']): Row[] {
  progress(`seed ${seed}: ${size.peers} peers`);
  const random = new Random(seed);
  const untaught = prices.map((price) => {
    const plan = marketPlan(seed, size, () => price);
    const searches = Array.from({ length: size.untaught }, () => firstSearch(plan, random));
    return marketRow(seed, 'the market, untaught', price, searches, progress);
  });
  let maxPrice = practicePrice;
  const bazaar = new Bazaar(marketPlan(seed, size, () => maxPrice));
  bazaar.open();
  for (let n = 0; n < size.practice; n++) search(bazaar, random);
  const practiced = prices.map((price) => {
    maxPrice = price;
    const searches = Array.from({ length: size.practiced }, () => search(bazaar, random));
    return marketRow(seed, 'the market, practiced', price, searches, progress);
  });
  return [...baselines(seed, bazaar, size.baselines), ...untaught, ...practiced];
}

/** The same graph, documents and demand at every price. */
function marketPlan(seed: number, { peers }: Size, maxPrice: () => number): BazaarPlan {
  return usualPlan(seed, {
    peers,
    demand: { ...usualDemand, documents: peers, taste: 0 },
    habits: () => ({ ...usualHabits, maxPrice: maxPrice(), buys: false }),
    funds: 0,
    settings: () => ({ ...documentPrices, ...endlessCredit }),
  });
}

function marketRow(
  seed: number,
  way: string,
  price: number,
  searches: readonly Wish[],
  progress: ExperimentOrder['progress'],
): Row {
  const { asked, found, reached } = summarizeWishes(searches);
  progress(`seed ${seed}: ${way}, at most ${price}: ${Math.round(asked)} messages, ${found} found`);
  const measured = { messages: asked, success: found, perSuccess: asked / found, reached };
  return { seed, way, reach: `price ${price}`, ...measured };
}

interface Tally {
  readonly messages: number;
  readonly found: boolean;
  readonly reached: number;
}

function baselines(seed: number, { graph, demand }: Bazaar, count: number): Row[] {
  const random = new Random(seed + 1);
  const shelves = demand.shelves.map((shelf) => new Set(shelf));
  const holds = (peer: number, document: number) => shelves[peer]?.has(document) ?? false;
  const searches = Array.from({ length: count }).flatMap(() => {
    const peer = random.below(graph.neighbors.length);
    const document = demand.draw(random, random.below(demand.options.kinds));
    return holds(peer, document) ? [] : [{ peer, document }];
  });
  const over = (search: (peer: number, holds: (peer: number) => boolean) => Tally) =>
    averages(searches.map(({ peer, document }) => search(peer, (one) => holds(one, document))));
  return [
    ...ttls.map((ttl) => {
      const measured = over((peer, has) => flood(graph, peer, has, ttl));
      return { seed, way: 'flooding', reach: `TTL ${ttl}`, ...measured };
    }),
    ...steps.map((stepsMax) => {
      const reach = { walkers, stepsMax };
      const measured = over((peer, has) => walk(graph, peer, has, reach, random));
      return { seed, way: `${walkers} random walks`, reach: `${stepsMax} steps`, ...measured };
    }),
  ];
}

function averages(searches: readonly Tally[]) {
  const messages = mean(searches.map((one) => one.messages));
  const success = mean(searches.map(({ found }) => (found ? 1 : 0)));
  const reached = mean(searches.map((one) => one.reached));
  return { messages, success, perSuccess: messages / success, reached };
}
