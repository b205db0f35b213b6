import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { autostartEntry } from './autostart-entry.ts';

/** How a start by the system is told from one by a person: it shows no window. */
export const hiddenArgument = '--hidden';

/** Has the system start Souk at login, or not any more. */
export async function setStartAtLogin(on: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: [hiddenArgument] });
    return;
  }
  const config = process.env['XDG_CONFIG_HOME'];
  const home = process.env['HOME'] || homedir();
  const folder = join(config?.startsWith('/') ? config : join(home, '.config'), 'autostart');
  const file = join(folder, 'souk.desktop');
  if (!on) return await rm(file, { force: true });
  await mkdir(folder, { recursive: true });
  // An AppImage runs from a place that is gone after it.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  await writeFileAtomic(file, autostartEntry(program, hiddenArgument));
}
