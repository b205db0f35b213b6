import {
  Bazaar,
  Random,
  type SimPeer,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, usualPlan } from './markets.ts';

const minuteMs = 60_000;
const kinds = 5;
const neighborsMax = 10;

const ways = ['those met by trading', 'somebody at random', 'nobody new'] as const;

/** Whether neighbors come to be of one taste, and what that saves (§5). */
export const overlay: Experiment = {
  name: 'overlay',
  question:
    'Do neighbors come to be of the same taste, and what does that save (§5)? Everybody may take up to ' +
    `${neighborsMax} neighbors: those whom trading made known, or as a control as many at random.`,
  plots: [
    {
      ...{ name: 'overlay', mark: 'line', title: 'Neighbors of the same taste' },
      subtitle: 'Of five tastes; what is chance the control shows',
      x: { key: 'period', title: 'periods of 20 minutes', scale: 'places' },
      y: { key: 'same', title: 'links between the same taste', format: '.0%' },
      series: { key: 'way', title: 'new neighbors' },
    },
    {
      ...{ name: 'overlay-cost', mark: 'line', title: 'Questions for each delivered document' },
      x: { key: 'period', title: 'periods of 20 minutes', scale: 'places' },
      y: { key: 'askedPerDocument', title: 'solicitations per document' },
      series: { key: 'way', title: 'new neighbors' },
    },
  ],
  run({ seeds, quick, peers = 40, progress }) {
    const rows = seeds.flatMap((seed) =>
      ways.flatMap((way) => {
        progress(`seed ${seed}: ${way}`);
        return measure(
          seed,
          way,
          quick ? { peers: 12, periods: 1, minutes: 3 } : { peers, periods: 5, minutes: 20 },
        );
      }),
    );
    return {
      name: 'overlay',
      columns: [
        { key: 'way', head: 'new neighbors', role: 'setting' },
        { key: 'period', head: 'period', role: 'setting' },
        { key: 'same', head: 'links of one taste', role: 'measure', digits: 3 },
        { key: 'links', head: 'neighbors', role: 'measure', digits: 1 },
        { key: 'askedPerDocument', head: 'solicitations per document', role: 'measure', digits: 1 },
        { key: 'delivered', head: 'wishes fulfilled', role: 'measure', digits: 3 },
        { key: 'price', head: 'price', role: 'measure', digits: 1 },
      ],
      rows,
    };
  },
};

function measure(
  seed: number,
  way: (typeof ways)[number],
  {
    peers,
    periods,
    minutes,
  }: { readonly peers: number; readonly periods: number; readonly minutes: number },
): Row[] {
  const random = new Random(seed + 7);
  const bazaar: Bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      topology: { kind: 'random-regular', degree: 4 },
      demand: { ...usualDemand, documents: 5 * peers, kinds, taste: 0.9, exponent: 0.6 },
      habits: () => ({
        ...{ ...usualHabits, wishEveryMs: 3 * 60_000, neighborsMax },
        welcomes: way === 'those met by trading' ? 1 : 0,
      }),
      funds: 5_000,
      settings: () => documentPrices,
    }),
    {
      event: (peer, event) => {
        if (way !== 'somebody at random' || event.type !== 'discovered') return;
        bazaar.world.at(bazaar.world.now + 1_500, () => meetSomebody(bazaar, peer, random));
      },
    },
  );
  bazaar.open();
  return Array.from({ length: periods }, (_, period) => {
    const before = bazaar.wishes.length;
    bazaar.trade(minutes * minuteMs);
    const { askedPerDocument, delivered, price } = summarizeWishes(bazaar.wishes.slice(before));
    return { seed, way, period: period + 1, ...links(bazaar), askedPerDocument, delivered, price };
  });
}

/** The control: where trading would have made somebody known, a stranger is met instead. */
function meetSomebody(bazaar: Bazaar, peer: SimPeer, random: Random): void {
  const other = bazaar.traders[random.below(bazaar.traders.length)];
  const full = (one: SimPeer) => one.book.all().length >= neighborsMax;
  if (!other || other === peer || peer.book.get(other.id) || full(peer) || full(other)) return;
  bazaar.world.befriend(peer, other);
}

function links({ traders, demand }: Bazaar) {
  const places = new Map(traders.map(({ id }, place) => [id, place]));
  const all = traders.flatMap(({ book }, place) =>
    book.all().flatMap(({ peer }) => {
      const other = places.get(peer);
      return other === undefined ? [] : [demand.tastes[place] === demand.tastes[other]];
    }),
  );
  return {
    same: all.filter((same) => same).length / all.length,
    links: all.length / traders.length,
  };
}
