import { draft } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  failureOf,
  newDealId,
  newId,
  type Outcome,
} from '../kernel/index.ts';
import { acceptanceDeadlineMs, purchaseDeadlineMs, requestTimeoutMs } from '../limits.ts';
import { type Problem, type ProblemCode, problem } from '../problem.ts';
import {
  answers,
  cardStatement,
  type DealId,
  deliveryStatement,
  instructionsStatement,
  routes,
  tabView,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  askForEntries,
  expectEntry,
  forgetExpected,
  hasEntered,
  paymentUnderWay,
  payTab,
  takeTabView,
} from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { discover, endpointsOf, ownCard } from '../trust/index.ts';
import { neededPayment } from './advance.ts';
import { isExpired, type ReceivedBid, receivedBid } from './bids.ts';
import {
  dealOn,
  movePurchase,
  type OpenedInstructions,
  type Purchase,
  purchaseOf,
  purchasesIn,
} from './deals.ts';
import { noteSighting } from './directory.ts';
import { lose } from './loss.ts';
import { saleFailed, saleSupplied } from './supply.ts';

/** The buyer's side of a deal (§2.2): accept, pay where the tab's limit asks for it, open, retrieve, confirm. */

const paymentsMax = 3;
const deliveryRetryMs = 7 * 24 * 60 * 60_000;

/** Accepts a bid for the person. `unknown-bid`, `bid-expired`; what the tab needs is paid on the way. */
export function buy(ctx: Context, bidId: string): Result<Purchase, Problem> {
  const bid = receivedBid(ctx, bidId);
  if (!bid) return fail(problem('unknown-bid', 'No such bid: search again.'));
  if (isExpired(ctx, bid.exp))
    return fail(problem('bid-expired', 'The bid has expired: search again.'));
  return ok(startPurchase(ctx, bid, { kind: 'self' }));
}

/** Accepts a supplier's bid, for the person or for the sale that needs it. */
export function startPurchase(
  ctx: Context,
  { text, bid, bidder }: ReceivedBid,
  purpose: Purchase['purpose'],
): Purchase {
  const deal = newDealId(ctx.chance);
  const purchase: Purchase = {
    ...dealOn(ctx, deal, bid),
    state: 'accepting',
    seller: bidder,
    bidText: text,
    bid,
    purpose,
    payments: 0,
  };
  return accept(ctx, purchase);
}

function accept(ctx: Context, purchase: Purchase): Purchase {
  const { deal, seller, currency, price, purpose, bidText, title } = purchase;
  const to = { peer: seller, endpoints: endpointsOf(ctx, seller) };
  const deadlineAt =
    ctx.now + (purpose.kind === 'self' ? purchaseDeadlineMs : acceptanceDeadlineMs);
  expectEntry(ctx, to, currency, {
    kind: 'purchase',
    reference: deal,
    amount: price,
    counter: purpose.kind === 'self' ? 'expense:purchases' : 'clearing:deals',
    cause: { kind: 'bought', peer: seller, deal, reason: `Bought: ${title}` },
  });
  callUntilAnswered(
    ctx,
    {
      to,
      request: { route: 'accept', body: { bid: bidText, deal } },
      purpose: { kind: 'acceptance', deal },
      timeoutMs: routes.accept.timeoutMs,
    },
    deadlineAt,
  );
  return movePurchase(ctx, purchase, 'accepting', deadlineAt);
}

/** The seller's answer to an acceptance. */
export function takeAcceptanceAnswer(ctx: Context, deal: DealId, outcome: Outcome): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'accepting') return;
  if (outcome.kind === 'answered') {
    const parsed = answers.accept.safeParse(outcome.body);
    if (!parsed.success)
      return failPurchase(
        ctx,
        purchase,
        problem('bad-request', 'The answer was not well formed.'),
        true,
      );
    const { currency, price, seller } = purchase;
    if (parsed.data.tab.currency === currency) {
      takeTabView(ctx, seller, parsed.data.tab, {
        kind: 'purchase',
        amount: price,
        reference: deal,
      });
    }
    const opened = openInstructions(ctx, purchase, parsed.data.instructions);
    if (!opened.ok) return failPurchase(ctx, purchase, opened.error, true);
    return takeInstructions(ctx, purchase, opened.value);
  }
  const refusal = failureOf(outcome);
  if (refusal.code === 'tab-limit') return payAndAcceptAgain(ctx, purchase, refusal);
  const view = tabView.safeParse(refusal.members?.['tab']);
  const uncertain = outcome.kind === 'unreachable' || !uncharged.has(refusal.code);
  if (view.success && view.data.currency === purchase.currency)
    takeTabView(ctx, purchase.seller, view.data);
  else if (!uncertain) forgetExpected(ctx, purchase.seller, purchase.currency, 'purchase', deal);
  failPurchase(ctx, purchase, refusal, uncertain);
}

/** Refusals that a seller gives before it charges; after others its tab is looked at. */
const uncharged: ReadonlySet<ProblemCode> = new Set([
  'bid-expired',
  'unknown-bid',
  'document-gone',
  'undesirable',
  'currency-not-accepted',
]);

/** The charge is expected still: a copy of the refused request may arrive after the payment. */
function payAndAcceptAgain(ctx: Context, purchase: Purchase, refusal: Problem): void {
  const { seller, currency, payments, price } = purchase;
  const needed = neededPayment(ctx, seller, currency, price, refusal);
  if (!needed || payments >= paymentsMax) {
    // What this peer cannot explain may be entries that it has not seen.
    askForEntries(ctx, seller, currency);
    return failPurchase(ctx, purchase, refusal, false);
  }
  const paid = payTab(ctx, seller, currency, needed);
  if (!paid.ok && paid.error.code !== 'unavailable')
    return failPurchase(ctx, purchase, paid.error, false);
  movePurchase(ctx, purchase, 'paying', ctx.now + purchaseDeadlineMs, { payments: payments + 1 });
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

export function failWaiting(ctx: Context, seller: string, currency: string, why: Problem): void {
  for (const purchase of purchasesIn(ctx, 'paying')) {
    if (purchase.seller === seller && purchase.currency === currency)
      failPurchase(ctx, purchase, why, false);
  }
}

function openInstructions(
  ctx: Context,
  purchase: Purchase,
  text: string,
): Result<OpenedInstructions, Problem> {
  const opened = ctx.open(instructionsStatement, text);
  if (!opened.ok) return opened;
  const card = ctx.open(cardStatement, opened.value.payload.card);
  if (!card.ok) return card;
  const { payload } = opened.value;
  const fits = payload.sub === purchase.documentId && payload.size === purchase.sizeBytes;
  if (!fits) return fail(problem('bad-statement', 'The instructions are for another document.'));
  if (card.value.payload.iss !== payload.iss)
    return fail(problem('bad-statement', 'The instructions carry the card of another peer.'));
  if (isExpired(ctx, payload.exp))
    return fail(problem('access-key-spent', 'The instructions have expired.'));
  return ok({ text, payload, card: card.value });
}

function takeInstructions(ctx: Context, purchase: Purchase, opened: OpenedInstructions): void {
  const { payload, card, text } = opened;
  const { purpose, deal, documentId, seller, title, mediaType, sizeBytes, price, currency } =
    purchase;
  const way = purpose.kind === 'self' ? 'seller-by-buyer' : 'seller-by-intermediary';
  discover(ctx, card, { way, documentId, deal, via: seller });
  noteSighting(ctx, {
    documentId,
    peer: payload.iss,
    seenIn: 'instructions',
    title,
    mediaType,
    sizeBytes,
    price,
    currency,
  });
  const known = { instructionsText: text, instructions: payload, serving: payload.iss };
  if (purpose.kind === 'resale') {
    movePurchase(ctx, purchase, 'passed-on', ctx.now, known);
    saleSupplied(ctx, purpose.buyer, purpose.deal, purchase, text);
    return;
  }
  const deadlineAt = payload.exp * 1000;
  movePurchase(ctx, purchase, 'opening', deadlineAt, known);
  callUntilAnswered(
    ctx,
    {
      to: { peer: payload.iss, endpoints: payload.endpoints },
      request: { route: 'open', body: { accessKey: payload.accessKey, card: ownCard(ctx) } },
      purpose: { kind: 'opening', deal },
      timeoutMs: requestTimeoutMs,
    },
    deadlineAt,
  );
}

/** The serving peer's answer to the opening: the document can be retrieved, or it cannot. */
export function takeOpening(ctx: Context, deal: DealId, outcome: Outcome): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'opening') return;
  if (outcome.kind !== 'answered') return failPurchase(ctx, purchase, failureOf(outcome), false);
  movePurchase(ctx, purchase, 'retrieving', purchase.deadlineAt);
  ctx.effect({ kind: 'retrieve', deal });
}

/** The document arrived whole: the serving peer gets the delivery statement, and the key is spent. */
export function retrieved(ctx: Context, deal: DealId, path: string): Result<Purchase, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.instructions || !purchase.serving)
    return fail(problem('unknown-deal', 'No such purchase.'));
  if (purchase.state === 'delivered') return ok(purchase);
  const { instructions, serving, documentId } = purchase;
  const delivery = draft(deliveryStatement, {
    iss: ctx.self,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    aud: serving,
    sub: documentId,
    deal,
  });
  callUntilAnswered(
    ctx,
    {
      to: { peer: serving, endpoints: instructions.endpoints },
      request: { route: 'deliver', body: { delivery }, bearer: instructions.accessKey },
      purpose: { kind: 'delivery', deal },
      timeoutMs: requestTimeoutMs,
    },
    ctx.now + deliveryRetryMs,
  );
  return ok(movePurchase(ctx, purchase, 'delivered', ctx.now, { path }));
}

/** The document cannot be had: what was paid stays paid until the deal is contested. */
export function retrievalFailed(ctx: Context, deal: DealId, why: Problem): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state === 'retrieving') failPurchase(ctx, purchase, why, false);
}

/** The person gives a bought document up. `unknown-deal` where none is on its way; what was paid stays paid. */
export function giveUp(ctx: Context, deal: DealId): Result<Purchase, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'opening' && purchase?.state !== 'retrieving')
    return fail(problem('unknown-deal', `Nothing of the deal ${deal} is on its way.`));
  const why = problem('given-up', 'You gave this document up. What was paid for it stays paid.');
  return ok(movePurchase(ctx, purchase, 'failed', ctx.now, { failure: why }));
}

/** After a start: documents that were on their way are retrieved further. */
export function resumeRetrievals(ctx: Context): void {
  for (const { deal } of purchasesIn(ctx, 'retrieving')) ctx.effect({ kind: 'retrieve', deal });
}

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
  if (state === 'opening' || state === 'retrieving')
    movePurchase(ctx, purchase, 'expired', ctx.now);
  // An acceptance ends with its last answer, which the outbox brings.
}

/** `uncertain`: the seller may have charged all the same; its tab will tell. */
function failPurchase(
  ctx: Context,
  purchase: Purchase,
  failure: Problem,
  uncertain: boolean,
): void {
  const { seller, currency, deal, purpose } = purchase;
  const failed = movePurchase(ctx, purchase, 'failed', ctx.now, { failure });
  if (uncertain) askForEntries(ctx, seller, currency);
  if (purpose.kind === 'self') return;
  saleFailed(ctx, purpose.buyer, purpose.deal);
  if (hasEntered(ctx, seller, currency, { kind: 'purchase', reference: deal })) lose(ctx, failed);
}

/**
 * The seller's tab shows a purchase that this peer took for failed. The person's own is accepted again: the
 * same deal gets the same answer. Where the sale behind it is refunded already, the price is a loss.
 */
export function purchaseEntered(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'failed') return;
  if (purchase.purpose.kind === 'self') {
    if (purchase.failure && unanswered.has(purchase.failure.code)) accept(ctx, purchase);
    return;
  }
  lose(ctx, purchase);
}

/** Failures that say nothing of the seller's answer: once it has charged, it is asked for the instructions. */
const unanswered: ReadonlySet<ProblemCode> = new Set([
  'unreachable',
  'unavailable',
  'internal',
  'tab-limit',
  'insufficient-funds',
]);
