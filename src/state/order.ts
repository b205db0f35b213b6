import type { KeyPart } from './collection.ts';
import { compareParts } from './key.ts';
import { type IsBefore, SortedRecords } from './sorted-records.ts';
import type { Scan } from './store.ts';

type Fields = Readonly<Record<string, KeyPart>>;

/** The records of a collection in the order of its key or of one index. What was added is sorted in by the next scan. */
export class Order {
  readonly #fields: readonly string[];
  readonly #sorted: SortedRecords;
  readonly #added = new Set<object>();

  constructor(fields: readonly string[]) {
    this.#fields = fields;
    this.#sorted = new SortedRecords((a, b) => compareBy(fields, a, b));
  }

  /** Whether more was added since the last scan than there was at it. */
  get isForgotten(): boolean {
    return this.#added.size > 64 + this.#sorted.size;
  }

  add(record: object): void {
    this.#added.add(record);
  }

  remove(record: object): void {
    if (!this.#added.delete(record)) this.#sorted.remove(record);
  }

  /** Puts a record in the place of another with the same fields. */
  replace(before: object, after: object): void {
    if (this.#added.delete(before)) this.#added.add(after);
    else this.#sorted.replace(before, after);
  }

  scan<R extends object>(scan: Scan): R[] {
    if (this.#added.size > 0) this.#sortIn();
    const { prefix = [], from, after, to, limit = Number.POSITIVE_INFINITY } = scan;
    const start = this.#bound(prefix, after ?? from, after !== undefined);
    const end = this.#bound(prefix, to, true);
    const found =
      scan.descending === true
        ? this.#sorted.last(start, end, limit)
        : this.#sorted.first(start, end, limit);
    return found as R[];
  }

  #sortIn(): void {
    const added = [...this.#added];
    this.#added.clear();
    if (added.length > 8 && added.length * 8 > this.#sorted.size) this.#sorted.addAll(added);
    else for (const record of added) this.#sorted.add(record);
  }

  /** Up to the first place at or, with `past`, behind all that begin with the prefix and the bound. */
  #bound(prefix: readonly KeyPart[], bound: KeyPart | undefined, past: boolean): IsBefore {
    if (prefix.length === 0 && bound === undefined) return () => past;
    return (record) => {
      const side = sideOf(this.#fields, record, prefix, bound);
      return side < 0 || (past && side === 0);
    };
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
