import { flood, Random, walk } from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { type SearchTask, searchTask } from './search-ways.ts';

const ttls = [1, 2, 3, 4, 5, 6, 7];
const walkers = 16;
const steps = [4, 16, 64, 256, 1_024];

interface Tally {
  readonly messages: number;
  readonly found: boolean;
  readonly reached: number;
}

/** What a search costs in messages and how often it finds, in the market and without money. */
export const searchCost: Experiment = {
  name: 'search-cost',
  question:
    'How many messages does a search cost, and how often does it find (§2.1, §2.3, §5)? The same graph, ' +
    'documents and demand for flooding with TTL and for random walks.',
  plots: [
    {
      ...{ name: 'search-cost', mark: 'line', title: 'What a search costs and how often it finds' },
      subtitle: 'Each dot is a TTL or a length of the walk; bands reach over the seeds',
      x: { key: 'messages', title: 'messages per search', scale: 'log', format: '~s' },
      y: { key: 'success', title: 'searches that found it', format: '.0%', domain: [0, 1] },
      series: { key: 'way', title: 'search by' },
    },
  ],
  run({ seeds, quick, progress }) {
    const size = quick ? { peers: 300, searches: 40 } : { peers: 10_000, searches: 300 };
    const rows = seeds.flatMap((seed) => {
      progress(`seed ${seed}: ${size.searches} searches among ${size.peers} peers`);
      return baselines(seed, searchTask(seed, size));
    });
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
      rows,
    };
  },
};

function baselines(seed: number, task: SearchTask): Row[] {
  const random = new Random(seed + 1);
  const over = (search: (peer: number, holds: (peer: number) => boolean) => Tally) =>
    averages(
      task.searches.map(({ peer, document }) =>
        search(peer, (one) => task.holds(one, document.number)),
      ),
    );
  return [
    ...ttls.map((ttl) => {
      const measured = over((peer, holds) => flood(task.graph, peer, holds, ttl));
      return { seed, way: 'flooding', reach: `TTL ${ttl}`, ...measured };
    }),
    ...steps.map((stepsMax) => {
      const reach = { walkers, stepsMax };
      const measured = over((peer, holds) => walk(task.graph, peer, holds, reach, random));
      return { seed, way: `${walkers} random walks`, reach: `${stepsMax} steps`, ...measured };
    }),
  ];
}

function averages(searches: readonly Tally[]) {
  const mean = (of: (one: Tally) => number) =>
    searches.reduce((sum, one) => sum + of(one), 0) / Math.max(1, searches.length);
  const [messages, success] = [mean((one) => one.messages), mean(({ found }) => (found ? 1 : 0))];
  return { messages, success, perSuccess: messages / success, reached: mean((one) => one.reached) };
}
