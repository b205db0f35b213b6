import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { LibraryService } from '../main/library/index.ts';
import { writeRandomFiles } from './documents.ts';
import { type BenchResult, median, result, secondsOf } from './result.ts';

const files = 2_000;
const fileBytes = 2 ** 20;
const rounds = 3;

/** Indexing 2 GiB in 2,000 files into a new library, against BLAKE3 on one core over as many bytes in memory. */
export async function hashing(directory: string): Promise<BenchResult> {
  const folder = join(directory, 'files');
  await writeRandomFiles(folder, files, fileBytes);
  const indexing: number[] = [];
  const inMemory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    indexing.push(await indexOnce(folder, join(directory, `library-${round}.db`)));
    inMemory.push(await hashInMemory());
  }
  const mebibytes = (files * fileBytes) / 2 ** 20;
  return result(
    'hashing',
    { value: mebibytes / median(indexing), unit: 'MiB/s' },
    {
      limitName: 'BLAKE3 on one core over the same bytes in memory',
      limit: mebibytes / median(inMemory),
    },
  );
}

async function indexOnce(folder: string, database: string): Promise<number> {
  const library = new LibraryService({ database, watch: false });
  const seconds = await secondsOf(async () => {
    await library.share(folder);
    const report = await library.rescan();
    if (report.failed > 0) throw new Error(`${report.failed} files were not indexed.`);
  });
  const { total } = library.list({ offset: 0, limit: 1 });
  await library.close();
  if (total !== files) throw new Error(`${total} of ${files} files were indexed.`);
  return seconds;
}

function hashInMemory(): Promise<number> {
  const pieces = Array.from({ length: 64 }, (_, i) => Buffer.alloc(fileBytes, i));
  return secondsOf(() => {
    for (let n = 0; n < files; n++) blake3(pieces[n % pieces.length] as Buffer);
  });
}
