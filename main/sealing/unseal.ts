import { open } from 'node:fs/promises';
import { blake3 } from '@napi-rs/blake-hash';
import {
  documentIdOf,
  encodeManifest,
  hashBytes,
  pieceBounds,
  pieceCount,
} from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import { safeFileName } from '../retrieval/file-name.ts';
import { PartFile } from '../retrieval/part-file.ts';
import { keyOf, sealPiece } from './cipher.ts';

/** An encrypted document that was retrieved whole, and what it should become. */
export interface SealedFile {
  readonly deal: DealId;
  readonly path: string;
  /** The encrypted document's own id, by which it was checked as it came. */
  readonly sealedId: DocumentId;
  readonly key: string;
  readonly documentId: DocumentId;
  readonly sizeBytes: number;
  readonly pieceLengthBytes: number;
  readonly title: string;
  readonly mediaType: string;
  /** Where the document goes. */
  readonly folder: string;
}

/**
 * Decrypts a document piece by piece and gives its path. Throws `corrupt-document` where it is not the document
 * that its id says, and `copy-damaged` where the encrypted one changed on this disk; then nothing is left in the
 * folder. Throws as `PartFile` does where the disk does not go along.
 */
export async function unsealFile(sealed: SealedFile, signal: AbortSignal): Promise<string> {
  const { deal, folder, path, documentId, title, mediaType } = sealed;
  const part = await PartFile.open(folder, deal);
  try {
    const received = await decryptInto(part, sealed, signal);
    if (received === documentId) return await part.finish(safeFileName(title, mediaType), deal);
    await part.close();
    await PartFile.discard(folder, deal);
    const onDisk = await idOfPieces(sealed, signal, async (piece) => piece);
    if (onDisk !== sealed.sealedId) throw damaged(path);
    throw new SoukError('corrupt-document', 'What the seller sealed is another document.', {
      members: { expected: documentId, received, sealed: path },
    });
  } finally {
    await part.close();
  }
}

function damaged(path: string): SoukError {
  const detail = `${path} changed on this disk after it had come whole. The seller is not to blame.`;
  return new SoukError('copy-damaged', detail);
}

async function decryptInto(
  part: PartFile,
  sealed: SealedFile,
  signal: AbortSignal,
): Promise<DocumentId> {
  const key = keyOf(sealed.key);
  await part.requireSpace(sealed.sizeBytes);
  return idOfPieces(sealed, signal, async (encrypted, index, start) => {
    const piece = sealPiece(key, index, encrypted);
    await part.writePiece(start, piece);
    return piece;
  });
}

/** The id of the document that the encrypted one's pieces become. */
async function idOfPieces(
  { path, sizeBytes, pieceLengthBytes }: SealedFile,
  signal: AbortSignal,
  become: (encrypted: Buffer, index: number, start: number) => Promise<Buffer>,
): Promise<DocumentId> {
  const layout = { sizeBytes, pieceLengthBytes };
  const pieceHashes = new Uint8Array(pieceCount(layout) * hashBytes);
  const buffer = Buffer.allocUnsafeSlow(Math.min(pieceLengthBytes, sizeBytes));
  const file = await open(path, 'r');
  try {
    for (let index = 0; index < pieceCount(layout); index++) {
      signal.throwIfAborted();
      const { start, end } = pieceBounds(layout, index);
      const { bytesRead } = await file.read(buffer, 0, end - start, start);
      const piece = await become(buffer.subarray(0, bytesRead), index, start);
      pieceHashes.set(blake3(piece), index * hashBytes);
    }
  } finally {
    await file.close();
  }
  return documentIdOf(blake3(Buffer.from(encodeManifest({ ...layout, pieceHashes }))));
}
