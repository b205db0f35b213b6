import { type Amount, add, amount, subtract, zero } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/**
 * What the issuer of a currency keeps (protocol 3): accounts, the supply, transfers and receipts. At
 * every instant issued − destroyed = the sum of all balances + the sum of all that is held.
 */

/** A row from public key to amount. The issuer's own has no balance; its `held` is money of its open holds. */
export interface LedgerAccount {
  readonly account: PeerId;
  readonly balance: Amount;
  /** Bound in holds that this account pays, fees included. */
  readonly held: Amount;
}

export type TransferState = 'held' | 'settled' | 'voided';

/** An order that was carried out. Refused orders leave no trace. */
export interface Transfer {
  readonly payer: PeerId;
  /** The order's `jti`, the payer's request id. */
  readonly order: string;
  readonly payee: PeerId;
  readonly amount: Amount;
  readonly fee: Amount;
  readonly state: TransferState;
  /** The signed order: the issuer's evidence, and what a repeat is compared with. */
  readonly text: string;
  readonly at: Milliseconds;
  /** The sequence of the receipt that the order was answered with, and of the newest one. */
  readonly receipt: number;
  readonly newest: number;
  readonly hold?: { readonly sha256: string; readonly expires: number };
  readonly preimage?: string;
}

export interface StoredReceipt {
  readonly sequence: number;
  readonly payer: PeerId;
  readonly payee: PeerId;
  readonly payload: Receipt;
}

/** A step of a transfer, told once to the issuer's books in the transaction that makes it. */
export interface LedgerStep {
  readonly transfer: Transfer;
  /** The transfer settled, its money was bound, or what was bound went back to the payer. */
  readonly step: 'settled' | 'held' | 'voided';
  /** It was held before it settled. */
  readonly wasHeld: boolean;
  readonly receipt: Receipt;
}
export type LedgerWatch = (ctx: Context, step: LedgerStep) => void;

interface Supply {
  readonly id: 'supply';
  readonly issued: Amount;
  readonly destroyed: Amount;
  /** Of the newest receipt: one count for all accounts. */
  readonly sequence: number;
}

export const accounts = collection<LedgerAccount>()('ledger-accounts', ['account']);
export const transfers = collection<Transfer>()('ledger-transfers', ['payer', 'order'], {
  payee: ['payee', 'order'],
});
export const receipts = collection<StoredReceipt>()('ledger-receipts', ['sequence'], {
  payee: ['payee', 'sequence'],
  payer: ['payer', 'sequence'],
});
const supplies = collection<Supply>()('ledger-supply', ['id']);

type Reader = Pick<Context, 'tx'>;

export function supplyOf(ctx: Reader): Supply {
  return (
    ctx.tx.get(supplies, 'supply') ?? { id: 'supply', issued: zero, destroyed: zero, sequence: 0 }
  );
}

export function accountOf(ctx: Reader, account: PeerId): LedgerAccount {
  return ctx.tx.get(accounts, account) ?? { account, balance: zero, held: zero };
}

/** Takes `sum` from the payer; from the issuer it takes what it creates by that. Funds were checked. */
export function withdraw(ctx: Context, payer: PeerId, sum: Amount): void {
  if (payer === ctx.self) {
    const supply = supplyOf(ctx);
    ctx.tx.put(supplies, { ...supply, issued: add(supply.issued, sum) });
    return;
  }
  const account = accountOf(ctx, payer);
  ctx.tx.put(accounts, { ...account, balance: subtract(account.balance, sum) });
}

/** Gives `sum` to the payee; what the issuer is given is destroyed by that. */
export function deposit(ctx: Context, payee: PeerId, sum: Amount): void {
  if (payee === ctx.self) {
    destroy(ctx, sum);
    return;
  }
  const account = accountOf(ctx, payee);
  ctx.tx.put(accounts, { ...account, balance: add(account.balance, sum) });
}

export function destroy(ctx: Context, sum: Amount): void {
  const supply = supplyOf(ctx);
  ctx.tx.put(supplies, { ...supply, destroyed: add(supply.destroyed, sum) });
}

/** Adds to what the payer's open holds bind; a negative `change` frees. */
export function bind(ctx: Context, payer: PeerId, change: number): void {
  const account = accountOf(ctx, payer);
  ctx.tx.put(accounts, { ...account, held: amount(account.held + change) });
}

/** Files a receipt under the next sequence. */
export function fileReceipt(ctx: Context, payload: Omit<Receipt, 'sequence'>): Receipt {
  const supply = supplyOf(ctx);
  const sequence = supply.sequence + 1;
  const receipt: Receipt = { ...payload, sequence };
  ctx.tx.put(supplies, { ...supply, sequence });
  ctx.tx.put(receipts, {
    sequence,
    payer: receipt.payer,
    payee: receipt.payee,
    payload: receipt,
  });
  return receipt;
}

export function receiptAt(ctx: Reader, sequence: number): Receipt {
  const stored = ctx.tx.get(receipts, sequence);
  if (!stored) throw new Error(`The ledger has no receipt ${sequence}.`);
  return stored.payload;
}
