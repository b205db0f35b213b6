import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';

/** What a screen or a command line may want to know at once. The state itself is asked for. */
export type PeerEvent =
  | {
      readonly type: 'bid';
      readonly search: string;
      readonly bid: string;
      readonly peer: PeerId;
      readonly documentId: DocumentId;
      readonly price: Amount;
    }
  | {
      readonly type: 'search-refused';
      readonly search: string;
      readonly peer: PeerId;
      readonly problem: Problem;
    }
  | { readonly type: 'search-ended'; readonly search: string; readonly bids: number }
  | {
      readonly type: 'saved-search-found';
      readonly saved: string;
      readonly search: string;
      /** How many documents no run had found before. */
      readonly documents: number;
    }
  /** A saved search bought by itself. */
  | { readonly type: 'saved-search-bought'; readonly saved: string; readonly deal: DealId }
  | {
      readonly type: 'deal';
      readonly deal: DealId;
      readonly side: 'purchase' | 'sale';
      readonly state: string;
    }
  /** A deal was contested, or the contest ended. */
  | {
      readonly type: 'contest';
      readonly deal: DealId;
      readonly side: 'purchase' | 'sale';
      readonly state: string;
    }
  | { readonly type: 'money'; readonly currency: CurrencyId; readonly cause: string }
  | { readonly type: 'tab'; readonly peer: PeerId; readonly currency: CurrencyId }
  | {
      readonly type: 'discrepancy';
      readonly peer: PeerId;
      readonly currency: CurrencyId;
      readonly detail: string;
    }
  | {
      readonly type: 'exchange';
      readonly peer: PeerId;
      readonly id: string;
      readonly state: string;
    }
  /** A peer's rates were learned anew. */
  | { readonly type: 'rates'; readonly peer: PeerId }
  | { readonly type: 'discovered'; readonly peer: PeerId; readonly way: string }
  | { readonly type: 'introduction'; readonly peer: PeerId; readonly name: string }
  | { readonly type: 'neighbor'; readonly peer: PeerId };
