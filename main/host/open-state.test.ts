import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { someNeighbor } from '../../src/kernel/neighbor-book.suite.ts';
import { collection } from '../../src/state/index.ts';
import { openDatabase } from '../storage/index.ts';
import { openState } from './open-state.ts';

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'souk-state-'));
});
afterEach(() => rm(dataDirectory, { recursive: true }));

it('A peer whose neighbors cannot be written any more lets its directory go all the same', async () => {
  const options = { dataDirectory, onFault: () => undefined };
  const state = await openState(options);
  const file = state.directory.file('neighbors');
  await rm(file, { force: true });
  await mkdir(join(file, 'in the way'), { recursive: true });
  state.neighbors.put(someNeighbor(1));
  await expect(state.close()).rejects.toThrow();
  await rm(file, { recursive: true });
  const again = await openState(options);
  expect(again.signer.peerId).toBe(state.signer.peerId);
  await again.close();
});

const deals = collection<{ readonly id: string }>()('deals', ['id']);

it('A peer whose key was lost gets no other one: its money and deals would be out of reach without a word', async () => {
  const options = { dataDirectory, onFault: () => undefined };
  const state = await openState(options);
  state.store.transaction((tx) => tx.put(deals, { id: 'one' }));
  const key = state.directory.file('key');
  await state.close();
  await rm(key);
  await expect(openState(options)).rejects.toMatchObject({ code: 'key-file-damaged' });
  await expect(access(key)).rejects.toThrow('ENOENT');
});

it('A peer that was killed before its key was made begins anew', async () => {
  openDatabase(join(dataDirectory, 'souk.db')).close();
  const state = await openState({ dataDirectory, onFault: () => undefined });
  expect(state.signer.peerId).toMatch(/^z/);
  await state.close();
});
