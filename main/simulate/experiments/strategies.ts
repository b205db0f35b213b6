import { balanceOf } from '../../../src/books/index.ts';
import {
  Bazaar,
  mean,
  type SimPeer,
  sum,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import { allDiscoveries } from '../../../src/trust/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, someOf, usualPlan } from './markets.ts';

const minuteMs = 60_000;
const shares = [0, 0.25, 0.5, 0.75, 1];

/** Intermediaries that refer to their source against those that conceal it (§3). */
export const strategies: Experiment = {
  name: 'strategies',
  question:
    'Referral or concealment (§3): what does each cost in bytes, time and price, who earns the commissions, ' +
    'who meets new peers, and does a super node emerge?',
  plots: [
    {
      ...{ name: 'strategies-bytes', mark: 'line', title: 'What concealment costs the network' },
      subtitle: 'Bytes that moved for each byte that somebody wanted',
      x: { key: 'concealing', title: 'peers that conceal their sources', format: '.0%' },
      y: { key: 'bytes', title: 'bytes moved per byte wanted' },
    },
    {
      ...{ name: 'strategies-income', mark: 'line', title: 'Who earns the commissions' },
      subtitle: 'Commissions and surcharges of one peer, by what it does',
      x: { key: 'concealing', title: 'peers that conceal their sources', format: '.0%' },
      y: { key: 'commissions', title: 'units per peer and hour' },
      series: { key: 'who', title: 'peers that' },
    },
  ],
  run({ seeds, quick, peers = 40, progress }) {
    const rows = seeds.flatMap((seed) =>
      (quick ? [0, 0.5] : shares).flatMap((concealing) => {
        progress(`seed ${seed}: ${concealing} conceal`);
        return measure({
          seed,
          concealing,
          ...(quick ? { peers: 12, minutes: 2 } : { peers, minutes: 40 }),
        });
      }),
    );
    return {
      name: 'strategies',
      columns: [
        { key: 'concealing', head: 'conceal', role: 'setting' },
        { key: 'who', head: 'peers that', role: 'setting' },
        { key: 'bytes', head: 'bytes moved per byte', role: 'measure' },
        { key: 'seconds', head: 'seconds to document', role: 'measure' },
        { key: 'price', head: 'price', role: 'measure', digits: 1 },
        { key: 'delivered', head: 'wishes fulfilled', role: 'measure', digits: 3 },
        { key: 'commissions', head: 'commissions per peer and hour', role: 'measure', digits: 1 },
        { key: 'met', head: 'peers met', role: 'measure', digits: 1 },
        { key: 'topShare', head: "the first one's share of all", role: 'measure', digits: 3 },
      ],
      rows,
    };
  },
};

interface Setting {
  readonly seed: number;
  readonly concealing: number;
  readonly peers: number;
  readonly minutes: number;
}

function measure({ seed, concealing, peers, minutes }: Setting): Row[] {
  const drawn = new Set(someOf(seed, peers, concealing));
  const conceals = (place: number) => drawn.has(place);
  const bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      topology: { kind: 'random-regular', degree: 4 },
      demand: { ...usualDemand, documents: 5 * peers },
      habits: () => ({
        ...usualHabits,
        wishEveryMs: 3 * minuteMs,
        welcomes: 0.5,
        neighborsMax: 12,
      }),
      funds: 5_000,
      settings: (place) => ({
        ...documentPrices,
        strategy: conceals(place) ? 'concealment' : 'referral',
      }),
    }),
  );
  bazaar.open();
  bazaar.trade(minutes * minuteMs);
  const { world, traders, wishes, demand } = bazaar;
  const { documentMs, price, delivered } = summarizeWishes(wishes);
  const wanted = wishes
    .filter(({ state }) => state === 'delivered')
    .map(({ document }) => demand.documents[document]?.sizeBytes ?? 0);
  const market = {
    bytes: world.counts.retrievedBytes / sum(wanted),
    seconds: documentMs / 1_000,
    ...{ price, delivered },
  };
  const earned = traders.map((trader) => commissionsOf(bazaar, trader));
  const all = { topShare: Math.max(...earned) / sum(earned), ...market };
  return (['refer', 'conceal'] as const).flatMap((who) => {
    const group = [...traders.keys()].filter((place) => conceals(place) === (who === 'conceal'));
    if (group.length === 0) return [];
    const met = group.map((place) => metBy(bazaar, traders[place]));
    const own = mean(group.map((place) => earned[place] ?? 0));
    const commissions = (own * 60) / minutes;
    return [{ seed, concealing, who, ...all, commissions, met: mean(met) }];
  });
}

function commissionsOf({ world, bank }: Bazaar, trader: SimPeer): number {
  return world.read(trader, (ctx) => -balanceOf(ctx, bank.id, 'income:commissions'));
}

function metBy({ world }: Bazaar, trader: SimPeer | undefined): number {
  return trader ? world.read(trader, (ctx) => allDiscoveries(ctx).length) : Number.NaN;
}
