import type { Opened, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Card, DealId, DocumentId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { takeCard } from './cards.ts';
import { forgetListing } from './listing.ts';
import { forgiveMarks } from './undesirable.ts';

/** "Not now" is for a season; a neighbor that was removed comes back by the person's hand only. */
const notNowMs = 90 * 24 * 60 * 60_000;

/** The three ways of §2.3 in which trading makes peers known to each other. */
export type DiscoveryWay =
  /** The buyer discovers the seller through intermediate peers. */
  | 'seller-by-buyer'
  /** The seller discovers the buyer when it opens the retrieval. */
  | 'buyer-by-seller'
  /** An intermediate peer discovers the seller when it passes the instructions on. */
  | 'seller-by-intermediary';

/** A peer that this one met by trading: shown, and under policies 2 and 3 a neighbor once the deal ended well. */
interface Discovery {
  readonly peer: PeerId;
  readonly name: string;
  readonly at: Milliseconds;
  readonly way: DiscoveryWay;
  readonly documentId: DocumentId;
  readonly deal?: DealId;
  /** The neighbor through whom it was found. */
  readonly via?: PeerId;
  /** A person did not want the suggestion: it is not made again before. */
  readonly dismissedUntil?: Milliseconds;
}

const discoveries = collection<Discovery>()('discoveries', ['peer'], { at: ['at'] });
interface Removed {
  readonly peer: PeerId;
  readonly at: Milliseconds;
  /** What the person called it; older versions did not keep that. */
  readonly name?: string;
}

/** Peers that a person took off the lists: trading does not bring them back. */
const removed = collection<Removed>()('removedPeers', ['peer']);

/** Notes a peer that was met in a deal, the first time; its card is kept in any case. */
export function discover(
  ctx: Context,
  card: Opened<Card>,
  how: Pick<Discovery, 'way' | 'documentId' | 'deal' | 'via'>,
): void {
  const { iss: peer, name } = card.payload;
  if (peer === ctx.self) return;
  takeCard(ctx, card);
  if (discoveryOf(ctx, peer) || ctx.neighbors.get(peer)) return;
  ctx.tx.put(discoveries, { peer, name, at: ctx.now, ...how });
  ctx.effect({ kind: 'event', event: { type: 'discovered', peer, way: how.way } });
}

export function allDiscoveries(ctx: Pick<Context, 'tx'>): readonly Discovery[] {
  return ctx.tx.scan(discoveries, { by: 'at' });
}

/** The discovered peers to suggest as neighbors: those on no list, and not dismissed for now. */
export function suggestions(ctx: Pick<Context, 'tx' | 'now' | 'neighbors'>): readonly Discovery[] {
  return allDiscoveries(ctx).filter(({ peer }) => isSuggested(ctx, peer));
}

/** Whether a peer was met by trading, is on no list, and may be shown or used now. */
export function isSuggested(ctx: Pick<Context, 'tx' | 'now' | 'neighbors'>, peer: PeerId): boolean {
  const known = discoveryOf(ctx, peer);
  if (!known || ctx.neighbors.get(peer)) return false;
  return (known.dismissedUntil ?? 0) <= ctx.now && !ctx.tx.get(removed, peer);
}

/** "Not now": the peer is not suggested again for 90 days. */
export function dismissDiscovery(ctx: Context, peer: PeerId): void {
  const known = discoveryOf(ctx, peer);
  if (known) ctx.tx.put(discoveries, { ...known, dismissedUntil: ctx.now + notNowMs });
}

/** A person took the peer off their lists: what trading found before does not bring it back. */
export function keepRemoved(ctx: Context, peer: PeerId): void {
  const name = ctx.neighbors.get(peer)?.name;
  ctx.tx.put(removed, { peer, at: ctx.now, ...(name !== undefined && { name }) });
  forgiveMarks(ctx, peer, 'Taken off all lists.');
  forgetListing(ctx, peer);
}

/** A person put the peer on a list again. */
export function forgetRemoved(ctx: Context, peer: PeerId): void {
  ctx.tx.remove(removed, peer);
}

/** Who was a neighbor once, by the name it had: old deals are still read by it. The last removed first. */
export function formerNeighbors(
  ctx: Pick<Context, 'tx'>,
): readonly { readonly peer: PeerId; readonly name: string }[] {
  return ctx.tx
    .scan(removed)
    .toSorted((one, other) => other.at - one.at)
    .flatMap(({ peer, name }) => (name === undefined ? [] : [{ peer, name }]));
}

export function discoveryOf(ctx: Pick<Context, 'tx'>, peer: PeerId): Discovery | undefined {
  return ctx.tx.get(discoveries, peer);
}
