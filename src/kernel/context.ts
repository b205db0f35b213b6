import type { PeerId } from '../identity/index.ts';
import type { MarketSettings } from '../settings/index.ts';
import type { Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Chance } from './chance.ts';
import type { Effect } from './effect.ts';
import type { Fact } from './fact.ts';
import type { Library } from './library.ts';
import type { NeighborBook } from './neighbors.ts';

/**
 * What one input of the core sees and does: one moment, one transaction, the ports that may be read at
 * once, and the effects that happen only if the transaction commits.
 */
export interface Context {
  readonly self: PeerId;
  readonly now: Milliseconds;
  readonly tx: Transaction;
  readonly chance: Chance;
  readonly settings: MarketSettings;
  readonly neighbors: NeighborBook;
  readonly library: Library;
  effect(effect: Effect): void;
  /** Tells the other parts of the peer what has happened; they react in the same transaction. */
  fact(fact: Fact): void;
}
