import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeyPart } from '../../src/state/index.ts';
import { type PendingWrite, textOf } from './pending-writes.ts';
import { logTable, quoted } from './sqlite-names.ts';

/** So much the tables are behind at most: a few milliseconds to write them, and to take them up after a kill. */
const logCharactersMax = 1024 * 1024;

/** A table, and what the open transaction changed in it. */
interface ChangedTable {
  readonly name: string;
  changes(): readonly PendingWrite[];
}

/** The same as it stands in the log. */
export interface TableLog {
  readonly put: readonly Readonly<Record<string, unknown>>[];
  readonly remove: readonly (readonly KeyPart[])[];
}

/**
 * What transactions changed, one row for each, in the database whose tables have not been told of it. A
 * transaction changes a dozen rows on as many pages, each of which a commit writes as a whole; here it is one row
 * behind the last one.
 */
export class ChangeLog {
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  #characters = 0;

  /** The log MUST be empty, as it is after `takeUpLog`. */
  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(`INSERT INTO ${quoted(logTable)} VALUES (NULL, ?)`);
    this.#delete = database.prepare(`DELETE FROM ${quoted(logTable)}`);
  }

  /** Whether the tables should be written before the log grows further. */
  get isFull(): boolean {
    return this.#characters >= logCharactersMax;
  }

  /** Inside of the transaction that made the changes. */
  append(changed: readonly ChangedTable[]): void {
    const text = `{${changed.map(partOf).join()}}`;
    this.#insert.run(text);
    this.#characters += text.length;
  }

  /** Inside of the transaction that wrote all of it into the tables. */
  clear(): void {
    this.#delete.run();
    this.#characters = 0;
  }
}

function partOf(table: ChangedTable): string {
  const put: string[] = [];
  const remove: (readonly KeyPart[])[] = [];
  for (const write of table.changes()) {
    if (write.record === undefined) remove.push(write.key);
    else put.push(textOf(write));
  }
  return `${JSON.stringify(table.name)}:{"put":[${put.join()}],"remove":${JSON.stringify(remove)}}`;
}

/** What a row of the log says, by table. */
export function changesIn(text: string): readonly (readonly [string, TableLog])[] {
  return Object.entries(JSON.parse(text) as Readonly<Record<string, TableLog>>);
}
