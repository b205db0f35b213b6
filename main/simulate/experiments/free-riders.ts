import { balanceOf } from '../../../src/books/index.ts';
import {
  Bazaar,
  type Demand,
  flood,
  type Graph,
  mean,
  usualDemand,
  usualHabits,
  type Wish,
} from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, usualPlan } from './markets.ts';

const minuteMs = 60_000;
const floodTtl = 4;

type Who = 'shares' | 'shares nothing, asks on' | 'shares nothing, does nothing';

/** Who contributes nothing and what they get, with payment and without (§1). */
export const freeRiders: Experiment = {
  name: 'free-riders',
  question:
    'What do people get who share nothing, with payment and without (§1)? Seventy of a hundred share ' +
    'nothing, as in the measurements of Gnutella that the paper cites; half of these at least ask on for others.',
  plots: [
    {
      ...{ name: 'free-riders', mark: 'line', title: 'Wishes that are fulfilled in the market' },
      subtitle: 'Everybody starts with 200 units; 70 % of the people share nothing',
      x: { key: 'hours', title: 'hour in the market', scale: 'places' },
      y: { key: 'fulfilled', title: 'wishes fulfilled', format: '.0%', domain: [0, 1] },
      series: { key: 'who', title: 'who' },
      where: ({ world }) => world === 'market',
    },
    {
      ...{
        name: 'free-riders-flooding',
        mark: 'bar',
        title: 'The last hours, with payment and without',
      },
      subtitle: `The same wishes in the market and by flooding with TTL ${floodTtl}`,
      x: { key: 'who', title: 'who', scale: 'places' },
      y: { key: 'fulfilled', title: 'wishes fulfilled', format: '.0%', domain: [0, 1] },
      series: { key: 'world', title: 'world' },
      where: ({ hours }) => hours === 5,
    },
  ],
  run({ seeds, quick, peers = 50, progress }) {
    const rows = seeds.flatMap((seed) => {
      progress(`seed ${seed}`);
      return measure(
        seed,
        quick ? { peers: 16, hours: 1, minutes: 6 } : { peers, hours: 5, minutes: 60 },
      );
    });
    return {
      name: 'free-riders',
      columns: [
        { key: 'world', head: 'world', role: 'setting' },
        { key: 'who', head: 'who', role: 'setting' },
        { key: 'hours', head: 'hour', role: 'setting' },
        { key: 'fulfilled', head: 'wishes fulfilled', role: 'measure', digits: 3 },
        { key: 'received', head: 'received per person', role: 'measure' },
        { key: 'served', head: 'served per person', role: 'measure' },
        { key: 'balance', head: 'units in hand', role: 'measure', digits: 0 },
      ],
      rows,
    };
  },
};

interface Size {
  readonly peers: number;
  readonly hours: number;
  /** Of an hour: fewer in a quick run. */
  readonly minutes: number;
}

function measure(seed: number, { peers, hours, minutes }: Size): Row[] {
  const bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      demand: { ...usualDemand, documents: 2 * peers, freeRiders: 0.7 },
      // What was bought is kept for oneself: who shares nothing at first never does.
      habits: () => ({ ...usualHabits, wishEveryMs: 7 * 60_000, keeps: false }),
      funds: 200,
      settings: (peer, demand) => ({
        ...documentPrices,
        forwarding: { enabled: whoIs(peer, demand) !== 'shares nothing, does nothing' },
      }),
    }),
  );
  bazaar.open();
  const rows: Row[] = [];
  for (let hour = 1; hour <= hours; hour++) {
    const before = bazaar.wishes.length;
    bazaar.trade(minutes * minuteMs);
    const wishes = bazaar.wishes.slice(before);
    rows.push(...rowsOf(seed, hour, bazaar, wishes));
  }
  return rows;
}

const everybody: readonly Who[] = [
  'shares',
  'shares nothing, asks on',
  'shares nothing, does nothing',
];

function whoIs(peer: number, demand: Demand): Who {
  if ((demand.shelves[peer]?.length ?? 0) > 0) return 'shares';
  return peer % 2 === 0 ? 'shares nothing, asks on' : 'shares nothing, does nothing';
}

/** One row for each sort of people: in the market, and what flooding would have given them. */
function rowsOf(seed: number, hours: number, bazaar: Bazaar, wishes: readonly Wish[]): Row[] {
  const { demand, traders, graph } = bazaar;
  const gifts = wishes.map(({ peer, document }) => ({
    peer,
    ...given(graph, demand, peer, document),
  }));
  return everybody.flatMap((who) => {
    const people = traders.map((_, peer) => peer).filter((peer) => whoIs(peer, demand) === who);
    const is = new Set(people);
    const own = wishes.filter(({ peer }) => is.has(peer));
    const got = own.filter(({ state }) => state === 'delivered').length;
    const served = wishes.filter(({ servedBy }) => servedBy !== undefined && is.has(servedBy));
    const units = mean(people.map((peer) => inHand(bazaar, peer)));
    const ownGifts = gifts.filter(({ peer }) => is.has(peer));
    const gotGifts = ownGifts.filter(({ by }) => by !== undefined).length;
    const servedGifts = gifts.filter(({ by }) => by !== undefined && is.has(by)).length;
    const each = people.length;
    return [
      {
        ...{ seed, world: 'market', who, hours, fulfilled: got / own.length },
        ...{ received: got / each, served: served.length / each, balance: units },
      },
      {
        ...{ seed, world: 'flooding', who, hours, fulfilled: gotGifts / ownGifts.length },
        ...{ received: gotGifts / each, served: servedGifts / each, balance: Number.NaN },
      },
    ];
  });
}

/** Who would give the document for nothing: the first holder that a flood reaches, hop by hop. */
function given(graph: Graph, demand: Demand, from: number, document: number) {
  const holds = (peer: number) => demand.shelves[peer]?.includes(document) ?? false;
  for (let ttl = 1; ttl <= floodTtl; ttl++) {
    let by: number | undefined;
    flood(
      graph,
      from,
      (peer) => {
        if (by === undefined && holds(peer)) by = peer;
        return false;
      },
      ttl,
    );
    if (by !== undefined) return { by };
  }
  return { by: undefined };
}

function inHand(bazaar: Bazaar, place: number): number {
  const trader = bazaar.traders[place];
  if (!trader) return Number.NaN;
  return bazaar.world.read(trader, (ctx) => balanceOf(ctx, bazaar.bank.id, 'assets:balance'));
}
