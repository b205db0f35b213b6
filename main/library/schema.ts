import { DatabaseSync } from 'node:sqlite';
import { SoukError } from '../../src/problem.ts';
import { storageProblem } from '../storage/storage-problem.ts';

const version = 1;

/**
 * Files hang below folders by directory and name, so that one directory is compared with the disk at a
 * time. Folder 0 holds files that were bought, by absolute directory. The two word tables keep no text of
 * their own (contentless) and no positions: searches ask only which documents hold all words. Their
 * tokenizer has nothing to do: words come ready from `wordsOf`.
 */
const tables = `
  CREATE TABLE folders (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,
    include TEXT NOT NULL, exclude TEXT NOT NULL, problem TEXT
  );
  CREATE TABLE documents (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, author TEXT,
    language TEXT, size INTEGER NOT NULL, media_type TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 1
  );
  CREATE INDEX documents_title ON documents (title COLLATE NOCASE, id);
  CREATE INDEX documents_unread ON documents (id) WHERE unread = 1;
  CREATE TABLE manifests (document INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE files (
    folder INTEGER NOT NULL, directory TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
    stamp TEXT NOT NULL, state TEXT NOT NULL, document INTEGER,
    PRIMARY KEY (folder, directory, name)
  ) WITHOUT ROWID;
  CREATE INDEX files_document ON files (document) WHERE document IS NOT NULL;
  CREATE INDEX files_unhashed ON files (state) WHERE state = 'new';
  CREATE VIRTUAL TABLE title_words USING fts5 (
    words, content='', contentless_delete=1, detail=none, tokenize='ascii'
  );
  CREATE VIRTUAL TABLE all_words USING fts5 (
    words, content='', contentless_delete=1, detail=none, tokenize='ascii'
  );
  INSERT INTO folders (id, path, include, exclude) VALUES (0, '', '[]', '[]');
  PRAGMA user_version = ${version};
`;

/**
 * Opens or makes the index at `file` (`:memory:` keeps it in memory). All that is in it can be read
 * from the settings and the disk again, so a commit need not wait for the disk.
 * Throws `database-newer` where a newer Souk wrote it, `database-damaged` where it cannot be read.
 */
export function openIndexDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -12288;
      PRAGMA temp_store = MEMORY;
      PRAGMA journal_size_limit = 16777216;
    `);
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (found > version) {
      throw new SoukError('database-newer', `A newer Souk wrote ${file}: use that one.`);
    }
    if (found === 0) database.exec(`BEGIN; ${tables} COMMIT;`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof SoukError) throw error;
    throw new SoukError(
      'database-damaged',
      `The library's index ${file} cannot be read. Move it away and share the folders again.`,
      { cause: error },
    );
  }
}

/** Runs `work` as one transaction: all of it stands afterwards, or nothing. Throws `disk-full`. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite itself takes back the whole transaction after some failures, as of a full disk.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw storageProblem(error, database.location() ?? "the library's index");
  }
}
