import type { Amount } from '../../../src/amount.ts';
import { balanceOf } from '../../../src/books/index.ts';
import { contest, contestableUntil, purchaseOf, salesOf } from '../../../src/market/index.ts';
import { problem } from '../../../src/problem.ts';
import type { DealId } from '../../../src/protocol/index.ts';
import {
  Bazaar,
  type SimPeer,
  sum,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import { moveNeighbor } from '../../../src/trust/index.ts';
import type { Experiment } from '../experiment.ts';
import type { Row } from '../measurements.ts';
import { documentPrices, someOf, usualPlan } from './markets.ts';

const minuteMs = 60_000;
const shares = [0, 0.1, 0.3, 0.5];
const forms = ['sells and does not deliver', 'denies what it received'] as const;
/** A person takes a neighbor off the list after so many deals that it contested. */
const patience = 2;

/** How policies 1 to 3 do against cheaters of both forms that there are where payment comes first (§4). */
export const policies: Experiment = {
  name: 'policies',
  question:
    'How do policies 1 to 3 do against cheaters that sell and do not deliver, and against buyers that deny ' +
    'what they received (§4)? Nobody knows at first who cheats; people take a neighbor off their list when ' +
    'it refuses a refund, or has contested twice.',
  plots: forms.flatMap((form, n) => [
    {
      ...{ name: `policies-success-${n + 1}`, mark: 'line' as const, title: 'What the honest get' },
      subtitle: `The cheater ${form}`,
      x: { key: 'cheaters', title: 'peers that cheat', format: '.0%' },
      y: {
        key: 'success',
        title: 'wishes of the honest fulfilled',
        format: '.0%',
        domain: [0, 1] as const,
      },
      series: { key: 'policy', title: 'policy' },
      where: (settings: Row | Readonly<Record<string, number | string>>) =>
        settings['form'] === form,
    },
    {
      ...{ name: `policies-losses-${n + 1}`, mark: 'line' as const, title: 'What the honest lose' },
      subtitle: `The cheater ${form}`,
      x: { key: 'cheaters', title: 'peers that cheat', format: '.0%' },
      y: { key: 'lost', title: 'units lost for each honest wish' },
      series: { key: 'policy', title: 'policy' },
      where: (settings: Row | Readonly<Record<string, number | string>>) =>
        settings['form'] === form,
    },
  ]),
  run({ seeds, quick, peers = 30, progress }) {
    const rows = seeds.flatMap((seed) =>
      forms.flatMap((form) =>
        ([1, 2, 3] as const).flatMap((policy) => {
          progress(`seed ${seed}: policy ${policy}, the cheater ${form}`);
          return (quick ? [0.3] : shares).map((cheaters) =>
            measure({
              ...{ seed, form, policy, cheaters },
              ...(quick ? { peers: 12, minutes: 1 } : { peers, minutes: 30 }),
            }),
          );
        }),
      ),
    );
    return {
      name: 'policies',
      columns: [
        { key: 'form', head: 'the cheater', role: 'setting' },
        { key: 'policy', head: 'policy', role: 'setting' },
        { key: 'cheaters', head: 'cheaters', role: 'setting' },
        { key: 'success', head: 'honest wishes fulfilled', role: 'measure', digits: 3 },
        { key: 'lost', head: 'units lost per honest wish', role: 'measure' },
        { key: 'contested', head: 'contests the honest met, per wish', role: 'measure', digits: 3 },
        { key: 'knows', head: 'neighbors asked for oneself', role: 'measure', digits: 1 },
      ],
      rows,
    };
  },
};

interface Setting {
  readonly seed: number;
  readonly form: (typeof forms)[number];
  readonly policy: 1 | 2 | 3;
  readonly cheaters: number;
  readonly peers: number;
  readonly minutes: number;
}

function measure({ seed, form, policy, cheaters, peers, minutes }: Setting): Row {
  const drawn = new Set(someOf(seed, peers, cheaters));
  const cheats = (place: number | undefined) => place !== undefined && drawn.has(place);
  const sells = form === 'sells and does not deliver';
  const contests = { met: 0 };
  const refusals = new Map<string, number>();
  const bazaar: Bazaar = new Bazaar(
    usualPlan(seed, {
      peers,
      topology: { kind: 'random-regular', degree: 4 },
      demand: { ...usualDemand, documents: 5 * peers },
      habits: () => ({ ...usualHabits, wishEveryMs: 2 * minuteMs }),
      funds: 5_000,
      settings: () => ({ ...documentPrices, policy }),
    }),
    {
      event: (peer, event) => {
        const cheater = cheats(bazaar.placeOf(peer));
        if (event.type === 'deal' && event.side === 'purchase') {
          const failed = event.state === 'failed' || event.state === 'expired';
          const lies = cheater && !sells && event.state === 'delivered';
          if (failed || lies) later(bazaar, () => complain(bazaar, peer, event.deal));
        }
        if (event.type !== 'contest' || cheater) return;
        if (event.side === 'sale') contests.met += 1;
        later(bazaar, () => judge(bazaar, peer, event, refusals));
      },
    },
  );
  const cheating = bazaar.traders.filter((_, place) => cheats(place));
  if (sells) for (const peer of cheating) deliverNothing(peer);
  bazaar.open();
  bazaar.trade(minutes * minuteMs, 2 * minuteMs, (place) => !(sells && cheats(place)));
  const wishes = bazaar.wishes.filter(({ peer }) => !cheats(peer));
  const delivered = wishes.filter(({ deliveredAt }) => deliveredAt !== undefined);
  const honest = bazaar.traders.filter((_, place) => !cheats(place));
  return {
    ...{ seed, form, policy, cheaters },
    success: delivered.length / wishes.length,
    lost: (sells ? paidForNothing(bazaar, cheats) : gotForNothing(bazaar, cheats)) / wishes.length,
    contested: contests.met / wishes.length,
    knows: sum(honest.map((peer) => askedBy(peer, policy))) / honest.length,
  };
}

function later({ world }: Bazaar, work: () => void): void {
  world.at(world.now + 5_000, work);
}

/** The person contests what can be contested: with reason or without. */
function complain({ world }: Bazaar, peer: SimPeer, deal: DealId): void {
  world.do(peer, (ctx) => {
    const purchase = purchaseOf(ctx, deal);
    if (purchase?.purpose.kind !== 'self' || contestableUntil(ctx, purchase) === undefined) return;
    contest(ctx, deal, { reason: 'not-delivered', note: '' });
  });
}

interface Contested {
  readonly deal: DealId;
  readonly side: 'purchase' | 'sale';
  readonly state: string;
}

/** By the statistics: who refused a refund, or contested too often, is a neighbor no longer. */
function judge(
  { world }: Bazaar,
  peer: SimPeer,
  { deal, side, state }: Contested,
  refusals: Map<string, number>,
): void {
  world.do(peer, (ctx) => {
    const other =
      side === 'purchase' ? purchaseOf(ctx, deal)?.seller : salesOf(ctx, deal)[0]?.buyer;
    if (other === undefined || ctx.neighbors.get(other)?.list !== 'primary') return;
    if (side === 'purchase' && state !== 'refused' && state !== 'unanswered') return;
    const key = `${peer.id} ${other} ${side}`;
    const count = (refusals.get(key) ?? 0) + 1;
    refusals.set(key, count);
    if (side === 'purchase' || count >= patience)
      moveNeighbor(ctx, other, 'undesirable', 'Too many deals went wrong.');
  });
}

const openedStatus = 201;
const neighborCredit = 100 as Amount;

/** It takes the money, gives instructions, and its document service opens to nobody. Nothing is refunded. */
function deliverNothing(peer: SimPeer): void {
  // Who is no primary neighbor of its own is refused a refund.
  for (const neighbor of peer.book.all())
    peer.book.put({ ...neighbor, list: 'secondary', creditLimit: neighborCredit });
  peer.forge = (effect) => {
    const opens = effect.kind === 'reply' && effect.status === openedStatus;
    if (!opens) return effect;
    const why = problem('document-gone', 'The document is not there any more.');
    return { kind: 'refuse', exchange: effect.exchange, problem: why };
  };
}

type Cheats = (place: number | undefined) => boolean;

/** What the honest paid, and did not get back, for documents that did not come, as buyers and in between. */
function paidForNothing(bazaar: Bazaar, cheats: Cheats): number {
  const honest = bazaar.traders.filter((_, place) => !cheats(place));
  const paid = honest.map((peer) => spent(bazaar, peer, 'expense:purchases'));
  const lost = honest.map((peer) => spent(bazaar, peer, 'expense:corrections'));
  return sum(paid) + sum(lost) - worthOf(bazaar, (place) => !cheats(place));
}

/** What the cheaters received and, after their contests, did not pay. */
function gotForNothing(bazaar: Bazaar, cheats: Cheats): number {
  const cheating = bazaar.traders.filter((_, place) => cheats(place));
  const paid = cheating.map((peer) => spent(bazaar, peer, 'expense:purchases'));
  return worthOf(bazaar, cheats) - sum(paid);
}

/** The prices of the documents that came to some of the people. */
function worthOf({ wishes }: Bazaar, whose: Cheats): number {
  const came = wishes.filter(({ peer, deliveredAt }) => whose(peer) && deliveredAt !== undefined);
  return sum(came.map(({ price }) => price ?? 0));
}

function spent(
  { world, bank }: Bazaar,
  peer: SimPeer,
  account: 'expense:purchases' | 'expense:corrections',
): number {
  return world.read(peer, (ctx) => balanceOf(ctx, bank.id, account));
}

function askedBy({ book }: SimPeer, policy: 1 | 2 | 3): number {
  const asked = book.all().filter(({ list }) => {
    return list === 'primary' || (list === 'secondary' && policy > 1);
  });
  return asked.length;
}
