import type { PeerId } from '../../src/identity/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import type { Result } from '../../src/result.ts';

/** The core's word on who may retrieve: the key is known, bound to the caller, and not spent. */
export interface AccessGate {
  authorize(
    accessKey: string,
    caller: PeerId,
    documentId: DocumentId,
  ): Promise<Result<void, Problem>> | Result<void, Problem>;
}

/**
 * A document on the shelf, opened for one answer.
 * - `readPiece` MUST give only bytes that match the manifest, and MUST throw `SoukError('document-gone')`
 *   where the file is no longer the one that was offered. It MAY read into `into`, which is at least one
 *   piece long, and which the caller uses again once the piece was sent.
 */
export interface OpenDocument {
  readonly sizeBytes: number;
  readonly manifest: Uint8Array;
  readPiece(index: number, into?: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

/** Where documents stand. `open` throws `SoukError('unknown-document' | 'document-gone')`. */
export interface Shelf {
  open(documentId: DocumentId): Promise<OpenDocument>;
}
