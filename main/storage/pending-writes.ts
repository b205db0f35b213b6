import { isKeyPart, type KeyPart } from '../../src/state/index.ts';

/** A write that its table has not been told of: a record, or that there is none any more. */
export interface PendingWrite {
  readonly key: readonly KeyPart[];
  readonly record: object | undefined;
  /** The record as JSON, once `textOf` was asked for it. */
  text: string | undefined;
}

/** The record of a write as JSON, made once however often it is written. */
export function textOf(write: PendingWrite): string {
  write.text ??= JSON.stringify(write.record);
  return write.text;
}

/** How many pending records have the same values in some first fields of an order. */
interface Counts {
  readonly fields: readonly string[];
  readonly by: Map<KeyPart, number>;
}

/**
 * What is to be written to one table, the last for each key. Says at once whether a scan could find any of it,
 * however much there is: what was asked for once is counted from then on.
 */
export class PendingWrites {
  readonly #writes = new Map<KeyPart, PendingWrite>();
  readonly #counts = new Map<string, Counts>();
  #records = 0;

  get size(): number {
    return this.#writes.size;
  }

  get(name: KeyPart): PendingWrite | undefined {
    return this.#writes.get(name);
  }

  /** Undefined: nothing is pending under this name. Gives what was. */
  set(name: KeyPart, write: PendingWrite | undefined): PendingWrite | undefined {
    const before = this.#writes.get(name);
    if (write === undefined) this.#writes.delete(name);
    else this.#writes.set(name, write);
    this.#count(before?.record, -1);
    this.#count(write?.record, 1);
    return before;
  }

  entries(): IterableIterator<[KeyPart, PendingWrite]> {
    return this.#writes.entries();
  }

  /** Whether a record that is to be written has these values in the first fields of the order `by`. */
  hasLike(by: string, order: readonly string[], values: readonly KeyPart[]): boolean {
    if (this.#records === 0 || values.length === 0) return this.#records > 0;
    const name = nameOf(values);
    const shape = `${values.length} ${by}`;
    return (this.#counts.get(shape) ?? this.#countBy(shape, order, values.length)).by.has(name);
  }

  #countBy(shape: string, order: readonly string[], length: number): Counts {
    const counts: Counts = { fields: order.slice(0, length), by: new Map() };
    for (const { record } of this.#writes.values()) countIn(counts, record, 1);
    this.#counts.set(shape, counts);
    return counts;
  }

  #count(record: object | undefined, change: 1 | -1): void {
    if (record === undefined) return;
    this.#records += change;
    for (const counts of this.#counts.values()) countIn(counts, record, change);
  }
}

/** One name for each key of a collection, and for each list of as many values. */
export function nameOf(key: readonly KeyPart[]): KeyPart {
  if (key.length === 1 && key[0] !== undefined) return key[0];
  let name = '';
  for (const part of key) name += typeof part === 'number' ? `#${part} ` : `${part.length} ${part}`;
  return name;
}

/** A record that lacks a field of an order is not in it. */
function countIn({ fields, by }: Counts, record: object | undefined, change: 1 | -1): void {
  if (record === undefined) return;
  const values: KeyPart[] = [];
  for (const field of fields) {
    const value = (record as Readonly<Record<string, unknown>>)[field];
    if (!isKeyPart(value)) return;
    values.push(value);
  }
  const name = nameOf(values);
  const count = (by.get(name) ?? 0) + change;
  if (count > 0) by.set(name, count);
  else by.delete(name);
}
