import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Collection,
  checkKey,
  checkScan,
  type KeyPart,
  keyOf,
  type Scan,
  scanOrder,
} from '../../src/state/index.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { nameOf, type PendingWrite, PendingWrites, textOf } from './pending-writes.ts';
import { layOut } from './sqlite-layout.ts';
import {
  columnsOf,
  indexName,
  keyPartOrNull,
  optionalColumns,
  quoted,
  recordColumn,
} from './sqlite-names.ts';

/** For each collection; bounds what a peer holds in memory. */
const recentMax = 512;

/** Takes one step of a part back; steps MUST be taken back in reverse. */
export type Undo = () => void;

/** One part of a transaction, which can be taken back alone. */
export interface Part {
  readonly undo: Undo[];
  /** To be called before SQLite is made to write anything. */
  save(): void;
}

/**
 * One collection as a table: the fields of its key and indexes as columns, the whole record as JSON.
 * Every statement is prepared once; a scan once for each shape, which says all but the values.
 */
export class SqliteTable {
  readonly #database: DatabaseSync;
  readonly #of: Collection<object>;
  readonly #indexed: readonly string[];
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #scans = new Map<string, StatementSync>();
  /**
   * Records read or written lately, null where there is none: the same few are asked for with every charge,
   * and that a neighbor has none is asked for as often.
   */
  readonly #recent = new BoundedCache<KeyPart, object | null>(recentMax);
  /**
   * Writes that the table has not been told of, of the open transaction and of those whose log keeps them. A row
   * that many of them change, as that of the supply, is so written once.
   */
  #pending = new PendingWrites();
  /** The names of what the open transaction changed. */
  readonly #changed = new Set<KeyPart>();
  /** SQLite is known to have no row: collections for what is rare are looked into with every request. */
  #empty: boolean;

  /** Lays the table out where it is missing or of another shape; so inside a transaction only. */
  constructor(database: DatabaseSync, of: Collection<object>) {
    layOut(database, of);
    this.#database = database;
    this.#of = of;
    this.#indexed = columnsOf(of).slice(of.key.length);
    const table = quoted(of.name);
    const whole = of.key.map((field) => `${quoted(field)} = ?`).join(' AND ');
    this.#get = database.prepare(`SELECT ${recordColumn} FROM ${table} WHERE ${whole}`);
    this.#get.setReturnArrays(true);
    this.#remove = database.prepare(`DELETE FROM ${table} WHERE ${whole}`);
    const places = ['?', ...columnsOf(of).map(() => '?')].join(', ');
    this.#put = database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${places})`);
    this.#empty = database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  }

  get(key: readonly KeyPart[]): object | undefined {
    const name = nameOf(key);
    const pending = this.#pending.get(name);
    if (pending !== undefined) return pending.record;
    const known = this.#recent.get(name);
    if (known !== undefined) return known ?? undefined;
    // What was found by it is a key.
    checkKey(this.#of, key);
    if (this.#empty) return undefined;
    const row = this.#get.get(...key);
    const record = row === undefined ? undefined : recordIn(row);
    this.#recent.set(name, record ?? null);
    return record;
  }

  put(record: object, { undo }: Part): void {
    this.#change({ key: keyOf(this.#of, record), record, text: undefined }, undo);
  }

  remove(key: readonly KeyPart[], { undo }: Part): void {
    checkKey(this.#of, key);
    this.#change({ key, record: undefined, text: undefined }, undo);
  }

  #change(change: PendingWrite, undo: Undo[]): void {
    const name = nameOf(change.key);
    const writes = this.#pending;
    const before = writes.set(name, change);
    this.#changed.add(name);
    undo.push(() => writes.set(name, before));
  }

  get name(): string {
    return this.#of.name;
  }

  /** Whether the open transaction changed anything. */
  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** What the open transaction changed, as it is now; what was taken back may be among it, as it was. */
  changes(): readonly PendingWrite[] {
    return [...this.#changed].flatMap((name) => this.#pending.get(name) ?? []);
  }

  /** The open transaction has ended, in whatever way. */
  endTransaction(): void {
    this.#changed.clear();
  }

  /** Writes what is pending; it is pending again where the part in which that happens is taken back. */
  flush(part: Part): void {
    const writes = this.#pending;
    if (writes.size === 0) return;
    part.save();
    part.undo.push(() => {
      this.#pending = writes;
    });
    for (const [name, write] of writes.entries()) {
      if (write.record === undefined) this.#delete(name, write.key);
      else this.#insert(name, write, write.record);
    }
    this.#pending = new PendingWrites();
  }

  #insert(name: KeyPart, write: PendingWrite, record: object): void {
    const values: (KeyPart | null)[] = [...write.key];
    for (const field of this.#indexed) {
      values.push(keyPartOrNull((record as Readonly<Record<string, unknown>>)[field]));
    }
    this.#empty = false;
    this.#put.run(...values, textOf(write));
    this.#recent.set(name, record);
  }

  #delete(name: KeyPart, key: readonly KeyPart[]): void {
    this.#remove.run(...key);
    this.#recent.set(name, null);
  }

  /** Rows were rolled back: what is remembered of them may not be so. */
  forgetRecent(): void {
    this.#recent.clear();
    this.#empty = false;
  }

  scan(scan: Scan, part: Part): object[] {
    checkScan(this.#of, scan);
    if (this.#mayFindPending(scan)) this.flush(part);
    const found = this.#read(scan);
    if (this.#pending.size === 0 || !this.#isAnyPending(found)) return found;
    this.flush(part);
    return this.#read(scan);
  }

  #isAnyPending(found: readonly object[]): boolean {
    return found.some((record) => this.#pending.get(nameOf(keyOf(this.#of, record))) !== undefined);
  }

  /** Whether a record that SQLite has not been told of may be found. */
  #mayFindPending({ by, prefix = [] }: Scan): boolean {
    return this.#pending.hasLike(by ?? '', scanOrder(this.#of, by), prefix);
  }

  #read(scan: Scan): object[] {
    if (this.#empty) return [];
    const found = this.#select(scan);
    if (found.length === 0 && isOfAll(scan)) this.#empty = true;
    return found;
  }

  #select(scan: Scan): object[] {
    const values: KeyPart[] = scan.prefix ? [...scan.prefix] : [];
    const lowest = scan.after ?? scan.from;
    if (lowest !== undefined) values.push(lowest);
    if (scan.to !== undefined) values.push(scan.to);
    if (isLimited(scan)) values.push(scan.limit);
    return this.#scanStatement(scan)
      .all(...values)
      .map(recordIn);
  }

  #scanStatement(scan: Scan): StatementSync {
    const low = scan.after !== undefined ? '>' : scan.from !== undefined ? '>=' : '';
    const high = scan.to === undefined ? '' : '<=';
    const way = scan.descending === true ? 'DESC' : 'ASC';
    const shape = `${scan.by ?? ''}\n${scan.prefix?.length ?? 0} ${low} ${high} ${way} ${isLimited(scan)}`;
    let statement = this.#scans.get(shape);
    if (!statement) {
      statement = this.#database.prepare(scanText(this.#of, scan, { low, high, way }));
      statement.setReturnArrays(true);
      this.#scans.set(shape, statement);
    }
    return statement;
  }
}

/** The text of a scan. Naming the index makes SQLite refuse what it could only do by sorting through all. */
function scanText(
  of: Collection<object>,
  scan: Scan,
  { low, high, way }: { readonly low: string; readonly high: string; readonly way: string },
): string {
  const { by, prefix = [] } = scan;
  const order = scanOrder(of, by).map(quoted);
  const present = by === undefined ? [] : optionalColumns(of, by);
  const next = order[prefix.length] ?? '';
  const conditions = [
    ...present.map((field) => `${quoted(field)} IS NOT NULL`),
    ...order.slice(0, prefix.length).map((field) => `${field} = ?`),
    ...[low, high].filter((bound) => bound !== '').map((bound) => `${next} ${bound} ?`),
  ];
  return [
    `SELECT ${recordColumn} FROM ${quoted(of.name)}`,
    by === undefined ? 'NOT INDEXED' : `INDEXED BY ${quoted(indexName(of, by))}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    `ORDER BY ${[...new Set(order)].map((field) => `${field} ${way}`).join(', ')}`,
    // A bare parameter as the limit makes SQLite plan the statement again for each value.
    isLimited(scan) ? 'LIMIT 0 + ?' : '',
  ].join(' ');
}

/** Whether a scan finds nothing only where there is no record at all. */
function isOfAll({ by, prefix = [], from, after, to, limit }: Scan): boolean {
  const bounded = [by, from, after, to].some((bound) => bound !== undefined);
  return !bounded && prefix.length === 0 && limit !== 0;
}

function isLimited(scan: Scan): scan is Scan & { readonly limit: number } {
  return scan.limit !== undefined && Number.isFinite(scan.limit);
}

/** With `setReturnArrays` a row is an array, which the types of node:sqlite do not say. */
function recordIn(row: object): object {
  return JSON.parse((row as { readonly 0: string })[0]) as object;
}
