import type { PeerId } from '../identity/index.ts';
import { type Context, clearTimer, type HoldPurpose, setTimer } from '../kernel/index.ts';
import type { Counter } from '../money/index.ts';
import type { Receipt } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';
import {
  causeOf,
  exchangeOf,
  putExchange,
  received,
  type Swap,
  type SwapState,
} from './exchanges.ts';

/**
 * A swap (protocol 8): two holds under one lock. The taker, who knows the preimage, holds first and longer;
 * the maker holds second and shorter. The taker settles the second by the preimage, which the maker reads at
 * its issuer and settles the first with. Nothing else passes between the two: whoever stops, the holds end.
 */

const prefix = 'swap:';

/** Both holds of a swap carry it as their transaction id. */
export function swapTransaction(id: string): string {
  return `${prefix}${id}`;
}

/** The swap that a hold belongs to, by its transaction id; undefined where it is none of a swap. */
export function swapIdOf({
  transactionId,
}: {
  readonly transactionId: string;
}): string | undefined {
  return transactionId.startsWith(prefix) ? transactionId.slice(prefix.length) : undefined;
}

export function swapOf(ctx: Pick<Context, 'tx'>, peer: PeerId, id: string): Swap | undefined {
  const found = exchangeOf(ctx, peer, id);
  return found?.way === 'swap' ? found : undefined;
}

/** Moves a swap on; its timer is set to `deadlineAt`, or cleared where there is none. */
export function moveSwap(
  ctx: Context,
  swap: Swap,
  state: SwapState,
  change: Partial<Swap> = {},
  deadlineAt?: Milliseconds,
): Swap {
  const { peer, id } = swap;
  const timer = `swap ${peer} ${id}`;
  if (deadlineAt === undefined) clearTimer(ctx, timer);
  else setTimer(ctx, timer, deadlineAt, { kind: 'swap-deadline', peer, id });
  return putExchange(ctx, { ...swap, ...change, state });
}

/** What a hold of a swap is for. */
export function purposeOf(peer: PeerId, id: string): HoldPurpose {
  return { kind: 'hold', use: 'exchange', peer, reference: id, account: 'equity:exchange' };
}

/** Where the money of a swap's hold comes from, by its receipt: also where the swap is not remembered. */
export function counterOfSwap(
  receipt: Pick<Receipt, 'payer' | 'transactionId'>,
): Counter | undefined {
  const id = swapIdOf(receipt);
  return id === undefined ? undefined : receivedFrom(receipt.payer, id);
}

/** What an order with a swap's transaction id was for. */
export function purposeOfSwap(
  receipt: Pick<Receipt, 'payee' | 'transactionId'>,
): HoldPurpose | undefined {
  const id = swapIdOf(receipt);
  return id === undefined ? undefined : purposeOf(receipt.payee, id);
}

export function receivedFrom(peer: PeerId, id: string): Counter {
  return { account: 'equity:exchange', cause: causeOf({ peer, id }, received) };
}
