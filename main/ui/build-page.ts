import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SoukError } from '../../src/problem.ts';
import { desktopEntry, packageRoot } from './manifest.ts';
import { builtRenderer } from './renderer.ts';

const inRoot = (...path: string[]) => join(packageRoot, ...path);
const page = join(builtRenderer, 'index.html');
const viteProgram = inRoot('node_modules', 'vite', 'bin', 'vite.js');

/** Whether what is built is only made where it is missing, or also where a source is newer. */
export type Freshness = 'there' | 'newest';

/**
 * Builds the screen where it is missing, or older than its sources; says so first, for it takes some
 * seconds. An installation without the tools shows the screen it came with. Throws `internal` where the
 * build fails.
 */
export async function buildPage(freshness: Freshness, say: (line: string) => void): Promise<void> {
  if (!existsSync(viteProgram)) return;
  if (!existsSync(page)) say('Building the screen; this takes some seconds.');
  else if (freshness === 'newest' && (await isAnyStale())) {
    say('Its sources changed: building the screen anew.');
  } else return;
  await build();
}

async function isAnyStale(): Promise<boolean> {
  const desktop = desktopEntry();
  const shared = [inRoot('src'), inRoot('package-lock.json')];
  if (await isStale(page, [...shared, inRoot('renderer'), inRoot('main', 'bridge')])) return true;
  return desktop !== undefined && (await isStale(desktop, [...shared, inRoot('main')]));
}

/** Whether a file is missing, or any of its sources, or a file below them, was changed after it. */
export async function isStale(built: string, sources: readonly string[]): Promise<boolean> {
  const builtAt = (await stat(built).catch(() => undefined))?.mtimeMs;
  if (builtAt === undefined) return true;
  for (const source of sources) if (await isNewer(source, builtAt)) return true;
  return false;
}

async function isNewer(path: string, thanMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  if (found.isFile()) return found.mtimeMs > thanMs;
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    // A test changes nothing of what is built.
    if (!entry.isFile() || /\.(test|suite)\.tsx?$/.test(entry.name)) continue;
    if ((await stat(join(entry.parentPath, entry.name))).mtimeMs > thanMs) return true;
  }
  return false;
}

/** All that `npm run build` builds, where npm is there to run it; else the page alone. */
function build(): Promise<void> {
  const npm = process.env['npm_execpath'];
  const args = npm?.endsWith('js')
    ? [npm, 'run', 'build', '--silent']
    : [
        viteProgram,
        'build',
        '--config',
        inRoot('renderer', 'vite.config.ts'),
        '--logLevel',
        'error',
      ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: packageRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) return resolve();
      const detail = 'The screen could not be built; the lines above say why.';
      reject(new SoukError('internal', detail));
    });
  });
}
