import type { PeerId } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import type { Call } from './call.ts';
import type { PeerEvent } from './event.ts';
import type { Neighbor } from './neighbors.ts';

/** What the core asks of the world once the transaction of an input has committed. */
export type Effect =
  /** Answer an exchange for good. Bodies may hold drafts; the shell signs them. */
  | {
      readonly kind: 'reply';
      readonly exchange: string;
      readonly status: number;
      readonly body: unknown;
    }
  | { readonly kind: 'refuse'; readonly exchange: string; readonly problem: Problem }
  /** One line of a streamed answer. */
  | {
      readonly kind: 'line';
      readonly exchange: string;
      readonly body: unknown;
      readonly last: boolean;
    }
  | { readonly kind: 'call'; readonly call: Call }
  /** The answer is no longer wanted; hang up. */
  | { readonly kind: 'hang-up'; readonly callId: string }
  /** Begin, or go on with, retrieving a bought document. */
  | { readonly kind: 'retrieve'; readonly deal: DealId }
  /** Encrypt a document for a sale that is `sealing`, and tell the core the id of what comes out. */
  | { readonly kind: 'seal'; readonly buyer: PeerId; readonly deal: DealId }
  /** Decrypt a retrieved document whose key is known, check it, and tell the core. */
  | { readonly kind: 'unseal'; readonly deal: DealId }
  /** Take a kept copy off the shelf, delete it, and tell the core by `copyDropped`. */
  | { readonly kind: 'drop-copy'; readonly documentId: DocumentId; readonly place: string }
  | { readonly kind: 'neighbor'; readonly neighbor: Neighbor }
  | { readonly kind: 'event'; readonly event: PeerEvent };
