import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context, Neighbor } from '../../src/kernel/index.ts';
import { testPeerId } from '../../src/kernel/test-context.ts';
import { MemoryStore } from '../../src/state/index.ts';
import { NeighborsFile } from '../storage/index.ts';
import { PendingNeighbors } from './pending-neighbors.ts';

const bob: Neighbor = {
  ...{ peer: testPeerId(2), name: 'Bob', list: 'primary', since: 1, reason: 'A friend.' },
  endpoints: ['https://127.0.0.1:1'],
};
let folder: string;
let store: MemoryStore;
let lists: NeighborsFile;
let neighbors: PendingNeighbors;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-pending-'));
  store = new MemoryStore();
  await start();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'neighbors.json');
const inFile = async () => (await NeighborsFile.open(file(), () => {})).all();

/** Opens the file anew, as a start of the peer does over the same store. */
async function start(): Promise<void> {
  lists = await NeighborsFile.open(file(), () => {});
  await PendingNeighbors.replay(store, lists);
  const run = async <T>(work: (ctx: Pick<Context, 'tx'>) => T) =>
    store.transaction((tx) => work({ tx }));
  neighbors = new PendingNeighbors(lists, run);
}

function decide(neighbor: Neighbor): void {
  store.transaction((tx) => PendingNeighbors.keep(tx, [{ kind: 'neighbor', neighbor }]));
}

describe('a neighbor that the core put on a list', () => {
  it('is in the file after a kill between the decision and the file', async () => {
    decide(bob);
    expect(await inFile()).toEqual([]);
    await start();
    expect(await inFile()).toEqual([bob]);
    expect(lists.get(bob.peer)).toEqual(bob);
  });

  it('is brought back by no later start once the file had it, and it was taken off', async () => {
    decide(bob);
    await neighbors.put(bob);
    await neighbors.remove(bob.peer);
    await start();
    expect(await inFile()).toEqual([]);
  });

  it('is brought back by no later start where it was taken off before the file had it', async () => {
    decide(bob);
    await neighbors.remove(bob.peer);
    await start();
    expect(await inFile()).toEqual([]);
  });

  it('has its newest place in the file, whichever write ended last', async () => {
    const demoted: Neighbor = { ...bob, list: 'secondary' };
    decide(bob);
    const written = neighbors.put(bob);
    decide(demoted);
    await written;
    await start();
    expect(await inFile()).toEqual([demoted]);
    expect(JSON.parse(await readFile(file(), 'utf8')).neighbors).toHaveLength(1);
  });
});
