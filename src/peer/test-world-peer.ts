import type { PeerEvent } from '../kernel/index.ts';
import type { SimPeer } from '../simulation/index.ts';

/** For tests: one peer of the world, with its disk, which outlives its crashes, and what it told its screen. */
export interface TestPeer extends SimPeer {
  readonly events: PeerEvent[];
}
