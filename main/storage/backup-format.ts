/**
 * A backup is one SQLite file: `files` names each file with its length and SHA-256, `parts` holds the bytes in
 * parts of 1 MiB. Chosen over a zip, which would be built in memory or need a streaming library and a
 * second format for archives past 4 GiB; SQLite takes any size in bounded memory, and it is here already.
 */
export const backupLayout = `
  CREATE TABLE files (name TEXT PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT;
  CREATE TABLE parts (
    name TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, part)
  ) STRICT;
`;
export const backupPartBytes = 2 ** 20;
/** 'Sbak' as four bytes. */
export const backupApplicationId = 0x5362616b;
export const backupVersion = 1;

/** Whether a file of this name may be made in a data directory: a plain name, nothing hidden, no path. */
export function isPlainFileName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(name);
}
