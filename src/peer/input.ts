import type { PeerId } from '../identity/index.ts';
import type { Call, Outcome } from '../kernel/index.ts';
import type { PeerRequest } from '../protocol/index.ts';

/** Everything that can happen to a peer. One input is one transaction. */
export type Input =
  /** The peer has just started: nothing is under way any more. */
  | { readonly kind: 'start' }
  /**
   * Time has passed: what is due is done. After a tick that threw `one` does the first of it alone, and where that
   * throws, too, `later` puts it off, so that everything else goes on.
   */
  | { readonly kind: 'tick'; readonly care?: 'one' | 'later' }
  | {
      readonly kind: 'request';
      readonly exchange: string;
      readonly from: PeerId;
      readonly request: PeerRequest;
    }
  /** A line of a streamed answer to a call of this peer's. */
  | { readonly kind: 'line'; readonly call: Call; readonly line: unknown }
  | { readonly kind: 'outcome'; readonly call: Call; readonly outcome: Outcome };
