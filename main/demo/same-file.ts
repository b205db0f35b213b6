import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether a file is, byte for byte, one of those below the folders. */
export async function isInOneOf(folders: readonly string[], file: string): Promise<boolean> {
  const delivered = await readFile(file);
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const candidate = path.join(entry.parentPath, entry.name);
      if ((await stat(candidate)).size !== delivered.length) continue;
      if (delivered.equals(await readFile(candidate))) return true;
    }
  }
  return false;
}
