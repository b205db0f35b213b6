import type { DatabaseSync } from 'node:sqlite';
import type {
  BatchRun,
  Collection,
  KeyPart,
  Scan,
  Store,
  Transaction,
} from '../../src/state/index.ts';
import { ChangeLog } from './change-log.ts';
import { type Part, SqliteTable, type Undo } from './sqlite-table.ts';
import { storageProblem } from './storage-problem.ts';
import { takeUpLog } from './take-up-log.ts';
import { WalSync } from './wal-sync.ts';

/**
 * The state in SQLite, one table for each collection, made when it is first used. A transaction is kept as one
 * row of a log; the tables are told of many transactions at once, and what they have not been told of is looked
 * for in memory.
 * - `database` MUST come from `openDatabase`, whose journal and synchronous mode make a commit durable.
 * - A full disk throws `disk-full`, a damaged file `database-damaged`; either way nothing of that
 *   transaction or batch happened and all before it stands.
 */
export class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #tables = new Map<string, SqliteTable>();
  /** Tables met in the open transaction, in order: a rollback takes their layout back. */
  readonly #metTables: string[] = [];
  readonly #statements: ReturnType<typeof prepareControl>;
  readonly #journal: WalSync;
  readonly #log: ChangeLog;
  #open: OpenTransaction | undefined;
  #running = false;

  constructor(database: DatabaseSync) {
    takeUpLog(database);
    this.#database = database;
    this.#log = new ChangeLog(database);
    this.#statements = prepareControl(database);
    this.#journal = new WalSync(database);
  }

  transaction<T>(work: (tx: Transaction) => T): T {
    return this.#durably(({ undo, whole }) => this.#withView(work, { undo, save: whole }));
  }

  batch<T>(work: (run: BatchRun) => T): T {
    return this.#durably((open) => this.#parts(open, work));
  }

  /**
   * As `batch`, and returns before it is on the disk: nothing of it MUST be acted upon before `synced`, asked for
   * afterwards, resolves. `wrote` is false where there is nothing to wait for.
   */
  batchAhead<T>(work: (run: BatchRun) => T): { readonly result: T; readonly wrote: boolean } {
    const before = this.#changes();
    // Outside of any transaction, where alone it may be said.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      const result = this.#durably((open) => this.#parts(open, work));
      return { result, wrote: this.#changes() > before };
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Resolves when all that was committed before is on the disk. Rejects where the disk fails. */
  synced(): Promise<void> {
    return this.#journal.synced();
  }

  /** Tells the tables what they were not told of, and ends; MUST come before the database is closed. */
  async close(): Promise<void> {
    try {
      this.#durably(({ whole }) => whole());
    } catch {
      // The log keeps it: the next start tells the tables.
    }
    await this.#journal.close();
  }

  #changes(): number {
    return Number(this.#statements.changes.get()?.['changes']);
  }

  #parts<T>(open: OpenTransaction, work: (run: BatchRun) => T): T {
    let lost: unknown;
    const result = work((one) => {
      if (open.ended) throw new Error('The batch has ended.');
      if (lost !== undefined) throw lost;
      if (this.#running) throw new Error('Transactions do not nest.');
      try {
        return this.#part(open, one);
      } catch (error) {
        // SQLite itself takes back the whole transaction after some failures, as of a full disk.
        if (!this.#database.isTransaction) lost = error;
        throw error;
      }
    });
    if (lost !== undefined) throw lost;
    return result;
  }

  /** Most parts only note what is to be written, and need no savepoint to be taken back. */
  #part<U>(open: OpenTransaction, one: (tx: Transaction) => U): U {
    const met = this.#metTables.length;
    const undo: Undo[] = [];
    let saved = false;
    const save = () => {
      if (!saved) this.#statements.savepoint.run();
      saved = true;
      open.whole();
    };
    try {
      const result = this.#withView(one, { undo, save });
      if (saved) this.#statements.release.run();
      for (const step of undo) open.undo.push(step);
      return result;
    } catch (error) {
      for (const step of undo.reverse()) step();
      this.#forgetTables(met);
      if (saved) this.#takeBack();
      throw storageProblem(error, this.#file());
    }
  }

  #takeBack(): void {
    for (const table of this.#tables.values()) table.forgetRecent();
    if (!this.#database.isTransaction) return;
    this.#statements.rollbackTo.run();
    this.#statements.release.run();
  }

  #durably<T>(work: (open: OpenTransaction) => T): T {
    if (this.#open) throw new Error('Transactions do not nest.');
    const open = new OpenTransaction();
    this.#open = open;
    try {
      this.#statements.begin.run();
      const result = work(open);
      this.#checkTransaction();
      this.#write(open);
      this.#statements.commit.run();
      return result;
    } catch (error) {
      for (const step of open.undo.reverse()) step();
      this.#forgetTables(0);
      for (const table of this.#tables.values()) table.forgetRecent();
      if (this.#database.isTransaction) this.#statements.rollback.run();
      throw storageProblem(error, this.#file());
    } finally {
      open.ended = true;
      this.#open = undefined;
      this.#metTables.length = 0;
      for (const table of this.#tables.values()) table.endTransaction();
    }
  }

  /**
   * Notes in the log what was changed. Once it is long, or where a table was written already, as a scan may ask for,
   * all of it goes into the tables: the log must not say less of a record than its table.
   */
  #write({ undo, isWhole }: OpenTransaction): void {
    const tables = [...this.#tables.values()];
    if (isWhole || this.#log.isFull) {
      for (const table of tables) table.flush({ undo, save: () => undefined });
      this.#log.clear();
      return;
    }
    const changed = tables.filter((table) => table.hasChanges);
    if (changed.length > 0) this.#log.append(changed);
  }

  #withView<U>(work: (tx: Transaction) => U, part: Part): U {
    const view = new View((of) => this.#table(of, part), part);
    this.#running = true;
    try {
      return work(view);
    } finally {
      view.end();
      this.#running = false;
    }
  }

  #table(of: Collection<object>, part: Part): SqliteTable {
    this.#checkTransaction();
    let table = this.#tables.get(of.name);
    if (!table) {
      part.save();
      this.#metTables.push(of.name);
      table = new SqliteTable(this.#database, of);
      this.#tables.set(of.name, table);
    }
    return table;
  }

  /** Work that swallowed the error of a full disk must not go on outside of any transaction. */
  #checkTransaction(): void {
    if (!this.#database.isTransaction) throw new Error('The transaction was taken back.');
  }

  #forgetTables(from: number): void {
    for (const name of this.#metTables.splice(from)) this.#tables.delete(name);
  }

  #file(): string {
    return this.#database.location() ?? 'the database in memory';
  }
}

/** What is under way, and how all of it is taken back. */
class OpenTransaction {
  readonly undo: Undo[] = [];
  ended = false;
  isWhole = false;

  /** A table was written: what the transaction changed goes into the tables as a whole, and not into the log. */
  readonly whole = (): void => {
    this.isWhole = true;
  };
}

class View implements Transaction {
  readonly #find: (of: Collection<object>) => SqliteTable;
  readonly #part: Part;
  #ended = false;

  constructor(find: (of: Collection<object>) => SqliteTable, part: Part) {
    this.#find = find;
    this.#part = part;
  }

  end(): void {
    this.#ended = true;
  }

  get<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): R | undefined {
    return this.#table(of).get(key) as R | undefined;
  }

  put<R extends object>(of: Collection<R>, record: R): void {
    this.#table(of).put(record, this.#part);
  }

  remove<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): void {
    this.#table(of).remove(key, this.#part);
  }

  scan<R extends object>(of: Collection<R>, scan: Scan = {}): readonly R[] {
    return this.#table(of).scan(scan, this.#part) as R[];
  }

  #table(of: Collection<object>): SqliteTable {
    if (this.#ended) throw new Error('The transaction has ended.');
    return this.#find(of);
  }
}

/** `IMMEDIATE`: the lock is taken at once, so that no read must be repeated because another wrote. */
function prepareControl(database: DatabaseSync) {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    savepoint: database.prepare('SAVEPOINT part'),
    release: database.prepare('RELEASE part'),
    rollbackTo: database.prepare('ROLLBACK TO part'),
    changes: database.prepare('SELECT total_changes() AS changes'),
  };
}
