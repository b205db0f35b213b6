import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readControlFile } from '../../main/bridge/control-file.ts';
import { httpClient } from '../../main/bridge/http-client.ts';
import { until } from '../harness/until.ts';
import { LaunchedDesktop, type LaunchOptions } from './launch.ts';
import { missing } from './missing.ts';

const card = `souk://card/${['eyJhbGciOiJFZERTQSJ9', 'eyJ0eXAiOiJzb3VrLWNhcmQifQ', 'c2lnbmF0dXJl'].join('.')}`;

describe.skipIf(missing)('the desktop', () => {
  let folder: string;
  const running: LaunchedDesktop[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-desktop-'));
    // Any free port: several tests and programs share this machine. And the first start's wizard is done.
    await writeFile(
      join(folder, 'settings.json'),
      JSON.stringify({
        host: '127.0.0.1',
        port: 0,
        market: { name: 'Amira' },
        setup: { done: true },
      }),
    );
  });
  afterEach(async () => {
    for (const desktop of running.splice(0)) await desktop.kill();
    await rm(folder, { recursive: true, force: true });
  });

  function launch(options: Partial<LaunchOptions> = {}): LaunchedDesktop {
    const desktop = new LaunchedDesktop({ dataDirectory: folder, ...options });
    running.push(desktop);
    return desktop;
  }

  async function launched(options: Partial<LaunchOptions> = {}): Promise<LaunchedDesktop> {
    const desktop = launch(options);
    await desktop.untilShown('Souk');
    return desktop;
  }

  const call = (method: string, input: unknown) =>
    `window.souk.client.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`;

  it('loads its page over app:// under the strict policy, and the page talks to the peer', async () => {
    const desktop = await launched();
    const status = await desktop.inPage(call('peer.status', {}));
    expect(status).toMatchObject({ ok: true, value: { name: 'Amira', dataDirectory: folder } });
    const page = await desktop.evaluate(async ({ BrowserWindow, refusedRequests, privileged }) => {
      const [window] = BrowserWindow.getAllWindows();
      const { errors } = (await window?.page()) ?? { errors: ['no window'] };
      return { errors, refusedRequests, privileged, url: window?.webContents.getURL() };
    });
    expect(page.errors).toEqual([]);
    expect(page.refusedRequests).toEqual([]);
    expect(page.url).toMatch(/^app:\/\/souk\//);
    expect(page.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const policy = await desktop.inPage<string>(
      `fetch('/').then((answer) => answer.headers.get('content-security-policy'))`,
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(await desktop.quit()).toBe(0);
  });

  it('can be driven by the command line, too, and takes the way in with it when it ends', async () => {
    const desktop = await launched();
    const control = readControlFile(folder);
    if (!control) throw new Error('It left no way to be driven.');
    const client = httpClient(control);
    const status = await client.call('peer.status', {});
    expect(status).toMatchObject({ ok: true, value: { name: 'Amira', dataDirectory: folder } });
    expect(await fetch(control.url).then((answer) => answer.status)).toBe(401);
    expect(await client.call('peer.stop', {})).toMatchObject({ ok: true });
    expect(await desktop.exited).toBe(0);
    expect(readControlFile(folder)).toBeUndefined();
  });

  it('gives the page its port and nothing of Electron or Node', async () => {
    const desktop = await launched();
    expect(await desktop.inPage('Object.keys(window.souk).sort()')).toEqual(['client', 'desktop']);
    expect(
      await desktop.inPage(
        '[typeof require, typeof process, typeof module, typeof standIn].join()',
      ),
    ).toBe('undefined,undefined,undefined,undefined');
    const preferences = await desktop.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return window?.options.webPreferences;
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('tells the page events as they happen', async () => {
    const desktop = await launched();
    await desktop.inPage(
      `(async () => { window.heard = []; await window.souk.client.listen((frame) => window.heard.push(frame)); })()`,
    );
    expect(await desktop.inPage('window.heard[0].kind')).toBe('snapshot');
    const shared = join(folder, 'config');
    await desktop.evaluate(({ dialog }, path) => dialog.answer({ filePaths: [path] }), shared);
    await writeFile(join(folder, 'note.txt'), 'tide tables');
    const share = `window.souk.desktop.chooseFolder('x').then(({ token }) => window.souk.desktop.shareFolder(token, [], []))`;
    await desktop.inPage(share);
    await desktop.inPage(
      `new Promise((done) => { const timer = setInterval(() => { if (window.heard.some(({ event }) => event?.type === 'library')) { clearInterval(timer); done(); } }, 20); })`,
    );
  });

  it('refuses every frame but the main frame of its own window', async () => {
    const desktop = await launched();
    const answers = await desktop.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const [window] = BrowserWindow.getAllWindows();
      const sender = window?.webContents;
      const own = { url: 'app://souk/', parent: null };
      const events = {
        own: { sender, senderFrame: own },
        'another site': { sender, senderFrame: { url: 'https://souk.example/', parent: null } },
        'a name that begins alike': {
          sender,
          senderFrame: { url: 'app://souk.example/', parent: null },
        },
        'a frame within': { sender, senderFrame: { url: 'app://souk/', parent: own } },
        'a frame that is gone': { sender, senderFrame: null },
        'another window': { sender: {}, senderFrame: own },
      };
      const told: Record<string, string[]> = {};
      for (const [who, event] of Object.entries(events)) {
        const asked = [
          ipcMain.invokeAs(event, 'souk:invoke', 'peer.status', '{}'),
          ipcMain.invokeAs(event, 'souk:subscribe', who, '{}'),
          ipcMain.invokeAs(event, 'souk:desktop', 'preferences', '[]'),
        ];
        told[who] = (await Promise.all(asked)).map((text) => {
          const answer = JSON.parse(String(text));
          return answer.ok ? 'ok' : answer.error.code;
        });
      }
      return told;
    });
    const { own, ...others } = answers;
    expect(own).toEqual(['ok', 'ok', 'ok']);
    for (const told of Object.values(others)) {
      expect(told).toEqual(['wrong-origin', 'wrong-origin', 'wrong-origin']);
    }
    expect(Object.keys(others)).toHaveLength(5);
  });

  it('lets a page go nowhere and open nothing; https links go to the browser', async () => {
    const desktop = await launched();
    for (const url of ['https://example.org/paper', 'http://example.org/', 'file:///etc/passwd']) {
      await desktop.inPage(`void window.open(${JSON.stringify(url)}, '_blank')`);
    }
    await desktop.until('the browser was asked', ({ shell }) => shell.done.length > 0);
    await desktop.inPage(`void (window.location.href = 'https://example.org/away')`);
    await desktop.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      for (const url of ['javascript:alert(1)', 'smb://host/share', 'https://user@example.org/']) {
        window?.webContents.opens(url);
      }
    });
    const seen = await desktop.evaluate(({ BrowserWindow, shell }) => ({
      windows: BrowserWindow.getAllWindows().length,
      url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
      done: shell.done,
      allowed: ['https://a.example/', 'app://souk/', 'app://passphrase/', 'file:///etc/passwd'].map(
        (url) => BrowserWindow.getAllWindows()[0]?.webContents.mayNavigate(url),
      ),
    }));
    expect(seen.windows).toBe(1);
    expect(seen.url).toMatch(/^app:\/\/souk\//);
    expect(seen.done).toEqual([{ name: 'openExternal', args: ['https://example.org/paper'] }]);
    expect(seen.allowed).toEqual([false, true, false, false]);
  });

  it('grants no permission but to put a text into the clipboard', async () => {
    const desktop = await launched();
    const granted = await desktop.evaluate(({ session }) => {
      const { handlers, spellChecker } = session.defaultSession;
      const request = handlers['request'] as (...args: unknown[]) => void;
      const check = handlers['check'] as (...args: unknown[]) => boolean;
      const answers: Record<string, boolean> = { spellChecker };
      for (const permission of [
        'media',
        'geolocation',
        'clipboard-read',
        'clipboard-sanitized-write',
      ]) {
        request({}, permission, (yes: boolean) => (answers[`request ${permission}`] = yes), {
          requestingUrl: 'app://souk/',
        });
        answers[`check ${permission}`] = check({}, permission, 'app://souk', {});
      }
      answers['foreign'] = check({}, 'clipboard-sanitized-write', 'https://example.org', {});
      answers['device'] = (handlers['device'] as () => boolean)();
      return answers;
    });
    const yes = Object.entries(granted).flatMap(([name, answer]) => (answer ? [name] : []));
    expect(yes).toEqual(['request clipboard-sanitized-write', 'check clipboard-sanitized-write']);
  });

  it('keeps crash reports on this machine', async () => {
    const desktop = await launched();
    expect(await desktop.evaluate(({ crashReporter }) => crashReporter.started)).toEqual({
      uploadToServer: false,
    });
  });

  it('asks before it adds who stands in a link that opened it', async () => {
    const desktop = await launched({ args: [card] });
    await desktop.until('the page shows the invite', async ({ BrowserWindow }) => {
      const page = await BrowserWindow.getAllWindows()[0]?.page();
      return (await page?.page.evaluate('location.hash'))?.toString().includes('souk%3A%2F%2Fcard');
    });
    const list = await desktop.inPage(call('neighbors.list', {}));
    expect(list).toMatchObject({ ok: true, value: { total: 0 } });
  });

  it('hands a file that was opened, or dropped, to the same question', async () => {
    const file = join(folder, 'alice.souk');
    await writeFile(file, `${card}\n`);
    const desktop = await launched({ args: [file] });
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
    const desktop = await launched({ args: ['souk://pay/everything'] });
    await desktop.until('a dialog', ({ dialog }) => dialog.shown.length > 0);
    const shown = await desktop.evaluate(({ dialog }) => dialog.shown[0]?.options['message']);
    expect(shown).toBe('This is no invite');
  });

  it('takes a folder by the token of its dialog, once, and from the page no path at all', async () => {
    const desktop = await launched({ answers: [{ filePaths: [folder] }] });
    const named = await desktop.inPage(call('library.share', { path: '/etc' }));
    expect(named).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const backup = await desktop.inPage(call('peer.backup', { file: '/tmp/x' }));
    expect(backup).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const chosen = await desktop.inPage<{ token: string; label: string }>(
      `window.souk.desktop.chooseFolder('Share')`,
    );
    expect(folder.endsWith(chosen.label)).toBe(true);
    expect(JSON.stringify(chosen)).not.toContain(folder);
    const share = `window.souk.desktop.shareFolder(${JSON.stringify(chosen.token)}, ['*.txt'], [])`;
    expect(await desktop.inPage(share)).toMatchObject({ ok: true, value: { path: folder } });
    expect(await desktop.inPage(share)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const rules = await desktop.inPage(call('library.share', { path: folder, include: ['*.md'] }));
    expect(rules).toMatchObject({ ok: true });
  });

  it('hashes and reads shared documents in the bundled workers', async () => {
    const books = await mkdtemp(join(tmpdir(), 'souk-books-'));
    await writeFile(join(books, 'tides.md'), '# Tides\n\nSpring tides follow the lanternmoon.\n');
    const desktop = await launched({ answers: [{ filePaths: [books] }] });
    const share = `window.souk.desktop.chooseFolder('Share').then(({ token }) => window.souk.desktop.shareFolder(token, [], []))`;
    expect(await desktop.inPage(share)).toMatchObject({ ok: true });
    const scanned = await desktop.inPage(call('library.rescan', {}));
    expect(scanned).toMatchObject({ ok: true, value: { failed: 0, unreadable: [] } });
    // A word of its text, which only the worker that reads documents knows.
    await until('the document is found by a word of its text', async () => {
      const found = await desktop.inPage<{ value: { total: number } }>(
        call('library.list', { text: 'lanternmoon' }),
      );
      return found.value.total === 1 ? true : undefined;
    });
    await rm(books, { recursive: true, force: true });
  });

  it('remembers where its window was', async () => {
    const desktop = await launched();
    const bounds = { x: 210, y: 130, width: 1100, height: 720 };
    await desktop.evaluate(({ BrowserWindow }, moved) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(moved);
    }, bounds);
    await desktop.quit();
    const again = await launched();
    const opened = await again.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.options,
    );
    expect(opened).toMatchObject(bounds);
  });

  it('goes on in the tray when its window is closed, and says so once', async () => {
    const desktop = await launched();
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
    const desktop = await launched();
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = launch({ args: [card] });
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
    const desktop = await launched();
    const key = JSON.parse(await readFile(join(folder, 'key.json'), 'utf8'));
    expect(key.sealed).toBe(true);
    const kept = join(folder, 'desktop', 'passphrase.sealed');
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
    const again = await launched();
    expect(await again.evaluate(({ dialog }) => dialog.shown)).toEqual([]);
  });

  it('says honestly where a Linux system can only hide the passphrase, and then asks at each start', async () => {
    const desktop = launch({ keyring: 'basic_text', answers: [{ response: 1 }] });
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
    const again = launch({ keyring: 'basic_text' });
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
    await writeFile(join(folder, 'settings.json'), '{ "port": "many" ');
    const desktop = launch();
    await desktop.until('a dialog', ({ dialog }) => dialog.shown.length > 0);
    const options = await desktop.evaluate(({ dialog }) => dialog.shown[0]?.options);
    expect(options).toMatchObject({
      message: 'The settings cannot be read',
      buttons: ['Try Again', 'Begin With Defaults', 'Show in Folder', 'Quit'],
    });
    await desktop.evaluate(({ dialog }) => dialog.answer({ response: 3 }));
    expect(await desktop.exited).toBe(0);
    expect(await readFile(join(folder, 'settings.json'), 'utf8')).toContain('many');
  });
});
