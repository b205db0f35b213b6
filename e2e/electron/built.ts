import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from './launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether there is no Chromium here to show the desktop's windows; then its tests say they were skipped. */
export const missing = !existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium');
if (missing) console.warn('No Chromium here: the tests of the desktop are skipped.');

/** Builds what the tests run, unless it is newer than every source of it. */
export async function prepare(): Promise<void> {
  const page = join(root, 'dist/renderer/index.html');
  const preload = join(dirname(bundle), 'preload.cjs');
  if (await isOlder(page, ['renderer', 'src', 'main/bridge'])) await build('build:renderer');
  if ((await isOlder(bundle, ['main', 'src'])) || (await isOlder(preload, ['main', 'src']))) {
    await build('build:desktop');
  }
}

async function build(script: string): Promise<void> {
  await promisify(execFile)('npm', ['run', script], { cwd: root });
}

async function isOlder(made: string, sources: readonly string[]): Promise<boolean> {
  const madeAt = (await stat(made).catch(() => undefined))?.mtimeMs ?? 0;
  for (const source of sources) {
    const folder = join(root, source);
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(ts|tsx|css|html|svg)$/.test(name) || /\.(test|suite)\.ts$/.test(name)) continue;
      if ((await stat(join(folder, name))).mtimeMs > madeAt) return true;
    }
  }
  return false;
}
