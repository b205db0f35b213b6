// Loaded before everything else, by the launcher and by --import: what Node makes of each file is kept for the
// next start, which then begins in about half the time. The cache is the person's own, like all that is run.
import { mkdirSync } from 'node:fs';
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Long enough for a start to be over; a program that ends before writes it at its end. */
const writtenAfterMs = 5_000;

const { NODE_COMPILE_CACHE: said, NODE_DISABLE_COMPILE_CACHE: disabled } = process.env;
// An older Node has none, and only starts the one that has.
if (nodeModule.enableCompileCache && said === undefined && disabled !== '1') {
  const folder = compileCacheFolder(process.env, process.platform);
  if (isUsable(folder)) {
    nodeModule.enableCompileCache(folder);
    // Programs that this one starts, as the neighbors of a demo market, take the same one.
    process.env.NODE_COMPILE_CACHE = folder;
    setTimeout(() => nodeModule.flushCompileCache?.(), writtenAfterMs).unref();
  }
}

/** Where the system keeps what can be made again: never a folder that others may write to. */
export function compileCacheFolder(environment, platform) {
  const home = environment.HOME || homedir();
  if (platform === 'win32') {
    return join(
      environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
      'Souk',
      'Cache',
      'node',
    );
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Souk', 'node');
  const xdg = environment.XDG_CACHE_HOME;
  return join(xdg?.startsWith('/') ? xdg : join(home, '.cache'), 'souk', 'node');
}

function isUsable(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}
