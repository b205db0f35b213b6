import type { Collection, KeyPart } from './collection.ts';
import { checkScan, keyOf } from './key.ts';
import type { BatchRun, Scan, Store, Transaction } from './store.ts';
import { Tables } from './tables.ts';

/** A record that was put in place of another, or removed: what a batch has written, and what takes it back. */
export interface Change {
  readonly of: Collection<object>;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/**
 * The state in memory, for tests and the simulator. `committed`, where it is given, is told the changes of each
 * batch in their order.
 */
export class MemoryStore implements Store {
  readonly #tables = new Tables();
  readonly #committed: ((changes: readonly Change[]) => void) | undefined;
  #changes: Change[] = [];
  #open = false;
  #running = false;

  constructor(committed?: (changes: readonly Change[]) => void) {
    this.#committed = committed;
  }

  transaction<T>(work: (tx: Transaction) => T): T {
    return this.#whole(() => this.#part(work));
  }

  batch<T>(work: (run: BatchRun) => T): T {
    let ended = false;
    try {
      return this.#whole(() =>
        work((one) => {
          if (ended) throw new Error('The batch has ended.');
          return this.#part(one);
        }),
      );
    } finally {
      ended = true;
    }
  }

  #whole<T>(work: () => T): T {
    if (this.#open) throw new Error('Transactions do not nest.');
    this.#open = true;
    let value: T;
    try {
      value = work();
    } catch (error) {
      this.#takeBack(0);
      throw error;
    } finally {
      this.#open = false;
    }
    const changes = this.#changes;
    if (changes.length > 0) {
      this.#changes = [];
      this.#committed?.(changes);
    }
    return value;
  }

  #part<U>(one: (tx: Transaction) => U): U {
    if (this.#running) throw new Error('Transactions do not nest.');
    const begin = this.#changes.length;
    const tx = new MemoryTransaction(this.#tables, this.#changes);
    this.#running = true;
    try {
      return one(tx);
    } catch (error) {
      this.#takeBack(begin);
      throw error;
    } finally {
      tx.end();
      this.#running = false;
    }
  }

  #takeBack(begin: number): void {
    for (const { of, before, after } of this.#changes.splice(begin).reverse()) {
      if (before) this.#tables.put(of, before);
      else if (after) this.#tables.remove(of, keyOf(of, after));
    }
  }
}

class MemoryTransaction implements Transaction {
  readonly #tables: Tables;
  readonly #changes: Change[];
  #ended = false;

  constructor(tables: Tables, changes: Change[]) {
    this.#tables = tables;
    this.#changes = changes;
  }

  end(): void {
    this.#ended = true;
  }

  get<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): R | undefined {
    if (this.#ended) throw hasEnded();
    return this.#tables.get(of, key) as R | undefined;
  }

  put<R extends object>(of: Collection<R>, record: R): void {
    if (this.#ended) throw hasEnded();
    this.#changes.push({ of, before: this.#tables.put(of, record), after: record });
  }

  remove<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): void {
    if (this.#ended) throw hasEnded();
    const before = this.#tables.remove(of, key);
    if (before) this.#changes.push({ of, before, after: undefined });
  }

  scan<R extends object>(of: Collection<R>, scan: Scan = {}): readonly R[] {
    if (this.#ended) throw hasEnded();
    checkScan(of, scan);
    return this.#tables.scan<R>(of, scan);
  }
}

function hasEnded(): Error {
  return new Error('The transaction has ended.');
}
