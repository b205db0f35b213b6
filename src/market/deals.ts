import type { Amount } from '../amount.ts';
import type { CurrencyId, Draft, Opened, PeerId } from '../identity/index.ts';
import { type Context, setTimer } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import type { Bid, Card, DealId, DocumentId, Instructions } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { DealOutcome } from '../statistics/index.ts';
import type { Milliseconds } from '../time.ts';
import type { ContestMade, ContestTaken } from './contest-record.ts';
import { countPurchase, countSale } from './deal-outcomes.ts';

/**
 * Deals: one document for one price between two peers (§2.2). Each side keeps its own record; an
 * intermediary keeps both, a sale to its caller and a purchase from its supplier.
 */

interface Deal {
  readonly deal: DealId;
  readonly documentId: DocumentId;
  readonly title: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly currency: CurrencyId;
  readonly price: Amount;
  readonly at: Milliseconds;
  /** When the present state began, and when it ends by itself. */
  readonly since: Milliseconds;
  readonly deadlineAt: Milliseconds;
  /** Every state before, with its time: the line on the deals page. */
  readonly history: readonly { readonly state: string; readonly at: Milliseconds }[];
}

/**
 * - `accepting`: the bid is being accepted; asked again until answered
 * - `preparing`: charged; the seller is still making the document ready (§3)
 * - `paying`: the seller's limit needs a payment first
 * - `opening`: instructions are here, the access key is being opened at the serving peer
 * - `retrieving`: the document is on its way
 * - `delivered`: it arrived whole
 * - `passed-on`: the instructions went to this peer's own buyer (referral)
 * - `failed`, `expired`: it did not come
 */
export type PurchaseState =
  | 'accepting'
  | 'preparing'
  | 'paying'
  | 'opening'
  | 'retrieving'
  | 'delivered'
  | 'passed-on'
  | 'failed'
  | 'expired';

/** What each state means for the statistics, other things being equal. */
export const purchaseOutcomes: Readonly<Record<PurchaseState, DealOutcome>> = {
  accepting: 'open',
  preparing: 'open',
  paying: 'open',
  opening: 'open',
  retrieving: 'open',
  delivered: 'good',
  'passed-on': 'good',
  failed: 'failed',
  expired: 'failed',
};

export interface Purchase extends Deal {
  readonly state: PurchaseState;
  readonly seller: PeerId;
  /** The accepted bid: evidence. */
  readonly bidText: string;
  readonly bid: Bid;
  /** The bid's id; deals of the first version do not have it. */
  readonly bidId?: string;
  /** For the person, or for the sale to this peer's own buyer. */
  readonly purpose:
    | { readonly kind: 'self' }
    | {
        readonly kind: 'resale';
        readonly buyer: PeerId;
        readonly deal: DealId;
        /** Retrieved by this peer, and served from its own shelf (§3). */
        readonly conceal?: true;
      };
  readonly payments: number;
  /** The payments on the tab that were made for this deal: their orders. */
  readonly orders?: readonly string[];
  readonly instructionsText?: string;
  readonly instructions?: Instructions;
  readonly serving?: PeerId;
  readonly failure?: Problem;
  /** Where the retrieved document is kept. */
  readonly path?: string;
  /** The supplier charged although the sale behind this was refunded: booked as a loss. */
  readonly lost?: boolean;
  /** The own word that the document arrived: evidence. */
  readonly delivery?: string;
  readonly contest?: ContestMade;
}

/**
 * - `buying`: the supplier's answer is awaited
 * - `retrieving`: the document is on its way to this peer, which conceals where from (§3)
 * - `instructed`: the buyer has its instructions
 * - `delivered`: the buyer said that the document arrived (only the serving peer learns that)
 * - `refunded`: the supplier failed, the charge was taken back
 * - `closed`: nobody said in time that the document arrived; it cannot be contested any more
 */
export type SaleState =
  | 'buying'
  | 'retrieving'
  | 'instructed'
  | 'delivered'
  | 'refunded'
  | 'closed';

export const saleOutcomes: Readonly<Record<SaleState, DealOutcome>> = {
  buying: 'open',
  retrieving: 'open',
  instructed: 'open',
  delivered: 'good',
  refunded: 'refunded',
  closed: 'good',
};

export interface Sale extends Deal {
  readonly state: SaleState;
  readonly buyer: PeerId;
  readonly bidId: string;
  /** This peer's own bid that was accepted: evidence. Deals of the first version do not have it. */
  readonly bidText?: string;
  readonly supply:
    | { readonly kind: 'shelf'; readonly accessKey: string }
    | {
        readonly kind: 'supplier';
        readonly purchase: DealId;
        /** Served from the own shelf, under a key of this peer's once it is `instructed`. */
        readonly concealed?: true;
        readonly accessKey?: string;
      };
  /** The request that waits for the instructions: the newest repeat. */
  readonly exchange?: string;
  /** As text where a supplier gave them, as a draft where this peer made them. */
  readonly instructions?: string | Draft<Instructions>;
  readonly delivery?: string;
  readonly contest?: ContestTaken;
}

const purchases = collection<Purchase>()('purchases', ['deal'], {
  at: ['at'],
  state: ['state', 'at'],
  seller: ['seller'],
  bid: ['bidId'],
});
const sales = collection<Sale>()('sales', ['buyer', 'deal'], {
  at: ['at'],
  deal: ['deal'],
  document: ['documentId'],
});

type Reader = Pick<Context, 'tx'>;

export function purchaseOf(reader: Reader, deal: DealId): Purchase | undefined {
  return reader.tx.get(purchases, deal);
}

export function purchasesIn(reader: Reader, state: PurchaseState): readonly Purchase[] {
  return reader.tx.scan(purchases, { by: 'state', prefix: [state] });
}

/** All that are under way. */
export function openPurchases(reader: Reader): readonly Purchase[] {
  const open = ['accepting', 'preparing', 'paying', 'opening', 'retrieving'] as const;
  return open.flatMap((state) => purchasesIn(reader, state));
}

/** Newest first, those begun at `until` at the latest where it is given. */
export function recentPurchases(
  reader: Reader,
  limit: number,
  until?: Milliseconds,
): readonly Purchase[] {
  return reader.tx.scan(purchases, { ...newestFirst(until), limit });
}

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

export const endedPurchaseStates: ReadonlySet<PurchaseState> = new Set([
  'delivered',
  'passed-on',
  'failed',
  'expired',
]);
/** The buyer has no answer yet. */
export const waitingSaleStates: ReadonlySet<SaleState> = new Set(['buying', 'retrieving']);
const endedSaleStates: ReadonlySet<SaleState> = new Set(['delivered', 'refunded', 'closed']);

/** Changes what is known about a purchase without moving it. */
export function notePurchase(ctx: Context, purchase: Purchase, change: Change<Purchase>): Purchase {
  const changed = { ...purchase, ...change };
  keepPurchase(ctx, changed);
  return changed;
}

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
  if (!endedSaleStates.has(state)) {
    const { buyer, deal } = moved;
    setTimer(ctx, `sale:${buyer}:${deal}`, deadlineAt, { kind: 'sale-deadline', buyer, deal });
  }
  ctx.effect({ kind: 'event', event: { type: 'deal', deal: moved.deal, side: 'sale', state } });
  return moved;
}

/** A waiting sale ends later by itself than was thought. */
export function postponeSale(ctx: Context, sale: Sale, deadlineAt: Milliseconds): Sale {
  const changed = { ...sale, deadlineAt };
  keepSale(ctx, changed);
  return changed;
}

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
  ctx.tx.put(sales, sale);
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

/** Instructions with the card of the serving peer, both opened and checked against each other. */
export interface OpenedInstructions {
  readonly text: string;
  readonly payload: Instructions;
  readonly card: Opened<Card>;
}
