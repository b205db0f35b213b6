import type { PeerId } from '../identity/index.ts';
import type { Context, Neighbor } from '../kernel/index.ts';
import { collection } from '../state/index.ts';

/**
 * A change of the lists that the neighbor book may not have taken yet: the book is written after the
 * commit, and a peer that stops in between must not forget whom it took off or put on a list.
 */
const listings = collection<{ readonly peer: PeerId; readonly neighbor: Neighbor }>()('listings', [
  'peer',
]);

/** Puts a peer on a list, in the place of how it was listed before. */
export function list(ctx: Context, neighbor: Neighbor): Neighbor {
  ctx.tx.put(listings, { peer: neighbor.peer, neighbor });
  ctx.effect({ kind: 'neighbor', neighbor });
  ctx.effect({ kind: 'event', event: { type: 'neighbor', peer: neighbor.peer } });
  return neighbor;
}

/** How a peer is listed by what was committed; undefined where it is on no list. */
export function listed(ctx: Pick<Context, 'tx' | 'neighbors'>, peer: PeerId): Neighbor | undefined {
  return ctx.tx.get(listings, peer)?.neighbor ?? ctx.neighbors.get(peer);
}

/** The person takes a peer off all lists: no change of before is carried out any more. */
export function forgetListing(ctx: Context, peer: PeerId): void {
  ctx.tx.remove(listings, peer);
}

/** After a start, and now and then: changes that the book has not taken are made again. */
export function confirmListings(ctx: Context): void {
  for (const { peer, neighbor } of ctx.tx.scan(listings)) {
    const written = ctx.neighbors.get(peer);
    if (written && isSame(written, neighbor)) ctx.tx.remove(listings, peer);
    else ctx.effect({ kind: 'neighbor', neighbor });
  }
}

function isSame(a: Neighbor, b: Neighbor): boolean {
  return (
    a.list === b.list &&
    a.since === b.since &&
    a.reason === b.reason &&
    a.creditLimit === b.creditLimit &&
    a.strategy === b.strategy &&
    a.endpoints.join() === b.endpoints.join()
  );
}
