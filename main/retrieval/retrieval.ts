import type { PeerId } from '../../src/identity/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import type { Milliseconds } from '../../src/time.ts';

/** A bought document that is to be retrieved: what the instructions say, and where it shall go. */
export interface RetrievalOrder {
  readonly deal: DealId;
  readonly documentId: DocumentId;
  readonly serving: { readonly peer: PeerId; readonly endpoints: readonly string[] };
  readonly accessKey: string;
  readonly sizeBytes: number;
  /** Where the file goes when it is whole. Made if it is not there. */
  readonly folder: string;
  /** As the seller named it; the file's name is made of it. */
  readonly title: string;
  readonly mediaType?: string;
  /** When to give up if the serving peer does not deliver. */
  readonly deadline: Milliseconds;
  /** To be sold on by this peer (§3, concealment). */
  readonly forBuyer?: boolean;
}

/** Why a retrieval failed for good: wrong bytes, none in time, or the serving peer said no. */
export type RetrievalFailure = 'corrupt' | 'not-delivered' | 'refused';

/** How a retrieval ended. What is interrupted can be taken up again: nothing that was verified is lost. */
export type RetrievalEnd =
  | { readonly kind: 'complete'; readonly path: string }
  | { readonly kind: 'interrupted'; readonly problem: Problem }
  /** The problem's members are the evidence. */
  | { readonly kind: 'failed'; readonly reason: RetrievalFailure; readonly problem: Problem };

/** Where a retrieval stands: docs/ shows how one state leads to another. */
export type RetrievalState =
  /** Waits for its turn. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'paused' }
  /** What a former run left on the disk is hashed again. */
  | { readonly kind: 'verifying'; readonly verifiedBytes: number }
  | { readonly kind: 'manifest' }
  | { readonly kind: 'connecting' }
  /** `receivedBytes` counts what is on the disk and verified, and what arrived of the next piece. */
  | {
      readonly kind: 'retrieving';
      readonly receivedBytes: number;
      readonly bytesPerSecond: number;
      /** Nothing has come since then, although it is read; soon the connection is taken for lost. */
      readonly silentSince?: Milliseconds;
    }
  /** The connection was lost; tried again at `retryAt`. */
  | { readonly kind: 'waiting'; readonly problem: Problem; readonly retryAt: Milliseconds }
  | RetrievalEnd;
