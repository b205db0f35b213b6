import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { ask } from './dialogs.ts';
import type { Texts } from './texts/index.ts';

/**
 * Looks for a newer Souk when a person asks. Nothing is loaded, and nothing installed, without a click; a
 * copy that was packaged without an address for updates says so and asks nobody.
 */
export async function checkForUpdates(
  window: BrowserWindow | undefined,
  texts: Texts,
): Promise<void> {
  const tell = (message: string, detail = '') =>
    ask(window, { type: 'info', message, detail, buttons: [texts('dialog.ok')] });
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) {
    await tell(texts('update.no-source'), texts('update.no-source-body'));
    return;
  }
  // Loaded here only: most starts never ask.
  const { default: updater } = await import('electron-updater');
  const { autoUpdater } = updater;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  try {
    const found = await autoUpdater.checkForUpdates();
    if (!found?.isUpdateAvailable) {
      await tell(texts('update.none'));
      return;
    }
    const { version } = found.updateInfo;
    const load = await ask(window, {
      type: 'question',
      message: texts('update.found', { version }),
      detail: texts('update.found-body'),
      buttons: [texts('update.load'), texts('update.later')],
      defaultId: 0,
      cancelId: 1,
    });
    if (load !== 0) return;
    await autoUpdater.downloadUpdate();
    const install = await ask(window, {
      type: 'question',
      message: texts('update.ready', { version }),
      detail: texts('update.ready-body'),
      buttons: [texts('update.install'), texts('update.later')],
      defaultId: 0,
      cancelId: 1,
    });
    if (install === 0) autoUpdater.quitAndInstall();
    else autoUpdater.autoInstallOnAppQuit = true;
  } catch (error) {
    await tell(texts('update.failed'), error instanceof Error ? error.message : String(error));
  }
}
