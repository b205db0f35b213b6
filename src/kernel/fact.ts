import type { Amount } from '../amount.ts';
import type { CurrencyId, Opened, PeerId } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { DealId, Receipt } from '../protocol/index.ts';

/** What a payment was for: told to the part that asked for it. */
export type PaymentPurpose =
  | { readonly kind: 'tab'; readonly peer: PeerId }
  | { readonly kind: 'gift'; readonly note: string }
  | HoldPurpose;

/** What a hold is for: which part ordered it, for what, and what it is booked on once it settles. */
export interface HoldPurpose {
  readonly kind: 'hold';
  readonly use: 'exchange' | 'delivery';
  /** Whom the part deals with; the payee, most often. */
  readonly peer: PeerId;
  /** The part's own name of the matter: the id of a swap, or of a deal. */
  readonly reference: string;
  readonly account: 'equity:exchange' | 'expense:purchases' | 'clearing:deals';
  readonly deal?: DealId;
}

/** Something that happened in one part of the peer and concerns another. */
export type Fact =
  /** An order of this peer's was carried out by the issuer. */
  | {
      readonly kind: 'paid';
      readonly purpose: PaymentPurpose;
      readonly order: string;
      readonly receipt: Opened<Receipt>;
    }
  /** An order of this peer's will never be carried out; its money is free again. */
  | {
      readonly kind: 'payment-failed';
      readonly purpose: PaymentPurpose;
      readonly currency: CurrencyId;
      readonly order: string;
      readonly problem: Problem;
    }
  /** Money arrived on this peer's account, seen for the first time. */
  | {
      readonly kind: 'deposited';
      readonly currency: CurrencyId;
      readonly receipt: Receipt;
      readonly text: string;
    }
  /**
   * A hold that this peer pays: the issuer has bound its money, has settled it and shows the preimage (the
   * fact `paid` tells its receipt), or has given it back. A hold that never began is a `payment-failed`.
   */
  | {
      readonly kind: 'hold-out';
      readonly state: 'held' | 'settled' | 'voided';
      readonly purpose: PaymentPurpose;
      readonly currency: CurrencyId;
      readonly order: string;
      readonly preimage?: string;
    }
  /**
   * A hold for this peer: the issuer has confirmed that it stands, it is this peer's money now (the fact
   * `deposited` tells its receipt), or it went back to its payer.
   */
  | {
      readonly kind: 'hold-in';
      readonly state: 'held' | 'settled' | 'voided';
      readonly currency: CurrencyId;
      readonly payer: PeerId;
      readonly order: string;
    }
  /** A debtor's receipt is taken: it is answered once its payment stands on the tab. */
  | {
      readonly kind: 'receipt-taken';
      readonly exchange: string;
      readonly peer: PeerId;
      readonly currency: CurrencyId;
    }
  /** The money that can be spent grew: payments that waited may go on. */
  | { readonly kind: 'funds'; readonly currency: CurrencyId }
  /** This peer's debt to a peer changed or was found out. */
  | { readonly kind: 'owing'; readonly peer: PeerId; readonly currency: CurrencyId }
  /** A payment of this peer's stands on its tab at the peer. */
  | {
      readonly kind: 'tab-paid';
      readonly peer: PeerId;
      readonly currency: CurrencyId;
      readonly amount: Amount;
    }
  | {
      readonly kind: 'tab-payment-failed';
      readonly peer: PeerId;
      readonly currency: CurrencyId;
      readonly problem: Problem;
    }
  /** The terms of a peer were learned anew. */
  | { readonly kind: 'terms'; readonly peer: PeerId }
  | { readonly kind: 'terms-failed'; readonly peer: PeerId; readonly problem: Problem }
  /** A purchase of this peer's stands on its tab at the seller; `reference` is the deal. */
  | { readonly kind: 'purchase-entered'; readonly peer: PeerId; readonly reference: string }
  /** The seller took the charge of a purchase back. */
  | { readonly kind: 'purchase-refunded'; readonly peer: PeerId; readonly reference: string };
