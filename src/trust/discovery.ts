import type { Opened, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Card, DealId, DocumentId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { takeCard } from './cards.ts';

/** The three ways of §2.3 in which trading makes peers known to each other. */
export type DiscoveryWay =
  /** The buyer discovers the seller through intermediate peers. */
  | 'seller-by-buyer'
  /** The seller discovers the buyer when it opens the retrieval. */
  | 'buyer-by-seller'
  /** An intermediate peer discovers the seller when it passes the instructions on. */
  | 'seller-by-intermediary';

/** A peer that this one met by trading. Under policy 1 it is shown, never used. */
interface Discovery {
  readonly peer: PeerId;
  readonly name: string;
  readonly at: Milliseconds;
  readonly way: DiscoveryWay;
  readonly documentId: DocumentId;
  readonly deal?: DealId;
  /** The neighbor through whom it was found. */
  readonly via?: PeerId;
}

const discoveries = collection<Discovery>()('discoveries', ['peer'], { at: ['at'] });

/** Notes a peer that was met in a deal, the first time; its card is kept in any case. */
export function discover(
  ctx: Context,
  card: Opened<Card>,
  how: Pick<Discovery, 'way' | 'documentId' | 'deal' | 'via'>,
): void {
  const { iss: peer, name } = card.payload;
  if (peer === ctx.self) return;
  takeCard(ctx, card);
  if (ctx.tx.get(discoveries, peer) || ctx.neighbors.get(peer)) return;
  ctx.tx.put(discoveries, { peer, name, at: ctx.now, ...how });
  ctx.effect({ kind: 'event', event: { type: 'discovered', peer, way: how.way } });
}

export function allDiscoveries(ctx: Pick<Context, 'tx'>): readonly Discovery[] {
  return ctx.tx.scan(discoveries, { by: 'at' });
}
