import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Library, ShelfDocument } from '../../src/kernel/index.ts';
import { documentBytesMax } from '../../src/limits.ts';
import type { DocumentId, Query } from '../../src/protocol/index.ts';
import { openIndexDatabase } from './schema.ts';
import { type Row, Statements } from './statements.ts';
import { TermLists } from './term-lists.ts';
import { matchExpression, searchWords } from './words.ts';

/** More than are asked for, so that among equals the better title wins; few, since each costs a row. */
const candidatesMin = 20;
/** How many documents that hold the words are looked at for a kind or size: it bounds a search's time. */
const filteredMax = 4_096;
const countMax = 10_000;

interface DocumentRow extends Row {
  readonly id: number;
  readonly document_id: DocumentId;
  readonly title: string;
  readonly size: number;
  readonly media_type: string;
  readonly copies: number;
}

/** What `columnsById` asks for. */
type DocumentColumns = readonly [
  copies: number,
  length: number,
  documentId: DocumentId,
  title: string,
  sizeBytes: number,
  mediaType: string,
];

interface Page {
  readonly text?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface WordTable {
  readonly name: string;
  readonly lists: TermLists;
}

const columns = 'd.id, d.document_id, d.title, d.size, d.media_type, d.copies';
const columnsById = `SELECT d.copies, length(d.title), d.document_id, d.title, d.size, d.media_type
  FROM documents d WHERE d.id = ?`;
/** Bare parameters as limits make SQLite plan a statement again with each run, for twice its time. */
const searchIn = (table: string) => `
  SELECT * FROM (
    SELECT ${columns} FROM ${table} CROSS JOIN documents d ON d.id = ${table}.rowid
    WHERE ${table} MATCH ? AND d.copies > 0 LIMIT 0 + ?
  ) ORDER BY length(title), id LIMIT 0 + ?`;
const filteredSearchIn = (table: string) => `
  SELECT * FROM (
    SELECT ${columns}
    FROM (SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ${filteredMax}) AS hit
    CROSS JOIN documents d ON d.id = hit.rowid
    WHERE d.copies > 0 AND d.size BETWEEN ? AND ? AND (? IS NULL OR d.media_type = ?) LIMIT 0 + ?
  ) ORDER BY length(title), id LIMIT 0 + ?`;

/**
 * What this peer has to sell, in SQLite: the library port of the market.
 *
 * A document is found when all words of the query are in its title, shorter titles first; paths and contents
 * are looked through where no title has them all. There is no bm25: it weighs each word by walking all
 * documents that hold it, milliseconds for common words, on every solicitation; and where every word must
 * be there, the weights of the words hardly change the order.
 */
export class LibraryIndex implements Library {
  readonly database: DatabaseSync;
  readonly #statements: Statements;
  readonly #inTitles: WordTable;
  readonly #anywhere: WordTable;

  /** Opens or makes the index; throws `database-newer` or `database-damaged`. */
  constructor(file: string) {
    this.database = openIndexDatabase(file);
    this.#statements = new Statements(this.database);
    this.#inTitles = this.#wordTable('title_words');
    this.#anywhere = this.#wordTable('all_words');
  }

  /** Documents on offer that the query describes, best first; bounded in time, whatever the words. */
  search(query: Query, limit: number): readonly ShelfDocument[] {
    if (query.documentId !== undefined) {
      const document = this.find(query.documentId);
      return document && limit > 0 && fits(document, query) ? [document] : [];
    }
    const words = searchWords(query.text ?? '');
    if (words.length === 0 || limit <= 0) return [];
    const inTitles = this.#holdingAll(this.#inTitles, words, query, limit);
    return inTitles.length > 0 ? inTitles : this.#holdingAll(this.#anywhere, words, query, limit);
  }

  /** The document with this id, if it is on offer. */
  find(documentId: DocumentId): ShelfDocument | undefined {
    const row = this.#row(documentId);
    return row && row.copies > 0 ? this.#shelfDocument(row) : undefined;
  }

  /**
   * A page of the shelves for their owner: by title, or, where a text is given, what holds all its words
   * (the last one may be a beginning). `total` counts to 10,000 where a text is given.
   */
  list(page: Page): { readonly total: number; readonly documents: readonly ShelfDocument[] } {
    const match = matchExpression(searchWords(page.text ?? ''), true);
    if (page.text !== undefined && page.text.trim() !== '' && match === undefined) {
      return { total: 0, documents: [] };
    }
    const hits = `FROM all_words CROSS JOIN documents d ON d.id = all_words.rowid
      WHERE all_words MATCH ? AND d.copies > 0`;
    const shelf = 'FROM documents d WHERE d.copies > 0';
    const words: SQLInputValue[] = match === undefined ? [] : [match];
    const total = this.#statements.get(
      match === undefined
        ? `SELECT count(*) AS total ${shelf}`
        : `SELECT count(*) AS total FROM (SELECT 1 ${hits} LIMIT ${countMax})`,
      ...words,
    );
    const rows = this.#statements.all(
      match === undefined
        ? `SELECT ${columns} ${shelf} ORDER BY d.title COLLATE NOCASE, d.id LIMIT ? OFFSET ?`
        : `SELECT ${columns} ${hits} LIMIT ? OFFSET ?`,
      ...words,
      page.limit,
      page.offset,
    ) as DocumentRow[];
    return {
      total: Number(total?.['total'] ?? 0),
      documents: rows.map((row) => this.#shelfDocument(row)),
    };
  }

  /** The manifest's bytes (protocol 6) of a document in the index, on offer or not. */
  manifest(documentId: DocumentId): Uint8Array | undefined {
    const row = this.#statements.get(
      `SELECT m.bytes FROM documents d JOIN manifests m ON m.document = d.id WHERE d.document_id = ?`,
      documentId,
    );
    return row?.['bytes'] instanceof Uint8Array ? row['bytes'] : undefined;
  }

  close(): void {
    this.database.close();
  }

  #row(documentId: DocumentId): DocumentRow | undefined {
    const sql = `SELECT ${columns} FROM documents d WHERE d.document_id = ?`;
    return this.#statements.get(sql, documentId) as DocumentRow | undefined;
  }

  #wordTable(name: string): WordTable {
    return { name, lists: new TermLists(this.#statements, name) };
  }

  #holdingAll(
    table: WordTable,
    words: readonly string[],
    query: Query,
    limit: number,
  ): readonly ShelfDocument[] {
    const candidates = Math.max(limit, candidatesMin);
    const few = table.lists.holdingAll(words);
    if (few !== undefined && few.length <= candidates) return this.#documentsOf(few, query, limit);
    const rows = this.#matching(table, words, query, { candidates, limit });
    return rows.map((row) => this.#shelfDocument(row));
  }

  #matching(
    table: WordTable,
    words: readonly string[],
    query: Query,
    { candidates, limit }: { readonly candidates: number; readonly limit: number },
  ): DocumentRow[] {
    const match = matchExpression(words) ?? '';
    const { minSize, maxSize, mediaType } = query;
    if (minSize === undefined && maxSize === undefined && mediaType === undefined) {
      return this.#statements.all(searchIn(table.name), match, candidates, limit) as DocumentRow[];
    }
    return this.#statements.all(
      filteredSearchIn(table.name),
      match,
      minSize ?? 0,
      maxSize ?? documentBytesMax,
      mediaType ?? null,
      mediaType ?? null,
      candidates,
      limit,
    ) as DocumentRow[];
  }

  /** The documents with these ids, ascending, that are on offer and fit; best first. */
  #documentsOf(ids: readonly number[], query: Query, limit: number): readonly ShelfDocument[] {
    const found: { readonly length: number; readonly document: ShelfDocument }[] = [];
    for (const id of ids) {
      const columns = this.#statements.columns(columnsById, id);
      if (columns === undefined) continue;
      const [copies, length, documentId, title, sizeBytes, mediaType] = columns as DocumentColumns;
      const document = { documentId, title, sizeBytes, mediaType };
      if (copies > 0 && fits(document, query)) found.push({ length, document });
    }
    found.sort((a, b) => a.length - b.length);
    return found.slice(0, limit).map(({ document }) => document);
  }

  #shelfDocument(row: DocumentRow): ShelfDocument {
    return {
      documentId: row.document_id,
      title: row.title,
      sizeBytes: row.size,
      mediaType: row.media_type,
    };
  }
}

function fits(document: ShelfDocument, query: Query): boolean {
  return (
    document.sizeBytes >= (query.minSize ?? 0) &&
    document.sizeBytes <= (query.maxSize ?? documentBytesMax) &&
    (query.mediaType === undefined || document.mediaType === query.mediaType)
  );
}
