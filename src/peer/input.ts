import type { PeerId } from '../identity/index.ts';
import type { Call, Outcome } from '../kernel/index.ts';
import type { PeerRequest } from '../protocol/index.ts';

/** Everything that can happen to a peer. One input is one transaction. */
export type Input =
  /** The peer has just started: nothing is under way any more. */
  | { readonly kind: 'start' }
  /** Time has passed: what is due is done. */
  | { readonly kind: 'tick' }
  | {
      readonly kind: 'request';
      readonly exchange: string;
      readonly from: PeerId;
      readonly request: PeerRequest;
    }
  /** A line of a streamed answer to a call of this peer's. */
  | { readonly kind: 'line'; readonly call: Call; readonly line: unknown }
  | { readonly kind: 'outcome'; readonly call: Call; readonly outcome: Outcome };
