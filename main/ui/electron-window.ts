import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { hasDesktop, readManifest } from './manifest.ts';
import { packageRoot } from './places.ts';
import { isSet } from './showings.ts';

/** About 110 MB have to come in this time. */
const downloadMsMax = 60_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Electron's program, or why there is no window of its kind. */
export type ElectronWindow =
  | { readonly found: true; readonly program: string }
  | { readonly found: false; readonly why: string };

/**
 * Electron's program where it is installed; else one attempt to get it: npm brings the package without its
 * program. `say` hears before it takes long.
 */
export async function electronWindow(say: (line: string) => void): Promise<ElectronWindow> {
  const folder = join(packageRoot, 'node_modules', 'electron');
  if (!hasDesktop()) return missing('its part of Souk is not built here');
  const there = electronProgram(folder);
  if (there !== undefined) return { found: true, program: there };
  const why = whyNoDownload(process.env, isOnline()) ?? (await lastAttempt(folder).whyNot());
  if (why !== undefined) return missing(why);
  say('Getting Electron, the program of the window: about 110 MB, a minute at most.');
  await lastAttempt(folder).note();
  await download(join(folder, 'install.js'));
  const got = electronProgram(folder);
  return got === undefined
    ? missing('its download did not succeed')
    : { found: true, program: got };
}

function missing(why: string): ElectronWindow {
  return { found: false, why };
}

/** Where the package says that its program is; requiring the package would begin to download it. */
export function electronProgram(folder: string): string | undefined {
  try {
    const path = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const program = join(folder, 'dist', path);
    return path !== '' && existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Why it is known before that nothing can be, or should be, downloaded. */
export function whyNoDownload(env: Environment, online: boolean): string | undefined {
  if (isSet(env['CI'])) return 'it is not installed, and CI downloads nothing';
  if (isSet(env['npm_config_offline']))
    return 'it is not installed, and npm is set to work offline';
  if (!online) return 'it is not installed, and this machine is offline';
  return undefined;
}

function isOnline(): boolean {
  return Object.values(networkInterfaces())
    .flat()
    .some((address) => address && !address.internal && !address.address.startsWith('fe80:'));
}

/** A machine that cannot download is not made to wait at every start; a new `npm ci` forgets it. */
function lastAttempt(folder: string) {
  const cache = join(packageRoot, 'node_modules', '.cache', 'souk');
  const { version } = existsSync(join(folder, 'package.json'))
    ? readManifest(folder)
    : { version: 'none' };
  const file = join(cache, `electron-${version}-tried`);
  return {
    whyNot: async () => {
      if (version === 'none') return 'it is not installed';
      if (!existsSync(file)) return undefined;
      return `it could not be downloaded before; to try again: node ${join('node_modules', 'electron', 'install.js')}`;
    },
    note: async () => {
      await mkdir(cache, { recursive: true });
      await writeFile(file, '');
    },
  };
}

/** Ends in whatever way: what counts is whether the program is there afterwards. */
function download(installer: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' });
    const late = setTimeout(() => child.kill('SIGKILL'), downloadMsMax);
    const end = () => {
      clearTimeout(late);
      resolve();
    };
    child.once('error', end);
    child.once('exit', end);
  });
}
