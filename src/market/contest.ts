import { draft } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  clearTimer,
  failureOf,
  newId,
  type Outcome,
  setTimer,
} from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type ContestReason, contestStatement, type DealId } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { askForEntries, hasEntered, isExpected, takeTabView } from '../tabs/index.ts';
import { type Milliseconds, seconds } from '../time.ts';
import { endpointsOf } from '../trust/index.ts';
import { type ContestMade, type ContestState, isRefuted } from './contest-record.ts';
import { movePurchase, notePurchase, type Purchase, purchaseOf, saleOf } from './deals.ts';
import { lose } from './loss.ts';
import { markParties } from './parties.ts';
import { contestableFrom, sealedProof } from './sealed-contest.ts';
import { noteDelivery } from './shown-delivery.ts';
import { personsWindowMs, sellerHearsMs } from './waiting.ts';

/** The buyer's side of a contested deal (§4, protocol 7): said once, then asked until the seller answers. */

/** Why a deal is contested, in a word for programs and a line for people. */
export interface Complaint {
  readonly reason: ContestReason;
  readonly note: string;
}

/** Until when a person may contest a purchase that can be contested; undefined where it cannot be. */
export function contestableUntil(ctx: Context, purchase: Purchase): Milliseconds | undefined {
  const { contest: made, purpose, lost, state, sealed } = purchase;
  // What an intermediary loses by a sealed deal it lost by being away: its supplier showed the key.
  const borne = lost === true && !sealed;
  const isOwn = purpose.kind === 'self' ? contestableStates.has(state) : borne;
  const until = contestableFrom(ctx, purchase) + personsWindowMs(purchase.contestWithinMs);
  return isOwn && wasPaid(ctx, purchase) && !made && ctx.now <= until ? until : undefined;
}

function wasPaid(ctx: Context, purchase: Purchase): boolean {
  const { seller, currency, deal, sealed, instructions, payments } = purchase;
  if (sealed) return sealedProof(ctx, purchase) !== undefined;
  return (
    instructions !== undefined ||
    payments > 0 ||
    hasEntered(ctx, seller, currency, { kind: 'purchase', reference: deal })
  );
}

const contestableStates: ReadonlySet<Purchase['state']> = new Set([
  'opening',
  'retrieving',
  'delivered',
  'failed',
  'expired',
]);

/**
 * Contests a purchase for the person, once: the seller is asked for the price, and whoever took part and
 * is no primary neighbor is undesirable from now on. What is still on its way is given up. Of a sealed deal
 * nothing is given back; that it never came cannot be said of it, since it was fetched before it was paid.
 * `unknown-deal`, `not-contestable`.
 */
export function contest(
  ctx: Context,
  deal: DealId,
  complaint: Complaint,
): Result<Purchase, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase) return fail(problem('unknown-deal', 'There is no such purchase.'));
  if (contestableUntil(ctx, purchase) === undefined)
    return fail(problem('not-contestable', whyNot(purchase)));
  if (purchase.sealed && complaint.reason === 'not-delivered') {
    const why =
      'The encrypted document is here, and so is its key. Contest what it turned out to be.';
    return fail(problem('not-contestable', why));
  }
  const given = purchase.state === 'opening' || purchase.state === 'retrieving';
  const why = problem('given-up', 'You contested this deal before the document was here.');
  const ended = given ? movePurchase(ctx, purchase, 'failed', ctx.now, { failure: why }) : purchase;
  const contested = send(ctx, ended, complaint);
  markParties(ctx, contested, { deal, reason: complaint.reason });
  return ok(contested);
}

function whyNot({ contest: made, state }: Purchase): string {
  if (made) return 'You contested this deal before.';
  return contestableStates.has(state)
    ? 'Nothing was paid for this deal, or its time to be contested is over.'
    : 'This deal is still being made, or it was made for somebody else.';
}

/** Passes the own buyer's contest on to the supplier, with the words of the buyer who began it. */
export function contestSupplier(
  ctx: Context,
  purchase: Purchase,
  complaint: Complaint & { readonly firstText?: string },
): void {
  if (!purchase.contest) send(ctx, purchase, complaint);
}

function send(
  ctx: Context,
  purchase: Purchase,
  { reason, note, firstText }: Complaint & { readonly firstText?: string },
): Purchase {
  const { deal, seller } = purchase;
  const proof = sealedProof(ctx, purchase);
  const text = ctx.seal(
    draft(contestStatement, {
      ...{ iss: ctx.self, iat: seconds(ctx.now), jti: newId(ctx.chance) },
      ...{ aud: seller, deal, reason, note },
    }),
  );
  const deadlineAt = contestableFrom(ctx, purchase) + sellerHearsMs(purchase.contestWithinMs);
  const made: ContestMade = {
    ...{ reason, note, at: ctx.now, text, state: 'sent', since: ctx.now, deadlineAt },
    ...(firstText !== undefined && { firstText }),
    ...(proof && { proof, ...(isRefuted(reason) && { contradicted: true }) }),
  };
  callUntilAnswered(
    ctx,
    {
      to: { peer: seller, endpoints: endpointsOf(ctx, seller) },
      request: {
        route: 'contest',
        body: { contest: text, ...(firstText !== undefined && { evidence: firstText }), ...proof },
      },
      purpose: { kind: 'contest', deal },
      timeoutMs: requestTimeoutMs,
    },
    deadlineAt,
  );
  setTimer(ctx, `contest:${deal}`, deadlineAt, { kind: 'contest-deadline', deal });
  tell(ctx, deal, 'sent');
  return notePurchase(ctx, purchase, { contest: made });
}

/** The seller's answer to a contest. What it says to have refunded counts once its tab shows it. */
export function takeContestAnswer(ctx: Context, deal: DealId, outcome: Outcome): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.contest) return;
  const { seller, currency, price } = purchase;
  if (outcome.kind === 'unreachable') return end(ctx, purchase, 'unanswered');
  if (outcome.kind === 'refused') return end(ctx, purchase, 'refused', failureOf(outcome));
  const parsed = answers.contest.safeParse(outcome.body);
  if (!parsed.success) {
    const malformed = problem('bad-request', 'The answer was not well formed.');
    return end(ctx, purchase, 'refused', malformed);
  }
  const { outcome: answer, tab, delivery } = parsed.data;
  const known = noteDelivery(ctx, purchase, delivery);
  if (purchase.sealed || answer === 'noted')
    return end(ctx, known, purchase.sealed && answer === 'noted' ? 'noted' : 'refused');
  if (answer === 'refused') return end(ctx, known, 'refused');
  if (price === 0) return end(ctx, known, 'refunded');
  const entry = { kind: 'refund', amount: 0 - price, reference: deal } as const;
  if (tab.currency === currency) takeTabView(ctx, seller, tab, entry);
  // Where the refund was seen before, or there never was a charge, nothing is to be waited for.
  const charge = { kind: 'purchase', reference: deal } as const;
  const waits =
    hasEntered(ctx, seller, currency, charge) || isExpected(ctx, seller, currency, charge);
  if (waits) askForEntries(ctx, seller, currency);
  else end(ctx, known, 'refunded');
}

/** Nothing hangs: past its time a contest that was neither answered nor refunded is over. */
export function contestDeadline(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase) end(ctx, purchase, 'unanswered');
}

/** The seller's tab shows that the charge was taken back. */
export function contestRefunded(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.contest || purchase.contest.state === 'refunded') return;
  settle(ctx, purchase, purchase.contest, 'refunded');
}

/** The charge of a purchase came to light whose contest had ended badly before: the loss is known now. */
export function contestedEntered(ctx: Context, purchase: Purchase): void {
  const state = purchase.contest?.state;
  if (state === 'refused' || state === 'unanswered') loseWhereRefunded(ctx, purchase);
}

function end(ctx: Context, purchase: Purchase, state: ContestState, failure?: Problem): void {
  if (purchase.contest?.state !== 'sent') return;
  loseWhereRefunded(ctx, settle(ctx, purchase, purchase.contest, state, failure));
}

function settle(
  ctx: Context,
  purchase: Purchase,
  made: ContestMade,
  state: ContestState,
  failure?: Problem,
): Purchase {
  tell(ctx, purchase.deal, state);
  clearTimer(ctx, `contest:${purchase.deal}`);
  return notePurchase(ctx, purchase, {
    contest: { ...made, state, since: ctx.now, ...(failure && { failure }) },
  });
}

/** An intermediary that refunded its buyer bears what its supplier does not refund. */
function loseWhereRefunded(ctx: Context, purchase: Purchase): void {
  const { purpose, seller, currency, deal, contest: made } = purchase;
  if (purpose.kind === 'self' || made?.state === 'refunded') return;
  const refunded = saleOf(ctx, purpose.buyer, purpose.deal)?.contest?.outcome === 'refunded';
  const charged = hasEntered(ctx, seller, currency, { kind: 'purchase', reference: deal });
  if (refunded && charged) lose(ctx, purchase);
}

function tell(ctx: Context, deal: DealId, state: ContestState): void {
  ctx.effect({ kind: 'event', event: { type: 'contest', deal, side: 'purchase', state } });
}
