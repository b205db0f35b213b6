import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  documentIdOf,
  encodeManifest,
  parseManifest,
  pieceCount,
} from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import type { OpenDocument, Shelf } from '../services/index.ts';
import { keyOf, sealPiece } from './cipher.ts';
import { SealingShelf, unsealFile } from './index.ts';

const pieceLengthBytes = 65_536;
const key = Buffer.alloc(32, 7).toString('base64url');
const deal = 'AAAAAAAAAAAAAAAAAAAAAA' as DealId;

function someBytes(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31) % 251));
}

/** A shelf with one document, that counts how often its pieces are read. */
class OneDocument implements Shelf {
  readonly bytes: Buffer;
  readonly manifest: Uint8Array;
  readonly documentId: DocumentId;
  reads = 0;

  constructor(sizeBytes: number, bytes = someBytes(sizeBytes)) {
    this.bytes = bytes;
    const layout = { sizeBytes, pieceLengthBytes };
    const hashes = Array.from({ length: pieceCount(layout) }, (_, n) => blake3(this.piece(n)));
    this.manifest = encodeManifest({ ...layout, pieceHashes: Buffer.concat(hashes) });
    this.documentId = documentIdOf(blake3(Buffer.from(this.manifest)));
  }

  piece(n: number): Buffer {
    return this.bytes.subarray(n * pieceLengthBytes, (n + 1) * pieceLengthBytes);
  }

  async open(documentId: DocumentId): Promise<OpenDocument> {
    if (documentId !== this.documentId) throw new SoukError('unknown-document', 'Not here.');
    return {
      sizeBytes: this.bytes.length,
      manifest: this.manifest,
      readPiece: async (index) => {
        this.reads += 1;
        return Buffer.from(this.piece(index));
      },
      close: async () => undefined,
    };
  }
}

function shelfOver(plain: OneDocument) {
  const ids = new Map<DocumentId, { documentId: DocumentId; key: string }>();
  const shelf = new SealingShelf({
    shelf: plain,
    sealBehind: async (sealed) => ids.get(sealed),
  });
  const seal = async (with_ = key) => {
    const made = { documentId: plain.documentId, key: with_ };
    const id = await shelf.seal(made);
    ids.set(id, made);
    return id;
  };
  return { shelf, seal };
}

describe('a sealed document', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-sealing-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is encrypted as AES-256 in counter mode says, from a counter of the piece', () => {
    // Zeros in, so that what comes out is the key stream: of this key and block, known from elsewhere.
    const stream = sealPiece(Buffer.alloc(32), 0, Buffer.alloc(16)).toString('hex');
    expect(stream).toBe('dc95c078a2408989ad48a21492842087');
    const second = sealPiece(Buffer.alloc(32), 1, Buffer.alloc(16)).toString('hex');
    expect(second).not.toBe(stream);
    expect(() => sealPiece(Buffer.alloc(16), 0, Buffer.alloc(1))).toThrow(RangeError);
  });

  it('is read back by the same key, whatever the piece holds', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(2 ** 30),
        fc.uint8Array({ maxLength: 300 }),
        (bytes, index, piece) => {
          const [secret, plain] = [Buffer.from(bytes), Buffer.from(piece)];
          const back = sealPiece(secret, index, sealPiece(secret, index, plain));
          expect(back.equals(plain)).toBe(true);
        },
      ),
    );
  });

  it('has a manifest of its own, of the same size and pieces, that vouches for each piece', async () => {
    const plain = new OneDocument(150_000);
    const { shelf, seal } = shelfOver(plain);
    const sealed = await shelf.open(await seal());
    const manifest = parseManifest(sealed.manifest);
    expect(manifest).toMatchObject({ ok: true, value: { sizeBytes: 150_000, pieceLengthBytes } });
    for (const n of [2, 0, 1]) {
      const piece = await sealed.readPiece(n);
      expect(piece.equals(plain.piece(n))).toBe(false);
      expect(sealPiece(keyOf(key), n, piece).equals(plain.piece(n))).toBe(true);
      const at = 14 + 32 * n;
      expect(blake3(piece).equals(Buffer.from(sealed.manifest.subarray(at, at + 32)))).toBe(true);
    }
    await sealed.close();
  });

  it('is the same each time it is made, other under each key, and read once for its manifest', async () => {
    const plain = new OneDocument(150_000);
    const { seal, shelf } = shelfOver(plain);
    const id = await seal();
    expect(id).not.toBe(plain.documentId);
    expect(plain.reads).toBe(3);
    await (await shelf.open(id)).close();
    expect(plain.reads).toBe(3);
    expect(await shelfOver(plain).seal()).toBe(id);
    expect(await seal(Buffer.alloc(32, 8).toString('base64url'))).not.toBe(id);
  });

  it('does not stand on the shelf where nobody sells it, and leaves the others as they are', async () => {
    const plain = new OneDocument(10);
    const { shelf } = shelfOver(plain);
    const other = `b3-${'a'.repeat(52)}` as DocumentId;
    await expect(shelf.open(other)).rejects.toMatchObject({ code: 'unknown-document' });
    const open = await shelf.open(plain.documentId);
    expect((await open.readPiece(0)).equals(plain.bytes)).toBe(true);
  });

  describe('on the disk of its buyer', () => {
    const write = async (plain: OneDocument, secret = key) => {
      const pieces = Math.ceil(plain.bytes.length / pieceLengthBytes);
      const sealed = Array.from({ length: pieces }, (_, n) =>
        sealPiece(keyOf(secret), n, plain.piece(n)),
      );
      const path = join(folder, 'sealed');
      await writeFile(path, Buffer.concat(sealed));
      const { documentId, bytes } = plain;
      const sealedId = new OneDocument(bytes.length, Buffer.concat(sealed)).documentId;
      return {
        ...{ deal, path, sealedId, key, documentId, sizeBytes: bytes.length, pieceLengthBytes },
        ...{ title: 'Walden', mediaType: 'text/plain', folder: join(folder, 'bought') },
      };
    };
    const never = new AbortController().signal;

    it.each([0, 1, 65_536, 150_000])('becomes the document of %i bytes', async (sizeBytes) => {
      const plain = new OneDocument(sizeBytes);
      const path = await unsealFile(await write(plain), never);
      expect((await readFile(path)).equals(plain.bytes)).toBe(true);
      expect(path.endsWith('Walden.txt')).toBe(true);
    });

    it('is refused where it decrypts to something else, and leaves nothing but the evidence', async () => {
      const plain = new OneDocument(150_000);
      const file = await write(plain, Buffer.alloc(32, 9).toString('base64url'));
      await expect(unsealFile(file, never)).rejects.toMatchObject({
        code: 'corrupt-document',
        members: { expected: plain.documentId, sealed: file.path },
      });
      const left = await readdir(file.folder, { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFile())).toEqual([]);
      expect(await readFile(file.path)).toHaveLength(150_000);
    });

    it.each(['changed', 'cut off'])(
      'accuses no seller where it was %s after it had come',
      async (how) => {
        const plain = new OneDocument(150_000);
        const file = await write(plain);
        const bytes = await readFile(file.path);
        bytes[70_000] = (bytes[70_000] ?? 0) ^ 1;
        await writeFile(file.path, how === 'changed' ? bytes : bytes.subarray(0, 100_000));
        await expect(unsealFile(file, never)).rejects.toMatchObject({ code: 'copy-damaged' });
      },
    );

    it('is decrypted anew after an interruption', async () => {
      const plain = new OneDocument(150_000);
      const file = await write(plain);
      await expect(unsealFile(file, AbortSignal.abort())).rejects.toThrow();
      const path = await unsealFile(file, never);
      expect((await readFile(path)).equals(plain.bytes)).toBe(true);
    });
  });
});
