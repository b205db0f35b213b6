import { type FileHandle, mkdir, open, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { type Manifest, pieceBounds, pieceCount, pieceHash } from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import { systemCodeOf } from '../system-code.ts';
import { fillsBlocks, isLarge, openForDirectWrites } from './direct-writes.ts';
import { numberedFileName } from './file-name.ts';
import type { PieceBytes, PieceStore } from './piece-store.ts';

const partialFolder = '.souk-partial';
/** Past so many files of one name something else is wrong. */
const namesMax = 10_000;
/** The kernel begins to write early, so that the end has not everything to wait for. */
const syncEveryBytes = 256 * 1024 * 1024;

/**
 * The file that a document grows in, `<folder>/.souk-partial/<deal>.part`: verified pieces only, written
 * one after the other. Its length is a hint; what it holds is hashed again before anything relies on it.
 * Every method throws `disk-full` or `folder-unwritable` where the disk does not go along.
 */
export class PartFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #file: FileHandle;
  /** The same file; undefined until a large document's first piece, and where there are no direct writes. */
  #direct: Promise<FileHandle | undefined> | undefined;
  #refusesDirect = false;
  #unsyncedBytes = 0;
  #syncing: Promise<void> | undefined;

  private constructor(folder: string, path: string, file: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#file = file;
  }

  static open(folder: string, deal: DealId): Promise<PartFile> {
    return onDisk(async () => {
      await mkdir(join(folder, partialFolder), { recursive: true });
      const path = partPath(folder, deal);
      // 'a' could not write at a position, 'w' would throw away what is there.
      const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return open(path, 'wx+');
        throw error;
      });
      return new PartFile(folder, path, file);
    });
  }

  /** Removes whatever the deal left in the folder. */
  static discard(folder: string, deal: DealId): Promise<void> {
    return onDisk(async () => {
      await rm(partPath(folder, deal), { force: true });
      await rm(manifestPath(folder, deal), { force: true });
    });
  }

  /** The manifest's bytes as they were kept; undefined where none were. */
  static readManifest(folder: string, deal: DealId): Promise<Buffer | undefined> {
    return readFile(manifestPath(folder, deal)).catch(() => undefined);
  }

  static keepManifest(folder: string, deal: DealId, bytes: Buffer): Promise<void> {
    return onDisk(async () => {
      await mkdir(join(folder, partialFolder), { recursive: true });
      const file = await open(manifestPath(folder, deal), 'w');
      try {
        await file.writeFile(bytes);
      } finally {
        await file.close();
      }
    });
  }

  /**
   * Hashes what is there and cuts off what does not match: how many pieces, from the first on, are right.
   * `onVerified` gets the number of bytes after each of them.
   */
  verify(
    manifest: Manifest,
    signal: AbortSignal,
    onVerified: (bytes: number) => void,
  ): Promise<number> {
    return onDisk(async () => {
      const { size } = await this.#file.stat();
      const buffer = Buffer.allocUnsafe(Math.min(manifest.pieceLengthBytes, manifest.sizeBytes));
      let index = 0;
      let verifiedBytes = 0;
      for (; index < pieceCount(manifest); index++) {
        signal.throwIfAborted();
        const { start, end } = pieceBounds(manifest, index);
        if (end > size) break;
        const piece = buffer.subarray(0, end - start);
        const { bytesRead } = await this.#file.read(piece, 0, piece.length, start);
        if (bytesRead < piece.length || !blake3(piece).equals(pieceHash(manifest, index))) break;
        verifiedBytes = end;
        onVerified(end);
      }
      await this.#file.truncate(verifiedBytes);
      return index;
    });
  }

  async lengthBytes(): Promise<number> {
    return (await onDisk(() => this.#file.stat())).size;
  }

  /** Throws `disk-full` where the file system says that it has no room for so much more. */
  async requireSpace(moreBytes: number): Promise<void> {
    const { bavail, bsize } = await onDisk(() => statfs(this.#folder));
    if (bavail * bsize < moreBytes) throw diskFull({ neededBytes: moreBytes });
  }

  /**
   * Has a piece that arrived checked and written. Its bytes may be used again once this resolves. Throws
   * `corrupt-document` with the evidence where it is not the manifest's; then nothing was written.
   */
  async storePiece(
    pieces: PieceStore,
    { manifest, index, bytes }: { manifest: Manifest; index: number; bytes: PieceBytes },
  ): Promise<void> {
    const { start } = pieceBounds(manifest, index);
    // A copy: a view on it would take all hashes of the document along to the other thread.
    const hash = Uint8Array.from(pieceHash(manifest, index));
    const direct = await this.#directFor(manifest, bytes);
    const usual = { file: this.#file.fd, start, bytes, hash };
    let outcome = await pieces.store(direct ? { ...usual, file: direct.fd } : usual);
    if (direct && outcome.kind === 'unwritten') {
      // Why one is refused differs from one file system to another; the usual write says what is wrong indeed.
      this.#refusesDirect = true;
      outcome = await pieces.store(usual);
    }
    if (outcome.kind === 'corrupt') throw corruptPiece(index, hash, outcome.received);
    if (outcome.kind === 'unwritten') throw diskProblem(outcome.code);
    this.#syncNowAndThen(bytes.length);
  }

  /** Writes a piece that was verified already. It may be used again once this resolves. */
  writePiece(start: number, piece: Buffer): Promise<void> {
    return onDisk(async () => {
      for (let written = 0; written < piece.length; ) {
        const left = piece.length - written;
        const { bytesWritten } = await this.#file.write(piece, written, left, start + written);
        if (bytesWritten === 0) throw diskFull({ neededBytes: left });
        written += bytesWritten;
      }
      this.#syncNowAndThen(piece.length);
    });
  }

  /**
   * Makes the file last, and moves it to the first free one of `name`, `name (2)`, …; never over another
   * file. Closes it. Gives the path.
   */
  finish(name: string, deal: DealId): Promise<string> {
    return onDisk(async () => {
      await this.#syncing;
      await this.#file.sync();
      await this.close();
      const path = await reserve(this.#folder, name);
      try {
        await rename(this.#path, path);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      await syncFolder(this.#folder);
      await rm(manifestPath(this.#folder, deal), { force: true });
      return path;
    });
  }

  /** Nothing may be being stored any more. May be called more than once. */
  async close(): Promise<void> {
    await this.#syncing;
    const direct = await this.#direct;
    await Promise.all([direct?.close(), this.#file.close()]);
  }

  async #directFor(manifest: Manifest, piece: PieceBytes): Promise<FileHandle | undefined> {
    if (!isLarge(manifest) || !fillsBlocks(piece) || this.#refusesDirect) return undefined;
    this.#direct ??= openForDirectWrites(this.#path);
    return this.#direct;
  }

  #syncNowAndThen(writtenBytes: number): void {
    this.#unsyncedBytes += writtenBytes;
    if (this.#unsyncedBytes < syncEveryBytes || this.#syncing !== undefined) return;
    this.#unsyncedBytes = 0;
    // Only a head start: the sync that counts, and may fail, is the one at the end.
    this.#syncing = this.#file.datasync().then(
      () => {
        this.#syncing = undefined;
      },
      () => {
        this.#syncing = undefined;
      },
    );
  }
}

function partPath(folder: string, deal: DealId): string {
  return join(folder, partialFolder, `${deal}.part`);
}

function manifestPath(folder: string, deal: DealId): string {
  return join(folder, partialFolder, `${deal}.manifest`);
}

/** Takes the first free name by making an empty file of it: of two that ask, one gets it. */
async function reserve(folder: string, name: string): Promise<string> {
  for (let number = 1; number <= namesMax; number++) {
    const path = join(folder, numberedFileName(name, number));
    try {
      await (await open(path, 'wx')).close();
      return path;
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new SoukError('folder-unwritable', `There are ${namesMax} files named ${name} already.`);
}

/** A rename lasts once its folder is synced; where folders cannot be, the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders, and some network file systems sync none.
  }
}

/** Turns what the file system reports into a problem that the person can do something about. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCodeOf(error);
    throw code === undefined ? error : diskProblem(code, error);
  }
}

function diskProblem(code: string, cause?: unknown): SoukError {
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull({}, cause);
  const detail = `The folder for retrieved documents cannot be written (${code}).`;
  return new SoukError('folder-unwritable', detail, { cause });
}

function corruptPiece(piece: number, expected: Uint8Array, received: Uint8Array): SoukError {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return new SoukError('corrupt-document', `Piece ${piece} is not the one of the manifest.`, {
    members: { piece, expected: hex(expected), received: hex(received) },
  });
}

function diskFull(members: Record<string, unknown>, cause?: unknown): SoukError {
  const detail = 'The disk is full. Make room, then take the retrieval up again: nothing is lost.';
  return new SoukError('disk-full', detail, { members, cause });
}
