import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { SoukError } from '../../src/problem.ts';
import { backupApplicationId, backupVersion, isPlainFileName } from './backup-format.ts';
import { fileNames } from './file-names.ts';
import { openDatabase } from './open-database.ts';
import { isErrno, storageProblem } from './storage-problem.ts';

interface PackedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Makes a data directory from a backup. All is checked first, and the directory appears whole or not at all.
 * Throws `folder-not-empty` where there is something in the directory already, `backup-damaged` where
 * a byte of the backup is not as it was written, `database-newer`, `disk-full`.
 */
export async function restoreFrom(file: string, directory: string): Promise<void> {
  const target = resolve(directory);
  await checkEmpty(target);
  const packed = await verify(file);
  await mkdir(dirname(target), { recursive: true });
  const unfinished = await mkdtemp(`${target}.unfinished-`);
  try {
    await unpack(file, packed, unfinished);
    checkDatabase(join(unfinished, fileNames.database), file);
    await rmdir(target).catch(unlessMissing);
    await rename(unfinished, target);
  } catch (error) {
    throw storageProblem(error, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function checkEmpty(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: unknown) => {
    unlessMissing(error);
    return [];
  });
  if (entries.length === 0) return;
  throw new SoukError(
    'folder-not-empty',
    `${directory} holds something already, and a backup never replaces anything. Choose an empty folder or a ` +
      'new one, or move away what is there.',
  );
}

/** Reads the backup once from end to end; throws `backup-damaged` unless every byte is as it was written. */
async function verify(file: string): Promise<readonly PackedFile[]> {
  return await reading(file, async (container) => {
    const packed = listOf(container);
    for (const { name, size, sha256 } of packed) {
      if (!isPlainFileName(name)) throw new Error(`"${name}" is no name of a file in it`);
      const hash = createHash('sha256');
      let found = 0;
      for await (const bytes of partsOf(container, name)) {
        hash.update(bytes);
        found += bytes.length;
      }
      if (found !== size || hash.digest('hex') !== sha256) throw new Error(`${name} has changed`);
    }
    if (!packed.some(({ name }) => name === fileNames.database))
      throw new Error('it has no database');
    return packed;
  });
}

async function unpack(
  file: string,
  packed: readonly PackedFile[],
  directory: string,
): Promise<void> {
  const container = new DatabaseSync(file, { readOnly: true });
  try {
    for (const { name } of packed) {
      const handle = await open(join(directory, name), 'wx', 0o600);
      try {
        for await (const bytes of partsOf(container, name)) await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  } finally {
    container.close();
  }
}

/** What the peer will do with the database when it starts, done while nothing has been replaced yet. */
function checkDatabase(database: string, file: string): void {
  try {
    openDatabase(database).close();
  } catch (error) {
    if (!(error instanceof SoukError) || error.code !== 'database-newer')
      throw unreadable(file, error);
    throw new SoukError(
      'database-newer',
      `${file} was made by a newer Souk. Nothing was restored: install the newest Souk and try again.`,
      { cause: error },
    );
  }
}

function unreadable(file: string, cause: unknown): SoukError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SoukError(
    'backup-damaged',
    `${file} cannot be restored: ${reason}. Nothing was restored. Try another copy of it or an older backup.`,
    { cause },
  );
}

async function reading<T>(file: string, work: (container: DatabaseSync) => Promise<T>): Promise<T> {
  let container: DatabaseSync | undefined;
  try {
    container = new DatabaseSync(file, { readOnly: true });
    return await work(container);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    container?.close();
  }
}

function listOf(container: DatabaseSync): readonly PackedFile[] {
  const [id, version] = ['application_id', 'user_version'].map((name) =>
    Number(container.prepare(`PRAGMA ${name}`).get()?.[name]),
  );
  if (id !== backupApplicationId) throw new Error('it is no backup of Souk');
  if (version !== backupVersion) throw new Error(`a newer Souk made it (format ${version})`);
  return container
    .prepare('SELECT name, size, sha256 FROM files ORDER BY name')
    .all()
    .map((row) => ({
      name: String(row['name']),
      size: Number(row['size']),
      sha256: String(row['sha256']),
    }));
}

/** One part after the other, with time for others between them. */
async function* partsOf(container: DatabaseSync, name: string): AsyncGenerator<Uint8Array> {
  const find = container.prepare('SELECT bytes FROM parts WHERE name = ? AND part = ?');
  for (let part = 0; ; part++) {
    const bytes = find.get(name, part)?.['bytes'];
    if (!(bytes instanceof Uint8Array)) return;
    yield bytes;
    await setImmediate();
  }
}

function unlessMissing(error: unknown): void {
  if (!isErrno(error, 'ENOENT')) throw error;
}
