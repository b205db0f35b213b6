import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { inTransaction } from './schema.ts';
import type { ShelfTable } from './shelf-table.ts';
import { type Row, Statements } from './statements.ts';

export interface SharedFolder {
  readonly id: number;
  readonly path: string;
  /** Globs of what is shared (everything where there is none), and of what is not. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Why the folder could not be read last time. */
  readonly problem?: string | undefined;
}

export interface FilePlace {
  readonly folder: number;
  readonly directory: string;
  readonly name: string;
}

export interface IndexedFile extends FilePlace {
  readonly sizeBytes: number;
  readonly stamp: string;
  readonly path: string;
}

interface FileRow extends Row {
  readonly folder: number;
  readonly directory: string;
  readonly name: string;
  readonly size: number;
  readonly stamp: string;
  readonly root: string;
}

/** Where files stand that were bought: by their absolute directory. */
export const boughtFolder = 0;

const globs = z.array(z.string());
const indexed = (row: FileRow): IndexedFile => ({
  folder: row.folder,
  directory: row.directory,
  name: row.name,
  sizeBytes: row.size,
  stamp: row.stamp,
  path: path.join(row.root, row.directory, row.name),
});
const fileColumns = `f.folder, f.directory, f.name, f.size, f.stamp, o.path AS root
  FROM files f JOIN folders o ON o.id = f.folder`;
const here = 'folder = ? AND directory = ? AND name = ?';

/**
 * The folders and files the index knows. A file is `new` until its content is hashed, then `present`;
 * `away` while its folder cannot be read, `failed` where it cannot be read itself.
 */
export class FileTable {
  readonly #database: DatabaseSync;
  readonly #shelf: ShelfTable;
  readonly #statements: Statements;

  constructor(database: DatabaseSync, shelf: ShelfTable) {
    this.#database = database;
    this.#shelf = shelf;
    this.#statements = new Statements(database);
  }

  folders(): SharedFolder[] {
    return this.#statements.all('SELECT * FROM folders WHERE id > 0 ORDER BY path').map((row) => ({
      id: Number(row['id']),
      path: String(row['path']),
      include: globs.parse(JSON.parse(String(row['include']))),
      exclude: globs.parse(JSON.parse(String(row['exclude']))),
      problem: row['problem'] === null ? undefined : String(row['problem']),
    }));
  }

  /** Adds a folder, or gives a known one other rules. */
  putFolder(folder: Omit<SharedFolder, 'id' | 'problem'>): void {
    this.#statements.run(
      `INSERT INTO folders (path, include, exclude) VALUES (?, ?, ?)
       ON CONFLICT (path) DO UPDATE SET include = excluded.include, exclude = excluded.exclude`,
      folder.path,
      JSON.stringify(folder.include),
      JSON.stringify(folder.exclude),
    );
  }

  removeFolder(folder: number): void {
    inTransaction(this.#database, () => {
      this.#change('DELETE FROM files WHERE folder = ?', folder);
      this.#statements.run('DELETE FROM folders WHERE id = ?', folder);
    });
  }

  /** Notes that a folder can be read again, or why it cannot: its files stay known but not on offer. */
  setProblem(folder: number, problem: string | undefined): void {
    inTransaction(this.#database, () => {
      this.#statements.run('UPDATE folders SET problem = ? WHERE id = ?', problem ?? null, folder);
      this.#change(
        problem === undefined
          ? "UPDATE files SET state = 'present' WHERE folder = ? AND state = 'away'"
          : "UPDATE files SET state = 'away' WHERE folder = ? AND state = 'present'",
        folder,
      );
    });
  }

  /** The stamps of the files known in one directory; that of a file to be tried again is empty. */
  stamps(folder: number, directory: string): Map<string, string> {
    const rows = this.#statements.all(
      'SELECT name, stamp, state FROM files WHERE folder = ? AND directory = ?',
      folder,
      directory,
    );
    return new Map(
      rows.map((row) => [
        String(row['name']),
        row['state'] === 'failed' ? '' : String(row['stamp']),
      ]),
    );
  }

  directories(folder: number): string[] {
    const sql = 'SELECT DISTINCT directory FROM files WHERE folder = ?';
    return this.#statements.all(sql, folder).map((row) => String(row['directory']));
  }

  /** Notes new or changed files: from here on, what they held before is not on offer. One transaction. */
  noteNew(files: readonly (FilePlace & { sizeBytes: number; stamp: string })[]): void {
    if (files.length === 0) return;
    inTransaction(this.#database, () => {
      for (const { folder, directory, name, sizeBytes, stamp } of files) {
        const before = this.#statements.get(
          `SELECT document FROM files WHERE ${here}`,
          folder,
          directory,
          name,
        );
        this.#statements.run(
          `INSERT INTO files (folder, directory, name, size, stamp, state)
           VALUES (?, ?, ?, ?, ?, 'new')
           ON CONFLICT DO UPDATE SET size = excluded.size, stamp = excluded.stamp, state = 'new'`,
          folder,
          directory,
          name,
          sizeBytes,
          stamp,
        );
        if (typeof before?.['document'] === 'number') this.#shelf.recount(before['document']);
      }
    });
  }

  noteGone(files: readonly FilePlace[]): void {
    if (files.length === 0) return;
    inTransaction(this.#database, () => {
      for (const { folder, directory, name } of files) {
        this.#change(`DELETE FROM files WHERE ${here}`, folder, directory, name);
      }
    });
  }

  noteDirectoryGone(folder: number, directory: string): void {
    inTransaction(this.#database, () => {
      this.#change('DELETE FROM files WHERE folder = ? AND directory = ?', folder, directory);
    });
  }

  /** A file that cannot be read: not on offer, tried again with the next scan. */
  noteFailed({ folder, directory, name }: FilePlace): void {
    inTransaction(this.#database, () => {
      this.#change(`UPDATE files SET state = 'failed' WHERE ${here}`, folder, directory, name);
    });
  }

  /** A page of the files to be hashed, after the last of the page before. */
  unhashed(after: FilePlace | undefined, limit: number): IndexedFile[] {
    const { folder, directory, name } = after ?? { folder: -1, directory: '', name: '' };
    const rows = this.#statements.all(
      `SELECT ${fileColumns} WHERE f.state = 'new' AND (f.folder, f.directory, f.name) > (?, ?, ?)
       ORDER BY f.folder, f.directory, f.name LIMIT ?`,
      folder,
      directory,
      name,
      limit,
    ) as FileRow[];
    return rows.map(indexed);
  }

  unhashedTotals(): { readonly files: number; readonly bytes: number } {
    const row = this.#statements.get(
      "SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM files WHERE state = 'new'",
    );
    return { files: Number(row?.['files'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) };
  }

  /** The files on offer that hold a document. */
  filesOf(documentId: string): IndexedFile[] {
    const rows = this.#statements.all(
      `SELECT ${fileColumns} JOIN documents d ON d.id = f.document
       WHERE d.document_id = ? AND f.state = 'present' ORDER BY f.folder, f.directory, f.name`,
      documentId,
    ) as FileRow[];
    return rows.map(indexed);
  }

  /** Changes rows of `files`, inside the caller's transaction, and counts the documents they held again. */
  #change(sql: string, ...values: (string | number)[]): void {
    for (const row of this.#statements.all(`${sql} RETURNING document`, ...values)) {
      if (typeof row['document'] === 'number') this.#shelf.recount(row['document']);
    }
  }
}
