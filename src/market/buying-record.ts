import type { Amount } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';

/** Within what a saved search may buy by itself; the price of one document is limited by the search's offers. */
export interface BuyingOrder {
  /** Which bid is taken; with `risk-adjusted` the limit of an offer holds for that price, too. */
  readonly compare: 'price' | 'risk-adjusted';
  readonly documentsMax: number;
  /** In any 24 hours. */
  readonly perDayMax: number;
  /** What all documents together may cost, transfer fees of holds included; in other currencies nothing is bought. */
  readonly budgets: readonly { readonly currency: CurrencyId; readonly amount: Amount }[];
}

/**
 * What a saved search buys by itself, and has bought:
 * - `on`: each run may buy
 * - `stopped`: none does, until a person sets it on again
 */
export interface Buying extends BuyingOrder {
  readonly state: 'on' | 'stopped';
  readonly since: Milliseconds;
  /** What was found before it was set on: the person saw it, and did not buy it. */
  readonly passed: readonly DocumentId[];
  /** Oldest first. */
  readonly bought: readonly BoughtByItself[];
  /** What was not bought though it was wanted, and why; the latest. */
  readonly left: readonly LeftAlone[];
}

export interface BoughtByItself {
  readonly at: Milliseconds;
  readonly deal: DealId;
  readonly documentId: DocumentId;
  readonly title: string;
  readonly currency: CurrencyId;
  /** The price, and the fee of its hold where it was bought against its key. */
  readonly cost: Amount;
}

export interface LeftAlone {
  readonly at: Milliseconds;
  readonly documentId: DocumentId;
  readonly title: string;
  readonly currency: CurrencyId;
  readonly price: Amount;
  readonly why: LeftReason;
  readonly problem?: Problem;
}

/**
 * Too dear at its risk, past the budget or what is left of it, past the day's number; not enough money; on the
 * own shelf or bought before; refused by the purchase itself.
 */
export type LeftReason = 'risk' | 'budget' | 'day' | 'funds' | 'had' | 'refused';
