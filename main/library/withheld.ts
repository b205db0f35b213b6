import { existsSync } from 'node:fs';
import path from 'node:path';
import { backupApplicationId } from '../storage/backup-format.ts';
import { fileNames } from '../storage/file-names.ts';

const keyFile = /^\s*\{\s*"format":\s*"souk-key-/;
const keyFileBytes = 100;
const sqliteMark = 'SQLite format 3\0';
/** Where an SQLite file says whose it is (sqlite.org/fileformat.html). */
const applicationIdAt = 68;

/** Whether a directory that holds these files is where a peer keeps its key and its books. */
export function isDataDirectory(has: (name: string) => boolean): boolean {
  return has(fileNames.key) && has(fileNames.database);
}

/** Of what lies in a data directory only what was bought may be shared. */
export const sharedOfDataDirectory: string = fileNames.downloads;

/** Whether a file below a shared folder lies where a peer keeps what is nobody else's; `relative` with `/`. */
export function isWithheld(folder: string, relative: string): boolean {
  const parts = relative.split('/');
  return parts.some((part, depth) => {
    if (part === sharedOfDataDirectory && depth < parts.length - 1) return false;
    const directory = path.join(folder, ...parts.slice(0, depth));
    return isDataDirectory((name) => existsSync(path.join(directory, name)));
  });
}

/** Whether a file that begins so is a peer's key or the backup of a peer: whoever has it has the money. */
export function holdsKey(beginning: Buffer): boolean {
  if (keyFile.test(beginning.toString('latin1', 0, keyFileBytes))) return true;
  return (
    beginning.length >= applicationIdAt + 4 &&
    beginning.toString('latin1', 0, sqliteMark.length) === sqliteMark &&
    beginning.readUInt32BE(applicationIdAt) === backupApplicationId
  );
}
