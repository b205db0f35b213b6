import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDocument } from './documents.suite.ts';
import type { Downloader } from './downloader.ts';
import type { PieceStore } from './piece-store.ts';
import { downloaderOf, piecesHere, ScriptedSource } from './scripted-source.suite.ts';

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  return { ...actual, statfs: vi.fn(actual.statfs) };
});

const pieceBytes = 64 * 1024;
const document = testDocument(6 * pieceBytes);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-full-'));
});
afterEach(() => rm(folder, { recursive: true }));

function downloader(source: ScriptedSource, pieces = piecesHere): Downloader {
  return downloaderOf(document, folder, source, pieces);
}

describe('a full disk', () => {
  it('is found before a byte is asked for, and the retrieval can be taken up again', async () => {
    const actual = await statfs(folder);
    vi.mocked(statfs).mockResolvedValueOnce({ ...actual, bavail: 1, bsize: 4096 } as never);
    const source = new ScriptedSource(document);
    const { signal } = new AbortController();
    expect(await downloader(source).run(signal)).toMatchObject({
      kind: 'interrupted',
      problem: { code: 'disk-full' },
    });
    expect(source.starts).toEqual([]);
    expect((await downloader(source).run(signal)).kind).toBe('complete');
  });

  it('in the middle loses nothing of what was written before', async () => {
    const full: PieceStore = {
      store: async (piece) =>
        piece.start === 3 * pieceBytes
          ? { kind: 'unwritten', code: 'ENOSPC' }
          : piecesHere.store(piece),
    };
    const source = new ScriptedSource(document);
    const { signal } = new AbortController();
    const stopped = await downloader(source, full).run(signal);
    expect(stopped).toMatchObject({ kind: 'interrupted', problem: { code: 'disk-full' } });
    const end = await downloader(source).run(signal);
    expect(end.kind).toBe('complete');
    expect(source.starts[0]).toBe(0);
    expect(source.starts[1]).toBeGreaterThanOrEqual(3 * pieceBytes);
    const bytes = await readFile(join(folder, 'Field notes.txt'));
    expect(bytes.equals(document.bytes)).toBe(true);
  });
});
