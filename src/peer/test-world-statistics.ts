import type { Context } from '../kernel/index.ts';
import { purchaseOutcome, saleOutcome } from '../market/deal-outcomes.ts';
import { purchaseOutcomes, saleOutcomes } from '../market/deals.ts';
import { latestSightings, recentPurchases, recentSales, sightingsIn } from '../market/index.ts';
import { dealRecordsOf } from '../statistics/index.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests: what was counted as it happened must be what the deals themselves say; all of it, at rest. */
export function statisticsWrong(peer: TestPeer, ctx: Context): string[] {
  const all = Number.POSITIVE_INFINITY;
  const counted = new Map<string, number>();
  const others = new Set<string>();
  const count = (other: string, side: string, outcome: string) => {
    others.add(other);
    const key = `${other} ${side} ${outcome}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  };
  for (const purchase of recentPurchases(ctx, all)) {
    const side = purchase.purpose.kind === 'self' ? 'bought' : 'supplied';
    count(purchase.seller, side, purchaseOutcome(purchaseOutcomes, purchase));
  }
  for (const sale of recentSales(ctx, all)) {
    const side = sale.supply.kind === 'shelf' ? 'sold' : 'resold';
    count(sale.buyer, side, saleOutcome(saleOutcomes, sale));
  }
  const noted = new Map<string, number>();
  for (const other of others) {
    for (const { side, counts } of dealRecordsOf(ctx, other as never)) {
      for (const [outcome, n] of Object.entries(counts)) {
        const key = `${other} ${side} ${outcome}`;
        if (n > 0) noted.set(key, (noted.get(key) ?? 0) + n);
      }
    }
  }
  const wrong = [...new Set([...counted.keys(), ...noted.keys()])]
    .filter((key) => counted.get(key) !== noted.get(key))
    .map((key) => `${peer.name} notes ${noted.get(key) ?? 0} of ${counted.get(key) ?? 0}: ${key}`);
  const sightings = latestSightings(ctx, all).length;
  if (sightingsIn(ctx) !== sightings)
    wrong.push(`${peer.name} counts ${sightingsIn(ctx)} of ${sightings} sightings`);
  return wrong;
}
