import type { Context, Fact } from '../kernel/index.ts';
import { sealedMarginSeconds } from '../limits.ts';
import { incomingHold, releaseHold } from '../money/index.ts';
import { problem } from '../problem.ts';
import type { DealId } from '../protocol/index.ts';
import {
  movePurchase,
  notePurchase,
  type Purchase,
  purchaseOf,
  type Sale,
  saleOf,
} from './deals.ts';
import { lose } from './loss.ts';
import { failPurchase } from './purchase-end.ts';
import { dealOfTransaction } from './seal-record.ts';
import { holdBegan, holdPrice, unseal } from './sealed-purchase.ts';
import { claim, flawOf, giveBack, lapse, noteHold, sealedPaid } from './sealed-sale.ts';

/**
 * What holds tell the deals they pay for (docs/protocol.md 9): a buyer's hold makes an intermediary hold for its
 * supplier, the supplier's claim makes it claim. Money goes back to a buyer only when the own cannot go any more.
 */

/** A hold for this peer stands, is its money now, or went back. */
export function takeHoldIn(ctx: Context, fact: Extract<Fact, { kind: 'hold-in' }>): void {
  const { currency, payer, order, state } = fact;
  const key = { currency, payer, order };
  const deal = dealOfTransaction(incomingHold(ctx, key)?.transactionId ?? '');
  if (deal === undefined) return;
  const sale = saleOf(ctx, payer, deal);
  const mine = sale?.sealed?.hold?.order === order;
  if (state === 'held') {
    if (!mine && !(sale?.sealed && pay(ctx, sale, key))) releaseHold(ctx, key);
  } else if (sale && mine) {
    if (state === 'settled') sealedPaid(ctx, sale, supplyOf(ctx, sale));
    else holdGone(ctx, sale);
  }
}

/** Takes a buyer's hold: shows the key, or holds for the supplier. False where it is not taken. */
function pay(ctx: Context, sale: Sale, key: NonNullable<NonNullable<Sale['sealed']>['hold']>) {
  const supplier = sale.supply.kind === 'supplier' ? supplyOf(ctx, sale) : undefined;
  if (sale.supply.kind === 'shelf') {
    const own = sale.sealed?.key;
    return own !== undefined && flawOf(ctx, sale, key) === undefined && claim(ctx, sale, key, own);
  }
  const terms = supplier?.sealed?.terms;
  if (supplier?.state !== 'agreed' || !terms) return false;
  if (flawOf(ctx, sale, key, terms.holdSeconds + sealedMarginSeconds) !== undefined) return false;
  const untilMs = (incomingHold(ctx, key)?.hold.expires ?? 0) * 1000;
  const holding = noteHold(ctx, sale, key, untilMs);
  const held = holdPrice(ctx, supplier);
  if (held.ok) return true;
  failPurchase(ctx, purchaseOf(ctx, supplier.deal) ?? supplier, held.error, false);
  lapse(ctx, saleOf(ctx, holding.buyer, holding.deal) ?? holding);
  return false;
}

/** The buyer's money went back. Where the supplier has been paid, that is this peer's loss. */
function holdGone(ctx: Context, sale: Sale): void {
  if (sale.state === 'holding' || sale.state === 'claiming') lapse(ctx, sale);
  // A claim that nobody answered in time may have been given up before.
  else if (sale.state !== 'lapsed') return;
  const purchase = supplyOf(ctx, sale);
  if (purchase?.state === 'passed-on') lose(ctx, purchase);
}

/** A hold of this peer's is bound, was settled by its key, or went back. */
export function takeHoldOut(ctx: Context, fact: Extract<Fact, { kind: 'hold-out' }>): void {
  const { purpose, order, state, preimage } = fact;
  if (purpose.kind !== 'hold' || purpose.use !== 'delivery') return;
  const found = purchaseOf(ctx, purpose.reference as DealId);
  if (!found?.sealed || (found.sealed.order ?? order) !== order) return;
  const purchase =
    found.sealed.order === undefined
      ? notePurchase(ctx, found, { sealed: { ...found.sealed, order } })
      : found;
  if (state === 'held') holdBegan(ctx, purchase);
  else if (state === 'voided') keyNotShown(ctx, purchase);
  else if (preimage !== undefined) keyShown(ctx, purchase, preimage);
}

function keyShown(ctx: Context, purchase: Purchase, key: string): void {
  const { purpose } = purchase;
  if (purpose.kind === 'self') return unseal(ctx, purchase, key);
  if (purchase.state === 'passed-on') return;
  const paid = movePurchase(ctx, purchase, 'passed-on', ctx.now, {
    sealed: { ...purchase.sealed, key },
  });
  const sale = saleOf(ctx, purpose.buyer, purpose.deal);
  const hold = sale?.sealed?.hold;
  const claimed = sale?.state === 'holding' && hold && claim(ctx, sale, hold, key);
  if (!claimed) lose(ctx, paid);
}

function keyNotShown(ctx: Context, purchase: Purchase): void {
  // It has failed already where the issuer says so only long after the end.
  if (purchase.state !== 'holding' && purchase.state !== 'failed') return;
  const why = problem('supplier-failed', 'The seller did not show the key; nothing was paid.');
  if (purchase.state === 'holding') failPurchase(ctx, purchase, purchase.failure ?? why, false);
  const { purpose } = purchase;
  const sale = purpose.kind === 'resale' ? saleOf(ctx, purpose.buyer, purpose.deal) : undefined;
  if (sale?.state === 'holding') giveBack(ctx, sale);
}

/** The refused order of a hold is past its end on every clock: nothing was paid, and nothing will be. */
export function sealedOrderOver(ctx: Context, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.sealed?.refused) keyNotShown(ctx, purchase);
}

function supplyOf(ctx: Context, { supply }: Sale): Purchase | undefined {
  return supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
}
