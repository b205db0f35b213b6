import type { Collection, KeyPart } from './collection.ts';
import { checkKey, checkScan, compareKeys, isKeyPart, keyOf } from './key.ts';
import type { BatchRun, Scan, Store, Transaction } from './store.ts';

interface Row {
  readonly order: readonly KeyPart[];
  readonly record: object;
}
type Undo = (() => void)[];

/** The state in memory, for tests and the simulator: ordered arrays and an undo log. */
export class MemoryStore implements Store {
  readonly #tables = new Map<string, Table>();
  /** What takes back the writes of the transaction or batch that is open. */
  #undo: Undo | undefined;
  #running = false;

  transaction<T>(work: (tx: Transaction) => T): T {
    return this.batch((run) => run(work));
  }

  batch<T>(work: (run: BatchRun) => T): T {
    if (this.#undo) throw new Error('Transactions do not nest.');
    const undo: Undo = [];
    this.#undo = undo;
    try {
      return work((one) => this.#part(undo, one));
    } catch (error) {
      takeBack(undo, 0);
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  #part<U>(undo: Undo, one: (tx: Transaction) => U): U {
    if (this.#undo !== undo) throw new Error('The batch has ended.');
    if (this.#running) throw new Error('Transactions do not nest.');
    const begin = undo.length;
    let ended = false;
    this.#running = true;
    try {
      return one(
        this.#view(undo, () => {
          if (ended) throw new Error('The transaction has ended.');
        }),
      );
    } catch (error) {
      takeBack(undo, begin);
      throw error;
    } finally {
      ended = true;
      this.#running = false;
    }
  }

  #view(undo: Undo, checkOpen: () => void): Transaction {
    const table = (of: Collection<object>) => {
      checkOpen();
      return this.#table(of);
    };
    return {
      get: <R extends object>(of: Collection<R>, ...key: readonly KeyPart[]) =>
        table(of).get(key) as R | undefined,
      put: (of, record) => {
        const rows = table(of);
        const key = keyOf(of, record);
        const before = rows.get(key);
        undo.push(() => (before ? rows.put(before) : rows.remove(key)));
        rows.put(record);
      },
      remove: (of, ...key) => {
        const rows = table(of);
        const before = rows.get(key);
        if (!before) return;
        undo.push(() => rows.put(before));
        rows.remove(key);
      },
      scan: <R extends object>(of: Collection<R>, scan: Scan = {}) => table(of).scan<R>(scan),
    };
  }

  #table(of: Collection<object>): Table {
    let table = this.#tables.get(of.name);
    if (!table) {
      table = new Table(of);
      this.#tables.set(of.name, table);
    }
    return table;
  }
}

class Table {
  readonly #of: Collection<object>;
  readonly #byKey = new Map<string, object>();
  readonly #primary: Row[] = [];
  readonly #indexes: ReadonlyMap<string, Row[]>;

  constructor(of: Collection<object>) {
    this.#of = of;
    this.#indexes = new Map(Object.keys(of.indexes).map((name) => [name, []]));
  }

  get(key: readonly KeyPart[]): object | undefined {
    checkKey(this.#of, key);
    return this.#byKey.get(JSON.stringify(key));
  }

  put(record: object): void {
    const key = keyOf(this.#of, record);
    this.remove(key);
    this.#byKey.set(JSON.stringify(key), record);
    insert(this.#primary, { order: key, record });
    for (const [name, rows] of this.#indexes) {
      const order = this.#indexOrder(name, record, key);
      if (order) insert(rows, { order, record });
    }
  }

  remove(key: readonly KeyPart[]): void {
    const id = JSON.stringify(key);
    const record = this.#byKey.get(id);
    if (!record) return;
    this.#byKey.delete(id);
    take(this.#primary, key);
    for (const [name, rows] of this.#indexes) {
      const order = this.#indexOrder(name, record, key);
      if (order) take(rows, order);
    }
  }

  scan<R extends object>(scan: Scan): R[] {
    checkScan(this.#of, scan);
    const { by, prefix = [], from, after, to, limit = Number.POSITIVE_INFINITY } = scan;
    const rows = by === undefined ? this.#primary : (this.#indexes.get(by) ?? []);
    const lowest = after ?? from;
    const start =
      lowest === undefined
        ? lowerBound(rows, prefix)
        : lowerBound(rows, [...prefix, lowest], after !== undefined);
    const end =
      to === undefined ? lowerBound(rows, prefix, true) : lowerBound(rows, [...prefix, to], true);
    const length = Math.min(limit, Math.max(0, end - start));
    const found =
      scan.descending === true
        ? rows.slice(end - length, end).reverse()
        : rows.slice(start, start + length);
    return found.map((row) => row.record as R);
  }

  #indexOrder(
    name: string,
    record: object,
    key: readonly KeyPart[],
  ): readonly KeyPart[] | undefined {
    const fields = (this.#of.indexes[name] ?? []).map(
      (field) => (record as Readonly<Record<string, unknown>>)[field],
    );
    return fields.every(isKeyPart) ? [...fields, ...key] : undefined;
  }
}

function takeBack(undo: Undo, begin: number): void {
  for (const step of undo.splice(begin).reverse()) step();
}

/** The first row at or, with `past`, behind all rows that begin with `order`. */
function lowerBound(rows: readonly Row[], order: readonly KeyPart[], past = false): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const side = compareKeys((rows[middle] as Row).order, order);
    if (side < 0 || (past && side === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(rows: Row[], row: Row): void {
  rows.splice(lowerBound(rows, row.order), 0, row);
}

function take(rows: Row[], order: readonly KeyPart[]): void {
  rows.splice(lowerBound(rows, order), 1);
}
