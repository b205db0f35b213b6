import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeerSettings } from '../storage/index.ts';
import { type RunningPeer, startPeer } from './index.ts';

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await realpath(await mkdtemp(join(tmpdir(), 'souk-start-')));
});
afterEach(() => rm(dataDirectory, { recursive: true }));

const log = pino({ level: 'silent' });
const onPort = (port: number) => (current: PeerSettings) => ({
  ...current,
  ...{ host: '127.0.0.1', port },
});

it('A start that fails holds nothing: the next one has the directory, the library and the port', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve(portOf(other)));
  });
  const options = { dataDirectory, log, settings: onPort(port) };
  await expect(startPeer(options)).rejects.toMatchObject({ code: 'port-in-use' });
  await new Promise((resolve) => other.close(resolve));

  const peer = await startPeer(options);
  expect(peer.port).toBe(port);
  expect(peer.endpoints).toEqual([`https://127.0.0.1:${port}`]);
  await peer.close();

  const again = await startPeer({ ...options, settings: onPort(0) });
  expect(again.self).toBe(peer.self);
  expect(again.port).toBeGreaterThan(0);
  await again.close();
});

it('A peer whose library index is damaged starts, and makes it again from what is shared', async () => {
  const documents = join(dataDirectory, 'documents');
  await mkdir(documents);
  await writeFile(join(documents, 'Walden.txt'), 'text');
  await writeFile(join(dataDirectory, 'library.db'), 'no database'.repeat(100));
  const settings = (current: PeerSettings) => ({
    ...onPort(0)(current),
    library: { folders: [{ path: documents, include: [], exclude: [] }] },
  });
  const peer = await startPeer({ dataDirectory, log, settings });
  await peer.library.rescan();
  expect(peer.library.list({ offset: 0, limit: 1 }).total).toBe(1);
  await peer.close();
  const aside = await readFile(join(dataDirectory, 'library-damaged.db'), 'utf8');
  expect(aside).toContain('no database');
});

describe('a shared folder', () => {
  const at = (name: string) => join(dataDirectory, 'documents', name);
  const shared = (path: string) => ({ path, include: [], exclude: [] });
  let peer: RunningPeer;
  beforeEach(async () => {
    await mkdir(at('here'), { recursive: true });
    const settings = (current: PeerSettings) => ({
      ...onPort(0)(current),
      library: { folders: [shared(at('on a disk'))] },
    });
    peer = await startPeer({ dataDirectory, log, settings });
  });
  afterEach(() => peer.close());
  const kept = () => peer.settings.current.library.folders.map(({ path }) => path);

  it('that was not there at the start stays in the settings when another is shared no more', async () => {
    await peer.share(shared(at('here')));
    expect(await peer.unshare(at('here'))).toBe(true);
    expect(kept()).toEqual([at('on a disk')]);
  });

  it('that is not there can be taken out of the settings all the same', async () => {
    expect(await peer.unshare(at('nowhere'))).toBe(false);
    expect(await peer.unshare(at('on a disk'))).toBe(true);
    expect(kept()).toEqual([]);
  });

  it('is shared with what the settings keep of it, and not where they could not be written', async () => {
    const file = join(dataDirectory, 'settings.json');
    await rm(file);
    await mkdir(join(file, 'in the way'), { recursive: true });
    await expect(peer.share(shared(at('here')))).rejects.toThrow();
    expect(peer.library.folders()).toEqual([]);
    await rm(file, { recursive: true });
    expect(await peer.share(shared(`${at('here')}/.`))).toEqual(shared(at('here')));
  });
});

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return address.port;
}
