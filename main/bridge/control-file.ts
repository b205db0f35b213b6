import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

/** Where the command line finds a running peer: this file of its data directory, readable by its owner only. */
const fileName = 'control.json';

const control = z.object({
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
  token: z.string().min(1),
  pid: z.number().int().positive(),
});
export type Control = z.infer<typeof control>;

export async function writeControlFile(directory: string, written: Control): Promise<void> {
  const text = `${JSON.stringify(written, undefined, 2)}\n`;
  await writeFileAtomic(join(directory, fileName), text, { mode: 0o600 });
}

/** Undefined where no peer of this directory has written one, or it cannot be read. */
export function readControlFile(directory: string): Control | undefined {
  try {
    const parsed = control.safeParse(JSON.parse(readFileSync(join(directory, fileName), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Removes the file, unless another start has written its own meanwhile. */
export async function removeControlFile(directory: string, token: string): Promise<void> {
  const path = join(directory, fileName);
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.includes(token)) await rm(path, { force: true });
}
