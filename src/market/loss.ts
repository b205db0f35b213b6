import { post } from '../books/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DealId } from '../protocol/index.ts';
import { notePurchase, type Purchase, purchaseOf } from './deals.ts';

/** What an intermediary loses when its supplier charges for a deal that its buyer was refunded. */

/** Books the loss, once; it lasts until the supplier refunds too. */
export function lose(ctx: Context, purchase: Purchase): void {
  if (purchase.lost) return;
  bookLoss(ctx, purchase, purchase.price, 'The supplier charged, and the buyer was refunded.');
  notePurchase(ctx, purchase, { lost: true });
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
