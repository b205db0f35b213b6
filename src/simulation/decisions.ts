import type { Amount } from '../amount.ts';
import type { Context, Neighbor, NeighborList } from '../kernel/index.ts';
import { contest, contestableUntil, recentPurchases } from '../market/index.ts';
import type { ContestReason } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';
import { acceptKnownPeer, moveNeighbor, setCreditLimit, suggestions } from '../trust/index.ts';
import type { Random } from './random.ts';
import type { SimPeer } from './sim-peer.ts';

/** What a person decides about others while the world trades. Numbers past those there are wrap around. */
export type DecisionPlan = {
  readonly atMs: Milliseconds;
  readonly trader: number;
} & (
  | { readonly kind: 'policy'; readonly policy: 1 | 2 | 3 }
  | { readonly kind: 'move'; readonly nth: number; readonly list: NeighborList }
  /** The first that is undesirable is a neighbor again. */
  | { readonly kind: 'forgive'; readonly list: 'primary' | 'secondary' }
  /** Somebody met by trading becomes a primary neighbor. */
  | { readonly kind: 'accept'; readonly nth: number }
  | { readonly kind: 'limit'; readonly nth: number; readonly creditLimit: number | undefined }
  | { readonly kind: 'contest'; readonly nth: number; readonly reason: ContestReason }
);

export function planDecision(size: number, spanMs: Milliseconds, random: Random): DecisionPlan {
  const what = { atMs: random.below(spanMs), trader: random.below(size) };
  const nth = random.below(6);
  switch (random.below(8)) {
    case 0:
    case 1:
      return { ...what, kind: 'policy', policy: random.pick([1, 2, 3]) };
    case 2:
      return { ...what, kind: 'move', nth, list: random.pick(['primary', 'secondary']) };
    case 3:
      return { ...what, kind: 'move', nth, list: 'undesirable' };
    case 4:
      return { ...what, kind: 'forgive', list: random.pick(['primary', 'secondary']) };
    case 5:
      return { ...what, kind: 'accept', nth };
    case 6:
      return { ...what, kind: 'limit', nth, creditLimit: random.pick([undefined, 0, 10, 200]) };
    default:
      return { ...what, kind: 'contest', nth, reason: random.pick(contestReasons) };
  }
}

const contestReasons = ['not-delivered', 'corrupt', 'not-as-described'] as const;

/** Lets the person at this peer decide, where there is something to be decided. */
export function decide(peer: SimPeer, ctx: Context, what: DecisionPlan): void {
  switch (what.kind) {
    case 'policy':
      peer.settings = { ...peer.settings, policy: what.policy };
      return;
    case 'move': {
      const other = nth(peer.book.all(), what.nth);
      if (other) moveNeighbor(ctx, other.peer, what.list, 'On second thoughts.');
      return;
    }
    case 'forgive': {
      const other = peer.book.all().find(({ list }) => list === 'undesirable');
      if (other) moveNeighbor(ctx, other.peer, what.list, 'It was a mistake.');
      return;
    }
    case 'accept': {
      const met = nth(suggestions(ctx), what.nth);
      if (met) acceptKnownPeer(ctx, met.peer, 'Met by trading.');
      return;
    }
    case 'limit': {
      const other: Neighbor | undefined = nth(peer.book.all(), what.nth);
      if (other) setCreditLimit(ctx, other.peer, what.creditLimit as Amount | undefined);
      return;
    }
    case 'contest': {
      const open = recentPurchases(ctx, 100).filter((one) => contestableUntil(ctx, one));
      const purchase = nth(open, what.nth);
      if (purchase) contest(ctx, purchase.deal, { reason: what.reason, note: '' });
    }
  }
}

function nth<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(1, from.length)];
}
