import type { Library, ShelfDocument } from '../kernel/index.ts';
import { testDigest } from '../kernel/test-context.ts';
import type { DocumentId, Query } from '../protocol/index.ts';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** For tests: the id of the document with this name, the same on every shelf. */
export function testDocumentId(name: string): DocumentId {
  const bytes = testDigest(new TextEncoder().encode(`document ${name}`));
  const letters = Array.from({ length: 52 }, (_, at) => base32[(bytes[at % 32] ?? 0) % 32]);
  return `b3-${letters.join('')}` as DocumentId;
}

export function testDocument(name: string, change: Partial<ShelfDocument> = {}): ShelfDocument {
  return {
    documentId: testDocumentId(name),
    title: name,
    sizeBytes: 1000,
    mediaType: 'text/plain',
    ...change,
  };
}

/** For tests: a shelf in memory; words are found in titles. */
export class TestLibrary implements Library {
  readonly documents: ShelfDocument[] = [];

  search(query: Query, limit: number): readonly ShelfDocument[] {
    return this.documents.filter((document) => matches(query, document)).slice(0, limit);
  }

  find(documentId: DocumentId): ShelfDocument | undefined {
    return this.documents.find((document) => document.documentId === documentId);
  }

  remove(documentId: DocumentId): void {
    const at = this.documents.findIndex((document) => document.documentId === documentId);
    if (at >= 0) this.documents.splice(at, 1);
  }
}

function matches(query: Query, document: ShelfDocument): boolean {
  const wanted =
    query.documentId === undefined
      ? document.title.includes(query.text ?? '')
      : document.documentId === query.documentId;
  return wanted && (query.mediaType ?? document.mediaType) === document.mediaType;
}
