import * as z from 'zod';
import { contestReason, dealId, note, peerId } from '../../../src/protocol/index.ts';
import { command, milliseconds, problemField } from './fields.ts';

const contest = {
  reason: contestReason,
  note: z.string(),
  at: milliseconds,
  /** A buyer's signed word is at hand that the document arrived. */
  delivered: z.boolean(),
  /** That word is of the very buyer who contested, and older; or a shown key refutes the contest. */
  contradicted: z.boolean(),
};

/** A contest of this peer's, to its seller: of its person, or passed on for its own buyer. */
export const contestMade = z.object({
  ...contest,
  /** `noted`: of a sealed deal nothing is given back (docs/protocol.md 7). */
  state: z.enum(['sent', 'refunded', 'refused', 'noted', 'unanswered']),
  /** When this state began, and when `sent` ends by itself. */
  since: milliseconds,
  deadlineAt: milliseconds,
  failure: problemField.optional(),
});

/** A contest that this peer received from its buyer. */
export const contestTaken = z.object({
  ...contest,
  outcome: z.enum(['refunded', 'refused', 'noted']),
});

/** Why a peer was marked as undesirable: a contested deal that it took part in (paper §4). */
export const mark = z.object({
  deal: dealId,
  at: milliseconds,
  reason: contestReason,
  /** A person moved it off the undesirable list since, for this reason. */
  forgiven: z.object({ at: milliseconds, reason: z.string() }).optional(),
});

/** The deal that brought a peer to its list; a person did where this is missing. */
export const listingOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('discovered'), deal: dealId }),
  z.object({ kind: z.literal('contested'), deal: dealId, reason: contestReason }),
]);

/** A contest as a person makes it, of a purchase; `purchase` is the view of the deals' methods. */
export function contestMethods<P extends z.ZodType>(purchase: P) {
  return {
    /**
     * Contests a purchase, once, while `contestableUntil` says that it can be: what is on its way is given
     * up, the seller is asked for the price; of a sealed deal it is told, and nothing is given back.
     * `unknown-deal`, `not-contestable`.
     */
    'deals.contest': command(
      z.strictObject({ deal: dealId, reason: contestReason, note: note.default('') }),
      purchase,
    ),
  } as const;
}

/** Who opened the access key of a document of this peer's, and when. */
export const opening = z.object({ peer: peerId, at: milliseconds.optional() });
