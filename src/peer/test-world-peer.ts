import type { PeerId } from '../identity/index.ts';
import type { Effect, MemoryNeighborBook, PeerEvent } from '../kernel/index.ts';
import type { MarketSettings } from '../settings/index.ts';
import type { MemoryStore } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Peer } from './index.ts';
import type { TestLibrary } from './test-world-library.ts';

/** For tests: one peer of the world, with its disk, which outlives its crashes. */
export interface TestPeer {
  readonly name: string;
  readonly id: PeerId;
  readonly peer: Peer;
  readonly store: MemoryStore;
  readonly book: MemoryNeighborBook;
  readonly library: TestLibrary;
  readonly events: PeerEvent[];
  settings: MarketSettings;
  up: boolean;
  /** Counts its starts. */
  run: number;
  wakeAt: Milliseconds | undefined;
  /** How far its clock is ahead of the world's. */
  skewMs?: Milliseconds;
  /** Encrypts something else than it sold (§4). */
  sealsFakes?: boolean;
  /** What a dishonest program does to its answers before they leave. */
  forge?: (effect: Effect) => Effect;
}
