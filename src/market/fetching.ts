import { draft, type Opened, type PeerId } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  failureOf,
  newId,
  type Outcome,
} from '../kernel/index.ts';
import { accessKeyLifetimeSeconds, clockSkewSeconds, requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import {
  type Card,
  cardStatement,
  type DealId,
  deliveryStatement,
  type Instructions,
  instructionsStatement,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import { discover, joinSecondary, ownCard } from '../trust/index.ts';
import { isExpired } from './bids.ts';
import { beginConcealed, saleStocked } from './concealment.ts';
import { isAboutWorth } from './contest-record.ts';
import { movePurchase, notePurchase, type Purchase, purchaseOf, purchasesIn } from './deals.ts';
import { noteServed, noteSighting } from './directory.ts';
import { noteKept } from './kept.ts';
import { failPurchase } from './purchase-end.ts';
import { agreeSealed } from './sealed-purchase.ts';
import { saleSupplied } from './supply.ts';

/** How a buyer gets what it bought (§2.2): instructions, opening, retrieval, delivery. */

const deliveryRetryMs = 7 * 24 * 60 * 60_000;

/** Instructions with the card of the serving peer, both opened and checked against each other. */
interface OpenedInstructions {
  readonly text: string;
  readonly payload: Instructions;
  readonly card: Opened<Card>;
}

/** Opens the seller's instructions and checks that they are for this purchase. */
export function openInstructions(
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

/** The instructions are passed on, or carried out (§2.2). */
export function takeInstructions(
  ctx: Context,
  purchase: Purchase,
  opened: OpenedInstructions,
): void {
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
  noteServed(ctx, documentId, seller, payload.iss);
  const known = { instructionsText: text, instructions: payload, serving: payload.iss };
  if (purchase.sealed && purpose.kind === 'resale') {
    return agreeSealed(ctx, notePurchase(ctx, purchase, known), text);
  }
  if (purpose.kind === 'resale' && !purpose.conceal) {
    movePurchase(ctx, purchase, 'passed-on', ctx.now, known);
    saleSupplied(ctx, purpose.buyer, purpose.deal, purchase, text);
    return;
  }
  const endsAt = purpose.kind === 'resale' ? beginConcealed(ctx, purchase) : payload.exp * 1000;
  const latest = ctx.now + (accessKeyLifetimeSeconds + clockSkewSeconds) * 1000;
  const deadlineAt = Math.min(endsAt, payload.exp * 1000, latest);
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

/**
 * The document arrived whole: the serving peer gets the delivery statement, and the key is spent; not where this
 * peer has contested already that it came, or came whole. One that
 * was bought for a buyer stands on the shelf by now, as a kept copy at `kept` where this retrieval made it one.
 */
export function retrieved(
  ctx: Context,
  deal: DealId,
  path: string,
  kept?: string,
): Result<Purchase, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.instructions || !purchase.serving)
    return fail(problem('unknown-deal', 'No such purchase.'));
  if (purchase.state === 'delivered') return ok(purchase);
  if (purchase.sealed && purchase.state !== 'unsealing')
    return fail(problem('unknown-deal', 'The key of this document is not known.'));
  if (purchase.purpose.kind === 'resale' && purchase.state !== 'retrieving')
    return fail(problem('unknown-deal', 'Nobody waits for this document any more.'));
  if (kept !== undefined) noteKept(ctx, purchase, kept);
  const { instructions, serving, contest } = purchase;
  // A contest that says it did not arrive whole would be a lie by that word (protocol 7).
  const delivery =
    contest === undefined || isAboutWorth(contest.reason)
      ? confirmDelivery(ctx, purchase, instructions, serving)
      : undefined;
  // Whole, checked, and nobody else could contest it: the deal has ended well (§4).
  if (!contest) joinSecondary(ctx, serving, deal);
  const delivered = movePurchase(ctx, purchase, 'delivered', ctx.now, {
    path,
    ...(delivery !== undefined && { delivery }),
  });
  saleStocked(ctx, delivered);
  return ok(delivered);
}

/** Signs for the serving peer that the document arrived whole, and says so until that one has it. */
function confirmDelivery(
  ctx: Context,
  { deal, documentId }: Purchase,
  { endpoints, accessKey }: Instructions,
  serving: PeerId,
): string {
  const delivery = ctx.seal(
    draft(deliveryStatement, {
      iss: ctx.self,
      iat: seconds(ctx.now),
      jti: newId(ctx.chance),
      aud: serving,
      sub: documentId,
      deal,
    }),
  );
  callUntilAnswered(
    ctx,
    {
      to: { peer: serving, endpoints },
      request: { route: 'deliver', body: { delivery }, bearer: accessKey },
      purpose: { kind: 'delivery', deal },
      timeoutMs: requestTimeoutMs,
    },
    ctx.now + deliveryRetryMs,
  );
  return delivery;
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
  failPurchase(ctx, purchase, why, false);
  return ok(purchaseOf(ctx, deal) ?? purchase);
}

/** After a start: documents that were on their way are retrieved further. */
export function resumeRetrievals(ctx: Context): void {
  for (const { deal } of purchasesIn(ctx, 'retrieving')) ctx.effect({ kind: 'retrieve', deal });
}
