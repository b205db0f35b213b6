import type { PeerId } from '../identity/index.ts';
import type { Effect, Neighbor, NeighborBook, ShelfDocument } from '../kernel/index.ts';
import type { Peer } from '../peer/index.ts';
import type { MarketSettings } from '../settings/index.ts';
import type { MemoryStore } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Lie } from './lies.ts';
import type { Shelf } from './shelf.ts';
import type { Identity } from './signatures.ts';

/** What a peer is made of; what is not said is the default. */
export interface PeerOptions {
  /** As a person would write them. Where many peers share one object, they share its memory. */
  readonly settings?: MarketSettings;
  readonly documents?: readonly ShelfDocument[];
  /** How far its clock is ahead of the world's. */
  readonly clockAheadMs?: Milliseconds;
}

/** One peer of a world, with its disk, which outlives its crashes. */
export interface SimPeer {
  readonly name: string;
  /** Its place among the world's peers. */
  readonly index: number;
  readonly id: PeerId;
  readonly identity: Identity;
  readonly peer: Peer;
  readonly store: MemoryStore;
  readonly book: NeighborBook;
  readonly library: Shelf;
  clockAheadMs: Milliseconds;
  settings: MarketSettings;
  up: boolean;
  /** It has left for good: it never starts again. */
  gone: boolean;
  /** How it cheats, where it does. */
  lie?: Lie;
  /** Counts its starts. */
  run: number;
  /** When it wants to be woken next, by the world's clock. */
  wakeAt: Milliseconds | undefined;
  /** Encrypts something else than it sold (§4). */
  sealsFakes?: boolean;
  /** What a dishonest program does to its effects before they leave. */
  forge?: (effect: Effect) => Effect;
}

/** Whether what others see of it can be relied upon once a world has come to rest. */
export function isReliable({ gone, lie }: SimPeer): boolean {
  return !gone && lie === undefined;
}

/** Where the peer of this name is reached in its world. */
export function endpointOf(name: string): string {
  // Joined it is one text; put together by a template it would keep its parts in memory.
  return ['https://', name, ':7685'].join('');
}

export function neighborOf(
  { id: peer, name, settings }: SimPeer,
  since: Milliseconds,
  change: Partial<Neighbor> = {},
): Neighbor {
  const { endpoints } = settings;
  return { peer, name, list: 'primary', since, reason: 'A friend.', endpoints, ...change };
}
