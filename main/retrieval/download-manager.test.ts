import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import { TestClock, testDocument } from './documents.suite.ts';
import { type Completion, DownloadManager, type Failure } from './download-manager.ts';
import type { PieceStore } from './piece-store.ts';
import { RateLimit } from './rate-limit.ts';
import type { RetrievalOrder, RetrievalState } from './retrieval.ts';
import { orderOf, piecesHere, ScriptedSource, type Step } from './scripted-source.suite.ts';

const pieceBytes = 64 * 1024;
const document = testDocument(5 * pieceBytes + 1);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-downloads-'));
});
afterEach(() => rm(folder, { recursive: true }));

const deals = Array.from(
  { length: 6 },
  (_, n) => Buffer.alloc(16, n + 1).toString('base64url') as DealId,
);
const [first, second] = deals as [DealId, DealId];

/** Whoever waits does so until it is called off. */
class StandingClock extends TestClock {
  override wait(_waitMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve());
    });
  }
}

/** A manager whose sources follow a script for each deal, and what it told. */
class World {
  readonly completions: Completion[] = [];
  readonly failures: Failure[] = [];
  readonly clock: TestClock;
  readonly states: RetrievalState[] = [];
  readonly working = new Set<DealId>();
  workingMost = 0;
  /** What writes the pieces; a test may put another in its place. */
  pieces: PieceStore = piecesHere;
  readonly manager: DownloadManager;
  readonly limit: RateLimit;
  onFailed = () => {};
  onState = (_state: RetrievalState) => {};
  readonly #sources: ReadonlyMap<DealId, ScriptedSource>;
  readonly #waiting: (() => void)[] = [];

  constructor(scripts: Record<DealId, Step[]> = {}, runningMax = 4, stands = false) {
    this.clock = stands ? new StandingClock() : new TestClock();
    this.limit = new RateLimit(this.clock);
    const sources = new Map(
      deals.map((deal) => [deal, new ScriptedSource(document, scripts[deal])]),
    );
    this.#sources = sources;
    this.manager = new DownloadManager({
      sourceOf: ({ deal }) => sources.get(deal)!,
      downloadLimit: this.limit,
      clock: this.clock,
      pieces: { store: (piece) => this.pieces.store(piece) },
      runningMax,
      onState: (deal, state) => this.#note(deal, state),
      onComplete: (completion) => this.completions.push(completion),
      onFailed: (failure) => {
        this.failures.push(failure);
        this.onFailed();
      },
    });
  }

  start(deal: DealId, changes: Partial<RetrievalOrder> = {}): void {
    this.manager.start(orderOf(document, folder, { deal, ...changes }));
  }

  /** From where on the document was asked for, each time. */
  startsOf(deal: DealId): readonly number[] {
    return this.#sources.get(deal)?.starts ?? [];
  }

  /** Resolves when this holds; looked at after each thing that happens. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setImmediate(resolve);
      });
    }
  }

  stateOf(deal: DealId): RetrievalState['kind'] | undefined {
    return this.manager.list().find((view) => view.deal === deal)?.state.kind;
  }

  #note(deal: DealId, state: RetrievalState): void {
    const { kind } = state;
    this.states.push(state);
    if (kind === 'manifest' || kind === 'connecting' || kind === 'retrieving') {
      this.working.add(deal);
    } else this.working.delete(deal);
    this.workingMost = Math.max(this.workingMost, this.working.size);
    for (const wake of this.#waiting.splice(0)) wake();
    this.onState(state);
  }
}

/** A peer that sends something and then no more, until it is hung up on. */
function hanging(afterChunks: number, hangs = () => {}): Step {
  let chunks = 0;
  return {
    beforeChunk: (signal) => {
      if (chunks++ < afterChunks) return Promise.resolve();
      hangs();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
    },
  };
}

/** Lets everything happen that happens without anything more from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the download manager', () => {
  it('retrieves what it is given, no more at a time than it may, and tells each end once', async () => {
    const world = new World({}, 2);
    for (const deal of deals) world.start(deal);
    world.start(first);
    expect(world.manager.list()).toHaveLength(6);
    await world.until(() => world.completions.length === 6);
    expect(world.workingMost).toBe(2);
    expect(world.completions.map(({ deal }) => deal).toSorted()).toEqual(deals.toSorted());
    for (const { path } of world.completions) {
      expect((await readFile(path)).equals(document.bytes)).toBe(true);
    }
    expect(world.manager.list()).toEqual([]);
  });

  it('lets others work while one waits for its peer to come back', async () => {
    const down: Step = { refuse: new SoukError('unreachable', 'Nobody answers.') };
    const world = new World({ [first]: [down, hanging(3)] }, 1);
    world.start(first);
    world.start(second);
    await world.until(() => world.completions.length === 1);
    expect(world.completions[0]?.deal).toBe(second);
    await world.manager.stop();
  });

  it('pauses, shows what has arrived, and goes on from there', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    expect(await world.manager.pause(first)).toBe(true);
    expect(world.manager.list()).toMatchObject([
      { state: { kind: 'paused' }, secondsLeft: undefined },
    ]);
    expect(world.manager.resume(first)).toBe(true);
    expect(world.manager.resume(first)).toBe(false);
    await world.until(() => world.completions.length === 1);
    expect(await world.manager.pause(first)).toBe(false);
  });

  it('cancels without leaving anything behind', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    await world.manager.cancel(first);
    expect(world.manager.list()).toEqual([]);
    expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
    expect([world.completions, world.failures]).toEqual([[], []]);
  });

  it('reports a failure with its evidence and removes the part', async () => {
    const flip = { flipByteAt: 2 * pieceBytes };
    const world = new World({ [first]: [flip, flip, flip] });
    world.start(first);
    await world.until(() => world.failures.length === 1);
    expect(world.failures[0]).toMatchObject({
      deal: first,
      reason: 'corrupt',
      problem: {
        code: 'corrupt-document',
        members: { piece: 2, tries: 3, documentId: document.documentId },
      },
    });
    expect(world.manager.list()).toEqual([]);
    await world.manager.stop();
  });

  it('stops for the end of the program; the next one goes on where it was', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    await world.manager.stop();
    expect(world.completions).toEqual([]);
    const next = new World();
    next.start(first);
    await next.until(() => next.completions.length === 1);
    expect((await readFile(next.completions[0]!.path)).equals(document.bytes)).toBe(true);
  });

  it('says within seconds that nothing comes any more, and nothing of it once something does', async () => {
    let goOn: (() => void) | undefined;
    let chunks = 0;
    const silent: Step = {
      beforeChunk: () =>
        chunks++ === 20 ? new Promise((resolve) => (goOn = resolve)) : Promise.resolve(),
    };
    const world = new World({ [first]: [silent] });
    world.start(first);
    await world.until(() => goOn !== undefined);
    const view = () => world.manager.list()[0];
    const heardAt = world.clock.now();
    world.clock.advance(2_900);
    expect(view()?.state).not.toHaveProperty('silentSince');
    world.clock.advance(200);
    expect(view()).toMatchObject({
      state: { kind: 'retrieving', silentSince: heardAt },
      bytesPerSecond: 0,
    });
    expect(view()?.secondsLeft).toBeUndefined();
    goOn?.();
    await world.until(() => world.completions.length === 1);
    expect(world.states.at(-1)).not.toHaveProperty('silentSince');
  });

  it('lets others have the slot of one whose peer sends next to nothing, and goes on with it after them', async () => {
    const hangs = Promise.withResolvers<void>();
    const world = new World({ [first]: [hanging(8, hangs.resolve)] }, 1);
    world.start(first);
    await hangs.promise;
    world.start(second);
    await new Promise(setImmediate);
    world.clock.advance(30_000);
    expect(world.stateOf(first)).toBe('retrieving');
    world.clock.advance(2_000);
    await world.until(() => world.completions.length === 2);
    expect(world.completions.map(({ deal }) => deal)).toEqual([second, first]);
    // What had come of it was kept.
    expect(world.startsOf(first)).toEqual([0, pieceBytes]);
  });

  it('waits for a slow peer as long as nobody else wants its slot, for a buyer no longer than that one waits', async () => {
    const [hangs, hangsToo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const steps = {
      [first]: [hanging(3, hangs.resolve)],
      [second]: [hanging(3, hangsToo.resolve)],
    };
    const world = new World(steps, 2);
    const deadline = world.clock.now() + 3_600_000;
    world.start(first, { deadline, forBuyer: true });
    world.start(second, { deadline });
    await Promise.all([hangs.promise, hangsToo.promise]);
    world.clock.advance(3_599_999);
    expect(world.stateOf(first)).toBe('retrieving');
    world.clock.advance(1);
    await world.until(() => world.failures.length === 1);
    expect(world.failures).toMatchObject([{ deal: first, reason: 'not-delivered' }]);
    expect([world.startsOf(first), world.stateOf(second)]).toEqual([[0], 'retrieving']);
    await world.manager.stop();
  });

  it('does not take its own limit for a slow peer', async () => {
    const hangs = Promise.withResolvers<void>();
    const world = new World({ [first]: [hanging(8, hangs.resolve)] }, 1);
    world.limit.setRate(1_024);
    world.start(first);
    await hangs.promise;
    world.start(second);
    await new Promise(setImmediate);
    world.clock.advance(60_000);
    expect(world.stateOf(first)).toBe('retrieving');
    world.clock.advance(60_000);
    await world.until(() => world.stateOf(first) !== 'retrieving');
    expect(world.startsOf(first)).toEqual([0]);
    await world.manager.stop();
  });

  it('tries at once what waits for its next attempt, when it is told to', async () => {
    const down: Step = { refuse: new SoukError('unreachable', 'Nobody answers.') };
    const world = new World({ [first]: [down] }, 4, true);
    world.start(first);
    await world.until(() => world.stateOf(first) === 'waiting');
    expect(world.manager.resume(first)).toBe(true);
    await world.until(() => world.completions.length === 1);
    expect(world.failures).toEqual([]);
  });

  it('tells how much has come, how fast, and how long it will take', async () => {
    const world = new World({ [first]: [hanging(30)] });
    const limited = new RateLimit(world.clock, 50_000);
    const views: unknown[] = [];
    const manager = new DownloadManager({
      sourceOf: () => new ScriptedSource(document),
      downloadLimit: limited,
      clock: world.clock,
      pieces: piecesHere,
      onState: () => views.push(manager.list()[0]),
      onComplete: (completion) => world.completions.push(completion),
      onFailed: (failure) => world.failures.push(failure),
    });
    manager.start(orderOf(document, folder));
    await world.until(() => world.completions.length === 1);
    const [view] = views.filter((each) => (each as { bytesPerSecond: number }).bytesPerSecond > 0);
    expect(view).toMatchObject({ title: 'Field notes.txt', sizeBytes: document.bytes.length });
    const { receivedBytes, bytesPerSecond, secondsLeft } = view as Record<string, number>;
    expect(secondsLeft).toBe(Math.ceil((document.bytes.length - receivedBytes!) / bytesPerSecond!));
  });
});

describe('a retrieval that is taken up again while it waits', () => {
  const down: Step = { refuse: new SoukError('unreachable', 'Nobody answers.') };

  async function waiting(...next: readonly Step[]): Promise<World> {
    const world = new World({ [first]: [down, ...next] }, 4, true);
    world.start(first);
    await world.until(() => world.stateOf(first) === 'waiting');
    return world;
  }

  it('is gone if it is cancelled at once', async () => {
    const world = await waiting();
    expect(world.manager.resume(first)).toBe(true);
    await world.manager.cancel(first);
    await settle();
    expect(world.completions).toEqual([]);
    expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
  });

  it('rests if it is paused at once, and goes on when it is resumed', async () => {
    const world = await waiting();
    world.manager.resume(first);
    expect(await world.manager.pause(first)).toBe(true);
    await settle();
    expect(world.stateOf(first)).toBe('paused');
    expect(world.manager.resume(first)).toBe(true);
    await world.until(() => world.completions.length === 1);
  });

  it('does not work on when the program ends', async () => {
    const world = await waiting(hanging(20));
    world.manager.resume(first);
    await world.manager.stop();
    const { length } = world.states;
    await settle();
    expect(world.states.slice(length)).toEqual([]);
  });
});

describe('a download manager that was stopped', () => {
  it('begins nothing and takes nothing up', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    await world.manager.stop();
    world.start(second);
    expect(world.manager.resume(first)).toBe(false);
    expect(world.manager.list().map(({ deal, state }) => [deal, state.kind])).toEqual([
      [first, 'interrupted'],
    ]);
  });
});

describe('a retrieval that is begun again in the instant in which it ends', () => {
  /** The only file that is there is the whole document, and nothing of a retrieval is left. */
  async function expectWhole(world: World): Promise<void> {
    await world.until(() => world.completions.length > 0);
    await settle();
    expect(world.completions).toMatchObject([{ deal: first }]);
    expect(world.manager.list()).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['.souk-partial', 'Field notes.txt']);
    expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
    expect((await readFile(world.completions[0]!.path)).equals(document.bytes)).toBe(true);
  }

  it('begins anew after it was cancelled, whatever was still being written', async () => {
    const world = new World();
    const [writes, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.pieces = {
      store: async (piece) => {
        writes.resolve();
        await written.promise;
        return piecesHere.store(piece);
      },
    };
    world.start(first);
    await writes.promise;
    const cancelled = world.manager.cancel(first);
    world.start(first);
    await settle();
    // Nothing is asked for again as long as something of the first may come onto the disk.
    expect([world.startsOf(first), world.stateOf(first)]).toEqual([[0], 'queued']);
    written.resolve();
    await cancelled;
    await expectWhole(world);
    expect([world.startsOf(first), world.failures]).toEqual([[0, 0], []]);
  });

  it('does so at every moment of the cancellation, also where it is cancelled twice', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const world = new World({ [first]: [hanging(20), hanging(9)] });
      for (let time = 0; time < 2; time++) {
        world.start(first);
        await world.until(() => world.stateOf(first) === 'retrieving');
        const cancelled = world.manager.cancel(first);
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        if (time === 1) await cancelled;
      }
      world.start(first);
      await expectWhole(world);
      await rm(join(folder, 'Field notes.txt'));
    }
  });

  it('is not taken up again by who resumes what is being cancelled', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    await world.manager.pause(first);
    const cancelled = world.manager.cancel(first);
    expect([world.manager.resume(first), await world.manager.pause(first)]).toEqual([false, false]);
    await cancelled;
    await settle();
    expect([world.completions, world.startsOf(first)]).toEqual([[], [0]]);
    expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
  });

  it('begins anew from where it is told that it failed', async () => {
    const flip = { flipByteAt: 2 * pieceBytes };
    const world = new World({ [first]: [flip, flip, flip] });
    world.onFailed = () => world.start(first);
    world.start(first);
    await expectWhole(world);
    expect(world.startsOf(first)).toEqual([0, 2 * pieceBytes, 2 * pieceBytes, 0]);
  });

  it('is not fetched a second time where the cancellation came too late', async () => {
    const world = new World();
    const isLast = (state: RetrievalState) =>
      state.kind === 'retrieving' && state.receivedBytes === document.bytes.length;
    let cancelled: Promise<void> | undefined;
    world.onState = (state) => {
      if (!isLast(state) || cancelled) return;
      cancelled = world.manager.cancel(first);
      world.start(first);
    };
    world.start(first);
    await expectWhole(world);
    expect(world.startsOf(first)).toEqual([0]);
  });

  it('tells nothing of the one that was cancelled', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    const { length } = world.states;
    await world.manager.cancel(first);
    expect(world.states.slice(length)).toEqual([]);
  });

  it('goes on where it is paused and resumed at once', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    const paused = world.manager.pause(first);
    expect(world.manager.resume(first)).toBe(true);
    expect(await paused).toBe(true);
    expect(world.states.some(({ kind }) => kind === 'paused')).toBe(false);
    await expectWhole(world);
  });

  it('has stopped with the program only when nothing of it is being removed any more', async () => {
    const world = new World({ [first]: [hanging(20)] });
    world.start(first);
    await world.until(() => world.stateOf(first) === 'retrieving');
    void world.manager.cancel(first);
    world.start(first);
    await world.manager.stop();
    expect(await readdir(join(folder, '.souk-partial'))).toEqual([]);
    await settle();
    expect(world.startsOf(first)).toEqual([0]);
  });
});
