interface Entry<V> {
  value: V;
  /** How many entries had been made when it was last moved behind all others. */
  movedAt: number;
}

/**
 * A map that forgets what was not used for long once it holds `entriesMax`: strangers can fill it, but not make it
 * grow. What is forgotten was not used while at least half as many others were made: most uses so cost no more
 * than the look-up.
 */
export class BoundedCache<K, V> {
  readonly #entries = new Map<K, Entry<V>>();
  readonly #entriesMax: number;
  #made = 0;

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
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#use(key, entry);
    return entry.value;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  set(key: K, value: V): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = value;
      this.#use(key, known);
      return;
    }
    this.#made += 1;
    this.#entries.set(key, { value, movedAt: this.#made });
    if (this.#entries.size <= this.#entriesMax) return;
    const [oldest] = this.#entries;
    if (oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    this.#forgotten?.(oldest[1].value);
  }

  #use(key: K, entry: Entry<V>): void {
    if (this.#made - entry.movedAt < this.#entriesMax / 2) return;
    entry.movedAt = this.#made;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }
}
