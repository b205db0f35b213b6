import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readControlFile } from '../../main/bridge/control-file.ts';
import { httpClient } from '../../main/bridge/http-client.ts';
import { call, desktopsOfEachTest } from './desktops.ts';
import { missing } from './missing.ts';

const card = `souk://card/${['eyJhbGciOiJFZERTQSJ9', 'eyJ0eXAiOiJzb3VrLWNhcmQifQ', 'c2lnbmF0dXJl'].join('.')}`;

/** The program around the page: its window, links, tray, key and start. */
describe.skipIf(missing)('the desktop', () => {
  const desktops = desktopsOfEachTest();

  it('can be driven by the command line, too, and takes the way in with it when it ends', async () => {
    const desktop = await desktops.launched();
    const control = readControlFile(desktops.folder);
    if (!control) throw new Error('It left no way to be driven.');
    const client = httpClient(control);
    const status = await client.call('peer.status', {});
    expect(status).toMatchObject({
      ok: true,
      value: { name: 'Amira', dataDirectory: desktops.folder },
    });
    expect(await fetch(control.url).then((answer) => answer.status)).toBe(401);
    expect(await client.call('peer.stop', {})).toMatchObject({ ok: true });
    expect(await desktop.exited).toBe(0);
    expect(readControlFile(desktops.folder)).toBeUndefined();
  });

  it('keeps crash reports on this machine', async () => {
    const desktop = await desktops.launched();
    expect(await desktop.evaluate(({ crashReporter }) => crashReporter.started)).toEqual({
      uploadToServer: false,
    });
  });

  it('asks before it adds who stands in a link that opened it', async () => {
    const desktop = await desktops.launched({ args: [card] });
    await desktop.until('the page shows the invite', async ({ BrowserWindow }) => {
      const page = await BrowserWindow.getAllWindows()[0]?.page();
      return (await page?.page.evaluate('location.hash'))?.toString().includes('souk%3A%2F%2Fcard');
    });
    const list = await desktop.inPage(call('neighbors.list', {}));
    expect(list).toMatchObject({ ok: true, value: { total: 0 } });
  });

  it('hands a file that was opened, or dropped, to the same question', async () => {
    const file = join(desktops.folder, 'alice.souk');
    await writeFile(file, `${card}\n`);
    const desktop = await desktops.launched({ args: [file] });
    const shown = async ({ BrowserWindow }: typeof import('./stand-in/index.ts')) => {
      const page = await BrowserWindow.getAllWindows()[0]?.page();
      return (await page?.page.evaluate('location.hash'))?.toString().includes('souk%3A%2F%2Fcard');
    };
    await desktop.until('the page shows the invite', shown);
    await desktop.inPage(`void (window.location.hash = '#/search')`);
    const drop = `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(card)}], 'bob.souk'));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); })()`;
    await desktop.inPage(drop);
    await desktop.until('the page shows the dropped invite', shown);
  });

  it('says of another text that it is no invite', async () => {
    const desktop = await desktops.launched({ args: ['souk://pay/everything'] });
    await desktop.until('a dialog', ({ dialog }) => dialog.shown.length > 0);
    const shown = await desktop.evaluate(({ dialog }) => dialog.shown[0]?.options['message']);
    expect(shown).toBe('This is no invite');
  });

  it('remembers where its window was', async () => {
    const desktop = await desktops.launched();
    const bounds = { x: 210, y: 130, width: 1100, height: 720 };
    await desktop.evaluate(({ BrowserWindow }, moved) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(moved);
    }, bounds);
    await desktop.quit();
    const again = await desktops.launched();
    const opened = await again.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.options,
    );
    expect(opened).toMatchObject(bounds);
  });

  it('goes on in the tray when its window is closed, and says so once', async () => {
    const desktop = await desktops.launched();
    const closed = await desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.close(),
    );
    expect(closed).toBe(false);
    const seen = await desktop.evaluate(({ BrowserWindow, Notification, Tray }) => ({
      visible: BrowserWindow.getAllWindows()[0]?.isVisible(),
      told: Notification.shown.map(({ title }) => title),
      menu: Tray.all[0]?.menu?.items.map(({ label }) => label),
    }));
    expect(seen).toMatchObject({ visible: false, told: ['Souk keeps running'] });
    expect(seen.menu).toContain('Nothing earned today yet');
    const limit = await desktop.evaluate(async ({ Tray }) => {
      const item = Tray.all[0]?.menu?.items.find(({ label }) => label?.startsWith('Limit speed'));
      item?.click?.({ checked: true });
      return item?.checked;
    });
    expect(limit).toBe(false);
    await desktop.until('the tray shows the limit', ({ Tray }) =>
      Tray.all[0]?.menu?.items.some(({ checked }) => checked),
    );
    expect(await desktop.inPage(call('settings.get', {}))).toMatchObject({
      value: { limits: { uploadBytesPerSecond: 131_072, downloadBytesPerSecond: 524_288 } },
    });
  });

  it('brings the one that runs to the front when it is started again, with what was opened', async () => {
    const desktop = await desktops.launched();
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = desktops.launch({ args: [card] });
    expect(await second.exited).toBe(0);
    await desktop.until('the window is shown again', ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.isVisible(),
    );
    await desktop.until('the page shows the invite', async ({ BrowserWindow }) => {
      const page = await BrowserWindow.getAllWindows()[0]?.page();
      return (await page?.page.evaluate('location.hash'))?.toString().includes('souk%3A%2F%2Fcard');
    });
  });

  it('seals the key with a passphrase that the system keeps, and shows it to the person', async () => {
    const desktop = await desktops.launched();
    const key = JSON.parse(await readFile(join(desktops.folder, 'key.json'), 'utf8'));
    expect(key.sealed).toBe(true);
    const kept = join(desktops.folder, 'desktop', 'passphrase.sealed');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    const asked = desktop.inPage('window.souk.desktop.showPassphrase()');
    await desktop.until('a dialog', ({ dialog }) => dialog.shown.length > 0);
    const shown = await desktop.evaluate(({ dialog }) => {
      dialog.answer({ response: 1 });
      return String(dialog.shown[0]?.options['message']);
    });
    await asked;
    expect(shown).toMatch(/^([a-z2-9]{5}-){5}[a-z2-9]{5}$/);
    expect(await readFile(kept, 'utf8')).not.toContain(shown);
    expect(await desktop.evaluate(({ clipboard }) => clipboard.text)).toBe(shown);
    await desktop.quit();
    const again = await desktops.launched();
    expect(await again.evaluate(({ dialog }) => dialog.shown)).toEqual([]);
  });

  it('says honestly where a Linux system can only hide the passphrase, and then asks at each start', async () => {
    const desktop = desktops.launch({ keyring: 'basic_text', answers: [{ response: 1 }] });
    await desktop.untilShown('Choose a passphrase');
    const shown = await desktop.evaluate(({ dialog }) =>
      dialog.shown.map(({ options }) => options),
    );
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ message: 'This system has no keyring', defaultId: 1 });
    const fill = (first: string, second?: string) =>
      `(() => { const form = document.querySelector('form'); form.passphrase.value = ${JSON.stringify(first)};
        if (form.again) form.again.value = ${JSON.stringify(second ?? first)}; form.requestSubmit(); })()`;
    await desktop.inPage(fill('correct horse', 'correct house'));
    await desktop.untilShown('the same in both fields');
    await desktop.inPage(fill('correct horse'));
    await desktop.until('the main window', ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(({ webContents }) =>
        webContents.getURL().startsWith('app://souk/'),
      ),
    );
    await desktop.quit();
    const again = desktops.launch({ keyring: 'basic_text' });
    await again.untilShown('Enter its passphrase');
    await again.inPage(fill('wrong horse'));
    await again.untilShown('does not open the key');
    await again.inPage(fill('correct horse'));
    await again.until('the main window', ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(({ webContents }) =>
        webContents.getURL().startsWith('app://souk/'),
      ),
    );
  });

  it('tells why it cannot start, and goes the way out that is chosen', async () => {
    await writeFile(join(desktops.folder, 'settings.json'), '{ "port": "many" ');
    const desktop = desktops.launch();
    await desktop.until('a dialog', ({ dialog }) => dialog.shown.length > 0);
    const options = await desktop.evaluate(({ dialog }) => dialog.shown[0]?.options);
    expect(options).toMatchObject({
      message: 'The settings cannot be read',
      buttons: ['Try Again', 'Begin With Defaults', 'Show in Folder', 'Quit'],
    });
    await desktop.evaluate(({ dialog }) => dialog.answer({ response: 3 }));
    expect(await desktop.exited).toBe(0);
    expect(await readFile(join(desktops.folder, 'settings.json'), 'utf8')).toContain('many');
  });
});
