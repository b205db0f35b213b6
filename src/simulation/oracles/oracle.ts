import type { Change } from '../../state/index.ts';
import type { SimPeer } from '../sim-peer.ts';

/**
 * One thing that must hold in a world, looked at from outside: an oracle reads what the peers commit and
 * keeps its own account of it. It never asks the code that it judges.
 */
export interface Oracle {
  /** Takes one change in. Throws a `BrokenPromise` where it breaks a promise by itself. */
  take(peer: SimPeer, change: Change): void;
  /** After all changes of an input: what must hold between inputs. */
  check(peer: SimPeer): void;
}

/** What an oracle saw that must never be: the name of the promise, and what was seen. */
export class BrokenPromise extends Error {
  readonly promise: string;

  constructor(promise: string, seen: string) {
    super(`${promise}: ${seen}.`);
    this.name = 'BrokenPromise';
    this.promise = promise;
  }
}

export function must(holds: boolean, promise: string, seen: () => string): void {
  if (!holds) throw new BrokenPromise(promise, seen());
}

/** The record after a change, or before where it was removed, as the collection of this name keeps it. */
export function rowOf<R extends object>({ after, before }: Change): R {
  return (after ?? before) as R;
}

/** A sum for each name; names that were never added to stand at 0. */
export class Sums {
  readonly #sums = new Map<string, number>();

  of(name: string): number {
    return this.#sums.get(name) ?? 0;
  }

  add(name: string, change: number): number {
    const sum = this.of(name) + change;
    this.#sums.set(name, sum);
    return sum;
  }
}
