import type { PeerId } from '../identity/index.ts';
import { type Context, callUntilAnswered } from '../kernel/index.ts';
import { contestPassingMs, contestWindowMs, requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { endpointsOf } from '../trust/index.ts';
import { deliveryOf, withDelivery } from './contest-record.ts';
import { notePurchase, noteSale, type Purchase, purchaseOf, type Sale, saleOf } from './deals.ts';
import { contestableFrom } from './sealed-contest.ts';

/**
 * The buyer's signed word that a document arrived, shown against a contest: the serving peer shows it to
 * its buyer, and each intermediary to its own, until all have it who refunded (protocol 7).
 */

/** Keeps a shown delivery with a purchase's contest, and shows it to the own buyer behind it. */
export function noteDelivery(ctx: Context, purchase: Purchase, text: string | undefined): Purchase {
  const { contest, documentId, purpose, serving } = purchase;
  const shown = deliveryOf(ctx, documentId, text);
  const fits = shown && (serving === undefined || shown.payload.aud === serving);
  if (!contest || contest.delivery !== undefined || !fits) return purchase;
  const known = notePurchase(ctx, purchase, {
    contest: withDelivery(ctx, documentId, contest, shown.text),
  });
  // It names the source: a buyer from whom that is concealed (§3) is not shown it.
  const isShown = purpose.kind === 'resale' && !purpose.conceal;
  const sale = isShown ? saleOf(ctx, purpose.buyer, purpose.deal) : undefined;
  if (sale) showToBuyer(ctx, sale, shown.text);
  return known;
}

/** Keeps a delivery with a sale's contest and shows it to the buyer that contested, until it answers. */
export function showToBuyer(ctx: Context, sale: Sale, text: string): void {
  const { contest, documentId, buyer, deal } = sale;
  if (!contest || contest.delivery !== undefined) return;
  noteSale(ctx, sale, { contest: withDelivery(ctx, documentId, contest, text) });
  callUntilAnswered(
    ctx,
    {
      to: { peer: buyer, endpoints: endpointsOf(ctx, buyer) },
      request: { route: 'showDelivery', params: { deal }, body: { delivery: text } },
      purpose: { kind: 'shown-delivery', deal },
      timeoutMs: requestTimeoutMs,
    },
    Math.max(ctx.now, contestableFrom(ctx, sale) + contestWindowMs) + contestPassingMs,
  );
}

/** `POST /market/v1/contests/{deal}/deliveries`: the seller of a contested deal shows what its side signed. */
export function takeShownDelivery(
  ctx: Context,
  from: PeerId,
  { deal, delivery }: RequestInput<'showDelivery'>,
): Result<Record<never, never>, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.seller !== from || !purchase.contest)
    return fail(problem('unknown-deal', 'You sold no such deal that was contested.'));
  noteDelivery(ctx, purchase, delivery.text);
  return ok({});
}
