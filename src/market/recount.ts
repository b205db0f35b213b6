import type { Context } from '../kernel/index.ts';
import { collection } from '../state/index.ts';
import { forgetDealRecords } from '../statistics/index.ts';
import { countPurchase, countSale } from './deal-outcomes.ts';
import { purchaseOutcomes, recentPurchases, recentSales, saleOutcomes } from './deals.ts';

/** Which way of counting the statistics of deals were made by: another one counts them anew. */
const countings = collection<{ readonly of: 'deals'; readonly version: number }>()('countings', [
  'of',
]);
const version = 2;

/** Counts all deals anew where that was never done, or otherwise: once, at the start of a newer program. */
export function recountDeals(ctx: Context): void {
  if (ctx.tx.get(countings, 'deals')?.version === version) return;
  forgetDealRecords(ctx);
  const all = Number.POSITIVE_INFINITY;
  for (const purchase of recentPurchases(ctx, all))
    countPurchase(ctx, purchaseOutcomes, undefined, purchase);
  for (const sale of recentSales(ctx, all)) countSale(ctx, saleOutcomes, undefined, sale);
  ctx.tx.put(countings, { of: 'deals', version });
}
