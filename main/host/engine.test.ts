import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Context, MemoryNeighborBook, nextTimerAt, setTimer } from '../../src/kernel/index.ts';
import {
  seededChance,
  testDigest,
  testPeerId,
  testSigner,
  testVerifier,
} from '../../src/kernel/test-context.ts';
import { type Input, Peer } from '../../src/peer/index.ts';
import { marketSettings } from '../../src/settings/index.ts';
import { Shelf } from '../../src/simulation/shelf.ts';
import { MemoryStore, type Transaction } from '../../src/state/index.ts';
import { Engine } from './engine.ts';

/** A disk that can be full: then no batch becomes durable, whatever its jobs did. */
class FullStore extends MemoryStore {
  full = false;

  override batch<T>(work: (run: <U>(job: (tx: Transaction) => U) => U) => T): T {
    return super.batch((run) => {
      const value = work(run);
      if (this.full) throw new Error('disk full');
      return value;
    });
  }

  batchAhead<T>(work: Parameters<typeof this.batch<T>>[0]): { result: T; wrote: boolean } {
    return { result: this.batch(work), wrote: true };
  }

  synced(): Promise<void> {
    return Promise.resolve();
  }
}

let store: FullStore;
let engine: Engine;
let handled: Input['kind'][];
let coming: number;
let faults: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  store = new FullStore();
  handled = [];
  coming = 0;
  faults = [];
  const settings = marketSettings.parse({ name: 'a', endpoints: ['https://a:7685'] });
  const peer = new Peer({
    signer: testSigner(testPeerId(1)),
    verifier: testVerifier,
    sha256: testDigest,
    chance: seededChance(1),
    neighbors: new MemoryNeighborBook(),
    library: new Shelf(),
    settings: () => settings,
  });
  const handle = peer.handle.bind(peer);
  peer.handle = (tx, now, input) => {
    handled.push(input.kind);
    return handle(tx, now, input);
  };
  engine = new Engine({
    ...{ peer, store, now: Date.now, keep: () => {}, perform: () => {} },
    coming: () => coming,
    onFault: (error) => faults.push(error),
  });
});

afterEach(async () => {
  await engine.stop();
  vi.useRealTimers();
});

it('wakes again for what is due although the disk was full when it woke', async () => {
  const soon = (ctx: Context) => setTimer(ctx, 'soon', ctx.now + 5_000, { kind: 'sweep' });
  const set = engine.run(soon);
  await vi.advanceTimersByTimeAsync(10);
  await set;
  store.full = true;
  await vi.advanceTimersByTimeAsync(8_000);
  const failed = handled.length;
  expect(failed).toBeGreaterThan(1);
  store.full = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(handled.slice(failed)).toEqual(['tick']);
});

it('waits a moment for what is about to come, and commits it all as one', async () => {
  const batch = vi.spyOn(store, 'batch');
  coming = 2;
  engine.input({ kind: 'tick' });
  await vi.advanceTimersByTimeAsync(1);
  expect(handled).toEqual([]);
  coming = 1;
  engine.input({ kind: 'tick' });
  await vi.advanceTimersByTimeAsync(1);
  expect(handled).toEqual(['tick', 'tick']);
  expect(batch).toHaveBeenCalledTimes(1);
});

it('does not wait longer than a moment for what does not come', async () => {
  coming = 1_000;
  engine.input({ kind: 'tick' });
  await vi.advanceTimersByTimeAsync(4);
  expect(handled).toEqual(['tick']);
});

it('waits for nobody when it is stopped', () => {
  coming = 1_000;
  engine.input({ kind: 'tick' });
  engine.stop();
  expect(handled).toEqual(['tick']);
});

it('goes on with what else is due where one timer throws each time, and tells of it', async () => {
  const broken = { kind: 'purchase-deadline' } as never;
  const set = engine.run((ctx) => {
    setTimer(ctx, 'a broken one', ctx.now + 1_000, broken);
    setTimer(ctx, 'sweep', ctx.now + 2_000, { kind: 'sweep' });
  });
  await vi.advanceTimersByTimeAsync(10);
  await set;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(faults.length).toBeGreaterThan(0);
  expect(handled.length).toBeLessThan(20);
  // The sweep has planned its next one.
  const next = engine.run((ctx) => nextTimerAt(ctx));
  await vi.advanceTimersByTimeAsync(10);
  expect((await next) ?? 0).toBeGreaterThan(Date.now());
});
