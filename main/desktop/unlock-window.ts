import { BrowserWindow } from 'electron';
import type { AppHosts } from './app-scheme.ts';
import type { Entered } from './passphrase.ts';
import { iconFile } from './places.ts';
import type { Texts } from './texts/index.ts';
import { readUnlockForm, type UnlockReason, unlockPage } from './unlock-page.ts';

const host = 'passphrase';

/**
 * Asks for a passphrase in a window of its own, which has no preload script and no way to the peer. The
 * form is sent to `app://passphrase/`, that is: to this program. Undefined where the window is closed.
 */
export function askPassphrase(
  hosts: AppHosts,
  texts: Texts,
  why: UnlockReason,
  rememberable: boolean,
): Promise<Entered | undefined> {
  const window = new BrowserWindow({
    width: 460,
    height: why === 'new' ? 430 : 350,
    resizable: false,
    maximizable: false,
    fullscreenable: false,
    title: texts('unlock.title'),
    icon: iconFile('png/512x512.png'),
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: false,
    },
  });
  return new Promise((resolve) => {
    hosts.set(host, async (request) => {
      if (request.method !== 'POST')
        return unlockPage({ why, refused: false, rememberable }, texts);
      const entered = await readUnlockForm(request, why);
      if (!entered) return unlockPage({ why, refused: true, rememberable }, texts);
      resolve(entered);
      setImmediate(() => window.destroy());
      return new Response(undefined, { status: 204 });
    });
    window.on('closed', () => {
      hosts.remove(host);
      resolve(undefined);
    });
    void window.loadURL(`app://${host}/`).catch(() => undefined);
  });
}
