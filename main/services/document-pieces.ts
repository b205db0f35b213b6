import { type Manifest, type PieceBounds, pieceBounds } from '../../src/documents/index.ts';
import type { OpenDocument } from './shelf.ts';

/**
 * The given bytes of a document, piece by piece; while one is being sent, the next one is read. A piece
 * stays valid until the next one is asked for. Throws what `readPiece` throws.
 */
export async function* piecesOf(
  document: OpenDocument,
  manifest: Manifest,
  bytes: PieceBounds,
): AsyncGenerator<Buffer, void, undefined> {
  if (bytes.start >= bytes.end) return;
  const lastPiece = Math.floor((bytes.end - 1) / manifest.pieceLengthBytes);
  let index = Math.floor(bytes.start / manifest.pieceLengthBytes);
  const bufferBytes = Math.min(manifest.pieceLengthBytes, manifest.sizeBytes);
  const buffers = [Buffer.allocUnsafeSlow(bufferBytes), Buffer.allocUnsafeSlow(bufferBytes)];
  const read = (piece: number) => {
    const reading = document.readPiece(piece, buffers[piece % 2]);
    // Its failure is met when it is awaited; until then it must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  };
  let reading: Promise<Buffer> | undefined = read(index);
  try {
    while (reading !== undefined) {
      const piece: Buffer = await reading;
      reading = index < lastPiece ? read(index + 1) : undefined;
      const { start, end } = pieceBounds(manifest, index);
      if (piece.length !== end - start) throw new Error(`Piece ${index} has the wrong length.`);
      yield piece.subarray(Math.max(0, bytes.start - start), Math.min(end, bytes.end) - start);
      index++;
    }
  } finally {
    // The document is closed after this: not while a read is still under way.
    await reading?.catch(() => undefined);
  }
}
