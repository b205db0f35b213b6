import { randomFillSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Words of which titles are made: each title has three of them, so that two words name few documents. */
const words = Array.from(
  { length: 400 },
  (_, i) =>
    `${'bcdfglmnprstv'[i % 13]}${'aeiou'[i % 5]}${'klmnrst'[i % 7]}${'aeiou'[(i >> 3) % 5]}${i}`,
);

export function titleOf(n: number): string {
  const word = (k: number) => words[k % words.length] ?? '';
  return `${word(n)} ${word(Math.floor(n / 7) + 3 * n)} ${word(Math.floor(n / 31) + 11 * n)}`;
}

/** Writes `count` small text files, each with its own title and content. */
export async function writeDocuments(folder: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1_000) {
    const shelf = join(folder, String(n / 1_000));
    await mkdir(shelf, { recursive: true });
    const batch = Array.from({ length: Math.min(1_000, count - n) }, (_, i) => n + i);
    await Promise.all(
      batch.map((k) => writeFile(join(shelf, `${titleOf(k)}.txt`), `${titleOf(k)} number ${k}\n`)),
    );
  }
}

/** Writes `count` files of `bytes` random bytes. */
export async function writeRandomFiles(
  folder: string,
  count: number,
  bytes: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const buffer = Buffer.allocUnsafe(bytes);
  for (let n = 0; n < count; n++) {
    if (n % 64 === 0) randomFillSync(buffer);
    buffer.writeUInt32BE(n, 0);
    await writeFile(join(folder, `file-${n}.bin`), buffer);
  }
}
