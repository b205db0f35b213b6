import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { type Manifest, parseManifest, pieceBounds, pieceHash } from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import type { OpenDocument, Shelf } from '../services/shelf.ts';
import type { FileTable, IndexedFile } from './file-table.ts';
import type { LibraryIndex } from './library-index.ts';
import { listFile } from './listing.ts';
import { stampOf } from './stamp.ts';

interface Parts {
  readonly index: LibraryIndex;
  readonly files: FileTable;
  /** Called when a file was found to be changed or gone: time to look at the disk again. */
  readonly onStale: (file: IndexedFile) => void;
}

/**
 * Where documents leave the library (protocol 6). No byte leaves that the manifest does not vouch for:
 * a file must have the size, time and inode it was hashed with, and each piece is hashed again before it is
 * given out. A file that fails goes off the shelf, and another one with the same content takes its place.
 */
export class LibraryShelf implements Shelf {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws `unknown-document` or, where no file holds it any more, `document-gone`. */
  async open(documentId: DocumentId): Promise<OpenDocument> {
    const bytes = this.#parts.index.manifest(documentId);
    if (bytes === undefined) {
      throw new SoukError('unknown-document', `The library has no document ${documentId}.`);
    }
    const manifest = parseManifest(bytes);
    if (!manifest.ok) {
      throw new SoukError('database-damaged', 'The index holds a manifest that is none.');
    }
    const document = new VerifiedDocument(documentId, bytes, manifest.value, this.#parts);
    await document.openNext();
    return document;
  }
}

class VerifiedDocument implements OpenDocument {
  readonly sizeBytes: number;
  readonly manifest: Uint8Array;
  readonly #documentId: DocumentId;
  readonly #parsed: Manifest;
  readonly #parts: Parts;
  #opened: { readonly file: IndexedFile; readonly handle: FileHandle } | undefined;
  #replacing: Promise<void> | undefined;
  #closed = false;

  constructor(documentId: DocumentId, manifest: Uint8Array, parsed: Manifest, parts: Parts) {
    this.#documentId = documentId;
    this.manifest = manifest;
    this.#parsed = parsed;
    this.#parts = parts;
    this.sizeBytes = parsed.sizeBytes;
  }

  /** Opens the first file that still is what was hashed; throws `document-gone` where none is. */
  async openNext(): Promise<void> {
    for (const file of this.#parts.files.filesOf(this.#documentId)) {
      const handle = await openUnchanged(file);
      if (handle === undefined) {
        await this.#takeOff(file);
        continue;
      }
      this.#opened = { file, handle };
      if (this.#closed) await this.close();
      return;
    }
    throw new SoukError('document-gone', 'The file has changed or gone since it was offered.');
  }

  async readPiece(index: number, into?: Buffer): Promise<Buffer> {
    const { start, end } = pieceBounds(this.#parsed, index);
    const buffer = into ?? Buffer.allocUnsafe(end - start);
    for (;;) {
      await this.#replacing;
      const opened = this.#opened;
      if (opened === undefined || this.#closed) {
        throw new SoukError('document-gone', 'The file has changed or gone since it was offered.');
      }
      const piece = await readExactly(opened.handle, buffer, start, end - start);
      if (piece && blake3(piece).equals(pieceHash(this.#parsed, index))) return piece;
      // Another reader may have met the same, and changed to another file meanwhile.
      if (this.#opened === opened) this.#replacing = this.#replace(opened);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.handle.close();
  }

  async #replace(opened: {
    readonly file: IndexedFile;
    readonly handle: FileHandle;
  }): Promise<void> {
    this.#opened = undefined;
    await opened.handle.close();
    await this.#takeOff(opened.file);
    await this.openNext();
  }

  async #takeOff(file: IndexedFile): Promise<void> {
    const now = await listFile(path.dirname(file.path), file.name);
    // Whether it is gone, or its whole disk for a while, the look at its directory shows.
    if (now === undefined) this.#parts.files.noteFailed(file);
    else this.#parts.files.noteNew([{ ...file, ...now }]);
    this.#parts.onStale(file);
  }
}

async function openUnchanged(file: IndexedFile): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    if (stampOf(await handle.stat({ bigint: true })) === file.stamp) return handle;
  } catch {
    // A file that cannot be looked at cannot be delivered.
  }
  await handle.close();
  return undefined;
}

/** Undefined where the file has no such bytes any more. */
async function readExactly(
  handle: FileHandle,
  buffer: Buffer,
  position: number,
  length: number,
): Promise<Buffer | undefined> {
  let read = 0;
  try {
    while (read < length) {
      const { bytesRead } = await handle.read(buffer, read, length - read, position + read);
      if (bytesRead === 0) return undefined;
      read += bytesRead;
    }
  } catch {
    return undefined;
  }
  return buffer.subarray(0, length);
}
