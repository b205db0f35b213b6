import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale } from './build-page.ts';
import { electronProgram, whyNoDownload } from './electron-window.ts';
import { freePortAfter } from './free-port.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-ui-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, atSeconds: number): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, 'content');
  utimesSync(path, atSeconds, atSeconds);
  return path;
}

describe('whether the screen is built anew', () => {
  it('is built where it is missing', async () => {
    expect(isStale([join(folder, 'index.html')], [])).toBe(true);
  });

  it('stays as it is while nothing below its sources is newer', async () => {
    const built = file('index.html', 200);
    file('sources/deep/a.ts', 100);
    expect(isStale([built], [join(folder, 'sources'), join(folder, 'missing')])).toBe(false);
    file('sources/deep/b.ts', 300);
    expect(isStale([built], [join(folder, 'sources')])).toBe(true);
  });

  it('is not built for a test, and is for a single file that it depends on', async () => {
    const built = file('index.html', 200);
    file('sources/a.test.ts', 300);
    expect(isStale([built], [join(folder, 'sources')])).toBe(false);
    expect(isStale([built], [file('package-lock.json', 300)])).toBe(true);
  });
});

describe('the window of Electron', () => {
  it('is there where its package says so and the program exists', () => {
    file('path.txt', 1);
    expect(electronProgram(folder)).toBeUndefined();
    file('dist/content', 1);
    expect(electronProgram(folder)).toBe(join(folder, 'dist', 'content'));
    expect(electronProgram(join(folder, 'nowhere'))).toBeUndefined();
  });

  it.each([
    [{}, true, undefined],
    [{ CI: 'false' }, true, undefined],
    [{ CI: 'true' }, true, 'CI'],
    [{ CI: '1' }, true, 'CI'],
    [{ npm_config_offline: 'true' }, true, 'npm'],
    [{}, false, 'offline'],
  ])('is fetched only where that may succeed: %j, online %s', (env, online, why) => {
    const told = whyNoDownload(env, online);
    if (why === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(why);
  });
});

describe('another port', () => {
  it('is the next free one', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const free = await freePortAfter(taken - 1);
    expect(free).toBeGreaterThan(taken);
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not go past the last port', async () => {
    expect(await freePortAfter(65_535)).toBeUndefined();
  });
});
