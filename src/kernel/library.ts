import type { DocumentId, Query } from '../protocol/index.ts';

/** A document on this peer's shelves, ready to be sold. */
export interface ShelfDocument {
  readonly documentId: DocumentId;
  readonly title: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/**
 * The library port: what this peer can deliver.
 * - `search` MUST answer from an index, at most `limit` documents, best match first; it MUST NOT offer a
 *   document whose file is known to be changed or gone.
 * - Both MUST be synchronous and MUST NOT throw for any query that passed protocol's schema.
 */
export interface Library {
  search(query: Query, limit: number): readonly ShelfDocument[];
  find(documentId: DocumentId): ShelfDocument | undefined;
}
