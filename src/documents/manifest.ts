import { base32nopad } from '@scure/base';
import {
  documentBytesMax,
  manifestBytesMax,
  pieceLengthBytesDefault,
  pieceLengthBytesMax,
  pieceLengthBytesMin,
} from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { DocumentId } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';

/** What a document id stands for: the size, and the hash of every piece (protocol 6). */
export interface Manifest {
  readonly sizeBytes: number;
  /** A power of two from 64 KiB to 16 MiB; the last piece may be shorter. */
  readonly pieceLengthBytes: number;
  /** BLAKE3 of each piece, 32 bytes each, one after the other. */
  readonly pieceHashes: Uint8Array;
}

/** Where a piece lies in its document: the first byte, and the byte after its last. */
export interface PieceBounds {
  readonly start: number;
  readonly end: number;
}

export const hashBytes = 32;
const magic = new TextEncoder().encode('souk1');
const headBytes = magic.length + 8 + 1;

/** How many pieces a document has: an empty one has none. */
export function pieceCount(document: Omit<Manifest, 'pieceHashes'>): number {
  return Math.ceil(document.sizeBytes / document.pieceLengthBytes);
}

/** Throws a RangeError where the document has no such piece. */
export function pieceBounds(document: Omit<Manifest, 'pieceHashes'>, index: number): PieceBounds {
  if (!Number.isInteger(index) || index < 0 || index >= pieceCount(document)) {
    throw new RangeError(`A document of ${pieceCount(document)} pieces has no piece ${index}.`);
  }
  const start = index * document.pieceLengthBytes;
  return { start, end: Math.min(start + document.pieceLengthBytes, document.sizeBytes) };
}

/** The 32 bytes that BLAKE3 of this piece must be. Throws a RangeError where there is no such piece. */
export function pieceHash(manifest: Manifest, index: number): Uint8Array {
  pieceBounds(manifest, index);
  return manifest.pieceHashes.subarray(index * hashBytes, (index + 1) * hashBytes);
}

/**
 * 1 MiB, and more only where the manifest would pass its limit otherwise (protocol 6, 10).
 * Throws a RangeError on a size that no document may have.
 */
export function choosePieceLength(sizeBytes: number): number {
  if (!isDocumentSize(sizeBytes)) throw new RangeError(`No document has ${sizeBytes} bytes.`);
  let pieceLengthBytes = pieceLengthBytesDefault;
  while (manifestLength({ sizeBytes, pieceLengthBytes }) > manifestBytesMax) pieceLengthBytes *= 2;
  return pieceLengthBytes;
}

/** The manifest's bytes (protocol 6). Throws a RangeError on a manifest that breaks the limits. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const wrong = flawOf(manifest);
  if (wrong !== undefined) throw new RangeError(`This is no manifest: ${wrong}.`);
  const bytes = new Uint8Array(headBytes + manifest.pieceHashes.length);
  bytes.set(magic, 0);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(magic.length, BigInt(manifest.sizeBytes));
  view.setUint8(headBytes - 1, Math.log2(manifest.pieceLengthBytes));
  bytes.set(manifest.pieceHashes, headBytes);
  return bytes;
}

/**
 * Reads a manifest: `bad-request` unless it is one to the byte and keeps the limits of protocol 10. The
 * hashes stay a view on `bytes`.
 */
export function parseManifest(bytes: Uint8Array): Result<Manifest, Problem> {
  const bad = (why: string) => fail(problem('bad-request', `This is no manifest: ${why}.`));
  if (bytes.length < headBytes || bytes.length > manifestBytesMax) {
    return bad(`it has ${bytes.length} bytes`);
  }
  if (magic.some((byte, at) => bytes[at] !== byte)) return bad('it does not begin with souk1');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getBigUint64(magic.length);
  if (size > BigInt(documentBytesMax)) return bad(`a document has no ${size} bytes`);
  const manifest: Manifest = {
    sizeBytes: Number(size),
    pieceLengthBytes: 2 ** view.getUint8(headBytes - 1),
    pieceHashes: bytes.subarray(headBytes),
  };
  const wrong = flawOf(manifest);
  return wrong === undefined ? ok(manifest) : bad(wrong);
}

/** The id of the document whose manifest has this BLAKE3 hash. Throws a RangeError unless 32 bytes. */
export function documentIdOf(manifestHash: Uint8Array): DocumentId {
  if (manifestHash.length !== hashBytes) {
    throw new RangeError(`A BLAKE3 hash has ${hashBytes} bytes, not ${manifestHash.length}.`);
  }
  return `b3-${base32nopad.encode(manifestHash).toLowerCase()}` as DocumentId;
}

function flawOf(manifest: Manifest): string | undefined {
  const { sizeBytes, pieceLengthBytes, pieceHashes } = manifest;
  if (!isDocumentSize(sizeBytes)) return `a document has no ${sizeBytes} bytes`;
  if (
    !Number.isInteger(Math.log2(pieceLengthBytes)) ||
    pieceLengthBytes < pieceLengthBytesMin ||
    pieceLengthBytes > pieceLengthBytesMax
  ) {
    return `a piece has no ${pieceLengthBytes} bytes`;
  }
  if (manifestLength(manifest) > manifestBytesMax) return 'it has too many pieces';
  if (headBytes + pieceHashes.length !== manifestLength(manifest)) {
    return `its ${pieceHashes.length} bytes of hashes do not fit ${pieceCount(manifest)} pieces`;
  }
  return undefined;
}

function isDocumentSize(sizeBytes: number): boolean {
  return Number.isInteger(sizeBytes) && sizeBytes >= 0 && sizeBytes <= documentBytesMax;
}

function manifestLength(document: Omit<Manifest, 'pieceHashes'>): number {
  return headBytes + pieceCount(document) * hashBytes;
}
