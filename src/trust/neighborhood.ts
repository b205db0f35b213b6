import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  type Neighbor,
  type NeighborList,
} from '../kernel/index.ts';
import { introductionsMax, requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { Card, RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Strategy } from '../settings/index.ts';
import { collection } from '../state/index.ts';
import { askTerms, refreshTerms, standingOf } from '../tabs/index.ts';
import type { Milliseconds } from '../time.ts';
import {
  cardOf,
  endpointsOf,
  forgetCard,
  isUnannounced,
  ownCard,
  readInvite,
  takeCard,
} from './cards.ts';
import { discoveryOf, forgetRemoved } from './discovery.ts';
import { list, listed } from './listing.ts';
import { solicitable } from './policy.ts';
import { forgiveMarks } from './undesirable.ts';

/** "I would like to be your neighbor": waits for a person (protocol 4). */
interface Introduction {
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly name: string;
  readonly note: string;
}

const introductions = collection<Introduction>()('introductions', ['peer'], { at: ['at'] });
const introductionRetryMs = 24 * 60 * 60_000;

export interface AddNeighbor {
  /** An invite: the card as a link or as its JWS. */
  readonly invite: string;
  readonly reason: string;
  /** Told to the neighbor with the introduction. */
  readonly note: string;
  readonly creditLimit?: Amount;
}

/** Puts the peer of an invite on the primary list, at a person's word, and introduces this peer to it. */
export function addNeighbor(
  ctx: Context,
  { invite, ...how }: AddNeighbor,
): Result<Neighbor, Problem> {
  const read = readInvite(ctx, invite);
  if (!read.ok) return read;
  takeCard(ctx, read.value);
  return ok(befriend(ctx, read.value.payload, how));
}

/** Accepts an introduction, or a peer discovered by trading, as a primary neighbor. */
export function acceptKnownPeer(
  ctx: Context,
  peer: PeerId,
  reason: string,
): Result<Neighbor, Problem> {
  const known = cardOf(ctx, peer);
  if (!known) return fail(problem('unknown-neighbor', 'No card of this peer is known.'));
  return ok(befriend(ctx, known.card, { reason, note: '' }));
}

function befriend(ctx: Context, card: Card, how: Omit<AddNeighbor, 'invite'>): Neighbor {
  const neighbor: Neighbor = {
    peer: card.iss,
    name: card.name,
    list: 'primary',
    since: ctx.now,
    reason: how.reason,
    endpoints: card.endpoints,
    ...(how.creditLimit === undefined ? {} : { creditLimit: how.creditLimit }),
  };
  ctx.tx.remove(introductions, card.iss);
  put(ctx, neighbor);
  askTerms(ctx, card.iss, card.endpoints);
  introduceTo(ctx, card.iss, card.endpoints, how.note);
  return neighbor;
}

function introduceTo(ctx: Context, peer: PeerId, endpoints: readonly string[], note: string): void {
  callUntilAnswered(
    ctx,
    {
      to: { peer, endpoints },
      request: { route: 'introduce', body: { card: ownCard(ctx), note } },
      purpose: { kind: 'introduction', peer },
      timeoutMs: requestTimeoutMs,
    },
    ctx.now + introductionRetryMs,
  );
}

/** Tells the neighbors a card that they have not seen: a new address, name or currency of this peer's. */
export function announceCard(ctx: Context): void {
  if (!isUnannounced(ctx)) return;
  for (const { peer, list: on } of solicitable(ctx, 'self')) {
    if (on === 'primary') introduceTo(ctx, peer, endpointsOf(ctx, peer), '');
  }
}

/**
 * Moves a neighbor to another list, with the person's reason. Off the undesirable list, what spoke against
 * it is forgiven (§4): nothing but a person's word brings a peer away from there.
 */
export function moveNeighbor(
  ctx: Context,
  peer: PeerId,
  to: NeighborList,
  reason: string,
): Result<Neighbor, Problem> {
  const neighbor = listed(ctx, peer);
  if (!neighbor) return fail(problem('unknown-neighbor', 'This peer is on none of your lists.'));
  const { origin: _before, ...rest } = neighbor;
  return ok(put(ctx, { ...rest, list: to, reason, since: ctx.now }));
}

/** A person's word on where a peer stands: whatever trading found out before counts no more. */
function put(ctx: Context, neighbor: Neighbor): Neighbor {
  forgetRemoved(ctx, neighbor.peer);
  if (neighbor.list !== 'undesirable') forgiveMarks(ctx, neighbor.peer, neighbor.reason);
  return list(ctx, neighbor);
}

/**
 * Puts a peer that is on no list, as one that was suggested or that introduced itself, on the undesirable
 * one: it is neither suggested nor heard again. A neighbor is moved there.
 */
export function refusePeer(ctx: Context, peer: PeerId, reason: string): Result<Neighbor, Problem> {
  if (listed(ctx, peer)) {
    return moveNeighbor(ctx, peer, 'undesirable', reason);
  }
  const known = cardOf(ctx, peer);
  if (!known) return fail(problem('unknown-neighbor', 'No card of this peer is known.'));
  const { name, endpoints } = known.card;
  const refused: Neighbor = {
    peer,
    name,
    list: 'undesirable',
    since: ctx.now,
    reason,
    endpoints,
  };
  ctx.tx.remove(introductions, peer);
  return ok(put(ctx, refused));
}

/** What a neighbor may owe from now on; the settings' limit where none is said. */
export function setCreditLimit(
  ctx: Context,
  peer: PeerId,
  creditLimit: Amount | undefined,
): Result<Neighbor, Problem> {
  const neighbor = listed(ctx, peer);
  if (!neighbor) return fail(problem('unknown-neighbor', 'This peer is on none of your lists.'));
  const { creditLimit: _before, ...rest } = neighbor;
  const changed = creditLimit === undefined ? rest : { ...rest, creditLimit };
  return ok(list(ctx, changed));
}

/** Whether sources are concealed from a neighbor from now on (§3); as in the settings where none is said. */
export function setStrategy(
  ctx: Context,
  peer: PeerId,
  strategy: Strategy | undefined,
): Result<Neighbor, Problem> {
  const neighbor = listed(ctx, peer);
  if (!neighbor) return fail(problem('unknown-neighbor', 'This peer is on none of your lists.'));
  const { strategy: _before, ...rest } = neighbor;
  const changed = strategy === undefined ? rest : { ...rest, strategy };
  return ok(list(ctx, changed));
}

/** `POST /market/v1/introductions`: kept for the person, at most so many; nobody is added by itself. */
export function takeIntroduction(
  ctx: Context,
  from: PeerId,
  { card, note }: RequestInput<'introduce'>,
) {
  if (card.payload.iss !== from) {
    return fail(problem('wrong-audience', 'A peer introduces itself with its own card.'));
  }
  const standing = standingOf(ctx, from);
  if (standing === 'undesirable')
    return fail(problem('undesirable', 'This peer does not trade with you.'));
  takeCard(ctx, card);
  // Whom trading brought here by itself the person has not decided upon yet.
  const unasked = listed(ctx, from)?.origin?.kind === 'discovered';
  if (standing === 'stranger' || unasked) {
    const { name } = card.payload;
    ctx.tx.put(introductions, { peer: from, at: ctx.now, name, note });
    const waiting = ctx.tx.scan(introductions, { by: 'at', descending: true });
    for (const { peer } of waiting.slice(introductionsMax)) dismissIntroduction(ctx, peer);
    ctx.effect({ kind: 'event', event: { type: 'introduction', peer: from, name } });
  } else {
    // It has put this peer on its own list just now: what it asks of a neighbor is not what it asked of a stranger.
    askTerms(ctx, from, endpointsOf(ctx, from));
  }
  return ok({ standing });
}

export function allIntroductions(ctx: Pick<Context, 'tx'>): readonly Introduction[] {
  return ctx.tx.scan(introductions, { by: 'at', descending: true });
}

/** Puts an introduction aside; of a peer that is not known otherwise nothing stays, or strangers would fill the disk. */
export function dismissIntroduction(ctx: Context, peer: PeerId): void {
  ctx.tx.remove(introductions, peer);
  if (!listed(ctx, peer) && !discoveryOf(ctx, peer)) forgetCard(ctx, peer);
}

/** After a start: terms that are not known, or old, are asked for, so that callers can be served at once. */
export function refreshNeighbors(ctx: Context): void {
  for (const { peer } of solicitable(ctx, 'self')) refreshTerms(ctx, peer, endpointsOf(ctx, peer));
}
