import { type Amount, share } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context, HoldKey, PaymentPurpose } from '../kernel/index.ts';
import { type Problem, SoukError } from '../problem.ts';
import type { CurrencyTerms, FeeSchedule, Receipt } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds, Seconds } from '../time.ts';
import type { Counter } from './rules.ts';

/** A currency of another issuer that this wallet follows. */
export interface KnownCurrency {
  readonly currency: CurrencyId;
  readonly endpoints: readonly string[];
  readonly terms?: CurrencyTerms;
  /** The signed terms, as evidence of what the issuer said. */
  readonly termsText?: string;
  /** The sequences of the newest deposit taken in and of the newest own order asked after. */
  readonly depositCursor: number;
  readonly ordersCursor: number;
  readonly state: 'connecting' | 'ready' | 'trouble';
  /** Why the issuer did not answer the last time. */
  readonly trouble?: Problem;
  readonly failures: number;
  readonly lastSeenAt?: Milliseconds;
  /** The deposit query under way, and what it can be judged by when it is answered. */
  readonly poll?: { readonly call: string; readonly at: Milliseconds; readonly waitMs: number };
  /** Nothing but this query moved the books since it was asked: its balance can be compared. */
  readonly quiet: boolean;
  /** The balance differed, and the orders were asked after; if it differs again, it is told. */
  readonly rechecked: boolean;
  readonly discrepancy?: Discrepancy;
  readonly termsCall?: string;
  readonly ordersCall?: string;
  /** Nothing is asked of its issuer; what is known of it serves the journal's rows. */
  readonly forgotten?: boolean;
}

/** The issuer's balance is not that of the books, and no order under way explains it. */
export interface Discrepancy {
  readonly books: number;
  readonly issuer: Amount;
  readonly since: Milliseconds;
}

/**
 * An order of this peer's: `ordered → settled | refused`; a refused one may still turn out settled. One
 * with a hold: `ordered → held → settled | voided`.
 */
export interface WalletOrder {
  readonly currency: CurrencyId;
  /** The order's `jti`. */
  readonly order: string;
  readonly payee: PeerId;
  readonly amount: Amount;
  readonly maxFee: Amount;
  readonly transactionId: string;
  readonly purpose: PaymentPurpose;
  readonly at: Milliseconds;
  readonly state: 'ordered' | 'held' | 'settled' | 'refused' | 'voided';
  readonly hold?: HoldTerms;
  /** What opened the hold; known once it settled. */
  readonly preimage?: string;
  /** How often the issuer was asked after the hold. */
  readonly looks?: number;
  readonly call?: string;
  readonly fee?: Amount;
  /** The issuer's receipt, kept for good. */
  readonly receipt?: string;
  /** Why it was refused, or why its answer could not be taken. */
  readonly problem?: Problem;
}

/** The lock and the end of a hold (protocol 3): 32 bytes in base64url, Unix seconds by the issuer's clock. */
export interface HoldTerms {
  readonly sha256: string;
  readonly expires: Seconds;
}

/**
 * A hold for this peer: `seen` on a receipt, `held` by the issuer's own word, then `settled` or `voided`.
 * What it asked of the issuer stands in `asked` until that is answered.
 */
export interface IncomingHold extends HoldKey {
  readonly amount: Amount;
  readonly transactionId: string;
  readonly hold: HoldTerms;
  readonly text: string;
  readonly at: Milliseconds;
  readonly state: 'seen' | 'held' | 'settled' | 'voided';
  readonly asked?: 'claim' | 'release';
  /** Where its money comes from in the books once it settles. */
  readonly counter?: Counter;
  readonly looks: number;
}

/** A receipt of money that came in, credited once. Kept for good. */
export interface CreditedReceipt {
  readonly currency: CurrencyId;
  readonly payer: PeerId;
  readonly order: string;
  readonly text: string;
  readonly receipt: Receipt;
  readonly at: Milliseconds;
}

export const currencies = collection<KnownCurrency>()('wallet-currencies', ['currency']);
export const orders = collection<WalletOrder>()('wallet-orders', ['currency', 'order'], {
  at: ['currency', 'at'],
  state: ['currency', 'state'],
});
export const incoming = collection<IncomingHold>()(
  'wallet-incoming-holds',
  ['currency', 'payer', 'order'],
  { state: ['currency', 'state'] },
);
export const credited = collection<CreditedReceipt>()('wallet-receipts', [
  'currency',
  'payer',
  'order',
]);

type Reader = Pick<Context, 'tx' | 'self' | 'settings'>;

/** Whether this wallet follows the currency, or issues it. */
export function knowsCurrency(ctx: Reader, currency: CurrencyId): boolean {
  return currency === ctx.self
    ? ctx.settings.issues !== undefined
    : followedCurrency(ctx, currency) !== undefined;
}

/** What is known of another's currency; undefined where the wallet does not follow it, or not any more. */
export function followedCurrency(
  ctx: Pick<Context, 'tx'>,
  currency: CurrencyId,
): KnownCurrency | undefined {
  const known = ctx.tx.get(currencies, currency);
  return known?.forgotten ? undefined : known;
}

/** Whether it was followed once, and is not any more. */
export function isForgotten(ctx: Pick<Context, 'tx'>, currency: CurrencyId): boolean {
  return ctx.tx.get(currencies, currency)?.forgotten ?? false;
}

/** Where a currency's issuer answers; undefined where the wallet does not know the currency. */
export function issuerEndpoints(ctx: Reader, currency: CurrencyId): readonly string[] | undefined {
  return currency === ctx.self
    ? ctx.settings.endpoints
    : ctx.tx.get(currencies, currency)?.endpoints;
}

/** Whether the currency's issuer holds money until a payee shows a preimage (protocol 3). */
export function supportsHolds(ctx: Reader, currency: CurrencyId): boolean {
  return currency === ctx.self
    ? ctx.settings.issues !== undefined
    : (ctx.tx.get(currencies, currency)?.terms?.features.includes('holds') ?? false);
}

export function updateCurrency(
  ctx: Context,
  currency: CurrencyId,
  changes: Partial<KnownCurrency>,
): void {
  const known = ctx.tx.get(currencies, currency);
  if (known) ctx.tx.put(currencies, { ...known, ...changes });
}

export function tellMoney(ctx: Context, currency: CurrencyId, cause: string): void {
  ctx.effect({ kind: 'event', event: { type: 'money', currency, cause } });
}

/** What the schedule takes of a payment; the largest amount where it cannot be told in one. */
export function feeOf(value: Amount, schedule: FeeSchedule): Amount {
  try {
    return share(value, schedule);
  } catch (error) {
    if (error instanceof SoukError) return Number.MAX_SAFE_INTEGER as Amount;
    throw error;
  }
}
