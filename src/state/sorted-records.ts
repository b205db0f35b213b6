/** How many records stand together at most; one that goes in or out moves no others than these. */
const runMax = 512;

/** Where a record stands, or would stand. */
interface Place {
  readonly run: number;
  readonly at: number;
}

/** Whether a record stands before the place that is sought: so for all up to it, and for none from there on. */
export type IsBefore = (record: object) => boolean;

/** Records in an order, many of them: kept in runs, so that one is added or removed at little cost. */
export class SortedRecords {
  readonly #compare: (a: object, b: object) => number;
  #runs: object[][] = [];
  #size = 0;

  constructor(compare: (a: object, b: object) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  add(record: object): void {
    const { run, at } = this.#placeOf(record);
    // What goes behind all goes to the end of the last run.
    const isLast = run === this.#runs.length && run > 0;
    const into = isLast ? run - 1 : run;
    const records = this.#runs[into];
    this.#size += 1;
    if (!records) this.#runs.push([record]);
    else {
      if (isLast) records.push(record);
      else records.splice(at, 0, record);
      if (records.length > runMax) this.#runs.splice(into + 1, 0, records.splice(runMax / 2));
    }
  }

  addAll(records: readonly object[]): void {
    const all = [...this.#runs.flat(), ...records].sort(this.#compare);
    this.#size = all.length;
    this.#runs = [];
    for (let at = 0; at < all.length; at += runMax / 2) {
      this.#runs.push(all.slice(at, at + runMax / 2));
    }
  }

  /** This very record; another one at its place stays. */
  remove(record: object): void {
    const { run, at } = this.#placeOf(record);
    const records = this.#runs[run];
    if (records?.[at] !== record) return;
    records.splice(at, 1);
    if (records.length === 0) this.#runs.splice(run, 1);
    this.#size -= 1;
  }

  /** Puts a record in the place of another that stands there; false where it does not. */
  replace(before: object, after: object): boolean {
    const { run, at } = this.#placeOf(before);
    const records = this.#runs[run];
    if (records?.[at] !== before) return false;
    records[at] = after;
    return true;
  }

  /** The first ones, at most `limit`, from one place on and before the other. */
  first(isBeforeStart: IsBefore, isBeforeEnd: IsBefore, limit: number): object[] {
    const start = this.#find(isBeforeStart);
    const end = this.#find(isBeforeEnd);
    const found: object[] = [];
    for (let run = start.run; run <= end.run && found.length < limit; run++) {
      const records = this.#runs[run] ?? [];
      const from = run === start.run ? start.at : 0;
      const to = run === end.run ? end.at : records.length;
      for (let at = from; at < to && found.length < limit; at++) found.push(records[at] as object);
    }
    return found;
  }

  /** The last ones, the very last one first. */
  last(isBeforeStart: IsBefore, isBeforeEnd: IsBefore, limit: number): object[] {
    const start = this.#find(isBeforeStart);
    const end = this.#find(isBeforeEnd);
    const found: object[] = [];
    for (let run = end.run; run >= start.run && found.length < limit; run--) {
      const records = this.#runs[run] ?? [];
      const from = run === start.run ? start.at : 0;
      const to = run === end.run ? end.at : records.length;
      for (let at = to - 1; at >= from && found.length < limit; at--) {
        found.push(records[at] as object);
      }
    }
    return found;
  }

  #placeOf(record: object): Place {
    return this.#find((one) => this.#compare(one, record) < 0);
  }

  #find(isBefore: IsBefore): Place {
    const run = firstNot(this.#runs, (records) => isBefore(records[records.length - 1] as object));
    const records = this.#runs[run];
    return { run, at: records ? firstNot(records, isBefore) : 0 };
  }
}

function firstNot<T>(list: readonly T[], isBefore: (one: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
