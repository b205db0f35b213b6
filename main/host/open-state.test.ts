import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { someNeighbor } from '../../src/kernel/neighbor-book.suite.ts';
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
