import type { KeyPart } from './collection.ts';
import { compareParts } from './key.ts';
import type { Scan } from './store.ts';

/** A record in its table and in the table's orders. One that is not live any more is taken out when met. */
export interface Entry {
  record: object;
  live: boolean;
}

type Fields = Readonly<Record<string, KeyPart>>;

/** The records of a table in the order of its key or of one index. What was added is sorted in by the next scan. */
export class Order {
  readonly #fields: readonly string[];
  #sorted: Entry[] = [];
  #added: Entry[] = [];
  /** Added since the last time that all dead ones were taken out. */
  #grown = 0;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** How many were added since the last scan. */
  get waiting(): number {
    return this.#added.length;
  }

  add(entry: Entry): void {
    this.#added.push(entry);
  }

  scan<R extends object>(scan: Scan): R[] {
    if (this.#added.length > 0) this.#sortIn();
    const { prefix = [], from, after, to, limit = Number.POSITIVE_INFINITY } = scan;
    const lowest = after ?? from;
    const start = this.#bound(prefix, lowest, after !== undefined && lowest !== undefined);
    const end = this.#bound(prefix, to, true);
    return scan.descending === true
      ? this.#collect<R>(start, end, limit, -1)
      : this.#collect<R>(start, end, limit, 1);
  }

  #collect<R extends object>(start: number, end: number, limit: number, step: 1 | -1): R[] {
    const found: R[] = [];
    const sorted = this.#sorted;
    let dead = 0;
    let [at, left] = step === 1 ? [start, end - start] : [end - 1, end - start];
    for (; left > 0 && found.length < limit; at += step, left--) {
      const entry = sorted[at] as Entry;
      if (entry.live) found.push(entry.record as R);
      else dead += 1;
    }
    if (dead > 0) this.#drop(step === 1 ? start : at + 1, step === 1 ? at : end);
    return found;
  }

  /** Takes what is not live any more out of a stretch. */
  #drop(start: number, end: number): void {
    const sorted = this.#sorted;
    let kept = start;
    for (let at = start; at < end; at++) {
      const entry = sorted[at] as Entry;
      if (entry.live) sorted[kept++] = entry;
    }
    sorted.splice(kept, end - kept);
  }

  #sortIn(): void {
    const added = this.#added.filter(({ live }) => live);
    this.#added = [];
    this.#grown += added.length;
    if (this.#grown > 32 + this.#sorted.length / 2) {
      this.#grown = 0;
      this.#sorted = this.#sorted.filter(({ live }) => live);
    }
    if (added.length > 8 && added.length * 8 > this.#sorted.length) {
      for (const entry of added) this.#sorted.push(entry);
      this.#sorted.sort((a, b) => this.#compare(a.record, b.record));
      return;
    }
    for (const entry of added) this.#sorted.splice(this.#placeOf(entry.record), 0, entry);
  }

  #compare(a: object, b: object): number {
    for (const field of this.#fields) {
      const [x, y] = [(a as Fields)[field] as KeyPart, (b as Fields)[field] as KeyPart];
      if (x !== y) return compareParts(x, y);
    }
    return 0;
  }

  #placeOf(record: object): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare((this.#sorted[middle] as Entry).record, record) < 0) low = middle + 1;
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
      const side = this.#side((this.#sorted[middle] as Entry).record, prefix, bound);
      if (side < 0 || (past && side === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #side(record: object, prefix: readonly KeyPart[], bound: KeyPart | undefined): number {
    for (let at = 0; at < prefix.length; at++) {
      const value = (record as Fields)[this.#fields[at] as string] as KeyPart;
      const sought = prefix[at] as KeyPart;
      if (value !== sought) return compareParts(value, sought);
    }
    if (bound === undefined) return 0;
    const value = (record as Fields)[this.#fields[prefix.length] as string] as KeyPart;
    return value === bound ? 0 : compareParts(value, bound);
  }
}
