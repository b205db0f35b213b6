import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId, OutgoingRequest } from '../protocol/index.ts';

/** A hold: its payer is told too, for toward two payees two payers may have made the same id. */
export interface HoldKey {
  readonly currency: CurrencyId;
  readonly payer: PeerId;
  readonly order: string;
}

/** Why a call was made: its answer is handled by this. */
export type CallPurpose =
  // wallet
  | { readonly kind: 'currency-terms'; readonly currency: CurrencyId }
  | { readonly kind: 'order'; readonly currency: CurrencyId; readonly order: string }
  | { readonly kind: 'deposits'; readonly currency: CurrencyId }
  | { readonly kind: 'orders-since'; readonly currency: CurrencyId }
  | { readonly kind: 'confirm-payment'; readonly exchange: string; readonly receipt: string }
  | ({ readonly kind: 'hold-state' | 'claim-hold' | 'release-hold' } & HoldKey)
  // tabs
  | { readonly kind: 'terms'; readonly peer: PeerId }
  | { readonly kind: 'introduction'; readonly peer: PeerId }
  | {
      readonly kind: 'tab-payment';
      readonly peer: PeerId;
      readonly currency: CurrencyId;
      readonly order: string;
    }
  | { readonly kind: 'tab-entries'; readonly peer: PeerId; readonly currency: CurrencyId }
  // exchange
  | { readonly kind: 'rates'; readonly peer: PeerId }
  | {
      readonly kind: 'exchange' | 'exchange-shown' | 'swap';
      readonly peer: PeerId;
      readonly id: string;
    }
  // market
  | { readonly kind: 'solicitation'; readonly solicitation: string; readonly peer: PeerId }
  | { readonly kind: 'acceptance'; readonly deal: DealId }
  | { readonly kind: 'opening'; readonly deal: DealId }
  | { readonly kind: 'delivery'; readonly deal: DealId }
  | { readonly kind: 'contest'; readonly deal: DealId }
  | { readonly kind: 'shown-delivery'; readonly deal: DealId };

/** A request of this peer's to another peer or issuer. */
export interface Call {
  readonly id: string;
  readonly to: { readonly peer: PeerId; readonly endpoints: readonly string[] };
  readonly request: OutgoingRequest;
  readonly purpose: CallPurpose;
  readonly timeoutMs: number;
  /**
   * The request tells how long an answer is waited for, as `withinMs` (protocol 6): so long at most, less with each
   * repeat, and the call lasts no longer than it tells.
   */
  readonly withinMsMax?: number;
}

/** How a call ended. `unreachable`: nobody knows whether the request arrived. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | {
      readonly kind: 'refused';
      readonly problem: Problem;
      readonly retryable: boolean;
      readonly body: unknown;
    }
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Why a call did not succeed, in one word for programs and one sentence for people. */
export function failureOf(outcome: Exclude<Outcome, { kind: 'answered' }>): Problem {
  return outcome.kind === 'refused' ? outcome.problem : problem('unreachable', outcome.detail);
}
