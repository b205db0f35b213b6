import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { ContestReason, DealId } from '../protocol/index.ts';
import { markUndesirable } from '../trust/index.ts';
import { accessKeyOf } from './access-keys.ts';
import { isConcealed, type Purchase, purchaseOf, type Sale } from './deals.ts';

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
  const parties =
    'seller' in deal ? partiesOfPurchase(deal) : partiesOfSale(ctx, deal, contested.reason);
  for (const peer of new Set(parties)) markUndesirable(ctx, peer, contested);
}

function partiesOfPurchase({ seller, serving }: Purchase): readonly PeerId[] {
  return serving === undefined ? [seller] : [seller, serving];
}

function partiesOfSale(ctx: Context, sale: Sale, reason: ContestReason): readonly PeerId[] {
  const { buyer, supply } = sale;
  const purchase = supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
  // What this peer served itself (§3) speaks against its source only where it was not as described.
  const ofSupplier = !isConcealed(sale) || reason === 'not-as-described';
  const key = supply.accessKey === undefined ? undefined : accessKeyOf(ctx, supply.accessKey);
  return [
    buyer,
    ...(purchase && ofSupplier ? partiesOfPurchase(purchase) : []),
    ...(key?.openedBy === undefined ? [] : [key.openedBy]),
  ];
}
