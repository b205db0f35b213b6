import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DocumentId } from '../../src/protocol/index.ts';
import { inTransaction } from './schema.ts';
import { type Row, Statements } from './statements.ts';
import { cleanTitle } from './title.ts';
import { wordsOf } from './words.ts';

/** What is known of a document besides its bytes. */
export interface Description {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly language?: string | undefined;
  /** Words of the text itself, as `wordsOf` gives them. */
  readonly words?: readonly string[];
}

/** A file whose content is known now. */
export interface ShelvedFile {
  readonly folder: number;
  /** Relative to the folder, with `/`; empty for the folder itself. Absolute in folder 0. */
  readonly directory: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly stamp: string;
  readonly documentId: DocumentId;
  readonly manifest: Uint8Array;
  readonly mediaType: string;
  readonly title: string;
  /** True where there are words to be read from the content yet. */
  readonly readable: boolean;
}

/** A document whose words are still to be read from one of its files. */
export interface UnreadDocument {
  readonly id: number;
  readonly mediaType: string;
  readonly title: string;
  readonly path: string;
}

interface FileRow extends Row {
  readonly directory: string;
  readonly name: string;
}

/**
 * Writes documents into the index. A document is on offer while one of its files is `present`; with its
 * last file it goes.
 */
export class ShelfTable {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new Statements(database);
  }

  /** Puts a group of hashed files on the shelves, in one transaction. */
  shelve(files: readonly ShelvedFile[]): void {
    inTransaction(this.#database, () => {
      for (const file of files) this.#shelve(file);
    });
  }

  /** Counts a document's files again, inside the caller's transaction; removes it where none is left. */
  recount(id: number): void {
    this.#statements.run(
      `UPDATE documents SET copies =
         (SELECT count(*) FROM files WHERE document = ?1 AND state = 'present') WHERE id = ?1`,
      id,
    );
    const left = this.#statements.get(
      `SELECT 1 FROM documents WHERE id = ?1 AND (copies > 0
         OR EXISTS (SELECT 1 FROM files WHERE document = ?1))`,
      id,
    );
    if (left !== undefined) return;
    this.#deleteWords(id);
    this.#statements.run('DELETE FROM manifests WHERE document = ?', id);
    this.#statements.run('DELETE FROM documents WHERE id = ?', id);
  }

  /**
   * Documents whose content has not been read for words, in the order they came. The joins name their order
   * (`CROSS`): SQLite would walk through all files for each group.
   */
  unread(limit: number): UnreadDocument[] {
    const rows = this.#statements.all(
      `SELECT d.id, d.media_type, d.title, min(f.folder), o.path AS folder, f.directory, f.name
       FROM documents d INDEXED BY documents_unread
         CROSS JOIN files f ON f.document = d.id CROSS JOIN folders o ON o.id = f.folder
       WHERE d.unread = 1 AND f.state = 'present' GROUP BY d.id ORDER BY d.id LIMIT ?`,
      limit,
    );
    return rows.map((row) => ({
      id: Number(row['id']),
      mediaType: String(row['media_type']),
      title: String(row['title']),
      path: path.join(String(row['folder']), String(row['directory']), String(row['name'])),
    }));
  }

  /** Writes what was read from documents, in one transaction; undefined: only their names are known. */
  describe(read: ReadonlyMap<number, Description | undefined>): void {
    inTransaction(this.#database, () => {
      for (const [id, description] of read) this.#describe(id, description);
    });
  }

  /**
   * Merges a little of what many insertions left in pieces, so that searches stay fast; a few milliseconds.
   * True while there is more to do.
   */
  tidy(): boolean {
    let more = false;
    for (const table of ['title_words', 'all_words']) {
      const before = this.#changes();
      this.#statements.run(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', 64)`);
      if (this.#changes() - before >= 2) more = true;
    }
    return more;
  }

  /** Has `tidy` merge everything there is: after a scan that brought much. */
  startTidying(): void {
    for (const table of ['title_words', 'all_words']) {
      this.#statements.run(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', -64)`);
    }
  }

  #changes(): number {
    return Number(this.#statements.get('SELECT total_changes() AS changes')?.['changes']);
  }

  #shelve(file: ShelvedFile): void {
    const known = this.#statements.get(
      'SELECT id FROM documents WHERE document_id = ?',
      file.documentId,
    );
    const id = known === undefined ? this.#insert(file) : Number(known['id']);
    const { folder, directory, name } = file;
    const before = this.#statements.get(
      'SELECT document FROM files WHERE folder = ? AND directory = ? AND name = ?',
      folder,
      directory,
      name,
    );
    this.#statements.run(
      `INSERT INTO files (folder, directory, name, size, stamp, state, document)
       VALUES (?, ?, ?, ?, ?, 'present', ?) ON CONFLICT DO UPDATE SET size = excluded.size,
         stamp = excluded.stamp, state = 'present', document = excluded.document`,
      folder,
      directory,
      name,
      file.sizeBytes,
      file.stamp,
      id,
    );
    const old = before?.['document'];
    if (known !== undefined) {
      this.recount(id);
      // Its words are those of all its paths: they are read again, with this one.
      if (old !== id) this.#statements.run('UPDATE documents SET unread = 1 WHERE id = ?', id);
    }
    if (typeof old === 'number' && old !== id) this.recount(old);
  }

  #insert(file: ShelvedFile): number {
    const id = this.#statements.insert(
      `INSERT INTO documents (document_id, title, size, media_type, copies, unread)
       VALUES (?, ?, ?, ?, 1, ?)`,
      file.documentId,
      file.title,
      file.sizeBytes,
      file.mediaType,
      file.readable ? 1 : 0,
    );
    this.#statements.run('INSERT INTO manifests VALUES (?, ?)', id, file.manifest);
    const place = file.folder === 0 ? file.name : `${file.directory}/${file.name}`;
    this.#writeWords(id, wordsOf(file.title), wordsOf(`${file.title} ${place}`));
    return id;
  }

  #describe(id: number, description: Description | undefined): void {
    const files = this.#statements.all(
      `SELECT CASE folder WHEN 0 THEN '' ELSE directory END AS directory, name
       FROM files WHERE document = ?`,
      id,
    ) as FileRow[];
    const old = this.#statements.get('SELECT title, author FROM documents WHERE id = ?', id);
    if (old === undefined) return;
    const title = cleanTitle(description?.title ?? '') ?? String(old['title']);
    const author = cleanTitle(description?.author ?? '') ?? null;
    this.#statements.run(
      'UPDATE documents SET title = ?, author = ?, language = ?, unread = 0 WHERE id = ?',
      title,
      author,
      description?.language ?? null,
      id,
    );
    const places = files.map((file) => `${file.directory}/${file.name}`).join(' ');
    this.#deleteWords(id);
    const words = new Set(wordsOf(`${title} ${author ?? ''} ${places}`));
    for (const word of description?.words ?? []) words.add(word);
    this.#writeWords(id, wordsOf(title), [...words]);
  }

  #deleteWords(id: number): void {
    this.#statements.run('DELETE FROM title_words WHERE rowid = ?', id);
    this.#statements.run('DELETE FROM all_words WHERE rowid = ?', id);
  }

  #writeWords(id: number, title: readonly string[], all: readonly string[]): void {
    for (const [table, words] of [
      ['title_words', title],
      ['all_words', all],
    ] as const) {
      this.#statements.run(
        `INSERT INTO ${table} (rowid, words) VALUES (?, ?)`,
        id,
        words.join(' '),
      );
    }
  }
}
