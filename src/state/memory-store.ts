import type { Collection, KeyPart } from './collection.ts';
import type { Scan, Store, Transaction } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Row {
  readonly order: readonly KeyPart[];
  readonly record: object;
}

/** The state in memory, for tests and the simulator: ordered arrays and an undo log. */
export class MemoryStore implements Store {
  readonly #tables = new Map<string, Table>();
  #open = false;

  transaction<T>(work: (tx: Transaction) => T): T {
    if (this.#open) throw new Error('Transactions do not nest.');
    this.#open = true;
    const undo: (() => void)[] = [];
    try {
      return work(this.#view(undo));
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      this.#open = false;
    }
  }

  #view(undo: (() => void)[]): Transaction {
    const table = (of: Collection<object>) => this.#table(of);
    return {
      get: <R extends object>(of: Collection<R>, ...key: readonly KeyPart[]) =>
        table(of).get(key) as R | undefined,
      put: (of, record) => {
        const rows = table(of);
        const key = fieldsOf(record, of.key, of.name);
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
    return this.#byKey.get(JSON.stringify(key));
  }

  put(record: object): void {
    const key = fieldsOf(record, this.#of.key, this.#of.name);
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

  scan<R extends object>({
    by,
    prefix = [],
    from,
    after,
    to,
    descending = false,
    limit = Number.POSITIVE_INFINITY,
  }: Scan): R[] {
    const rows = by === undefined ? this.#primary : this.#indexes.get(by);
    if (!rows) throw new Error(`Collection ${this.#of.name} has no index ${by}.`);
    const lowest = after ?? from;
    const start =
      lowest === undefined
        ? lowerBound(rows, prefix)
        : lowerBound(rows, [...prefix, lowest], after !== undefined);
    const end =
      to === undefined ? lowerBound(rows, prefix, true) : lowerBound(rows, [...prefix, to], true);
    const found = rows.slice(start, Math.max(start, end)).map((row) => row.record as R);
    if (descending) found.reverse();
    return found.length > limit ? found.slice(0, limit) : found;
  }

  #indexOrder(
    name: string,
    record: object,
    key: readonly KeyPart[],
  ): readonly KeyPart[] | undefined {
    const fields = (this.#of.indexes[name] ?? []).map((field) => (record as Fields)[field]);
    return fields.every(isKeyPart) ? [...fields, ...key] : undefined;
  }
}

function fieldsOf(
  record: object,
  names: readonly string[],
  collection: string,
): readonly KeyPart[] {
  return names.map((name) => {
    const value = (record as Fields)[name];
    if (!isKeyPart(value))
      throw new Error(`Key field ${name} of ${collection} is ${typeof value}.`);
    return value;
  });
}

function isKeyPart(value: unknown): value is KeyPart {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function compare(a: readonly KeyPart[], b: readonly KeyPart[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as KeyPart, b[i] as KeyPart];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The first row at or, with `past`, behind all rows that begin with `order`. */
function lowerBound(rows: readonly Row[], order: readonly KeyPart[], past = false): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const side = compare((rows[middle] as Row).order, order);
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
