import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const electron = join(root, 'node_modules/electron');

/** Electron's program where it is; to require its package would begin to download it. */
function programOf(): string | undefined {
  const path = join(electron, 'path.txt');
  if (!existsSync(path)) return undefined;
  const program = join(electron, 'dist', readFileSync(path, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

const program = programOf();
const noScreen = process.platform === 'linux' && !process.env['DISPLAY'];
if (program === undefined)
  console.warn('SKIPPED: Electron is not installed here; its window was not tested.');
else if (noScreen)
  console.warn('SKIPPED: there is no screen (DISPLAY); the window of Electron was not tested.');

describe.skipIf(program === undefined || noScreen)('Electron itself', () => {
  it('opens the window, and its page talks to the peer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'souk-electron-'));
    await writeFile(
      join(folder, 'settings.json'),
      JSON.stringify({ host: '127.0.0.1', port: 0, setup: { done: true } }),
    );
    const desktop = await _electron.launch({
      executablePath: program ?? '',
      args: ['--no-sandbox', root],
      env: { ...process.env, SOUK_DATA: folder } as Record<string, string>,
    });
    try {
      const page = await desktop.firstWindow();
      await page.waitForFunction('window.souk !== undefined');
      expect(page.url()).toMatch(/^app:\/\/souk\//);
      const status = await page.evaluate(`window.souk.client.call('peer.status', {})`);
      expect(status).toMatchObject({ ok: true, value: { dataDirectory: folder } });
      expect(await page.evaluate('typeof require')).toBe('undefined');
    } finally {
      await desktop.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
