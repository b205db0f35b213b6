import { constants, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForDirectWrites } from './direct-writes.ts';
import { type TestDocument, testDocument } from './documents.suite.ts';
import type { PieceStore } from './piece-store.ts';
import storePiece, { type ArrivedPiece } from './piece-worker.ts';
import { downloaderOf, ScriptedSource } from './scripted-source.suite.ts';

const mebibyte = 1024 * 1024;
/** Sixteen pieces that fill their blocks, and a last one that does not. */
const large = testDocument(16 * mebibyte + 777, mebibyte);
const small = testDocument(3 * 64 * 1024);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-direct-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Stores pieces in this thread, and remembers which were to be written directly. */
class RecordingStore implements PieceStore {
  readonly direct: boolean[] = [];
  /** What goes to another thread as a copy. */
  postedBytes = 0;
  readonly #takesDirect: boolean;

  constructor(takesDirect = true) {
    this.#takesDirect = takesDirect;
  }

  async store(piece: ArrivedPiece) {
    const direct = isDirect(piece.file);
    this.direct.push(direct);
    this.postedBytes = Math.max(this.postedBytes, piece.hash.buffer.byteLength);
    if (direct && !this.#takesDirect) return { kind: 'unwritten', code: 'EINVAL' } as const;
    return storePiece(piece);
  }
}

function isDirect(descriptor: number): boolean {
  if (process.platform !== 'linux') return false;
  const [, flags] = /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))!;
  return (Number.parseInt(flags!, 8) & constants.O_DIRECT) !== 0;
}

/** Whether the file system of the test's folder has direct writes. */
async function isOffered(): Promise<boolean> {
  const path = join(folder, 'probe');
  await writeFile(path, '');
  const file = await openForDirectWrites(path);
  await file?.close();
  return file !== undefined;
}

async function retrieve(document: TestDocument, pieces: PieceStore): Promise<void> {
  const source = new ScriptedSource(document, [], mebibyte);
  const downloader = downloaderOf(document, folder, source, pieces);
  const end = await downloader.run(new AbortController().signal);
  expect(end.kind).toBe('complete');
  const bytes = await readFile(join(folder, 'Field notes.txt'));
  expect(bytes.equals(document.bytes)).toBe(true);
}

describe('direct writes', () => {
  it('take the pieces of a large document that fill their blocks', async () => {
    const store = new RecordingStore();
    await retrieve(large, store);
    const offered = await isOffered();
    expect(store.direct).toEqual([...Array.from({ length: 16 }, () => offered), false]);
    expect(store.postedBytes).toBe(32);
  });

  it('are given up where the file system takes none after all', async () => {
    const store = new RecordingStore(false);
    await retrieve(large, store);
    expect(store.direct.filter((direct) => !direct)).toHaveLength(17);
    expect(store.direct.slice(12)).not.toContain(true);
  });

  it('are given up where a piece does not lie as the system wants it', async () => {
    const codes: string[] = [];
    const pieces: PieceStore = {
      store: async (piece) => {
        const bytes = new Uint8Array(new SharedArrayBuffer(piece.bytes.length + 1), 1);
        bytes.set(piece.bytes);
        const outcome = storePiece({ ...piece, bytes });
        if (outcome.kind === 'unwritten') codes.push(outcome.code);
        return outcome;
      },
    };
    await retrieve(large, pieces);
    // Some file systems take it all the same.
    expect(codes.filter((code) => code !== 'EINVAL')).toEqual([]);
  });

  it('leave a small document to the page cache', async () => {
    const store = new RecordingStore();
    await retrieve(small, store);
    expect(store.direct).toEqual([false, false, false]);
  });
});
