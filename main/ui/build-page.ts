import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SoukError } from '../../src/problem.ts';
import { desktopEntry, packageRoot } from './manifest.ts';
import { builtRenderer } from './renderer.ts';

const inRoot = (...path: string[]) => join(packageRoot, ...path);
const page = join(builtRenderer, 'index.html');
const viteProgram = inRoot('node_modules', 'vite', 'bin', 'vite.js');

/** Whether what is built is only made where it is missing, or also where a source is newer. */
export type Freshness = 'there' | 'newest';

/**
 * Builds the screen and the desktop program where they are missing, or older than their sources; says so first,
 * for it takes some seconds. An installation without the tools shows the screen it came with. Throws `internal`
 * where the build fails.
 */
export async function buildPage(freshness: Freshness, say: (line: string) => void): Promise<void> {
  if (!existsSync(viteProgram)) return;
  if (!existsSync(page)) say('Building the screen; this takes some seconds.');
  else if (freshness === 'newest' && (await isAnyStale())) {
    say('Its sources changed: building the screen anew.');
  } else return;
  const begun = new Date();
  await build();
  // A source that changed meanwhile counts as newer than what was built.
  for (const built of [page, ...desktopFiles()]) {
    if (existsSync(built)) await utimes(built, begun, begun);
  }
}

async function isAnyStale(): Promise<boolean> {
  const shared = [inRoot('src'), inRoot('package-lock.json')];
  if (await isStale(page, [...shared, inRoot('renderer'), inRoot('main', 'bridge')])) return true;
  for (const built of desktopFiles()) {
    if (await isStale(built, [...shared, inRoot('main')])) return true;
  }
  return false;
}

/** The desktop's two bundles; none in a copy without it. */
function desktopFiles(): readonly string[] {
  const entry = desktopEntry();
  return entry === undefined ? [] : [entry, join(dirname(entry), 'preload.cjs')];
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

/** As `npm run build`; the page and the desktop's bundles do not wait for each other. */
async function build(): Promise<void> {
  const desktop = inRoot('main', 'vite.config.ts');
  const buildDesktop = async () => {
    await vite(desktop);
    await vite(desktop, '--mode', 'preload');
  };
  await Promise.all([
    vite(inRoot('renderer', 'vite.config.ts')),
    desktopFiles().length > 0 && existsSync(desktop) && buildDesktop(),
  ]);
}

function vite(config: string, ...more: readonly string[]): Promise<void> {
  const args = [viteProgram, 'build', '--config', config, '--logLevel', 'error', ...more];
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
