import { post } from '../books/index.ts';
import { type Context, setTimer } from '../kernel/index.ts';
import type { DealId } from '../protocol/index.ts';
import { askForEntries } from '../tabs/index.ts';
import { notePurchase, type Purchase, purchaseOf } from './deals.ts';

/** What an intermediary loses when its supplier charges for a deal that its buyer was refunded. */

/** The supplier may still wait for its own, and refund when that one fails. */
const lookAgainMsMin = 2 * 60_000;
const lookAgainMsMax = 13 * 60 * 60_000;

/** Books the loss, once; it lasts until the supplier refunds too, for which its tab is looked at again. */
export function lose(ctx: Context, purchase: Purchase): void {
  if (purchase.lost) return;
  bookLoss(ctx, purchase, purchase.price, 'The supplier charged, and the buyer was refunded.');
  notePurchase(ctx, purchase, { lost: true });
  planLook(ctx, purchase);
}

/** Looks whether the supplier has refunded by now: after two minutes, then more and more seldom. */
export function lookForRefund(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.lost) return;
  askForEntries(ctx, purchase.seller, purchase.currency);
  if (ctx.now - purchase.since < lookAgainMsMax) planLook(ctx, purchase);
}

function planLook(ctx: Context, { deal, since }: Purchase): void {
  const inMs = Math.max(lookAgainMsMin, ctx.now - since);
  setTimer(ctx, `lost:${deal}`, ctx.now + inMs, { kind: 'lost-purchase', deal });
}

/** The supplier took its charge back, and with it the loss. */
export function purchaseRefunded(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase?.lost) return;
  bookLoss(ctx, purchase, -purchase.price, 'The supplier took its charge back.');
  notePurchase(ctx, purchase, { lost: false });
}

function bookLoss(
  ctx: Context,
  { currency, seller, deal }: Purchase,
  loss: number,
  reason: string,
): void {
  post(ctx, currency, { kind: loss > 0 ? 'bought' : 'refund', peer: seller, deal, reason }, [
    { account: 'expense:purchases', amount: loss },
    { account: 'clearing:deals', amount: -loss },
  ]);
}
