import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { SoukError } from '../../src/problem.ts';
import {
  backupApplicationId,
  backupLayout,
  backupPartBytes,
  backupVersion,
  isPlainFileName,
} from './backup-format.ts';
import { fileNames } from './file-names.ts';
import { isErrno, storageProblem } from './storage-problem.ts';

/** Settings, keys and lists are far smaller; what is larger is no such thing. */
const smallFileBytesMax = 16 * 2 ** 20;
/** Databases are not copied as files, lock and control token belong to a process, logs tell of this machine. */
const neverCopied = /(^lock\.|^control\.json$|\.db(-wal|-shm|-journal)?$|\.log$|\.tmp$|\.\d{8,}$)/;

/** A folder that is not there, is none, or may not be written; a folder where the file is to be. */
const placeCodes = [
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'EISDIR',
  'EEXIST',
  'ENOTEMPTY',
  'ENAMETOOLONG',
];

export interface BackupReport {
  /** The names of the files that the backup holds. */
  readonly files: readonly string[];
  /** Files of the data directory that are too large to be what a backup is for. */
  readonly leftOut: readonly string[];
}

/**
 * Writes one file that holds the peer: a snapshot of its database at one moment, the key file, settings,
 * neighbors and every other small file of the data directory; no documents and no library index. May run
 * while the peer goes on. `file` appears whole or not at all, and replaces what had its name. Throws
 * `disk-full`, `folder-unwritable` where the file cannot be made there, and `bad-request` where the name is that of a
 * file the peer works with. Who has the file has the peer's money, as far as the key file's passphrase lets them.
 */
export async function backupTo(file: string, directory: string): Promise<BackupReport> {
  const target = resolve(file);
  await refuseOwnFile(target, directory);
  const unfinished = join(dirname(target), `.${basename(target)}.unfinished`);
  const snapshot = `${unfinished}.db`;
  try {
    await makePrivate(unfinished);
    await makePrivate(snapshot);
    await takeSnapshot(join(directory, fileNames.database), snapshot);
    const { small, leftOut } = await smallFilesOf(directory, [unfinished, target]);
    const sources = new Map(small.map((name) => [name, join(directory, name)]));
    sources.set(fileNames.database, snapshot);
    await pack(unfinished, sources);
    await rename(unfinished, target);
    return { files: [...sources.keys()], leftOut };
  } catch (error) {
    throw storageProblem(placeProblem(error, target), target);
  } finally {
    // What could not be made needs no removing, and must not hide why.
    await Promise.allSettled([unfinished, snapshot].map((path) => rm(path, { force: true })));
  }
}

/** What is wrong with the place that a person chose for the file, where it is that. */
function placeProblem(error: unknown, target: string): unknown {
  if (!placeCodes.some((code) => isErrno(error, code))) return error;
  const detail =
    `No backup was made: ${target} cannot be written. Name a file in a folder that is there ` +
    'and that you may write to.';
  return new SoukError('folder-unwritable', detail, { cause: error });
}

/** Put in the place of the books or the key, a backup would end the peer that it is to keep. */
async function refuseOwnFile(target: string, directory: string): Promise<void> {
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  if (folder !== (await realpath(directory))) return;
  // Some file systems make no difference between small letters and capitals.
  const name = basename(target).toLowerCase();
  const isOwn = (own: string) => name === own || name.startsWith(`${own}-`);
  if (![...Object.values(fileNames), 'control.json'].some(isOwn)) return;
  throw new SoukError(
    'bad-request',
    `The peer works with ${target} itself. Nothing was written: choose another name for the backup.`,
  );
}

async function makePrivate(path: string): Promise<void> {
  await rm(path, { force: true });
  const handle = await open(path, 'wx', 0o600);
  await handle.close();
}

/** A connection of its own holds one state in view, so that the peer may write meanwhile and not be waited for. */
async function takeSnapshot(path: string, snapshot: string): Promise<void> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec('BEGIN');
    database.prepare('SELECT 1 FROM sqlite_schema').get();
    await backup(database, snapshot);
  } finally {
    database.close();
  }
  const copy = new DatabaseSync(snapshot);
  try {
    // Leaves the whole database in the one file.
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

async function smallFilesOf(
  directory: string,
  besides: readonly string[],
): Promise<{ readonly small: readonly string[]; readonly leftOut: readonly string[] }> {
  const small: string[] = [];
  const leftOut: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(resolve(directory), entry.name);
    const taken = entry.isFile() && isPlainFileName(entry.name) && !neverCopied.test(entry.name);
    if (!taken || besides.includes(path)) continue;
    const { size } = await stat(path);
    (size <= smallFileBytesMax ? small : leftOut).push(entry.name);
  }
  return { small: small.toSorted(), leftOut };
}

/** The container has no journal: it counts only when it is finished and renamed. */
async function pack(path: string, sources: ReadonlyMap<string, string>): Promise<void> {
  const container = new DatabaseSync(path);
  try {
    container.exec(`PRAGMA journal_mode = OFF; BEGIN; ${backupLayout}`);
    container.exec(`PRAGMA application_id = ${backupApplicationId}`);
    container.exec(`PRAGMA user_version = ${backupVersion}`);
    for (const [name, source] of sources) await packFile(container, name, source);
    container.exec('COMMIT');
  } finally {
    container.close();
  }
}

async function packFile(container: DatabaseSync, name: string, source: string): Promise<void> {
  const insert = container.prepare('INSERT INTO parts VALUES (?, ?, ?)');
  const hash = createHash('sha256');
  let part = 0;
  let size = 0;
  for await (const bytes of createReadStream(source, { highWaterMark: backupPartBytes })) {
    insert.run(name, part, bytes);
    hash.update(bytes);
    part += 1;
    size += bytes.length;
  }
  container.prepare('INSERT INTO files VALUES (?, ?, ?)').run(name, size, hash.digest('hex'));
}
