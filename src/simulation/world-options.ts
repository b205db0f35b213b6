import type { Milliseconds } from '../time.ts';
import type { Faults, Link } from './faults.ts';
import type { Observer } from './observer.ts';
import type { Signatures } from './signatures.ts';
import type { SimPeer } from './sim-peer.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly beginsAt?: Milliseconds;
  /**
   * `wire`: everything as JSON through the door of the real service. `direct`, for large worlds of honest
   * peers: bodies are handed over as they are. `wire` where it is not said.
   */
  readonly carriage?: 'wire' | 'direct';
  /** Whose signatures: stand-ins that fit the carriage where it is not said. */
  readonly signatures?: Signatures;
  readonly faults?: Faults;
  /** What the link between two peers can do, the same in both directions. */
  readonly links?: (a: SimPeer, b: SimPeer) => Link;
  readonly observers?: readonly Observer[];
  /** Observers are told what each input wrote (`changed`). */
  readonly watchChanges?: boolean;
  /** Keeps a digest of all that happens; see `World.digest`. */
  readonly trace?: boolean;
}
