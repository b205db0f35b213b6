import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DocumentId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/** Where a document was seen: in a neighbor's bid, or in instructions that a peer served (§3, §5). */
interface Sighting {
  readonly documentId: DocumentId;
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly seenIn: 'bid' | 'instructions';
  readonly title: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly price: Amount;
  readonly currency: CurrencyId;
}

const directory = collection<Sighting>()('directory', ['documentId', 'peer'], { at: ['at'] });

const sightingsMax = 100_000;

export function noteSighting(ctx: Context, sighting: Omit<Sighting, 'at'>): void {
  ctx.tx.put(directory, { ...sighting, at: ctx.now });
}

/** Whether a document was seen at a peer, or through it. */
export function seenAt(ctx: Context, documentId: DocumentId, peer: PeerId): boolean {
  return ctx.tx.get(directory, documentId, peer) !== undefined;
}

/** Forgets what was seen before, and the oldest sightings past the bound. */
export function sweepDirectory(ctx: Context, olderThan: Milliseconds): void {
  const stale = ctx.tx.scan(directory, { by: 'at', to: olderThan, limit: 1_000 });
  for (const { documentId, peer } of stale) ctx.tx.remove(directory, documentId, peer);
  const excess = ctx.tx.scan(directory, {
    by: 'at',
    descending: true,
    limit: sightingsMax + 1_000,
  });
  for (const { documentId, peer } of excess.slice(sightingsMax))
    ctx.tx.remove(directory, documentId, peer);
}
