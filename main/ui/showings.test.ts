import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstFound } from './show-screen.ts';
import { appBrowsersOf, openersOf, type Surroundings, showingsOf } from './showings.ts';

const url = 'http://127.0.0.1:40123/#ticket=secret';
const linux: Surroundings = {
  platform: 'linux',
  env: { DISPLAY: ':0' },
  terminal: true,
  root: false,
  appBrowser: '/usr/bin/chromium',
  opener: '/usr/bin/xdg-open',
};
const kinds = (surroundings: Surroundings) =>
  showingsOf(url, '/data', surroundings).map(({ kind }) => kind);

describe('how the screen is shown', () => {
  it('prefers a window of its own to a page in the own browser', () => {
    expect(kinds(linux)).toEqual(['window', 'browser']);
    const { appBrowser, ...ownBrowserOnly } = linux;
    expect(appBrowser).toBeDefined();
    expect(kinds(ownBrowserOnly)).toEqual(['browser']);
    const { opener, ...none } = ownBrowserOnly;
    expect(opener).toBeDefined();
    expect(kinds(none)).toEqual([]);
  });

  it('gives the window its page and a profile inside the data directory', () => {
    const [window] = showingsOf(url, '/data', linux);
    expect(window?.args).toContain(`--app=${url}`);
    expect(window?.args).toContain('--user-data-dir=/data/window');
    expect(window?.args).not.toContain('--no-sandbox');
  });

  it('gives up the sandbox only for the super-user on Linux, where Chromium does not run with it', () => {
    const sandboxed = (change: Partial<Surroundings>) =>
      !showingsOf(url, '/data', { ...linux, ...change })[0]?.args.includes('--no-sandbox');
    expect(sandboxed({ root: true })).toBe(false);
    expect(sandboxed({ root: false })).toBe(true);
    expect(sandboxed({ platform: 'darwin', root: true })).toBe(true);
  });

  it('hands the address to Windows without a shell that would read it', () => {
    const showings = showingsOf(url, '/data', {
      ...{ platform: 'win32', env: {}, terminal: true, root: false },
      opener: 'C:\\Windows\\System32\\rundll32.exe',
    });
    expect(showings).toEqual([
      {
        kind: 'browser',
        command: 'C:\\Windows\\System32\\rundll32.exe',
        args: ['url.dll,FileProtocolHandler', url],
      },
    ]);
  });

  it.each<[string, Partial<Surroundings>]>([
    ['there is no display', { env: {} }],
    ['the display is an empty word', { env: { DISPLAY: '' } }],
    ['a CI runs it', { env: { DISPLAY: ':0', CI: 'true' } }],
    ['macOS is reached from afar', { platform: 'darwin', env: { SSH_CONNECTION: '1 2 3 4' } }],
    ['nobody sits before macOS', { platform: 'darwin', env: {}, terminal: false }],
    ['nobody sits before Windows', { platform: 'win32', env: {}, terminal: false }],
  ])('opens nothing where %s', (_where, change) => {
    expect(kinds({ ...linux, ...change })).toEqual([]);
  });

  it.each<[string, Partial<Surroundings>]>([
    ['Wayland alone', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['a launcher without a terminal', { terminal: false }],
    ['CI=false', { env: { DISPLAY: ':0', CI: 'false' } }],
    ['a terminal on macOS', { platform: 'darwin', env: {} }],
  ])('opens a window under %s', (_where, change) => {
    expect(kinds({ ...linux, ...change })).toEqual(['window', 'browser']);
  });

  it('looks for browsers where each platform keeps them', () => {
    expect(appBrowsersOf('linux', {})).toContain('chromium');
    expect(appBrowsersOf('darwin', {})).toContain(
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    );
    expect(appBrowsersOf('win32', { ProgramFiles: 'C:\\Program Files' })).toContain(
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    );
    expect(appBrowsersOf('win32', {})).toEqual([]);
    expect(openersOf('freebsd')).toEqual(['xdg-open']);
  });

  it('finds the first program that can be run, and no file that only has its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'souk-ui-'));
    try {
      writeFileSync(join(folder, 'first'), '', { mode: 0o600 });
      writeFileSync(join(folder, 'second'), '', { mode: 0o700 });
      const path = `.:relative:${folder}`;
      expect(firstFound(['first', 'second'], path)).toBe(join(folder, 'second'));
      expect(firstFound([join(folder, 'second')], '')).toBe(join(folder, 'second'));
      expect(firstFound(['second'], undefined)).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
