import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { until } from '../harness/until.ts';
import { call, desktopsOfEachTest } from './desktops.ts';
import { missing } from './missing.ts';

/** What the page of the desktop is given, and what it cannot do. */
describe.skipIf(missing)("the desktop's page", () => {
  const desktops = desktopsOfEachTest();

  it('loads its page over app:// under the strict policy, and the page talks to the peer', async () => {
    const desktop = await desktops.launched();
    const status = await desktop.inPage(call('peer.status', {}));
    expect(status).toMatchObject({
      ok: true,
      value: { name: 'Amira', dataDirectory: desktops.folder },
    });
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

  it('gives the page its port and nothing of Electron or Node', async () => {
    const desktop = await desktops.launched();
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
    const desktop = await desktops.launched();
    await desktop.inPage(
      `(async () => { window.heard = []; await window.souk.client.listen((frame) => window.heard.push(frame)); })()`,
    );
    expect(await desktop.inPage('window.heard[0].kind')).toBe('snapshot');
    const shared = join(desktops.folder, 'config');
    await desktop.evaluate(({ dialog }, path) => dialog.answer({ filePaths: [path] }), shared);
    await writeFile(join(desktops.folder, 'note.txt'), 'tide tables');
    const share = `window.souk.desktop.chooseFolder('x').then(({ token }) => window.souk.desktop.shareFolder(token, [], []))`;
    await desktop.inPage(share);
    await desktop.inPage(
      `new Promise((done) => { const timer = setInterval(() => { if (window.heard.some(({ event }) => event?.type === 'library')) { clearInterval(timer); done(); } }, 20); })`,
    );
  });

  it('refuses every frame but the main frame of its own window', async () => {
    const desktop = await desktops.launched();
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
    const desktop = await desktops.launched();
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
    const desktop = await desktops.launched();
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

  it('takes a folder by the token of its dialog, once, and from the page no path at all', async () => {
    const desktop = await desktops.launched({ answers: [{ filePaths: [desktops.folder] }] });
    const named = await desktop.inPage(call('library.share', { path: '/etc' }));
    expect(named).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const backup = await desktop.inPage(call('peer.backup', { file: '/tmp/x' }));
    expect(backup).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const chosen = await desktop.inPage<{ token: string; label: string }>(
      `window.souk.desktop.chooseFolder('Share')`,
    );
    expect(desktops.folder.endsWith(chosen.label)).toBe(true);
    expect(JSON.stringify(chosen)).not.toContain(desktops.folder);
    const share = `window.souk.desktop.shareFolder(${JSON.stringify(chosen.token)}, ['*.txt'], [])`;
    expect(await desktop.inPage(share)).toMatchObject({
      ok: true,
      value: { path: desktops.folder },
    });
    expect(await desktop.inPage(share)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const rules = await desktop.inPage(
      call('library.share', { path: desktops.folder, include: ['*.md'] }),
    );
    expect(rules).toMatchObject({ ok: true });
  });

  it('hashes and reads shared documents in the bundled workers', async () => {
    const books = await mkdtemp(join(tmpdir(), 'souk-books-'));
    await writeFile(join(books, 'tides.md'), '# Tides\n\nSpring tides follow the lanternmoon.\n');
    const desktop = await desktops.launched({ answers: [{ filePaths: [books] }] });
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

  it('plays the market to watch in a worker of its own, as the strict policy lets it', async () => {
    const desktop = await desktops.launched();
    await desktop.inPage(`void (window.location.hash = '#/watch')`);
    await desktop.untilShown(en['watch.title']);
    const press = `[...document.querySelectorAll('button')].find((each) => each.textContent === ${JSON.stringify(en['watch.step'])})`;
    await until('the worker tells what happens', async () =>
      (await desktop.inPage<boolean>(
        `(() => { ${press}?.click(); return document.querySelectorAll('.souk-watch-events li').length > 0; })()`,
      ))
        ? true
        : undefined,
    );
    const { errors } = await desktop.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (await window?.page()) ?? { errors: ['no window'] };
    });
    expect(errors).toEqual([]);
  });
});
