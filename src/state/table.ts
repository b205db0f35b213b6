import type { Collection, KeyPart } from './collection.ts';
import { isKeyPart, keyOf, scanOrder } from './key.ts';
import { type Entry, Order } from './order.ts';
import type { Scan } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;

const fewMax = 12;

/**
 * The records of one collection in memory; keys and scans were checked before. They
 * are found by their key at once, and in the order of an index where it is asked for.
 */
export class Table {
  readonly #of: Collection<object>;
  /** A few are compared one by one: that takes less memory than names, and less time. */
  #few: Entry[] | undefined = [];
  #many: Map<KeyPart, Entry> | undefined;
  /** Made by the first scan that needs it; most are never scanned. */
  #orders: Map<string | undefined, Order> | undefined;

  constructor(of: Collection<object>) {
    this.#of = of;
  }

  get(key: readonly KeyPart[]): object | undefined {
    return this.#find(key)?.record;
  }

  /** Gives what stood there before. */
  put(record: object): object | undefined {
    const key = keyOf(this.#of, record);
    const found = this.#find(key);
    if (found && this.#staysInPlace(found.record, record)) {
      const before = found.record;
      found.record = record;
      return before;
    }
    const entry: Entry = { record, live: true };
    if (found) found.live = false;
    this.#keep(key, entry, found);
    if (this.#orders) this.#file(entry, this.#orders);
    return found?.record;
  }

  /** Gives what stood there. */
  remove(key: readonly KeyPart[]): object | undefined {
    const found = this.#find(key);
    if (!found) return undefined;
    if (this.#few) this.#few.splice(this.#few.indexOf(found), 1);
    else this.#many?.delete(nameOf(key));
    found.live = false;
    return found.record;
  }

  get #size(): number {
    return this.#few?.length ?? this.#many?.size ?? 0;
  }

  #find(key: readonly KeyPart[]): Entry | undefined {
    const few = this.#few;
    if (!few) return this.#many?.get(nameOf(key));
    for (let at = 0; at < few.length; at++) {
      const entry = few[at] as Entry;
      if (this.#hasKey(entry.record, key)) return entry;
    }
    return undefined;
  }

  #hasKey(record: object, key: readonly KeyPart[]): boolean {
    const fields = this.#of.key;
    for (let at = 0; at < fields.length; at++) {
      if ((record as Fields)[fields[at] as string] !== key[at]) return false;
    }
    return true;
  }

  #keep(key: readonly KeyPart[], entry: Entry, inPlaceOf: Entry | undefined): void {
    if (!this.#few) {
      this.#many?.set(nameOf(key), entry);
      return;
    }
    if (inPlaceOf) this.#few[this.#few.indexOf(inPlaceOf)] = entry;
    // A list that grows by pushing takes room for sixteen more.
    else this.#few = [...this.#few, entry];
    if (this.#few.length <= fewMax) return;
    this.#many = new Map(this.#few.map((one) => [nameOf(keyOf(this.#of, one.record)), one]));
    this.#few = undefined;
  }

  scan<R extends object>(scan: Scan): R[] {
    return this.#order(scan.by).scan<R>(scan);
  }

  /** Whether a record takes the other's place in every order there is. */
  #staysInPlace(before: object, after: object): boolean {
    if (this.#orders === undefined) return true;
    for (const by of this.#orders.keys()) {
      if (by === undefined) continue;
      for (const field of this.#of.indexes[by] ?? []) {
        if ((before as Fields)[field] !== (after as Fields)[field]) return false;
      }
    }
    return true;
  }

  #file(entry: Entry, orders: Map<string | undefined, Order>): void {
    for (const [by, order] of orders) {
      if (!this.#isIn(by, entry.record)) continue;
      // An order that nobody reads any more must not grow with every change.
      if (order.waiting > 64 + this.#size) orders.delete(by);
      else order.add(entry);
    }
  }

  #isIn(by: string | undefined, record: object): boolean {
    if (by === undefined) return true;
    return (this.#of.indexes[by] ?? []).every((field) => isKeyPart((record as Fields)[field]));
  }

  #order(by: string | undefined): Order {
    const known = this.#orders?.get(by);
    if (known) return known;
    const order = new Order(scanOrder(this.#of, by));
    for (const entry of this.#few ?? this.#many?.values() ?? [])
      if (this.#isIn(by, entry.record)) order.add(entry);
    this.#orders ??= new Map();
    this.#orders.set(by, order);
    return order;
  }
}

/** One name for each key: the only part as it is; several parts each with its kind and length before it. */
function nameOf(key: readonly KeyPart[]): KeyPart {
  const first = key[0] as KeyPart;
  if (key.length === 1) return first;
  let name = '';
  for (const part of key) {
    name += typeof part === 'number' ? `#${part} ` : `${part.length} ${part}`;
  }
  return name;
}
