import { blake3 } from '@napi-rs/blake-hash';
import {
  documentIdOf,
  encodeManifest,
  type Manifest,
  pieceBounds,
  pieceCount,
} from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import type { OpenDocument, Shelf } from '../services/documents.ts';
import type { Clock } from './clock.ts';

/** A document in memory, for tests of serving and retrieving. */
export interface TestDocument {
  readonly documentId: DocumentId;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly manifestBytes: Buffer;
}

export function testDocument(sizeBytes: number, pieceLengthBytes = 64 * 1024): TestDocument {
  const bytes = Buffer.allocUnsafe(sizeBytes);
  for (let at = 0; at < sizeBytes; at++) bytes[at] = (at * 31 + (at >> 8) * 7 + (at >> 16)) & 255;
  const sizes = { sizeBytes, pieceLengthBytes };
  const hashes = Array.from({ length: pieceCount(sizes) }, (_, index) => {
    const { start, end } = pieceBounds(sizes, index);
    return blake3(bytes.subarray(start, end));
  });
  const manifest = { ...sizes, pieceHashes: Buffer.concat(hashes) };
  const manifestBytes = Buffer.from(encodeManifest(manifest));
  return { documentId: documentIdOf(blake3(manifestBytes)), bytes, manifest, manifestBytes };
}

/** A shelf in memory that counts, and may be told to fail. */
export class TestShelf implements Shelf {
  readonly #documents = new Map<string, TestDocument>();
  readonly piecesRead: number[] = [];
  opened = 0;
  closed = 0;
  /** Called before each piece: may wait or throw. */
  beforePiece: (index: number) => Promise<void> = () => Promise.resolve();

  constructor(...documents: TestDocument[]) {
    for (const document of documents) this.#documents.set(document.documentId, document);
  }

  async open(documentId: DocumentId): Promise<OpenDocument> {
    const document = this.#documents.get(documentId);
    if (!document) throw new SoukError('unknown-document', 'There is no such document.');
    this.opened++;
    return {
      sizeBytes: document.manifest.sizeBytes,
      manifest: document.manifestBytes,
      readPiece: async (index, into) => {
        this.piecesRead.push(index);
        await this.beforePiece(index);
        const { start, end } = pieceBounds(document.manifest, index);
        const piece = into ? into.subarray(0, end - start) : Buffer.alloc(end - start);
        document.bytes.copy(piece, 0, start, end);
        return piece;
      },
      close: async () => {
        this.closed++;
      },
    };
  }
}

/** Time that passes only while somebody waits for it, and then at once. */
export class TestClock implements Clock {
  #now = 1_000_000;
  readonly #noticing = new Set<() => void>();
  waits = 0;

  now(): number {
    return this.#now;
  }

  async wait(waitMs: number, signal?: AbortSignal): Promise<void> {
    this.waits++;
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!signal?.aborted) this.#now += waitMs;
  }

  every(_periodMs: number, notice: () => void): () => void {
    this.#noticing.add(notice);
    return () => this.#noticing.delete(notice);
  }

  /** Lets time pass by itself: who looks every so often looks once. */
  advance(ms: number): void {
    this.#now += ms;
    for (const notice of this.#noticing) notice();
  }
}
