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
const { O_RDWR, O_DIRECT } = constants as { O_RDWR: number; O_DIRECT?: number };

/** The file at a path for direct writes; undefined where the system offers none for it. */
export async function openForDirectWrites(path: string): Promise<FileHandle | undefined> {
  if (O_DIRECT === undefined) return undefined;
  return open(path, O_RDWR | O_DIRECT).catch(() => undefined);
}

/** Whether a document is so large that the page cache is better left to others. */
export function isLarge({ sizeBytes }: Pick<Manifest, 'sizeBytes'>): boolean {
  return sizeBytes >= directFromBytes;
}

/** The last piece of a document seldom fills its blocks. */
export function fillsBlocks(piece: PieceBytes): boolean {
  return piece.length % blockBytes === 0;
}
