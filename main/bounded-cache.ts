/**
 * A map that forgets what was used longest ago once it holds `entriesMax`: strangers can fill it, but
 * not make it grow.
 */
export class BoundedCache<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #entriesMax: number;

  readonly #forgotten: ((value: V) => void) | undefined;

  /** `forgotten` is told each value that had to make room, and no other. */
  constructor(entriesMax: number, forgotten?: (value: V) => void) {
    if (!Number.isSafeInteger(entriesMax) || entriesMax < 1) {
      throw new RangeError(`A cache holds at least one entry, not ${entriesMax}.`);
    }
    this.#entriesMax = entriesMax;
    this.#forgotten = forgotten;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#entriesMax) return;
    const [oldest] = this.#entries;
    if (oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    this.#forgotten?.(oldest[1]);
  }
}
