import type { PeerId } from '../identity/index.ts';
import type { Context, Outcome } from '../kernel/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { addTime, noTimes, type Times } from './times.ts';

/** How it goes with a neighbor: whether it answers, how fast, and what came of asking it for bids. */
export interface Contact {
  readonly peer: PeerId;
  /** When it last answered or asked something, to the minute. */
  readonly seenAt?: Milliseconds;
  /** When it was last called without an answer. */
  readonly missedAt?: Milliseconds;
  /** Whether the last call was answered; absent before the first. */
  readonly answers?: boolean;
  /** Solicitations sent to it: all, those it had a bid for, those it refused, those that got no answer. */
  readonly asked: number;
  readonly bid: number;
  readonly refused: number;
  readonly silent: number;
  /** How many of its bids were accepted. */
  readonly taken: number;
  /** From the solicitation to the first bid, or to the end without one. */
  readonly bidTimes: Times;
  /** From the acceptance of a bid to the instructions. */
  readonly dealTimes: Times;
}

const contacts = collection<Contact>()('contacts', ['peer']);

/** What is seen of a peer is noted once in this time: hearing from it often costs nothing. */
const noteEveryMs = 60_000;

export function contactOf(ctx: Pick<Context, 'tx'>, peer: PeerId): Contact | undefined {
  return ctx.tx.get(contacts, peer);
}

/** A peer made a request: it is there. */
export function noteHeard(ctx: Context, peer: PeerId): void {
  if (!isNoted(ctx, peer)) return;
  const known = contactOf(ctx, peer);
  if (known?.seenAt !== undefined && known.seenAt > ctx.now - noteEveryMs) return;
  ctx.tx.put(contacts, { ...(known ?? fresh(peer)), seenAt: ctx.now });
}

/** A call to a peer ended: it answered, or it could not be reached. A refusal is an answer. */
export function noteCalled(ctx: Context, peer: PeerId, outcome: Outcome): void {
  if (!isNoted(ctx, peer)) return;
  const known = contactOf(ctx, peer);
  const answers = outcome.kind !== 'unreachable';
  const at = answers ? known?.seenAt : known?.missedAt;
  const changed = known?.answers !== answers;
  if (!changed && at !== undefined && at > ctx.now - noteEveryMs) return;
  const when = answers ? { seenAt: ctx.now } : { missedAt: ctx.now };
  ctx.tx.put(contacts, { ...(known ?? fresh(peer)), answers, ...when });
}

/** What came of asking a neighbor for bids; `tookMs` to the first bid, or to the end without one. */
export interface AskedFor {
  readonly result: 'bid' | 'none' | 'refused' | 'silent';
  readonly tookMs?: Milliseconds;
}

export function noteAsked(ctx: Context, peer: PeerId, { result, tookMs }: AskedFor): void {
  if (!isNoted(ctx, peer)) return;
  const known = contactOf(ctx, peer) ?? fresh(peer);
  const { asked, bid, refused, silent, bidTimes } = known;
  ctx.tx.put(contacts, {
    ...known,
    asked: asked + 1,
    bid: result === 'bid' ? bid + 1 : bid,
    refused: result === 'refused' ? refused + 1 : refused,
    silent: result === 'silent' ? silent + 1 : silent,
    bidTimes: tookMs === undefined ? bidTimes : addTime(bidTimes, tookMs),
  });
}

/** A bid of the peer's was accepted. */
export function noteTaken(ctx: Context, peer: PeerId): void {
  const known = contactOf(ctx, peer) ?? fresh(peer);
  ctx.tx.put(contacts, { ...known, taken: known.taken + 1 });
}

/** The peer gave the instructions for a deal, so long after its bid was accepted. */
export function noteInstructed(ctx: Context, peer: PeerId, tookMs: Milliseconds): void {
  const known = contactOf(ctx, peer) ?? fresh(peer);
  ctx.tx.put(contacts, { ...known, dealTimes: addTime(known.dealTimes, tookMs) });
}

/** Strangers come and go without number; who is on a list, or was dealt with, is noted. */
function isNoted(ctx: Context, peer: PeerId): boolean {
  return ctx.neighbors.get(peer) !== undefined || contactOf(ctx, peer) !== undefined;
}

function fresh(peer: PeerId): Contact {
  return {
    peer,
    ...{ asked: 0, bid: 0, refused: 0, silent: 0, taken: 0 },
    ...{ bidTimes: noTimes, dealTimes: noTimes },
  };
}
