import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Manifest } from '../../src/documents/index.ts';
import type { PieceBytes } from './piece-store.ts';

/**
 * Direct writes go from a piece's memory to the disk: the system does not copy them and keeps none of them in its
 * page cache. Only Linux has them, and not every file system: without them everything is written as usual.
 */

/** A smaller document is likely opened at once, and then the page cache is of use. */
const directFromBytes = 16 * 1024 * 1024;
/** Where a direct write begins, in memory and in the file, and what its length is a multiple of. */
const blockBytes = 4096;
const wasmPageBytes = 64 * 1024;
/** The types of Node leave out that it has this. */
declare const WebAssembly: {
  readonly Memory: new (pages: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => { readonly buffer: SharedArrayBuffer };
};
const { O_RDWR, O_DIRECT } = constants as { O_RDWR: number; O_DIRECT?: number };

/** The file at a path for direct writes; undefined where the system offers none for it. */
export async function openForDirectWrites(path: string): Promise<FileHandle | undefined> {
  if (O_DIRECT === undefined) return undefined;
  return open(path, O_RDWR | O_DIRECT).catch(() => undefined);
}

export function isLarge({ sizeBytes }: Pick<Manifest, 'sizeBytes'>): boolean {
  return sizeBytes >= directFromBytes;
}

/** The last piece of a document seldom fills its blocks. */
export function fillsBlocks(piece: PieceBytes): boolean {
  return piece.length % blockBytes === 0;
}

/** Memory for so many pieces of a document that are on their way at once. */
export function allocatePieces(manifest: Manifest, count: number): PieceBytes[] {
  const lengthBytes = Math.min(manifest.pieceLengthBytes, manifest.sizeBytes);
  const sizeBytes = count * lengthBytes;
  const memory = isLarge(manifest) ? blockMemory(sizeBytes) : new SharedArrayBuffer(sizeBytes);
  return Array.from(
    { length: count },
    (_, index) => new Uint8Array(memory, index * lengthBytes, lengthBytes),
  );
}

/** Only the memory of WebAssembly begins where a page begins; an array buffer may begin anywhere. */
function blockMemory(sizeBytes: number): SharedArrayBuffer {
  const pages = Math.ceil(sizeBytes / wasmPageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
  } catch {
    // No room for it among the addresses: such pieces are written as usual.
    return new SharedArrayBuffer(sizeBytes);
  }
}
