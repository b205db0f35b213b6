import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SoukError } from '../../src/problem.ts';
import { builtRenderer, desktopEntry, packageRoot } from './places.ts';

const inRoot = (...path: string[]) => join(packageRoot, ...path);
const page = join(builtRenderer, 'index.html');
/** What `main/open.ts` becomes. */
export const builtProgram = join(dirname(desktopEntry), 'open.js');
const programs = [desktopEntry, builtProgram, join(dirname(desktopEntry), 'preload.cjs')];
const viteProgram = inRoot('node_modules', 'vite', 'bin', 'vite.js');

/**
 * Builds the screen and the programs where they are missing, or older than their sources; says so first,
 * for it takes some seconds. An installation without the tools shows the screen it came with. Throws `internal`
 * where the build fails.
 */
export async function buildPage(say: (line: string) => void): Promise<void> {
  if (!existsSync(viteProgram)) return;
  if (!existsSync(page)) say('Building the screen; this takes some seconds.');
  else if (isAnyStale()) say('Its sources changed: building the screen anew.');
  else return;
  const begun = new Date();
  await build();
  // A source that changed meanwhile counts as newer than what was built.
  for (const built of [page, ...programs]) {
    if (existsSync(built)) await utimes(built, begun, begun);
  }
}

function isAnyStale(): boolean {
  const shared = [inRoot('src'), inRoot('package-lock.json')];
  return (
    isStale([page], [...shared, inRoot('renderer'), inRoot('main', 'bridge')]) ||
    isStale(programs, [...shared, inRoot('main')])
  );
}

/** Whether one of these is missing, or any of their sources, or a file below them, was changed after it. */
export function isStale(built: readonly string[], sources: readonly string[]): boolean {
  const newest = newestOf(sources);
  return built.some((each) => (changedAt(each) ?? 0) < newest || !existsSync(each));
}

/** When the newest of these files, and of those below these folders, was changed. Nothing else waits for this. */
function newestOf(sources: readonly string[]): number {
  return Math.max(0, ...sources.flatMap(filesOf).map((file) => changedAt(file) ?? 0));
}

function filesOf(source: string): readonly string[] {
  if (!statSync(source, { throwIfNoEntry: false })?.isDirectory()) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isTest(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** A test changes nothing of what is built. */
function isTest(name: string): boolean {
  return /\.(test|suite)\.tsx?$/.test(name);
}

function changedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** As `npm run build`; the page and the programs do not wait for each other. */
async function build(): Promise<void> {
  const desktop = inRoot('main', 'vite.config.ts');
  const buildDesktop = async () => {
    await vite(desktop);
    await vite(desktop, '--mode', 'preload');
  };
  await Promise.all([vite(inRoot('renderer', 'vite.config.ts')), buildDesktop()]);
}

function vite(config: string, ...more: readonly string[]): Promise<void> {
  const args = [viteProgram, 'build', '--config', config, '--logLevel', 'error', ...more];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: packageRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      // Whoever starts this, as a test does, may run as something else: React would come with all its checks.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) return resolve();
      const detail = 'The screen could not be built; the lines above say why.';
      reject(new SoukError('internal', detail));
    });
  });
}
