import type { SolicitationId } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';

/** One wish of one person, from the search to the document, and what it took. Grows while it is under way. */
export interface Wish {
  /** Whose, by its place among the traders, and which document of the demand. */
  readonly peer: number;
  readonly document: number;
  readonly at: Milliseconds;
  readonly solicitation: SolicitationId;
  state: 'searching' | 'no-bid' | 'buying' | 'delivered' | 'failed';
  /** Solicitations sent for it, by anybody to anybody. */
  asked: number;
  /** Peers that were asked, each once. */
  reached: number;
  /** Bids that came to the person who searches. */
  bids: number;
  firstBidAt?: Milliseconds;
  endedAt?: Milliseconds;
  /** Of the bid that was accepted. */
  price?: number;
  deliveredAt?: Milliseconds;
  /** Who served the document, by its place among the traders. */
  servedBy?: number;
}

/** What many wishes took on the average; means of nothing are NaN. */
export interface WishSummary {
  readonly wishes: number;
  /** Shares of all wishes. */
  readonly found: number;
  readonly delivered: number;
  readonly asked: number;
  readonly reached: number;
  readonly askedPerDocument: number;
  /** Of the documents that were delivered. */
  readonly price: number;
  readonly firstBidMs: number;
  readonly documentMs: number;
}

export function summarizeWishes(wishes: readonly Wish[]): WishSummary {
  const delivered = wishes.filter(({ state }) => state === 'delivered');
  const asked = sum(wishes.map((wish) => wish.asked));
  return {
    wishes: wishes.length,
    found: wishes.filter(({ bids }) => bids > 0).length / wishes.length,
    delivered: delivered.length / wishes.length,
    asked: asked / wishes.length,
    reached: mean(wishes.map((wish) => wish.reached)),
    askedPerDocument: asked / delivered.length,
    price: mean(delivered.flatMap(({ price }) => price ?? [])),
    firstBidMs: mean(wishes.flatMap(({ at, firstBidAt }) => (firstBidAt ? firstBidAt - at : []))),
    documentMs: mean(
      delivered.flatMap(({ at, deliveredAt }) => (deliveredAt ? deliveredAt - at : [])),
    ),
  };
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
