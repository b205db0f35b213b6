import { supplyStatement } from '../../../src/money/index.ts';
import {
  Bazaar,
  Random,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { rate, usualPlan } from './markets.ts';

const hourMs = 60 * 60_000;
const spreads = [0.2, 0.4, 0.6, 0.8, 1];
const nearby = 'from neighbor to neighbor';
const anywhere = 'here and there';
const fees = [
  { name: '1 % of what is transferred', fee: rate(0, 10_000), ways: [nearby, anywhere] },
  { name: '3 % of what is transferred', fee: rate(0, 30_000), ways: [nearby] },
] as const;

/** What issuing a currency earns as it spreads (§1). */
export const issuer: Experiment = {
  name: 'issuer',
  question:
    'What does issuing a currency earn in fees as the currency spreads (§1)? It spreads from neighbor to ' +
    'neighbor, or here and there.',
  plots: [
    {
      ...{ name: 'issuer', mark: 'line', title: 'What the issuer earns as its currency spreads' },
      subtitle: '1 % of each transfer; who does not take the currency does not trade in it',
      x: { key: 'spread', title: 'peers that take the currency', format: '.0%' },
      y: { key: 'perHour', title: 'units earned per hour' },
      series: { key: 'way', title: 'it spreads' },
      where: (settings) => settings['fee'] === '1 % of what is transferred',
    },
    {
      ...{ name: 'issuer-fees', mark: 'line', title: 'What the issuer earns, by its fee' },
      subtitle: 'The currency spreads from neighbor to neighbor',
      x: { key: 'spread', title: 'peers that take the currency', format: '.0%' },
      y: { key: 'perHour', title: 'units earned per hour' },
      series: { key: 'fee', title: 'fee' },
      where: ({ way }) => way === nearby,
    },
  ],
  run({ seeds, quick, peers = 30, progress }) {
    const rows = seeds.flatMap((seed) =>
      fees.flatMap((one) =>
        one.ways.flatMap((way) => {
          progress(`seed ${seed}: ${one.name}, ${way}`);
          return (quick ? [0.5, 1] : spreads).map((spread) =>
            measure({ seed, way, spread, quick, peers }, one),
          );
        }),
      ),
    );
    return {
      name: 'issuer',
      columns: [
        { key: 'fee', head: 'fee', role: 'setting' },
        { key: 'way', head: 'it spreads', role: 'setting' },
        { key: 'spread', head: 'taken by', role: 'setting' },
        { key: 'perHour', head: 'earned per hour', role: 'measure', digits: 1 },
        { key: 'perPerson', head: 'per person and hour', role: 'measure', digits: 3 },
        { key: 'perDocument', head: 'per document', role: 'measure', digits: 3 },
        { key: 'transfers', head: 'transfers per hour', role: 'measure', digits: 0 },
        { key: 'documents', head: 'documents per hour', role: 'measure', digits: 0 },
        { key: 'delivered', head: 'wishes fulfilled', role: 'measure', digits: 3 },
      ],
      rows,
    };
  },
};

/** Ten times the usual numbers, so that a percentage of a payment is more than one unit. */
const tenfold = {
  pricing: [{ flat: 100, perMebibyte: 10 }],
  commission: rate(20, 100_000),
  creditLimit: 1_000,
};

interface Setting {
  readonly seed: number;
  readonly way: typeof nearby | typeof anywhere;
  readonly spread: number;
  readonly quick: boolean;
  readonly peers: number;
}

function measure(
  { seed, way, spread, quick, ...size }: Setting,
  { name, fee }: (typeof fees)[number],
): Row {
  const peers = quick ? 12 : size.peers;
  const takers = { current: new Set<number>() };
  const bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      demand: { ...usualDemand, documents: 2 * peers },
      habits: () => ({ ...usualHabits, wishEveryMs: 2 * 60_000, maxPrice: 400, keeps: false }),
      funds: 50_000,
      fee,
      settings: () => tenfold,
    }),
  );
  takers.current = takersOf(bazaar, { seed, way, count: Math.round(spread * peers) });
  bazaar.traders.forEach((trader, place) => {
    if (!takers.current.has(place)) trader.settings = { ...trader.settings, accepts: [] };
  });
  bazaar.open();
  const before = { destroyed: destroyed(bazaar), transfers: bazaar.count('transfer') };
  const hours = quick ? 1 / 30 : 1;
  bazaar.trade(hours * hourMs, 60_000, (place) => takers.current.has(place));
  const { wishes, delivered } = summarizeWishes(bazaar.wishes);
  const earned = (destroyed(bazaar) - before.destroyed) / hours;
  return {
    ...{ seed, fee: name, way, spread, perHour: earned },
    perPerson: earned / takers.current.size,
    perDocument: (earned * hours) / (delivered * wishes),
    transfers: (bazaar.count('transfer') - before.transfers) / hours,
    documents: (delivered * wishes) / hours,
    delivered,
  };
}

/** A fee is destroyed as it is taken: so much may the issuer issue anew and spend. */
function destroyed({ world, bank }: Bazaar): number {
  return world.read(bank, (ctx) => supplyStatement(ctx).destroyed);
}

function takersOf(
  { graph, traders }: Bazaar,
  {
    seed,
    way,
    count,
  }: { readonly seed: number; readonly way: Setting['way']; readonly count: number },
): Set<number> {
  const random = new Random(seed);
  if (way === anywhere) return new Set(random.shuffle([...traders.keys()]).slice(0, count));
  const takers = new Set([random.below(traders.length)]);
  for (const place of takers) {
    for (const other of graph.neighbors[place] ?? []) if (takers.size < count) takers.add(other);
  }
  return takers;
}
