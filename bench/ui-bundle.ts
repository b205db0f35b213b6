import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { type BenchResult, result } from './result.ts';

const limitKiB = 350;
const entry = 'index';
const firstPage = 'search-page';
const config = join(import.meta.dirname, '..', 'renderer', 'vite.config.ts');
const compress = promisify(gzip);

/**
 * What a browser loads before the first page can be used, compressed: the document, its style, and the code
 * of the entry and of Search with all that these import. Fonts stand apart: text shows without them.
 */
export async function uiBundle(directory: string): Promise<BenchResult> {
  const outDir = join(directory, 'renderer');
  const built = await build({ configFile: config, logLevel: 'error', build: { outDir } });
  if (!('output' in built)) throw new Error('The page was not built as one bundle.');
  const files = ['index.html', ...neededFirst(built.output)];
  const sizes = await Promise.all(
    files.map(async (file) => (await compress(await readFile(join(outDir, file)))).length),
  );
  const sum = sizes.reduce((total, size) => total + size, 0);
  return result(
    'ui-bundle',
    { value: sum / 2 ** 10, unit: 'KiB' },
    { limitName: 'What the first page may load, fonts apart', limit: limitKiB },
  );
}

function neededFirst(output: Rollup.RollupOutput['output']): readonly string[] {
  const chunks = output.filter((file) => file.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  // The page to watch a market is an entry of its own, and nobody waits for it.
  const waiting = chunks.filter(({ name }) => name === entry || name === firstPage);
  if (waiting.length < 2) throw new Error('The entry or the first page is not in the bundle.');
  const needed = new Set<string>();
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    needed.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) needed.add(style);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported && !needed.has(name)) waiting.push(imported);
    }
  }
  return [...needed];
}
