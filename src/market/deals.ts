import type { PeerId } from '../identity/index.ts';
import { type Context, setTimer } from '../kernel/index.ts';
import type { Bid, DealId, DocumentId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { countPurchase, countSale } from './deal-outcomes.ts';
import {
  type Deal,
  type Purchase,
  type PurchaseState,
  purchaseOutcomes,
  type Sale,
  type SaleState,
  saleOutcomes,
} from './deal-record.ts';

export {
  type Purchase,
  type PurchaseState,
  purchaseOutcomes,
  type Sale,
  type SaleState,
  saleOutcomes,
};

/** Where deals are kept, and how they move from state to state; a deadline is a timer. */

const purchases = collection<Purchase>()('purchases', ['deal'], {
  at: ['at'],
  state: ['state', 'at'],
  bid: ['bidId'],
  document: ['documentId'],
});
const sales = collection<Sale>()('sales', ['buyer', 'deal'], {
  at: ['at'],
  deal: ['deal'],
  document: ['documentId'],
  state: ['state', 'at'],
  sealedPlace: ['sealedPlace'],
});

type Reader = Pick<Context, 'tx'>;

/** This peer's purchase under a deal's id; undefined where it bought none. */
export function purchaseOf(reader: Reader, deal: DealId): Purchase | undefined {
  return reader.tx.get(purchases, deal);
}

/** All purchases that stand in a state. */
export function purchasesIn(reader: Reader, state: PurchaseState): readonly Purchase[] {
  return reader.tx.scan(purchases, { by: 'state', prefix: [state] });
}

const openPurchaseStates = [
  ...(['accepting', 'preparing', 'paying', 'agreed'] as const),
  ...(['opening', 'retrieving', 'holding', 'unsealing'] as const),
];

/** All that are under way. */
export function openPurchases(reader: Reader): readonly Purchase[] {
  return openPurchaseStates.flatMap((state) => purchasesIn(reader, state));
}

/** Newest first, those begun at `until` at the latest where it is given. */
export function recentPurchases(
  reader: Reader,
  limit: number,
  until?: Milliseconds,
): readonly Purchase[] {
  return reader.tx.scan(purchases, { ...newestFirst(until), limit });
}

/** This peer's sale to a buyer under the buyer's deal id; undefined where there is none. */
export function saleOf(reader: Reader, buyer: PeerId, deal: DealId): Sale | undefined {
  return reader.tx.get(sales, buyer, deal);
}

/** The sales under a deal's id: one, unless two buyers made the same. */
export function salesOf(reader: Reader, deal: DealId): readonly Sale[] {
  return reader.tx.scan(sales, { by: 'deal', prefix: [deal] });
}

/** The purchases under a bid, for the person or to be resold; those of the first version are not found. */
export function purchasesOn(reader: Reader, bidId: string): readonly Purchase[] {
  return reader.tx.scan(purchases, { by: 'bid', prefix: [bidId] });
}

/** The purchases of a document, for the person or to be resold. */
export function purchasesOfDocument(reader: Reader, documentId: DocumentId): readonly Purchase[] {
  return reader.tx.scan(purchases, { by: 'document', prefix: [documentId] });
}

/** All sales that stand in a state. */
export function salesIn(reader: Reader, state: SaleState): readonly Sale[] {
  return reader.tx.scan(sales, { by: 'state', prefix: [state] });
}

/** The sealed sales for which nobody has paid yet: each takes a place, and places are few. */
export function unpaidSealedSales(reader: Reader): readonly Sale[] {
  return reader.tx.scan(sales, { by: 'sealedPlace' });
}

/** The sales of a document, whoever supplied it. */
export function salesOfDocument(reader: Reader, documentId: DocumentId): readonly Sale[] {
  return reader.tx.scan(sales, { by: 'document', prefix: [documentId] });
}

/** Newest first, those begun at `until` at the latest where it is given. */
export function recentSales(reader: Reader, limit: number, until?: Milliseconds): readonly Sale[] {
  return reader.tx.scan(sales, { ...newestFirst(until), limit });
}

function newestFirst(until?: Milliseconds) {
  return { by: 'at', descending: true, ...(until === undefined ? {} : { to: until }) } as const;
}

type Change<D> = Partial<Omit<D, 'state' | 'since' | 'deadlineAt' | 'history'>>;

/** Keeps a purchase in a new state; its deadline is a timer. */
export function movePurchase(
  ctx: Context,
  purchase: Purchase,
  state: PurchaseState,
  deadlineAt: Milliseconds,
  change: Change<Purchase> = {},
): Purchase {
  const moved: Purchase = {
    ...purchase,
    ...change,
    ...moveTo(ctx, purchase, state, deadlineAt),
    state,
  };
  keepPurchase(ctx, moved);
  if (!endedPurchaseStates.has(state)) {
    setTimer(ctx, `purchase:${moved.deal}`, deadlineAt, {
      kind: 'purchase-deadline',
      deal: moved.deal,
    });
  }
  ctx.effect({ kind: 'event', event: { type: 'deal', deal: moved.deal, side: 'purchase', state } });
  return moved;
}

/** They end by no timer. What comes later may still move a purchase on: a document, a key, a charge. */
export const endedPurchaseStates: ReadonlySet<PurchaseState> = new Set([
  'delivered',
  'passed-on',
  'failed',
  'expired',
]);
/** The buyer has no answer yet. */
export const waitingSaleStates: ReadonlySet<SaleState> = new Set([
  'buying',
  'retrieving',
  'sealing',
]);
/** Sealed, nobody has held its price yet. */
const unpaidSaleStates: ReadonlySet<SaleState> = new Set(['buying', 'sealing', 'instructed']);
const endedSaleStates: ReadonlySet<SaleState> = new Set([
  'delivered',
  'refunded',
  'lapsed',
  'closed',
]);

/** Changes what is known about a purchase without moving it. */
export function notePurchase(ctx: Context, purchase: Purchase, change: Change<Purchase>): Purchase {
  const changed = { ...purchase, ...change };
  keepPurchase(ctx, changed);
  return changed;
}

/**
 * Keeps a sale in a new state; its deadline is a timer. Where its buyer has its answer by that, nobody waits for one
 * any more.
 */
export function moveSale(
  ctx: Context,
  sale: Sale,
  state: SaleState,
  deadlineAt: Milliseconds,
  change: Change<Sale> = {},
): Sale {
  const { exchange: _answered, ...rest } = sale;
  const moved: Sale = {
    ...(waitingSaleStates.has(state) ? sale : rest),
    ...change,
    ...moveTo(ctx, sale, state, deadlineAt),
    state,
  };
  keepSale(ctx, moved);
  if (!endedSaleStates.has(state)) setSaleDeadline(ctx, moved, deadlineAt);
  ctx.effect({ kind: 'event', event: { type: 'deal', deal: moved.deal, side: 'sale', state } });
  return moved;
}

/** When `saleDeadline` looks at the sale; in place of the time that was set before. */
export function setSaleDeadline(ctx: Context, { buyer, deal }: Sale, at: Milliseconds): void {
  setTimer(ctx, `sale:${buyer}:${deal}`, at, { kind: 'sale-deadline', buyer, deal });
}

/** A waiting sale ends later by itself than was thought. */
export function postponeSale(ctx: Context, sale: Sale, deadlineAt: Milliseconds): Sale {
  const changed = { ...sale, deadlineAt };
  keepSale(ctx, changed);
  return changed;
}

/** Changes what is known about a sale without moving it. */
export function noteSale(ctx: Context, sale: Sale, change: Change<Sale>): Sale {
  const changed = { ...sale, ...change };
  keepSale(ctx, changed);
  return changed;
}

/** Every change of a deal passes here, so that the statistics never differ from the deals. */
function keepPurchase(ctx: Context, purchase: Purchase): void {
  countPurchase(ctx, purchaseOutcomes, purchaseOf(ctx, purchase.deal), purchase);
  ctx.tx.put(purchases, purchase);
}

function keepSale(ctx: Context, sale: Sale): void {
  countSale(ctx, saleOutcomes, saleOf(ctx, sale.buyer, sale.deal), sale);
  const { sealedPlace: _before, ...rest } = sale;
  const takesPlace = sale.sealed !== undefined && unpaidSaleStates.has(sale.state);
  ctx.tx.put(sales, takesPlace ? { ...rest, sealedPlace: sale.buyer } : rest);
}

function moveTo(ctx: Context, deal: Deal, state: string, deadlineAt: Milliseconds) {
  return { since: ctx.now, deadlineAt, history: [...deal.history, { state, at: ctx.now }] };
}

/** Served by this peer, that learned it from a supplier and does not say so (§3). */
export function isConcealed({ supply }: Sale): boolean {
  return supply.kind === 'supplier' && supply.concealed === true;
}

/** What both sides of a deal take over from the bid. */
export function dealOn(ctx: Context, deal: DealId, bid: Bid): Deal {
  const { sub: documentId, title, size: sizeBytes, mediaType, currency, price } = bid;
  const now = { at: ctx.now, since: ctx.now, deadlineAt: ctx.now, history: [] };
  return { deal, documentId, title, sizeBytes, mediaType, currency, price, ...now };
}
