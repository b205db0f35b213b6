import type { PeerId } from '../../src/identity/index.ts';
import type { Context, Effect, Neighbor, NeighborBook } from '../../src/kernel/index.ts';
import { collection, type Store, type Transaction } from '../../src/state/index.ts';

/** A neighbor whom the core put on a list and whom the file may not know yet. */
interface Pending {
  readonly peer: PeerId;
  readonly neighbor: Neighbor;
}

const pending = collection<Pending>()('pendingNeighbors', ['peer']);

interface Lists extends NeighborBook {
  flush(): Promise<void>;
}

/**
 * Carries what the core decided about neighbors from its store into their file. It stands in the store, by the
 * very transaction that decided it, until the file has it: a peer that is killed in between does it at its start.
 */
export class PendingNeighbors {
  readonly #lists: Lists;
  readonly #run: <T>(work: (ctx: Pick<Context, 'tx'>) => T) => Promise<T>;

  /** `run` does something in a transaction of the store, and resolves once it is durable. */
  constructor(lists: Lists, run: <T>(work: (ctx: Pick<Context, 'tx'>) => T) => Promise<T>) {
    this.#lists = lists;
    this.#run = run;
  }

  /** Does what an earlier run of the program left; to be called before the core's first input. */
  static async replay(store: Store, lists: Lists): Promise<void> {
    const left = store.transaction((tx) => tx.scan(pending));
    if (left.length === 0) return;
    for (const { neighbor } of left) lists.put(neighbor);
    await lists.flush();
    store.transaction((tx) => {
      for (const { peer } of left) tx.remove(pending, peer);
    });
  }

  /** To be called in the transaction whose effects these are. */
  static keep(tx: Transaction, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== 'neighbor') continue;
      const { neighbor } = effect;
      tx.put(pending, { peer: neighbor.peer, neighbor });
    }
  }

  /** The lists have it at once, the file soon. Rejects where it could not be written: then the next start does it. */
  async put(neighbor: Neighbor): Promise<void> {
    this.#lists.put(neighbor);
    await this.#lists.flush();
    await this.#run(({ tx }) => {
      const kept = tx.get(pending, neighbor.peer);
      // Something newer waits for a write of its own.
      if (kept && JSON.stringify(kept.neighbor) === JSON.stringify(neighbor)) {
        tx.remove(pending, neighbor.peer);
      }
    });
  }

  /** Takes a neighbor off every list; resolves once no start can bring them back. */
  async remove(peer: PeerId): Promise<void> {
    await this.#run(({ tx }) => tx.remove(pending, peer));
    this.#lists.remove(peer);
    await this.#lists.flush();
  }
}
