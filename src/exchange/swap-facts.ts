import { base64urlnopad } from '@scure/base';
import type { PeerId } from '../identity/index.ts';
import type { Context, Fact, HoldKey } from '../kernel/index.ts';
import { claimHold, incomingHold, incomingHolds } from '../money/index.ts';
import { putExchange, type Swap } from './exchanges.ts';
import { receivedFrom, swapIdOf, swapOf } from './swap.ts';
import {
  makerKept,
  makerLearned,
  makerReceived,
  makerRefused,
  makerSees,
  promiseDeadline,
} from './swap-maker.ts';
import { takerGave, takerReceived, takerRefused, takerSees } from './swap-taker.ts';

/** What the issuers say of the two holds moves a swap on: nothing else does, once the maker has promised. */

type FactOf<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;

/** A hold that this peer pays was begun, settled or given back. */
export function swapGave(
  ctx: Context,
  { purpose, state, order, preimage }: FactOf<'hold-out'>,
): void {
  if (purpose.kind !== 'hold' || purpose.use !== 'exchange') return;
  const known = swapOf(ctx, purpose.peer, purpose.reference);
  if (!known) return takeForgotten(ctx, purpose.peer, preimage);
  const mine = known.side === 'taker' ? known.first : known.second;
  if (mine !== undefined && mine !== order) return;
  const swap = putExchange<Swap>(ctx, {
    ...known,
    ...(known.side === 'taker' ? { firstState: state } : { secondState: state }),
  });
  if (state === 'held') return;
  if (swap.side === 'taker') return takerGave(ctx, swap, state);
  if (state === 'voided') return makerKept(ctx, swap);
  if (preimage !== undefined) makerLearned(ctx, swap, preimage);
}

/** A hold for this peer stands, is this peer's money, or went back. */
export function swapReceived(
  ctx: Context,
  { state, currency, payer, order }: FactOf<'hold-in'>,
): void {
  const key = { currency, payer, order };
  const hold = incomingHold(ctx, key);
  const id = hold && swapIdOf(hold);
  const known = id === undefined ? undefined : swapOf(ctx, payer, id);
  if (!known) return;
  const theirs = known.side === 'taker' ? known.second : known.first;
  if (state === 'held') return sees(ctx, known, key);
  if (theirs !== order) return;
  const swap = putExchange<Swap>(ctx, {
    ...known,
    ...(known.side === 'taker' ? { secondState: state } : { firstState: state }),
  });
  if (swap.side === 'taker') takerReceived(ctx, swap, state);
  else makerReceived(ctx, swap, state);
}

function sees(ctx: Context, swap: Swap, key: HoldKey): void {
  if (swap.side === 'taker') takerSees(ctx, swap, key);
  else makerSees(ctx, swap, key);
}

/** An order of a hold was refused: that side of the swap never begins. */
export function swapRefused(ctx: Context, fact: FactOf<'payment-failed'>): void {
  const { purpose, order, problem } = fact;
  if (purpose.kind !== 'hold' || purpose.use !== 'exchange') return;
  const swap = swapOf(ctx, purpose.peer, purpose.reference);
  if (!swap) return;
  if (swap.side === 'taker' && swap.first === order) takerRefused(ctx, swap, problem);
  if (swap.side === 'maker' && swap.second === order) makerRefused(ctx, swap, problem);
}

export function swapDeadline(
  ctx: Context,
  { peer, id }: { readonly peer: PeerId; readonly id: string },
): void {
  const swap = swapOf(ctx, peer, id);
  if (swap) promiseDeadline(ctx, swap);
}

/**
 * A swap that this peer does not remember, as after a restore from a backup: what its own hold was settled
 * by opens the other's too.
 */
function takeForgotten(ctx: Context, peer: PeerId, preimage: string | undefined): void {
  if (preimage === undefined) return;
  const lock = base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage)));
  for (const hold of incomingHolds(ctx)) {
    const id = swapIdOf(hold);
    if (hold.payer !== peer || hold.hold.sha256 !== lock || id === undefined) continue;
    claimHold(ctx, hold, preimage, receivedFrom(peer, id));
  }
}
