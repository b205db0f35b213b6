import type { Library, ShelfDocument } from '../kernel/index.ts';
import type { DocumentId, Query } from '../protocol/index.ts';
import { standInHash } from './digest.ts';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The id of the document with this name, the same on every shelf of every world. */
export function documentIdOf(name: string): DocumentId {
  const bytes = standInHash(new TextEncoder().encode(`document ${name}`));
  let letters = '';
  for (let at = 0; at < 52; at++) {
    letters += base32[((bytes[at % 32] as number) ^ (at >> 5)) % 32];
  }
  return `b3-${letters}` as DocumentId;
}

/** A document as it stands on shelves; of plain text and 1000 bytes unless told otherwise. */
export function shelfDocument(name: string, change: Partial<ShelfDocument> = {}): ShelfDocument {
  return {
    documentId: documentIdOf(name),
    title: name,
    sizeBytes: 1000,
    mediaType: 'text/plain',
    ...change,
  };
}

/** The library of a simulated peer: few documents, found by their id or by words of their title. */
export class Shelf implements Library {
  readonly documents: ShelfDocument[] = [];

  search(query: Query, limit: number): readonly ShelfDocument[] {
    return this.documents.filter((document) => fits(query, document)).slice(0, limit);
  }

  find(documentId: DocumentId): ShelfDocument | undefined {
    return this.documents.find((document) => document.documentId === documentId);
  }

  /** Puts a document there unless it stands there. */
  add(document: ShelfDocument): void {
    if (!this.find(document.documentId)) this.documents.push(document);
  }

  remove(documentId: DocumentId): void {
    const at = this.documents.findIndex((document) => document.documentId === documentId);
    if (at >= 0) this.documents.splice(at, 1);
  }
}

function fits(query: Query, document: ShelfDocument): boolean {
  const wanted =
    query.documentId === undefined
      ? document.title.includes(query.text ?? '')
      : document.documentId === query.documentId;
  return (
    wanted &&
    (query.mediaType ?? document.mediaType) === document.mediaType &&
    document.sizeBytes >= (query.minSize ?? 0) &&
    document.sizeBytes <= (query.maxSize ?? document.sizeBytes)
  );
}
