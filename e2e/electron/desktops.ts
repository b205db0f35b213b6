import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { LaunchedDesktop, type LaunchOptions } from './launch.ts';

/** A way to start desktops over a data directory of each test's own; they end, and it goes, after the test. */
export interface Desktops {
  readonly folder: string;
  launch(options?: Partial<LaunchOptions>): LaunchedDesktop;
  /** Resolves when its window shows the screen. */
  launched(options?: Partial<LaunchOptions>): Promise<LaunchedDesktop>;
}

export function desktopsOfEachTest(): Desktops {
  let folder = '';
  const running: LaunchedDesktop[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-desktop-'));
    // Any free port: several tests and programs share this machine. And the first start's wizard is done.
    const market = { name: 'Amira' };
    const settings = { host: '127.0.0.1', port: 0, market, setup: { done: true } };
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  });
  afterEach(async () => {
    for (const desktop of running.splice(0)) await desktop.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const launch = (options: Partial<LaunchOptions> = {}) => {
    const desktop = new LaunchedDesktop({ dataDirectory: folder, ...options });
    running.push(desktop);
    return desktop;
  };
  return {
    get folder() {
      return folder;
    },
    launch,
    launched: async (options) => {
      const desktop = launch(options);
      await desktop.untilShown('Souk');
      return desktop;
    },
  };
}

/** The text of an expression that asks the peer, as the page does. */
export const call = (method: string, input: unknown) =>
  `window.souk.client.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`;
