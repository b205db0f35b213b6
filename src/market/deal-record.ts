import type { Amount } from '../amount.ts';
import type { CurrencyId, Draft, PeerId } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { Bid, DealId, DocumentId, Instructions } from '../protocol/index.ts';
import type { DealOutcome } from '../statistics/index.ts';
import type { Milliseconds } from '../time.ts';
import type { ContestMade, ContestTaken } from './contest-record.ts';
import type { SealedPurchase, SealedSale } from './seal-record.ts';

/**
 * Deals: one document for one price between two peers (§2.2). Each side keeps its own record; an
 * intermediary keeps both, a sale to its caller and a purchase from its supplier.
 */

export interface Deal {
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
 * - `agreed`: sealed, for a resale: the buyer's hold is awaited
 * - `opening`: instructions are here, the access key is being opened at the serving peer
 * - `retrieving`: the document is on its way
 * - `holding`: sealed: the price is held, the key is awaited
 * - `unsealing`: the key is here, the document is being decrypted
 * - `delivered`: it arrived whole
 * - `passed-on`: the instructions went to this peer's own buyer (referral)
 * - `failed`, `expired`: it did not come
 */
export type PurchaseState =
  | 'accepting'
  | 'preparing'
  | 'paying'
  | 'agreed'
  | 'opening'
  | 'retrieving'
  | 'holding'
  | 'unsealing'
  | 'delivered'
  | 'passed-on'
  | 'failed'
  | 'expired';

/** What each state means for the statistics, other things being equal. */
export const purchaseOutcomes: Readonly<Record<PurchaseState, DealOutcome>> = {
  accepting: 'open',
  preparing: 'open',
  paying: 'open',
  agreed: 'open',
  opening: 'open',
  retrieving: 'open',
  holding: 'open',
  unsealing: 'open',
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
  /**
   * How long its seller's answer is waited for: in all where a buyer waits behind it, else each time. Purchases of
   * older versions do not have it.
   */
  readonly withinMs?: Milliseconds;
  /** How often the tab was paid for it, or it was accepted again on what was paid for all: three times at most. */
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
  /** How long from the acceptance on the seller hears a contest, as it told. */
  readonly contestWithinMs?: Milliseconds;
  readonly contest?: ContestMade;
  /** The saved search that bought it by itself. */
  readonly saved?: string;
  readonly sealed?: SealedPurchase;
}

/**
 * - `buying`: the supplier's answer is awaited
 * - `retrieving`: the document is on its way to this peer, which conceals where from (§3)
 * - `sealing`: the document is being encrypted for the buyer
 * - `instructed`: the buyer has its instructions
 * - `holding`: sealed: the buyer holds the price, and this peer that of its supplier
 * - `claiming`: sealed: the key is shown to the issuer
 * - `delivered`: the buyer said that the document arrived (only the serving peer learns that)
 * - `refunded`: the supplier failed, the charge was taken back
 * - `lapsed`: sealed: nobody paid, and nobody got the key
 * - `closed`: nobody said in time that the document arrived; it cannot be contested any more
 */
export type SaleState =
  | 'buying'
  | 'retrieving'
  | 'sealing'
  | 'instructed'
  | 'holding'
  | 'claiming'
  | 'delivered'
  | 'refunded'
  | 'lapsed'
  | 'closed';

/** The same for sales. */
export const saleOutcomes: Readonly<Record<SaleState, DealOutcome>> = {
  buying: 'open',
  retrieving: 'open',
  sealing: 'open',
  instructed: 'open',
  holding: 'open',
  claiming: 'open',
  delivered: 'good',
  refunded: 'refunded',
  lapsed: 'failed',
  closed: 'good',
};

export interface Sale extends Deal {
  readonly state: SaleState;
  readonly buyer: PeerId;
  readonly bidId: string;
  /** This peer's own bid that was accepted: evidence. Deals of the first version do not have it. */
  readonly bidText?: string;
  /** Its entry on the buyer's tab, and the balance with it; sales of older versions do not have it. */
  readonly charged?: { readonly entry: number; readonly balance: number };
  readonly supply:
    | { readonly kind: 'shelf'; readonly accessKey?: string }
    | {
        readonly kind: 'supplier';
        readonly purchase: DealId;
        /** Served from the own shelf, under a key of this peer's once it is `instructed`. */
        readonly concealed?: true;
        readonly accessKey?: string;
        /** It was bought in another currency, at this peer's own rate (protocol 8). */
        readonly conversion?: {
          readonly cost: Amount;
          readonly rate: string;
          /** In which; sales of older versions do not have it. */
          readonly get?: CurrencyId;
        };
      };
  /** The request that waits for the instructions: the newest repeat. */
  readonly exchange?: string;
  /** When that buyer gives up waiting, as it told. */
  readonly waitsUntil?: Milliseconds;
  /** As text where a supplier gave them, as a draft where this peer made them. */
  readonly instructions?: string | Draft<Instructions>;
  readonly delivery?: string;
  /** How long from the acceptance on this peer hears a contest, where that is not as long as a source does. */
  readonly contestWithinMs?: Milliseconds;
  readonly contest?: ContestTaken;
  readonly sealed?: SealedSale;
  /** The buyer, while this sale takes one of the places of sealed deals; those of older versions take none. */
  readonly sealedPlace?: PeerId;
}
