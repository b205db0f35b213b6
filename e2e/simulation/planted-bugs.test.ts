import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedBugs } from './planted-bugs.ts';

const root = resolve(import.meta.dirname, '../..');
const seed = 1;

/** The core with a mistake in it, in a folder of its own: what ships has no switch for any of this. */
describe('The oracles of simulated worlds', () => {
  let folder = '';
  const source = () => join(folder, 'src');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-planted-'));
    await cp(join(root, 'src'), source(), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function play(worlds: number): Promise<{ played: number; failure?: string }> {
    const process_ = join(import.meta.dirname, 'worlds-process.ts');
    const parameters = [process_, source(), String(seed), String(worlds)];
    const run = promisify(execFile);
    const { stdout } = await run(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...parameters],
      { maxBuffer: 2 ** 24 },
    );
    return JSON.parse(stdout);
  }

  it('find nothing in the core as it is', async () => {
    expect(await play(5)).toEqual({ played: 5 });
  });

  it.each(plantedBugs)('find that $name, within $worlds worlds', async ({ edits, worlds }) => {
    const undo: (() => Promise<void>)[] = [];
    try {
      for (const { file, from, to } of edits) {
        const path = join(source(), file);
        const text = await readFile(path, 'utf8');
        undo.push(() => writeFile(path, text));
        await writeFile(
          path,
          text.replace(from, () => to),
        );
      }
      const { failure } = await play(worlds);
      expect(failure).toBeTypeOf('string');
    } finally {
      for (const put of undo) await put();
    }
  });
});
