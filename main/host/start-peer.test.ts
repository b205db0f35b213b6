import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PeerSettings } from '../storage/index.ts';
import { startPeer } from './index.ts';

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'souk-start-'));
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

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return address.port;
}
