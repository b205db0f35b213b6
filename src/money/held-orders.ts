import { post } from '../books/index.ts';
import type { Opened } from '../identity/index.ts';
import { type Context, clearTimer, type HoldKey, setTimer, withdrawCall } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';
import type { LedgerStep } from './ledger-state.ts';
import type { MoneyRules } from './rules.ts';
import { orderCause, orderFrom, reservation, tellHold } from './settlement.ts';
import { orders, tellMoney, updateCurrency, type WalletOrder } from './wallet-state.ts';

/** Booking the holds that this peer pays (docs/books.md): bound, and given back. Settling is any order's. */

const lookMsMin = 1_000;
const lookMsMax = 30_000;

/**
 * The issuer has bound an order's money: from now on it is asked after the hold until that is closed. An
 * order that the wallet does not remember gets its purpose from `rules`.
 */
export function takeHeld(
  ctx: Context,
  { payload, text }: Opened<Receipt>,
  rules?: MoneyRules,
): void {
  const { iss: currency, order, amount, fee } = payload;
  const known = ctx.tx.get(orders, currency, order);
  if (known && known.state !== 'ordered' && known.state !== 'refused') return;
  const { problem: _, ...before } = known ?? orderFrom(ctx, payload, rules);
  const held: WalletOrder = { ...before, state: 'held', fee, receipt: text, looks: 0 };
  ctx.tx.put(orders, held);
  const { account, amount: reserved } = known
    ? reservation(known)
    : { account: 'assets:ordered' as const, amount: 0 };
  post(ctx, currency, orderCause('payment-out', held, 'Held until the payee shows the preimage.'), [
    { account, amount: -reserved },
    { account: 'assets:balance', amount: reserved - amount - fee },
    { account: 'assets:held', amount: amount + fee },
  ]);
  if (known?.call !== undefined) withdrawCall(ctx, known.call);
  updateCurrency(ctx, currency, { quiet: false });
  lookLater(ctx, { currency, payer: ctx.self, order }, 0);
  tellHold(ctx, held, 'held');
  tellMoney(ctx, currency, 'payment-out');
}

/** The hold is void at the issuer: its money is free again. */
export function takeVoided(ctx: Context, known: WalletOrder): void {
  const { currency, order } = known;
  const { account, amount } = reservation(known);
  const voided: WalletOrder = { ...known, state: 'voided' };
  ctx.tx.put(orders, voided);
  post(ctx, currency, orderCause('payment-out', known, 'The hold went back.'), [
    { account, amount: -amount },
    { account: 'assets:balance', amount },
  ]);
  if (known.call !== undefined) withdrawCall(ctx, known.call);
  clearTimer(ctx, lookTimer({ currency, payer: ctx.self, order }));
  updateCurrency(ctx, currency, { quiet: false });
  tellHold(ctx, voided, 'voided');
  tellMoney(ctx, currency, 'payment-out');
  if (amount > 0) ctx.fact({ kind: 'funds', currency });
}

/** A hold in the own currency creates its money when it begins, and destroys it when it goes back. */
export function bookOwnHold(
  ctx: Context,
  { step, receipt }: LedgerStep,
  text: string,
  known: WalletOrder | undefined,
): void {
  const { payee: peer, order: reference, amount } = receipt;
  const began = step === 'held';
  const reason = began ? 'Issued into a hold.' : 'The hold went back.';
  const kind = began ? 'issued' : 'destroyed';
  post(ctx, ctx.self, known ? orderCause(kind, known, reason) : { kind, peer, reference, reason }, [
    { account: 'equity:issuance', amount: began ? -amount : amount },
    { account: 'assets:held', amount: began ? amount : -amount },
  ]);
  if (known) {
    const state = began ? 'held' : 'voided';
    const now: WalletOrder = { ...known, state, fee: receipt.fee, receipt: text };
    ctx.tx.put(orders, now);
    tellHold(ctx, now, state);
  }
  tellMoney(ctx, ctx.self, kind);
}

/** Plans the next question after a hold: soon at first, every half minute in the end. */
export function lookLater(ctx: Context, hold: HoldKey, looks: number): void {
  lookAt(ctx, hold, ctx.now + Math.min(lookMsMax, lookMsMin * 2 ** Math.min(looks, 10)));
}

export function lookAt(ctx: Context, { currency, payer, order }: HoldKey, at: Milliseconds): void {
  const timer = { kind: 'hold-look', currency, payer, order } as const;
  setTimer(ctx, lookTimer(timer), at, timer);
}

export function lookTimer({ currency, payer, order }: HoldKey): string {
  return `hold-look ${currency} ${payer} ${order}`;
}
