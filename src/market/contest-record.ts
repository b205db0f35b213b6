import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import {
  type ContestReason,
  contestStatement,
  type Delivery,
  type DocumentId,
  deliveryStatement,
  type Contest as SignedContest,
} from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';

/** Statements of a sealed deal, and the key that its seller revealed (protocol 9): evidence. */
export interface SealedProof {
  readonly instructions: string;
  readonly key: string;
  /** The issuer's receipt of the buyer's hold. */
  readonly hold: string;
}

/** What both sides keep of a contested deal (protocol 7). */
interface Contest {
  readonly reason: ContestReason;
  readonly note: string;
  readonly at: Milliseconds;
  /** The statement between the two peers of this deal: evidence. */
  readonly text: string;
  /** The contest of the buyer who began it, where this one only passes it on: evidence. */
  readonly firstText?: string;
  /** A buyer's signed word that the document arrived, which the serving peer showed: evidence. */
  readonly delivery?: string;
  /** That word is of the very buyer who contested, or the key was shown that it says it never got. */
  readonly contradicted?: boolean;
  /** Of a sealed deal. */
  readonly proof?: SealedProof;
}

/**
 * - `sent`: asked again until the seller answers
 * - `refunded`: the seller took its charge back, and its tab shows it
 * - `refused`: the seller said no; what was paid stays paid
 * - `noted`: sealed: the seller has it; nothing stands on the tab that could be taken back
 * - `unanswered`: the seller neither answered nor refunded in time
 */
export type ContestState = 'sent' | 'refunded' | 'refused' | 'noted' | 'unanswered';

/** A contest of this peer's, to its seller: the person's, or passed on for the own buyer. */
export interface ContestMade extends Contest {
  readonly state: ContestState;
  readonly since: Milliseconds;
  readonly deadlineAt: Milliseconds;
  readonly failure?: Problem;
}

/** A contest that this peer received from its buyer. */
export interface ContestTaken extends Contest {
  /** A primary neighbor is always refunded (§4), where anything was charged on the tab. */
  readonly outcome: 'refunded' | 'refused' | 'noted';
}

/** A delivery statement about a document, opened; undefined where it is none, or about another one. */
export function deliveryOf(ctx: Context, documentId: DocumentId, text: string | undefined) {
  const opened = text === undefined ? undefined : ctx.open(deliveryStatement, text);
  return opened?.ok && opened.value.payload.sub === documentId ? opened.value : undefined;
}

/**
 * Adds a shown delivery to a contest that has none yet. It contradicts the contest where the same buyer signed, about
 * the same deal of its own, that the document arrived whole: only its worth can be contested then. Which of the two
 * came first need not be known: an honest buyer that has contested does not sign that any more, and the dates are a
 * liar's own.
 */
export function withDelivery<C extends Contest>(
  ctx: Context,
  documentId: DocumentId,
  contest: C,
  text: string | undefined,
): C {
  const delivery = deliveryOf(ctx, documentId, text);
  if (!delivery) return contest;
  // Whoever passes a contest on names the one that began it; a liar could name another's for its own.
  const contradicted =
    !isAboutWorth(contest.reason) &&
    [contest.text, contest.firstText].some((said) => {
      const opened = said === undefined ? undefined : ctx.open(contestStatement, said);
      return opened?.ok === true && contradicts(delivery.payload, opened.value.payload);
    });
  return { ...contest, delivery: delivery.text, ...(contradicted && { contradicted }) };
}

function contradicts(delivery: Delivery, first: SignedContest): boolean {
  return delivery.iss === first.iss && delivery.deal === first.deal;
}

/** Whether a contest may be true though the document arrived whole. */
export function isAboutWorth(reason: ContestReason): boolean {
  return reason === 'not-as-described';
}

/** Whether the revealed key of a sealed deal alone shows a contest to be false: what it opens was here. */
export function isRefuted(reason: ContestReason): boolean {
  return reason === 'not-delivered';
}
