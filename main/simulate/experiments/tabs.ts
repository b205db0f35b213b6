import {
  Bazaar,
  sum,
  summarizeWishes,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import { allTabs } from '../../../src/tabs/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { usualPlan } from './markets.ts';

const thresholds = [1, 3, 10, 30, 100, 300, 1_000];
const hourMs = 60 * 60_000;

/** What a tab saves at the issuer, and what it costs in trust (§2, §2.1). */
export const tabs: Experiment = {
  name: 'tabs',
  question:
    'How many transfers does the issuer carry out for each deal, by the debt at which a tab is settled (§2)? ' +
    'And how much is owed meanwhile?',
  plots: [
    {
      ...{
        name: 'tabs',
        mark: 'line',
        title: 'Transfers at the issuer for each delivered document',
      },
      subtitle:
        'Every hop of a deal is a charge on a tab; documents cost 31 units or a little more',
      x: { key: 'threshold', title: 'debt that is settled (units)', scale: 'log' },
      y: { key: 'transfers', title: 'transfers per document', scale: 'log' },
    },
    {
      ...{ name: 'tabs-debt', mark: 'line', title: 'What is owed on tabs meanwhile' },
      subtitle: 'At the end of the run, by all others to one peer',
      x: { key: 'threshold', title: 'debt that is settled (units)', scale: 'log' },
      y: { key: 'owed', title: 'units owed to a peer' },
    },
  ],
  run({ seeds, quick, peers = 16, progress }) {
    const rows = seeds.flatMap((seed) =>
      (quick ? [1, 100] : thresholds).map((threshold) => {
        progress(`seed ${seed}: settled at ${threshold}`);
        return measure({ seed, threshold, quick, peers });
      }),
    );
    return {
      name: 'tabs',
      columns: [
        { key: 'threshold', head: 'settled at', role: 'setting' },
        { key: 'transfers', head: 'transfers per document', role: 'measure', digits: 3 },
        { key: 'charges', head: 'charges per document', role: 'measure', digits: 2 },
        { key: 'owed', head: 'owed to a peer', role: 'measure', digits: 1 },
        { key: 'documents', head: 'documents', role: 'measure', digits: 0 },
      ],
      rows,
    };
  },
};

const dearer = { pricing: [{ flat: 30, perMebibyte: 1 }] };

interface Setting {
  readonly seed: number;
  readonly threshold: number;
  readonly quick: boolean;
  readonly peers: number;
}

function measure({ seed, threshold, quick, peers }: Setting): Row {
  const bazaar = new Bazaar(
    usualPlan(seed, {
      topology: { kind: 'random-regular', degree: 4 },
      demand: { ...usualDemand, documents: quick ? 24 : 40 },
      peers: quick ? 12 : peers,
      habits: () => ({ ...usualHabits, wishEveryMs: 60_000, maxPrice: 100, keeps: false }),
      funds: 100_000,
      settings: () => ({ ...dearer, creditLimit: 4_000, settleAt: threshold }),
    }),
  );
  bazaar.open();
  const before = bazaar.count('transfer');
  bazaar.trade(quick ? hourMs / 30 : hourMs / 3);
  const { delivered, wishes } = summarizeWishes(bazaar.wishes);
  const documents = delivered * wishes;
  const books = bazaar.traders.map((trader) =>
    bazaar.world.read(trader, (ctx) =>
      allTabs(ctx).map(({ balance, entries }) => ({ balance, entries })),
    ),
  );
  return {
    seed,
    threshold,
    transfers: (bazaar.count('transfer') - before) / documents,
    charges: sum(books.flat().map(({ entries }) => entries)) / documents,
    owed: sum(books.flat().map(({ balance }) => Math.max(0, balance))) / bazaar.traders.length,
    documents,
  };
}
