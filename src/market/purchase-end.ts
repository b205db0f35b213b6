import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { askForEntries, hasEntered } from '../tabs/index.ts';
import { movePurchase, type Purchase } from './deals.ts';
import { lose } from './loss.ts';
import { saleFailed } from './supply.ts';

/**
 * Ends a purchase without the document, and the sale that waits for it. `uncertain`: the seller may have
 * charged all the same; its tab will tell.
 */
export function failPurchase(
  ctx: Context,
  purchase: Purchase,
  failure: Problem,
  uncertain: boolean,
): void {
  const { seller, currency } = purchase;
  const failed = movePurchase(ctx, purchase, 'failed', ctx.now, { failure });
  if (uncertain) askForEntries(ctx, seller, currency);
  endResale(ctx, failed);
}

/** What was bought did not come in time. */
export function expirePurchase(ctx: Context, purchase: Purchase): void {
  endResale(ctx, movePurchase(ctx, purchase, 'expired', ctx.now));
}

function endResale(ctx: Context, failed: Purchase): void {
  const { seller, currency, deal, purpose } = failed;
  if (purpose.kind === 'self') return;
  saleFailed(ctx, purpose.buyer, purpose.deal);
  if (hasEntered(ctx, seller, currency, { kind: 'purchase', reference: deal })) lose(ctx, failed);
}
