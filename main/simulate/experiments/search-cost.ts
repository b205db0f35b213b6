import {
  Bazaar,
  flood,
  mean,
  Random,
  summarizeWishes,
  usualDemand,
  usualHabits,
  walk,
} from '../../../src/simulation/index.ts';
import type { Experiment, ExperimentOrder } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, endlessCredit, searchFor, usualPlan } from './markets.ts';

const ttls = [1, 2, 3, 4, 5, 6, 7];
const walkers = 16;
const steps = [4, 16, 64, 256, 1_024];
/** What reaches copies at a distance of 1, 2, 3 and 4 hops: each adds its commission to 11 units. */
const prices = [11, 15, 19, 23];
/** Kinds for which everybody has learned who has something; all further kinds are new to everybody. */
const practicedKinds = 5;

interface Size {
  readonly peers: number;
  /** At each price. */
  readonly searches: number;
  readonly practice: number;
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
      ? { peers: 30, searches: 1, practice: 3, baselines: 30 }
      : { peers: peers ?? 10_000, searches: 3, practice: 40, baselines: 300 };
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
  const { peers } = size;
  let maxPrice = 0;
  const kinds = practicedKinds + prices.length * size.searches;
  const bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      demand: { ...usualDemand, documents: Math.max(peers, 3 * kinds), kinds, taste: 0 },
      habits: () => ({ ...usualHabits, maxPrice, buys: false }),
      funds: 0,
      settings: () => ({ ...documentPrices, ...endlessCredit }),
    }),
  );
  bazaar.open();
  const random = new Random(seed);
  const search = (price: number, count: number, kindOf: (n: number) => number) => {
    maxPrice = price;
    const before = bazaar.wishes.length;
    for (let n = 0; n < count; n++) {
      searchFor(bazaar, kindOf(n), random);
      bazaar.world.pass(7_000);
    }
    const { asked, found, reached } = summarizeWishes(bazaar.wishes.slice(before));
    progress(`seed ${seed}: at most ${price}: ${Math.round(asked)} messages, ${found} found`);
    const result = { messages: asked, success: found, perSuccess: asked / found, reached };
    return { seed, reach: `price ${price}`, ...result };
  };
  const untaught = prices.map((price, at) => {
    const first = practicedKinds + at * size.searches;
    return { ...search(price, size.searches, (n) => first + n), way: 'the market, untaught' };
  });
  const anyPracticed = () => random.below(practicedKinds);
  search(15, size.practice, anyPracticed);
  const practiced = prices.map((price) => {
    return { ...search(price, 4 * size.searches, anyPracticed), way: 'the market, practiced' };
  });
  return [...baselines(seed, bazaar, size.baselines), ...untaught, ...practiced];
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
