import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { ContestReason, DealId } from '../protocol/index.ts';
import { markUndesirable } from '../trust/index.ts';
import { accessKeyOf } from './access-keys.ts';
import { type Purchase, purchaseOf, type Sale } from './deals.ts';

/**
 * Whom a contested deal speaks against, as this peer sees it (§4). Between a trusted peer and another the
 * other is marked, between two that are not trusted both are: so whoever took part and is no primary
 * neighbor. Of a purchase those are the seller and the peer that serves the document, of a sale the buyer
 * and either the supplier's side or whoever opened the access key. The person's own peer trusts itself.
 */
export function markParties(
  ctx: Context,
  deal: Sale | Purchase,
  contested: { readonly deal: DealId; readonly reason: ContestReason },
): void {
  const parties = 'seller' in deal ? partiesOfPurchase(deal) : partiesOfSale(ctx, deal);
  for (const peer of new Set(parties)) markUndesirable(ctx, peer, contested);
}

function partiesOfPurchase({ seller, serving }: Purchase): readonly PeerId[] {
  return serving === undefined ? [seller] : [seller, serving];
}

function partiesOfSale(ctx: Context, { buyer, supply }: Sale): readonly PeerId[] {
  if (supply.kind === 'supplier') {
    const purchase = purchaseOf(ctx, supply.purchase);
    return purchase ? [buyer, ...partiesOfPurchase(purchase)] : [buyer];
  }
  const opener = accessKeyOf(ctx, supply.accessKey)?.openedBy;
  return opener === undefined ? [buyer] : [buyer, opener];
}
