import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from './menu-template.ts';
import { textsFor } from './texts/index.ts';
import { trayTemplate } from './tray-template.ts';

const texts = textsFor('en-US');
const nothing = () => undefined;
const actions = {
  go: nothing,
  openInvite: nothing,
  showPassphrase: nothing,
  showDataFolder: nothing,
  checkForUpdates: nothing,
};

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}
const rolesOf = (platform: NodeJS.Platform, packaged = true) =>
  all(menuTemplate({ platform, packaged, texts }, actions)).map(({ role }) => role);

describe('the application menu', () => {
  it('begins with the program on a Mac, where About, Hide and Quit are', () => {
    const [first] = menuTemplate({ platform: 'darwin', packaged: true, texts }, actions);
    expect(first?.label).toBe('Souk');
    const roles = all([first ?? {}]).map(({ role }) => role);
    expect(roles).toEqual(
      expect.arrayContaining(['about', 'services', 'hide', 'hideOthers', 'quit']),
    );
  });

  it('has Quit in the file menu and About in the help elsewhere', () => {
    for (const platform of ['linux', 'win32'] as const) {
      const [file, ...others] = menuTemplate({ platform, packaged: true, texts }, actions);
      expect(all([file ?? {}]).map(({ role }) => role)).toContain('quit');
      expect(all([others.at(-1) ?? {}]).map(({ role }) => role)).toContain('about');
      expect(rolesOf(platform)).not.toContain('services');
    }
  });

  it('lets a person edit, zoom and fill the screen on every platform', () => {
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      expect(rolesOf(platform)).toEqual(
        expect.arrayContaining([
          'undo',
          'cut',
          'copy',
          'paste',
          'selectAll',
          'zoomIn',
          'togglefullscreen',
        ]),
      );
    }
  });

  it('opens developer tools for nobody but who builds Souk', () => {
    expect(rolesOf('linux', true)).not.toContain('toggleDevTools');
    expect(rolesOf('linux', false)).toContain('toggleDevTools');
  });

  it('uses no shortcut twice', () => {
    const used = all(menuTemplate({ platform: 'linux', packaged: true, texts }, actions)).flatMap(
      ({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []),
    );
    expect(new Set(used).size).toBe(used.length);
  });

  it('speaks German where the system does', () => {
    const german = menuTemplate(
      { platform: 'linux', packaged: true, texts: textsFor('de-AT') },
      actions,
    );
    expect(german[0]?.label).toBe('&Datei');
  });
});

describe('the menu of the tray', () => {
  const limits = { upload: 128 * 1024, download: 2 * 1024 * 1024 };
  const tray = { open: nothing, quit: nothing, limit: nothing };

  it('tells what today earned, in three currencies at most', () => {
    const earned = ['1 A', '2 B', '3 C', '4 D'];
    const labels = trayTemplate({ earned, limited: false, limits }, texts, tray).map(
      ({ label }) => label,
    );
    expect(labels).toEqual([
      'Open Souk',
      undefined,
      'Earned today: 1 A',
      'Earned today: 2 B',
      'Earned today: 3 C',
      undefined,
      'Limit speed (2 MiB/s down, 128 KiB/s up)',
      undefined,
      'Quit Souk',
    ]);
  });

  it('shows whether the speed is limited', () => {
    const items = trayTemplate({ earned: [], limited: true, limits }, texts, tray);
    expect(items.find(({ type }) => type === 'checkbox')?.checked).toBe(true);
    expect(items.some(({ label }) => label === 'Nothing earned today yet')).toBe(true);
  });
});
