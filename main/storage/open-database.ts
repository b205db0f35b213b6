import { DatabaseSync } from 'node:sqlite';
import { SoukError } from '../../src/problem.ts';
import { type Migration, migrations } from './migrations.ts';
import { logTable } from './sqlite-names.ts';
import { databaseDamaged, storageProblem } from './storage-problem.ts';

/**
 * The log goes into the database once it has so many pages (16 MiB): a page that is written over and over,
 * as the end of the journal, goes there once.
 */
const logPagesMax = 4_000;
/**
 * Pages are kept in memory up to 16 MiB, in place of SQLite's 2. Ids made by chance lie all over their tables: writing
 * many rows at once changes more than 2 MiB, which would go to the log in the middle of it, and once more at its end.
 */
const cacheKibibytes = 16 * 1024;
/** How long a statement waits for another connection, such as a backup's, before it fails. */
const busyTimeoutMs = 500;

/**
 * Opens, checks and if need be migrates a database; a missing one is made. Every commit is on the disk
 * before it returns. Throws `database-newer` where a newer Souk wrote it, `database-damaged` where it is no
 * database of Souk or fails its check, `disk-full`; the file is then left as it was and closed.
 */
export function openDatabase(path: string, steps: readonly Migration[] = migrations): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    checkVersion(database, path, steps);
    // Savepoints note what they change in a temporary file, if not told to use memory.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;' +
        // A Mac's disk else keeps in its cache what it was told to write; other systems know no difference.
        'PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;' +
        `PRAGMA wal_autocheckpoint = ${logPagesMax}; PRAGMA cache_size = -${cacheKibibytes}`,
    );
    checkIntegrity(database, path);
    migrate(database, steps);
    return database;
  } catch (error) {
    database.close();
    throw storageProblem(error, path);
  }
}

/** Whether anything was ever kept in it: a database that was only made holds no collection. */
export function holdsRecords(database: DatabaseSync): boolean {
  const collections = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name <> '${logTable}'`;
  return database.prepare(collections).get() !== undefined;
}

/** Throws `database-damaged` with the first defect that SQLite finds. */
function checkIntegrity(database: DatabaseSync, path: string): void {
  const verdict = pragma(database, 'quick_check(1)');
  if (verdict !== 'ok') throw databaseDamaged(path, verdict);
}

/** Throws `database-newer` or, for another program's database, `database-damaged`. */
function checkVersion(database: DatabaseSync, path: string, steps: readonly Migration[]): void {
  const version = Number(pragma(database, 'user_version'));
  const newest = steps.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new SoukError(
      'database-newer',
      `${path} was written by a newer Souk (layout ${version}; this one knows ${newest}). ` +
        'Install the newest Souk, or restore a backup made with this version.',
      { members: { version, newest } },
    );
  }
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
    throw databaseDamaged(path, 'it belongs to another program');
  }
}

function migrate(database: DatabaseSync, steps: readonly Migration[]): void {
  const from = Number(pragma(database, 'user_version'));
  for (const step of steps.filter(({ version }) => version > from)) {
    database.exec('BEGIN IMMEDIATE');
    try {
      step.migrate(database);
      database.exec(`PRAGMA user_version = ${step.version}; COMMIT`);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
