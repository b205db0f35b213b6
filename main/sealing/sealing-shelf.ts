import { blake3 } from '@napi-rs/blake-hash';
import {
  documentIdOf,
  encodeManifest,
  hashBytes,
  parseManifest,
  pieceCount,
} from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import { BoundedCache } from '../bounded-cache.ts';
import type { OpenDocument, Shelf } from '../services/index.ts';
import { keyOf, sealPiece } from './cipher.ts';

/** What a sealed document is made of. */
export interface Seal {
  readonly documentId: DocumentId;
  /** 32 bytes in base64url. */
  readonly key: string;
}

interface Parts {
  readonly shelf: Shelf;
  /** The document and key behind a sealed one that somebody may retrieve; undefined where there is none. */
  sealBehind(sealed: DocumentId): Promise<Seal | undefined>;
}

const manifestsMax = 64;

/**
 * A shelf on which sealed documents stand beside the others. They are encrypted as they leave, a piece at a
 * time: neither the disk nor the memory ever holds one. Only their manifests are kept, the newest ones; another is
 * made again by reading the document once.
 */
export class SealingShelf implements Shelf {
  readonly #parts: Parts;
  readonly #manifests = new BoundedCache<string, Uint8Array>(manifestsMax);
  readonly #making = new Map<string, Promise<Uint8Array>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As of any shelf. */
  async open(documentId: DocumentId): Promise<OpenDocument> {
    const { shelf, sealBehind } = this.#parts;
    try {
      return await shelf.open(documentId);
    } catch (error) {
      const unknown = error instanceof SoukError && error.code === 'unknown-document';
      const seal = unknown ? await sealBehind(documentId) : undefined;
      if (seal === undefined) throw error;
      return await this.#openSealed(seal);
    }
  }

  /** The id of a document encrypted under a key: reads it once. Throws as `open`. */
  async seal(seal: Seal): Promise<DocumentId> {
    return documentIdOf(blake3(Buffer.from(await this.#manifestOf(seal))));
  }

  async #openSealed(seal: Seal): Promise<OpenDocument> {
    const manifest = await this.#manifestOf(seal);
    const plain = await this.#parts.shelf.open(seal.documentId);
    const key = keyOf(seal.key);
    return {
      sizeBytes: plain.sizeBytes,
      manifest,
      readPiece: async (index, into) => sealPiece(key, index, await plain.readPiece(index, into)),
      close: () => plain.close(),
    };
  }

  async #manifestOf(seal: Seal): Promise<Uint8Array> {
    const known = this.#manifests.get(seal.key) ?? this.#making.get(seal.key);
    if (known !== undefined) return await known;
    const making = this.#makeManifest(seal).finally(() => this.#making.delete(seal.key));
    this.#making.set(seal.key, making);
    const manifest = await making;
    this.#manifests.set(seal.key, manifest);
    return manifest;
  }

  async #makeManifest(seal: Seal): Promise<Uint8Array> {
    const plain = await this.#parts.shelf.open(seal.documentId);
    try {
      const parsed = parseManifest(plain.manifest);
      if (!parsed.ok) throw SoukError.from(parsed.error);
      const { sizeBytes, pieceLengthBytes } = parsed.value;
      const pieces = pieceCount(parsed.value);
      const pieceHashes = new Uint8Array(pieces * hashBytes);
      const into = Buffer.allocUnsafeSlow(Math.min(pieceLengthBytes, sizeBytes));
      const key = keyOf(seal.key);
      for (let index = 0; index < pieces; index++) {
        const piece = await plain.readPiece(index, into);
        pieceHashes.set(blake3(sealPiece(key, index, piece)), index * hashBytes);
      }
      return encodeManifest({ sizeBytes, pieceLengthBytes, pieceHashes });
    } finally {
      await plain.close();
    }
  }
}
