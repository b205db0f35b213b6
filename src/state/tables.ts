import type { Collection, KeyPart } from './collection.ts';
import { checkKey, isKeyPart, keyOf, scanOrder } from './key.ts';
import { eachIn, findIn, type Node, placed, under, without } from './node.ts';
import { Order, scanFew } from './order.ts';
import type { Scan } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;
/** By index; '' for the key. */
type Orders = Map<string, Order>;

/** A place in the map that was deleted and taken again would take another. */
const nothing: Node = [];

/**
 * All records of a store by the names of their collections, found by their key at once; in the order of an
 * index, where it is asked for and there are many. A collection that was never written takes no memory.
 */
export class Tables {
  readonly #roots = new Map<string, Node>();
  /** Made by the first scan that needs it; most are never scanned, or are small. */
  #orders: Map<string, Orders> | undefined;

  get(of: Collection<object>, key: readonly KeyPart[]): object | undefined {
    const found = key.length === of.key.length && findIn(this.#roots.get(of.name), of, key);
    if (found) return found;
    // What was found by it is a key.
    checkKey(of, key);
    return undefined;
  }

  /** Gives what stood there before. */
  put(of: Collection<object>, record: object): object | undefined {
    const root = this.#roots.get(of.name);
    const { node, before } = placed(root, of, keyOf(of, record), record);
    if (node !== root) this.#roots.set(of.name, node);
    if (this.#orders) this.#file(of, before, record);
    return before;
  }

  /** Gives what stood there. */
  remove(of: Collection<object>, key: readonly KeyPart[]): object | undefined {
    const before = this.get(of, key);
    const root = this.#roots.get(of.name);
    if (!before || root === undefined) return undefined;
    const left = without(root, of, key);
    if (left !== root) this.#roots.set(of.name, left ?? nothing);
    for (const [name, order] of this.#orders?.get(of.name) ?? []) {
      if (name === '' || isIn(of, name, before)) order.remove(before);
    }
    return before;
  }

  /** The scan was checked before. */
  scan<R extends object>(of: Collection<R>, scan: Scan): R[] {
    const { by, prefix = [] } = scan;
    const root = this.#roots.get(of.name);
    const node = by === undefined ? under(root, prefix) : root;
    if (node === undefined) return [];
    const fields = scanOrder(of, by);
    if (node instanceof Map) return this.#order(of, by, fields).scan<R>(scan);
    const few = Array.isArray(node) ? node : [node];
    const indexed = by === undefined ? few : few.filter((record) => isIn(of, by, record));
    return scanFew<R>(indexed, fields, scan);
  }

  #file(of: Collection<object>, before: object | undefined, after: object): void {
    const orders = this.#orders?.get(of.name);
    if (!orders) return;
    for (const [name, order] of orders) {
      const by = name === '' ? undefined : name;
      const isAfterIn = by === undefined || isIn(of, by, after);
      if (before && isAfterIn && isSame(of, by, before, after)) order.replace(before, after);
      else {
        if (before && (by === undefined || isIn(of, by, before))) order.remove(before);
        if (isAfterIn) order.add(after);
        // Nobody reads it any more: it must not grow with every change.
        if (order.isForgotten) orders.delete(name);
      }
    }
  }

  #order(of: Collection<object>, by: string | undefined, fields: readonly string[]): Order {
    this.#orders ??= new Map();
    let orders = this.#orders.get(of.name);
    if (!orders) {
      orders = new Map();
      this.#orders.set(of.name, orders);
    }
    const known = orders.get(by ?? '');
    if (known) return known;
    const order = new Order(fields);
    eachIn(this.#roots.get(of.name), (record) => {
      if (by === undefined || isIn(of, by, record)) order.add(record);
    });
    orders.set(by ?? '', order);
    return order;
  }
}

function isIn(of: Collection<object>, by: string, record: object): boolean {
  for (const field of of.indexes[by] ?? []) {
    if (!isKeyPart((record as Fields)[field])) return false;
  }
  return true;
}

/** Whether both stand at the same place of an order; their keys are the same. */
function isSame(
  of: Collection<object>,
  by: string | undefined,
  before: object,
  after: object,
): boolean {
  if (by === undefined) return true;
  for (const field of of.indexes[by] ?? []) {
    if ((before as Fields)[field] !== (after as Fields)[field]) return false;
  }
  return true;
}
