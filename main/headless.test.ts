import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { startHeadless } from './headless.ts';
import { openDataDirectory } from './storage/index.ts';

vi.mock('./bridge/control-service.ts', () => ({
  openControlService: async () => ({
    control: { url: 'http://127.0.0.1:1', token: 'x', pid: 1 },
    newTicket: () => 'ticket',
    close: () => Promise.reject(new Error('The file cannot be removed.')),
  }),
}));

it('A peer whose control service cannot be ended in order is ended all the same', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'souk-headless-'));
  const log = pino({ level: 'silent' });
  const headless = await startHeadless({
    ...{ dataDirectory, log, role: 'peer', host: '127.0.0.1', port: 0 },
  });
  await expect(headless.stop()).rejects.toThrow('The file cannot be removed.');
  // Else its books would stay open, and the program go on without anybody who could end it.
  openDataDirectory(dataDirectory).close();
  await rm(dataDirectory, { recursive: true });
});
