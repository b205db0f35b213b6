import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SoukError } from '../../src/problem.ts';
import { TestClock, testDocument } from './documents.suite.ts';
import { Downloader, type DownloaderParts } from './downloader.ts';
import { PieceMemory } from './piece-memory.ts';
import { RateLimit } from './rate-limit.ts';
import type { RetrievalEnd, RetrievalOrder, RetrievalState } from './retrieval.ts';
import { orderOf, piecesHere, ScriptedSource, type Step, seller } from './scripted-source.suite.ts';
import { Slots } from './slots.ts';

const pieceBytes = 64 * 1024;
const document = testDocument(9 * pieceBytes + 777);
const size = document.bytes.length;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-retrieval-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Run {
  readonly end: RetrievalEnd;
  readonly source: ScriptedSource;
  readonly states: RetrievalState[];
  readonly clock: TestClock;
}

interface Options extends Partial<DownloaderParts> {
  readonly clock?: TestClock;
  readonly order?: Partial<RetrievalOrder>;
  readonly bytesPerSecond?: number;
  readonly signal?: AbortSignal;
  onEach?(state: RetrievalState): void;
}

async function retrieve(steps: Step[] | ScriptedSource, options: Options = {}): Promise<Run> {
  const source = steps instanceof ScriptedSource ? steps : new ScriptedSource(document, steps);
  const { clock = new TestClock() } = options;
  const states: RetrievalState[] = [];
  const downloader = new Downloader(orderOf(document, folder, options.order), {
    source,
    downloadLimit: new RateLimit(clock, options.bytesPerSecond),
    slots: options.slots ?? new Slots(1),
    clock,
    pieces: piecesHere,
    memory: new PieceMemory(),
    onState: (state) => {
      states.push(state);
      options.onEach?.(state);
    },
  });
  const end = await downloader.run(options.signal ?? new AbortController().signal);
  expect(states.at(-1)).toEqual(end);
  return { end, source, states, clock };
}

async function expectComplete({ end }: Run, name = 'Field notes.txt'): Promise<void> {
  expect(end).toEqual({ kind: 'complete', path: join(folder, name) });
  expect((await readFile(join(folder, name))).equals(document.bytes)).toBe(true);
  expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
}

const kinds = (states: RetrievalState[]) => [...new Set(states.map(({ kind }) => kind))];

describe('a retrieval', () => {
  it('brings the document, byte for byte, under its title', async () => {
    const run = await retrieve([]);
    await expectComplete(run);
    expect(kinds(run.states)).toEqual([
      'queued',
      'manifest',
      'connecting',
      'retrieving',
      'complete',
    ]);
    expect(run.states.at(-2)).toMatchObject({ kind: 'retrieving', receivedBytes: size });
  });

  it('brings an empty document without asking for bytes', async () => {
    const empty = testDocument(0);
    const source = new ScriptedSource(empty);
    const order = { documentId: empty.documentId, sizeBytes: 0 };
    const { end } = await retrieve(source, { order });
    expect(end.kind).toBe('complete');
    expect(source.starts).toEqual([]);
    expect(await readFile(join(folder, 'Field notes.txt'))).toHaveLength(0);
  });

  it('goes on where the connection broke, wherever that was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ cutAfterBytes: fc.nat(size), quietly: fc.boolean() }), {
          maxLength: 6,
        }),
        async (steps) => {
          const run = await retrieve(steps);
          await expectComplete(run);
          await rm(join(folder, 'Field notes.txt'));
          for (const start of run.source.starts) expect(start % pieceBytes).toBe(0);
          expect(run.source.starts).toEqual(run.source.starts.toSorted((a, b) => a - b));
          expect(run.source.manifestsAsked).toBe(1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('passes over what it has where the peer ignores the range', async () => {
    const run = await retrieve([{ cutAfterBytes: 4 * pieceBytes + 5 }, { ignoreRange: true }]);
    await expectComplete(run);
    expect(run.source.starts).toEqual([0, 4 * pieceBytes]);
    const received = run.states.flatMap((state) =>
      state.kind === 'retrieving' ? [state.receivedBytes] : [],
    );
    expect(Math.max(...received)).toBeLessThanOrEqual(size);
  });

  it('waits longer from time to time, and gives up at the deadline', async () => {
    const down = { refuse: new SoukError('unreachable', 'Nobody answers.') };
    const run = await retrieve(Array<Step>(20).fill(down), {
      order: { deadline: new TestClock().now() + 400_000 },
    });
    expect(run.end).toMatchObject({ kind: 'failed', reason: 'not-delivered' });
    const pauses = run.states.flatMap((state) => (state.kind === 'waiting' ? [state.retryAt] : []));
    const start = new TestClock().now();
    const seconds = pauses.map((at, n) => (at - (pauses[n - 1] ?? start)) / 1000);
    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
  });

  it('tells when it tries again in whole milliseconds, though its clock counts parts of them', async () => {
    const down = { refuse: new SoukError('unreachable', 'Nobody answers.') };
    const clock = new TestClock();
    clock.advance(0.3);
    const run = await retrieve([down], { clock });
    const [waiting] = run.states.filter(({ kind }) => kind === 'waiting');
    expect(waiting).toMatchObject({ retryAt: new TestClock().now() + 1_001 });
  });

  it('waits as long as a busy peer asks it to', async () => {
    const busy = new SoukError('rate-limited', 'Later.', { members: { retryAfterMs: 90_000 } });
    const run = await retrieve([{ refuse: busy }]);
    await expectComplete(run);
    expect(run.clock.now() - new TestClock().now()).toBe(90_000);
  });

  it('is no faster than the limit', async () => {
    const run = await retrieve([], { bytesPerSecond: 100_000 });
    await expectComplete(run);
    const seconds = (run.clock.now() - new TestClock().now()) / 1000;
    expect(seconds).toBeGreaterThan(size / 100_000 - 0.5);
    expect(seconds).toBeLessThan(size / 100_000 + 0.5);
    const speeds = run.states.flatMap((state) =>
      state.kind === 'retrieving' && state.bytesPerSecond > 0 ? [state.bytesPerSecond] : [],
    );
    expect(speeds.length).toBeGreaterThan(3);
    expect(Math.abs((speeds.at(-1) ?? 0) - 100_000)).toBeLessThan(20_000);
  });
});

describe('wrong bytes', () => {
  it('never reach the file: the piece is asked for again', async () => {
    const run = await retrieve([{ flipByteAt: 3 * pieceBytes }, { flipByteAt: size - 1 }]);
    await expectComplete(run);
    expect(run.source.starts).toEqual([0, 3 * pieceBytes, 9 * pieceBytes]);
  });

  it('end the retrieval at the third time, with the piece named as evidence', async () => {
    const flip = { flipByteAt: 5 * pieceBytes + 10 };
    const run = await retrieve([flip, flip, flip, flip]);
    expect(run.end).toMatchObject({
      kind: 'failed',
      reason: 'corrupt',
      problem: { code: 'corrupt-document', members: { piece: 5, tries: 3, peer: seller } },
    });
    expect(run.source.starts).toEqual([0, 5 * pieceBytes, 5 * pieceBytes]);
    await expect(stat(join(folder, 'Field notes.txt'))).rejects.toThrow('ENOENT');
  });

  it('in the manifest end it at once', async () => {
    const source = new ScriptedSource(document);
    source.manifestBytes = Buffer.from(document.manifestBytes);
    source.manifestBytes[20]! ^= 1;
    const { end } = await retrieve(source);
    expect(end).toMatchObject({ kind: 'failed', reason: 'corrupt' });
    expect(source.starts).toEqual([]);
  });

  it('are what a document of another size than promised is', async () => {
    const { end, source } = await retrieve([], { order: { sizeBytes: size + 1 } });
    expect(end).toMatchObject({
      kind: 'failed',
      reason: 'corrupt',
      problem: { members: { promised: size + 1, delivered: size } },
    });
    expect(source.starts).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each(['access-key-spent', 'access-key-taken', 'document-gone'] as const)(
    'with %s ends the retrieval',
    async (code) => {
      const { end } = await retrieve([{ refuse: new SoukError(code, 'No.') }]);
      expect(end).toMatchObject({ kind: 'failed', reason: 'refused', problem: { code } });
    },
  );
});

describe('a retrieval that was stopped', () => {
  async function stopAt(bytes: number): Promise<void> {
    const stopping = new AbortController();
    const stopLater = { beforeChunk: async () => undefined, cutAfterBytes: bytes };
    const { end } = await retrieve([stopLater], {
      signal: stopping.signal,
      onEach: ({ kind }) => kind === 'waiting' && stopping.abort(),
    });
    expect(end.kind).toBe('interrupted');
  }

  const part = () => join(folder, '.souk-partial', 'AAAAAAAAAAAAAAAAAAAAAA.part');

  it('is taken up by a later run, which hashes what is there', async () => {
    await stopAt(6 * pieceBytes + 100);
    const run = await retrieve([]);
    await expectComplete(run);
    expect(run.states).toContainEqual({ kind: 'verifying', verifiedBytes: 6 * pieceBytes });
    expect(run.source.starts).toEqual([6 * pieceBytes]);
    expect(run.source.manifestsAsked).toBe(0);
  });

  it('trusts nothing on the disk that does not match: not after a damage, not past a hole', async () => {
    await stopAt(6 * pieceBytes);
    const bytes = await readFile(part());
    bytes[2 * pieceBytes + 3]! ^= 0xff;
    await writeFile(part(), bytes);
    const run = await retrieve([]);
    await expectComplete(run);
    expect(run.source.starts).toEqual([2 * pieceBytes]);
  });

  it('copes with a part that was cut short, or is longer than the document', async () => {
    await stopAt(6 * pieceBytes);
    await truncate(part(), pieceBytes + 1);
    const cut = await retrieve([{ cutAfterBytes: pieceBytes }], { order: { deadline: 0 } });
    expect(cut.end).toMatchObject({ kind: 'failed', reason: 'not-delivered' });
    expect(cut.source.starts).toEqual([pieceBytes]);
    await truncate(part(), 2 * size);
    await expectComplete(await retrieve([]));
  });

  it('asks for the manifest again where the kept one was damaged', async () => {
    await stopAt(6 * pieceBytes);
    await writeFile(part().replace(/part$/, 'manifest'), 'souk1');
    const run = await retrieve([]);
    await expectComplete(run);
    expect(run.source.manifestsAsked).toBe(1);
  });

  it('needs nobody where everything had arrived', async () => {
    await stopAt(6 * pieceBytes);
    await writeFile(part(), document.bytes);
    const run = await retrieve([]);
    await expectComplete(run);
    expect(run.source.starts).toEqual([]);
  });

  it('stops in the middle of a stream, and while it waits for its slot', async () => {
    const stopping = new AbortController();
    let chunks = 0;
    const hang: Step = {
      beforeChunk: (signal) =>
        ++chunks < 20
          ? Promise.resolve()
          : new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve());
              stopping.abort();
            }),
    };
    const { end } = await retrieve([hang], { signal: stopping.signal });
    expect(end.kind).toBe('interrupted');
    const none = await retrieve([], { slots: new Slots(0), signal: stopping.signal });
    expect(none.end.kind).toBe('interrupted');
    expect(none.source.manifestsAsked).toBe(0);
  });
});

describe('the file', () => {
  it('never replaces another one', async () => {
    await writeFile(join(folder, 'Field notes.txt'), 'mine');
    await expectComplete(await retrieve([]), 'Field notes (2).txt');
    expect(await readFile(join(folder, 'Field notes.txt'), 'utf8')).toBe('mine');
  });

  it('gets a name of its own where two retrievals race for one', async () => {
    const deals = ['BBBBBBBBBBBBBBBBBBBBBA', 'CCCCCCCCCCCCCCCCCCCCCA', 'DDDDDDDDDDDDDDDDDDDDDA'];
    const slots = new Slots(3);
    const runs = await Promise.all(
      deals.map((deal) => retrieve([], { slots, order: { deal: deal as RetrievalOrder['deal'] } })),
    );
    const paths = runs.map(({ end }) => (end.kind === 'complete' ? end.path : end.kind));
    expect(new Set(paths).size).toBe(3);
    for (const path of paths) expect((await readFile(path)).equals(document.bytes)).toBe(true);
  });

  it('stays in its folder whatever the title says', async () => {
    const { end } = await retrieve([], { order: { title: '../../escaped\u202e.txt' } });
    expect(end).toEqual({ kind: 'complete', path: join(folder, '_.._escaped.txt') });
  });

  it('is not begun where the folder cannot be one', async () => {
    await writeFile(join(folder, 'file'), '');
    const { end } = await retrieve([], { order: { folder: join(folder, 'file') } });
    expect(end).toMatchObject({ kind: 'interrupted', problem: { code: 'folder-unwritable' } });
  });
});
