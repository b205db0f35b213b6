import { fstatSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClock, type TestDocument, testDocument } from './documents.suite.ts';
import { Downloader } from './downloader.ts';
import { PieceMemory } from './piece-memory.ts';
import type { PieceStore } from './piece-store.ts';
import storePiece, { type ArrivedPiece, type StoredPiece } from './piece-worker.ts';
import { RateLimit } from './rate-limit.ts';
import { orderOf, ScriptedSource, type Step } from './scripted-source.suite.ts';
import { Slots } from './slots.ts';

const mebibyte = 1024 * 1024;
const document = testDocument(16 * mebibyte + 8192, mebibyte);
let folder: string;
let partPath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-descriptors-'));
  partPath = join(folder, '.souk-partial', `${orderOf(document, folder).deal}.part`);
});
afterEach(() => rm(folder, { recursive: true }));

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Does with each piece what it is told to, as slowly as it is told; looks to whom its descriptor belongs. */
class SlowStore implements PieceStore {
  readonly wrongs: string[] = [];
  storing = 0;
  readonly #plan: () => { readonly turns: number; readonly code?: string | undefined };

  constructor(plan: () => { readonly turns: number; readonly code?: string | undefined }) {
    this.#plan = plan;
  }

  async store(piece: ArrivedPiece): Promise<StoredPiece> {
    const { turns, code } = this.#plan();
    const { ino } = await stat(partPath);
    const before = Buffer.from(piece.bytes);
    this.storing++;
    for (let left = turns; left > 0; left--) await turn();
    this.#look(piece, ino);
    if (!before.equals(piece.bytes)) this.wrongs.push('Its memory was written to meanwhile.');
    this.storing--;
    return code === undefined ? storePiece(piece) : { kind: 'unwritten', code };
  }

  #look(piece: ArrivedPiece, ino: number): void {
    try {
      if (fstatSync(piece.file).ino !== ino) this.wrongs.push('Its descriptor is another file.');
    } catch (error) {
      this.wrongs.push(String(error));
    }
  }
}

function downloader(of: TestDocument, pieces: PieceStore, steps: Step[], memory: PieceMemory) {
  const clock = new TestClock();
  const source = new ScriptedSource(of, steps, 300_000);
  const made = new Downloader(orderOf(of, folder), {
    source,
    downloadLimit: new RateLimit(clock),
    slots: new Slots(1),
    clock,
    pieces,
    memory,
    onState: () => undefined,
  });
  return { source, run: (signal = new AbortController().signal) => made.run(signal) };
}

async function expectWhole(path: string, of = document): Promise<void> {
  expect((await readFile(path)).equals(of.bytes)).toBe(true);
  await rm(path);
}

const place = fc.integer({ min: 0, max: document.bytes.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ flipByteAt: place }),
  fc.record({ cutAfterBytes: place, quietly: fc.boolean() }),
  fc.record({ ignoreRange: fc.constant(true), cutAfterBytes: place }),
);
const storing = fc.record({
  turns: fc.integer({ min: 0, max: 12 }),
  code: fc.option(fc.constantFrom('EINVAL', 'ENOSPC', 'EIO', 'EOPNOTSUPP'), {
    freq: 8,
    nil: undefined,
  }),
});

describe('the descriptor and the memory of a piece', () => {
  it('stay its own until it is stored, whatever goes wrong and however often it is tried', async () => {
    const memory = new PieceMemory();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 4 }),
        fc.infiniteStream(storing),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
        async (steps, storings, abortedAfterTurns) => {
          const pieces = new SlowStore(() => storings.next().value);
          for (const turns of abortedAfterTurns) {
            const stopping = new AbortController();
            const running = downloader(document, pieces, steps, memory).run(stopping.signal);
            for (let left = turns; left > 0; left--) await turn();
            stopping.abort();
            const end = await running;
            expect([pieces.storing, pieces.wrongs]).toEqual([0, []]);
            if (end.kind === 'complete') await rm(end.path);
          }
          const end = await downloader(document, pieces, steps, memory).run();
          expect([pieces.storing, pieces.wrongs]).toEqual([0, []]);
          if (end.kind === 'complete') return expectWhole(end.path);
          const next = await downloader(document, new SlowStore(always), [], memory).run();
          await expectWhole(next.kind === 'complete' ? next.path : next.kind);
        },
      ),
      { numRuns: 8 },
    );
  });
});

const always = () => ({ turns: 0 });

describe('a large document', () => {
  it('of which a killed program left a hole is asked for from there on', async () => {
    const hole = 5 * mebibyte;
    const dead = Promise.withResolvers<void>();
    const aborted = new AbortController();
    let stored = 0;
    const pieces: PieceStore = {
      store: async (piece) => {
        if (piece.start !== hole) {
          stored++;
          return storePiece(piece);
        }
        await dead.promise;
        return { kind: 'unwritten', code: 'EIO' };
      },
    };
    const { run } = downloader(document, pieces, [], new PieceMemory());
    const first = run(aborted.signal);
    // Five before the hole, and five behind it: of six pieces in memory one is stuck.
    while (stored < 10) await turn();
    expect((await stat(partPath)).size).toBeGreaterThan(hole + mebibyte);
    const next = downloader(document, new SlowStore(always), [], new PieceMemory());
    const end = await next.run();
    expect(next.source.starts).toEqual([hole]);
    aborted.abort();
    dead.resolve();
    await first;
    await expectWhole(end.kind === 'complete' ? end.path : end.kind);
  });

  it.each([
    ['of which all pieces fill their blocks', testDocument(16 * mebibyte, mebibyte)],
    ['that is one piece', testDocument(16 * mebibyte, 16 * mebibyte)],
    ['with pieces of more than 8 MiB', testDocument(34 * mebibyte + 5, 16 * mebibyte)],
  ])('%s arrives whole', async (_, large) => {
    const { run } = downloader(large, new SlowStore(() => ({ turns: 3 })), [], new PieceMemory());
    const end = await run();
    await expectWhole(end.kind === 'complete' ? end.path : end.kind, large);
  });
});
