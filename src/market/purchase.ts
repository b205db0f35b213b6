import { zero } from '../amount.ts';
import {
  type Context,
  callUntilAnswered,
  failureOf,
  newDealId,
  type Outcome,
} from '../kernel/index.ts';
import { acceptanceDeadlineMs, purchaseDeadlineMs } from '../limits.ts';
import { type Problem, type ProblemCode, problem } from '../problem.ts';
import { answers, type DealId, routes, tabView } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { noteTaken } from '../statistics/index.ts';
import {
  askForEntries,
  expectEntry,
  forgetExpected,
  hasEntered,
  paymentUnderWay,
  takeTabView,
} from '../tabs/index.ts';
import type { Milliseconds } from '../time.ts';
import { endpointsOf } from '../trust/index.ts';
import { isPaidAhead, neededPayment, payNeeded } from './advance.ts';
import { isExpired, type ReceivedBid, receivedBid } from './bids.ts';
import { contestedEntered } from './contest.ts';
import {
  dealOn,
  movePurchase,
  notePurchase,
  type Purchase,
  purchaseOf,
  purchasesIn,
  purchasesOn,
} from './deals.ts';
import { openInstructions, takeInstructions } from './fetching.ts';
import { lose } from './loss.ts';
import { expirePurchase, failPurchase } from './purchase-end.ts';
import { sealTerms, wantsSealed } from './sealed-purchase.ts';
import { drawOwnWaitMs } from './waiting.ts';

/** The buyer's side of a deal (§2.2): accept, and pay where the tab's limit asks for it. */

const paymentsMax = 3;

/**
 * Accepts a bid for the person. `unknown-bid`, `bid-expired`; what the tab needs is paid on the way. A bid is
 * bought once: again it is answered with the deal that was made of it, unless that one has failed.
 */
export function buy(ctx: Context, bidId: string, chosen?: boolean): Result<Purchase, Problem> {
  const before = purchasesOn(ctx, bidId).find(
    ({ purpose, state }) => purpose.kind === 'self' && state !== 'failed' && state !== 'expired',
  );
  if (before) return ok(before);
  const bid = receivedBid(ctx, bidId);
  if (!bid) return fail(problem('unknown-bid', 'No such bid: search again.'));
  if (isExpired(ctx, bid.exp))
    return fail(problem('bid-expired', 'The bid has expired: search again.'));
  const sealed = wantsSealed(ctx, bid, chosen);
  if (!sealed.ok) return sealed;
  const how = { withinMs: drawOwnWaitMs(ctx.chance), sealed: sealed.value };
  return ok(startPurchase(ctx, bid, { kind: 'self' }, how));
}

interface HowToBuy {
  /** How long the seller's answer is waited for: see `Purchase`. */
  readonly withinMs: Milliseconds;
  /** An id that was made before. */
  readonly deal?: DealId;
  readonly sealed?: boolean;
}

/** Accepts a supplier's bid, for the person or for the sale that needs it. */
export function startPurchase(
  ctx: Context,
  { text, bid, bidder }: ReceivedBid,
  purpose: Purchase['purpose'],
  { withinMs, sealed, deal = newDealId(ctx.chance) }: HowToBuy,
): Purchase {
  noteTaken(ctx, bidder);
  const purchase: Purchase = {
    ...dealOn(ctx, deal, bid),
    state: 'accepting',
    seller: bidder,
    bidText: text,
    bid,
    bidId: bid.jti,
    purpose,
    withinMs,
    payments: 0,
    ...(sealed && { sealed: {} }),
  };
  return accept(ctx, purchase);
}

function accept(ctx: Context, purchase: Purchase): Purchase {
  const { deal, seller, currency, price, purpose, bidText, title } = purchase;
  const to = { peer: seller, endpoints: endpointsOf(ctx, seller) };
  const deadlineAt = stepDeadline(ctx, purchase);
  const sealed = purchase.sealed !== undefined;
  expectEntry(ctx, to, currency, {
    kind: 'purchase',
    reference: deal,
    // What is sealed is paid by a hold: nothing is charged on the tab.
    amount: sealed ? zero : price,
    counter: purpose.kind === 'self' ? 'expense:purchases' : 'clearing:deals',
    cause: { kind: 'bought', peer: seller, deal, reason: `Bought: ${title}` },
  });
  callUntilAnswered(
    ctx,
    {
      to,
      request: { route: 'accept', body: { bid: bidText, deal, ...(sealed && { sealed }) } },
      purpose: { kind: 'acceptance', deal },
      timeoutMs: routes.accept.timeoutMs,
      withinMsMax: purchase.withinMs ?? acceptanceDeadlineMs,
    },
    deadlineAt,
  );
  return movePurchase(ctx, purchase, 'accepting', deadlineAt);
}

/** Each step of a person's purchase has its time; a caller who waits for a resale has one for all of them. */
function stepDeadline({ now }: Context, { purpose, at, withinMs }: Purchase): Milliseconds {
  return purpose.kind === 'self'
    ? now + purchaseDeadlineMs
    : at + (withinMs ?? acceptanceDeadlineMs);
}

/** The seller's answer to an acceptance. */
export function takeAcceptanceAnswer(ctx: Context, deal: DealId, outcome: Outcome): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'accepting' && purchase?.state !== 'preparing') return;
  if (outcome.kind === 'answered') return takeAgreement(ctx, purchase, outcome.body);
  const refusal = failureOf(outcome);
  if (refusal.code === 'tab-limit' && !purchase.sealed)
    return payAndAcceptAgain(ctx, purchase, refusal);
  const view = tabView.safeParse(refusal.members?.['tab']);
  const uncertain = outcome.kind === 'unreachable' || !uncharged.has(refusal.code);
  if (view.success && view.data.currency === purchase.currency)
    takeTabView(ctx, purchase.seller, view.data);
  else if (!uncertain) forgetExpected(ctx, purchase.seller, purchase.currency, 'purchase', deal);
  failPurchase(ctx, purchase, refusal, uncertain);
}

function takeAgreement(ctx: Context, purchase: Purchase, body: unknown): void {
  const { currency, price, seller, deal: reference } = purchase;
  const parsed = answers.accept.safeParse(body);
  if (!parsed.success) {
    const why = problem('bad-request', 'The answer was not well formed.');
    return failPurchase(ctx, purchase, why, true);
  }
  const { tab, instructions, sealed: told, contestWithinMs } = parsed.data;
  if (tab.currency === currency)
    takeTabView(ctx, seller, tab, { kind: 'purchase', amount: price, reference });
  const opened = openInstructions(ctx, purchase, instructions);
  if (!opened.ok) return failPurchase(ctx, purchase, opened.error, true);
  const { payload } = opened.value;
  const terms = sealTerms(payload, told);
  const isSealed = payload.sealed !== undefined;
  if (isSealed !== (purchase.sealed !== undefined) || isSealed !== (terms !== undefined)) {
    const why = problem('bad-statement', 'The instructions are not for the delivery agreed on.');
    return failPurchase(ctx, purchase, why, true);
  }
  const agreed = notePurchase(ctx, purchase, {
    ...(terms && { sealed: { terms } }),
    ...(contestWithinMs !== undefined && { contestWithinMs }),
  });
  takeInstructions(ctx, agreed, opened.value);
}

/** Refusals that a seller gives before it charges; after others its tab is looked at. */
const uncharged: ReadonlySet<ProblemCode> = new Set([
  'bid-expired',
  'unknown-bid',
  'document-gone',
  'undesirable',
  'currency-not-accepted',
  'not-sealed',
]);

/** The charge is expected still: a copy of the refused request may arrive after the payment. */
function payAndAcceptAgain(ctx: Context, purchase: Purchase, refusal: Problem): void {
  const { seller, currency, price, payments } = purchase;
  const deadlineAt = stepDeadline(ctx, purchase);
  // The caller for whom it is has given up: nothing more is paid for it.
  if (deadlineAt <= ctx.now) return failPurchase(ctx, purchase, refusal, false);
  if (paymentUnderWay(ctx, seller, currency)) {
    movePurchase(ctx, purchase, 'paying', deadlineAt);
    return;
  }
  const again = payments < paymentsMax;
  // It was refused before what was paid for all arrived, and heard of that only now.
  if (again && isPaidAhead(ctx, seller, currency, price)) {
    accept(ctx, notePurchase(ctx, purchase, { payments: payments + 1 }));
    return;
  }
  const needed = again ? neededPayment(ctx, seller, currency, refusal) : undefined;
  if (!needed) {
    // What this peer cannot explain may be entries that it has not seen.
    askForEntries(ctx, seller, currency);
    return failPurchase(ctx, purchase, refusal, false);
  }
  const paid = payNeeded(ctx, seller, currency, needed, besides(ctx, purchase));
  if (!paid.ok && paid.error.code !== 'unavailable')
    return failPurchase(ctx, purchase, paid.error, false);
  movePurchase(ctx, purchase, 'paying', deadlineAt, {
    ...(paid.ok && {
      payments: payments + 1,
      orders: [...(purchase.orders ?? []), paid.value.order],
    }),
  });
}

/** What other purchases of the same seller need, as far as it is known to have charged none of it. */
function besides(ctx: Context, { seller, currency, deal }: Purchase): number {
  return [...purchasesIn(ctx, 'accepting'), ...purchasesIn(ctx, 'paying')]
    .filter((one) => one.seller === seller && one.currency === currency && one.deal !== deal)
    .reduce((sum, { price, sealed }) => sum + (sealed ? 0 : price), 0);
}

/** A payment stands on the seller's tab: purchases that waited for it are accepted again. */
export function acceptWaiting(ctx: Context, seller: string, currency: string): void {
  for (const purchase of purchasesIn(ctx, 'paying')) {
    if (purchase.seller === seller && purchase.currency === currency) accept(ctx, purchase);
  }
}

/** Money or terms came: purchases go on that waited for a payment which could not be ordered yet. */
export function payWaiting(ctx: Context, currency: string): void {
  for (const purchase of purchasesIn(ctx, 'paying')) {
    if (purchase.currency !== currency) continue;
    if (!paymentUnderWay(ctx, purchase.seller, purchase.currency)) accept(ctx, purchase);
  }
}

/** A payment on the seller's tab was refused: the purchases that waited for one have failed with it. */
export function failWaiting(ctx: Context, seller: string, currency: string, why: Problem): void {
  for (const purchase of purchasesIn(ctx, 'paying')) {
    if (purchase.seller === seller && purchase.currency === currency)
      failPurchase(ctx, purchase, why, false);
  }
}

/** Ends a purchase whose state may last no longer (docs/states.md); one that has moved on is left alone. */
export function purchaseDeadline(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase || ctx.now < purchase.deadlineAt) return;
  const { state } = purchase;
  if (state === 'paying')
    failPurchase(
      ctx,
      purchase,
      problem('unavailable', 'The payment did not arrive in time.'),
      false,
    );
  if (state === 'opening' || state === 'retrieving') expirePurchase(ctx, purchase);
  if (state === 'agreed' || state === 'unsealing') expirePurchase(ctx, purchase);
  if (state === 'holding') {
    // Should the key be shown after all, it is taken.
    const why = problem('unreachable', 'The issuer does not say how the hold has ended.');
    failPurchase(ctx, purchase, why, false);
  }
  // An acceptance ends with its last answer, which the outbox brings.
}

/**
 * The seller's tab shows a purchase that is over for this peer. The person's own is accepted again: the
 * same deal gets the same answer. Where the sale behind it is refunded already, the price is a loss.
 */
export function purchaseEntered(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.contest) return contestedEntered(ctx, purchase);
  if (purchase?.state !== 'failed' && purchase?.state !== 'expired') return;
  if (purchase.purpose.kind === 'self') {
    if (purchase.failure && unanswered.has(purchase.failure.code)) accept(ctx, purchase);
    return;
  }
  // What the same answer shows to be refunded as well was lost by nobody.
  const { seller, currency } = purchase;
  if (hasEntered(ctx, seller, currency, { kind: 'purchase', reference: deal })) lose(ctx, purchase);
}

/** Failures that say nothing of the seller's answer: once it has charged, it is asked for the instructions. */
const unanswered: ReadonlySet<ProblemCode> = new Set([
  'unreachable',
  'unavailable',
  'internal',
  'tab-limit',
  'insufficient-funds',
]);
