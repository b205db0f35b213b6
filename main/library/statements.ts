import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** A row as SQLite gives it; a reader's interface extends it with the columns it asked for. */
export type Row = Record<string, SQLOutputValue>;

/** Prepares each SQL text once: a hot query costs its work, not its parsing. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #preparedForArrays = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#of(sql).get(...values);
  }

  /** The columns of one row in their order: half the time of an object, for what every search asks. */
  columns(sql: string, ...values: SQLInputValue[]): readonly SQLOutputValue[] | undefined {
    let statement = this.#preparedForArrays.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#preparedForArrays.set(sql, statement);
    }
    // The types of node:sqlite do not say that a row is an array then.
    return statement.get(...values) as readonly SQLOutputValue[] | undefined;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#of(sql).all(...values);
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#of(sql).run(...values);
  }

  /** Inserts one row and gives its rowid: half the time of `RETURNING`. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#of(sql).run(...values).lastInsertRowid);
  }

  #of(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
