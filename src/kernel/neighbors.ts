import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { ContestReason, DealId } from '../protocol/index.ts';
import type { Strategy } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';

/** The three lists of protocol 7. */
export type NeighborList = 'primary' | 'secondary' | 'undesirable';

/** The deal that brought a peer to its list; a person put it there where this is not said. */
export type ListingOrigin =
  /** It was met in a deal that ended well (policies 2 and 3). */
  | { readonly kind: 'discovered'; readonly deal: DealId }
  /** It took part in a deal that was contested. */
  | { readonly kind: 'contested'; readonly deal: DealId; readonly reason: ContestReason };

/** A neighbor as the person curates it: who, on which list, since when and why. */
export interface Neighbor {
  readonly peer: PeerId;
  readonly name: string;
  readonly list: NeighborList;
  readonly since: Milliseconds;
  readonly reason: string;
  readonly endpoints: readonly string[];
  /** What this neighbor may owe; the settings' limit where it is not said. */
  readonly creditLimit?: Amount;
  readonly origin?: ListingOrigin;
  /** Whether sources are concealed from this neighbor when it buys (§3); as in the settings where not said. */
  readonly strategy?: Strategy;
}

/**
 * The neighbors port: the lists that a person keeps and may read.
 * - Reads MUST see every `put` and `remove` that returned before.
 * - Writes are made after the transaction that caused them committed.
 */
export interface NeighborBook {
  get(peer: PeerId): Neighbor | undefined;
  all(): readonly Neighbor[];
  put(neighbor: Neighbor): void;
  remove(peer: PeerId): void;
}

export class MemoryNeighborBook implements NeighborBook {
  readonly #neighbors = new Map<PeerId, Neighbor>();

  get(peer: PeerId): Neighbor | undefined {
    return this.#neighbors.get(peer);
  }

  all(): readonly Neighbor[] {
    return [...this.#neighbors.values()];
  }

  put(neighbor: Neighbor): void {
    this.#neighbors.set(neighbor.peer, neighbor);
  }

  remove(peer: PeerId): void {
    this.#neighbors.delete(peer);
  }
}
