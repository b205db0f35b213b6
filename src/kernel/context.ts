import type { Draft, Opened, PeerId, StatementPayload, StatementType } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { Result } from '../result.ts';
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
  /** SHA-256, 32 bytes: the lock of a hold (protocol 3). */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** Opens a statement that came inside an answer: `bad-statement` or `bad-signature` otherwise. */
  readonly open: <P extends StatementPayload>(
    type: StatementType<P>,
    text: string,
  ) => Result<Opened<P>, Problem>;
  /** Signs a draft of this peer's at once, where its text is kept as evidence: the own currency's receipts. */
  readonly seal: (unsigned: Draft) => string;
  effect(effect: Effect): void;
  /** Tells the other parts of the peer what has happened; they react in the same transaction. */
  fact(fact: Fact): void;
}
