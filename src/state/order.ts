import type { KeyPart } from './collection.ts';
import { compareParts } from './key.ts';
import type { Scan } from './store.ts';

type Fields = Readonly<Record<string, KeyPart>>;

/** The records of a collection in the order of its key or of one index. What was added is sorted in by the next scan. */
export class Order {
  readonly #fields: readonly string[];
  #sorted: object[] = [];
  #added = new Set<object>();

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** Whether more was added since the last scan than there was at it. */
  get isForgotten(): boolean {
    return this.#added.size > 64 + this.#sorted.length;
  }

  add(record: object): void {
    this.#added.add(record);
  }

  remove(record: object): void {
    if (this.#added.delete(record)) return;
    const at = this.#placeOf(record);
    if (this.#sorted[at] === record) this.#sorted.splice(at, 1);
  }

  /** Puts a record in the place of another with the same fields. */
  replace(before: object, after: object): void {
    const at = this.#added.has(before) ? -1 : this.#placeOf(before);
    if (at >= 0 && this.#sorted[at] === before) this.#sorted[at] = after;
    else if (this.#added.delete(before)) this.#added.add(after);
  }

  scan<R extends object>(scan: Scan): R[] {
    if (this.#added.size > 0) this.#sortIn();
    const { prefix = [], from, after, to, limit = Number.POSITIVE_INFINITY } = scan;
    const lowest = after ?? from;
    const start = this.#bound(prefix, lowest, after !== undefined);
    const end = Math.max(start, this.#bound(prefix, to, true));
    const count = Math.min(limit, end - start);
    if (scan.descending !== true) return this.#sorted.slice(start, start + count) as R[];
    return this.#sorted.slice(end - count, end).reverse() as R[];
  }

  #sortIn(): void {
    const added = [...this.#added];
    this.#added.clear();
    if (added.length > 8 && added.length * 8 > this.#sorted.length) {
      for (const record of added) this.#sorted.push(record);
      this.#sorted.sort((a, b) => compareBy(this.#fields, a, b));
      return;
    }
    for (const record of added) this.#sorted.splice(this.#placeOf(record), 0, record);
  }

  #placeOf(record: object): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBy(this.#fields, this.#sorted[middle] as object, record) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first place at or, with `past`, behind all that begin with the prefix and the bound. */
  #bound(prefix: readonly KeyPart[], bound: KeyPart | undefined, past: boolean): number {
    if (prefix.length === 0 && bound === undefined) return past ? this.#sorted.length : 0;
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const side = sideOf(this.#fields, this.#sorted[middle] as object, prefix, bound);
      if (side < 0 || (past && side === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Scans a few records that are in no order. */
export function scanFew<R extends object>(
  few: readonly object[],
  fields: readonly string[],
  scan: Scan,
): R[] {
  const { prefix = [], limit = Number.POSITIVE_INFINITY } = scan;
  const sign = scan.descending === true ? -1 : 1;
  const found: object[] = [];
  for (const record of few) {
    if (!isWithin(fields, record, prefix, scan)) continue;
    let place = found.length;
    while (place > 0 && sign * compareBy(fields, found[place - 1] as object, record) > 0) place--;
    // Most scans of a few ask for the first alone.
    if (place >= limit) continue;
    if (found.length >= limit) found.pop();
    if (place === found.length) found.push(record);
    else found.splice(place, 0, record);
  }
  return found as R[];
}

function isWithin(
  fields: readonly string[],
  record: object,
  prefix: readonly KeyPart[],
  { from, after, to }: Scan,
): boolean {
  if (sideOf(fields, record, prefix, undefined) !== 0) return false;
  if (from === undefined && after === undefined && to === undefined) return true;
  const value = (record as Fields)[fields[prefix.length] as string] as KeyPart;
  if (after !== undefined && compareParts(value, after) <= 0) return false;
  if (after === undefined && from !== undefined && compareParts(value, from) < 0) return false;
  return to === undefined || compareParts(value, to) <= 0;
}

function compareBy(fields: readonly string[], a: object, b: object): number {
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as string;
    const x = (a as Fields)[field] as KeyPart;
    const y = (b as Fields)[field] as KeyPart;
    if (x !== y) return compareParts(x, y);
  }
  return 0;
}

function sideOf(
  fields: readonly string[],
  record: object,
  prefix: readonly KeyPart[],
  bound: KeyPart | undefined,
): number {
  for (let at = 0; at < prefix.length; at++) {
    const value = (record as Fields)[fields[at] as string] as KeyPart;
    const sought = prefix[at] as KeyPart;
    if (value !== sought) return compareParts(value, sought);
  }
  if (bound === undefined) return 0;
  const value = (record as Fields)[fields[prefix.length] as string] as KeyPart;
  return value === bound ? 0 : compareParts(value, bound);
}
