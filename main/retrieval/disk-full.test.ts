import { type FileHandle, mkdtemp, open, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestClock, testDocument } from './documents.suite.ts';
import { Downloader } from './downloader.ts';
import { RateLimit } from './rate-limit.ts';
import { orderOf, ScriptedSource } from './scripted-source.suite.ts';
import { Slots } from './slots.ts';

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  return { ...actual, open: vi.fn(actual.open), statfs: vi.fn(actual.statfs) };
});

const pieceBytes = 64 * 1024;
const document = testDocument(6 * pieceBytes);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-full-'));
});
afterEach(() => rm(folder, { recursive: true }));

function downloader(source: ScriptedSource): Downloader {
  const clock = new TestClock();
  return new Downloader(orderOf(document, folder), {
    source,
    downloadLimit: new RateLimit(clock),
    slots: new Slots(1),
    clock,
    onState: () => undefined,
  });
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
    const real = vi.mocked(open).getMockImplementation()!;
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    vi.mocked(open).mockImplementation(async (...given) => {
      const handle: FileHandle = await real(...given);
      if (!String(given[0]).endsWith('.part')) return handle;
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      handle.write = (async (...args: unknown[]) => {
        if (args[3] === 3 * pieceBytes) throw full;
        return await write(...args);
      }) as FileHandle['write'];
      return handle;
    });
    const source = new ScriptedSource(document);
    const { signal } = new AbortController();
    const stopped = await downloader(source).run(signal);
    expect(stopped).toMatchObject({ kind: 'interrupted', problem: { code: 'disk-full' } });
    vi.mocked(open).mockImplementation(real);
    const end = await downloader(source).run(signal);
    expect(end.kind).toBe('complete');
    expect(source.starts[0]).toBe(0);
    expect(source.starts[1]).toBeGreaterThanOrEqual(3 * pieceBytes);
    const bytes = await readFile(join(folder, 'Field notes.txt'));
    expect(bytes.equals(document.bytes)).toBe(true);
  });
});
