import { type Account, type Cause, type CauseKind, inTransit, post } from '../books/index.ts';
import { draft, type Opened } from '../identity/index.ts';
import { type Context, type PaymentPurpose, withdrawCall } from '../kernel/index.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { tellMoney } from './credit.ts';
import type { MoneyRules } from './rules.ts';
import { orders, updateCurrency, type WalletOrder } from './wallet-state.ts';

/** Booking what the issuer did with this peer's orders (docs/books.md). */

/** What an order's money is booked on once it left. */
function purposeAccount(purpose: PaymentPurpose): Account {
  return purpose.kind === 'tab' ? inTransit(purpose.peer) : 'expense:gifts';
}

export function orderCause(
  kind: CauseKind,
  order: Pick<WalletOrder, 'order' | 'payee' | 'purpose'>,
  reason: string,
): Cause {
  const peer = order.purpose.kind === 'tab' ? order.purpose.peer : order.payee;
  return { kind, peer, reference: order.order, reason };
}

/**
 * Takes the receipt of one of this peer's orders in, once, whichever answer brings it: that to the
 * order, or that to the question which orders happened. A refused order that the issuer carried out
 * after all is paid from the balance; one that the wallet does not remember gets its purpose from `rules`.
 */
export function settleByReceipt(ctx: Context, receipt: Opened<Receipt>, rules: MoneyRules): void {
  const { iss: currency, order, amount, fee } = receipt.payload;
  const known = ctx.tx.get(orders, currency, order);
  if (known?.state === 'settled') return;
  const reserved = known?.state === 'ordered' ? amount + known.maxFee : 0;
  const settled = settledOrder(ctx, receipt, known, rules);
  const cause = orderCause('payment-out', settled, whatFor(settled.purpose));
  post(ctx, currency, cause, [
    { account: 'assets:ordered', amount: -reserved },
    { account: 'assets:balance', amount: reserved - amount - fee },
    { account: purposeAccount(settled.purpose), amount },
    { account: 'expense:transfer-fees', amount: fee },
  ]);
  if (known?.call !== undefined) withdrawCall(ctx, known.call);
  updateCurrency(ctx, currency, { quiet: false });
  tellPaid(ctx, settled, receipt, cause);
  if (reserved > amount + fee) ctx.fact({ kind: 'funds', currency });
}

/** A payment in the own currency: the issuer's books create it, or release what a hold had bound. */
export function settleOwn(
  ctx: Context,
  payload: Receipt,
  { wasHeld, known, rules }: OwnSettlement,
): void {
  const receipt = { payload, text: ctx.seal(draft(receiptStatement, payload)) };
  const settled = settledOrder(ctx, receipt, known, rules);
  const cause = orderCause('issued', settled, whatFor(settled.purpose));
  post(ctx, ctx.self, cause, [
    { account: wasHeld ? 'assets:held' : 'equity:issuance', amount: -payload.amount },
    { account: purposeAccount(settled.purpose), amount: payload.amount },
  ]);
  tellPaid(ctx, settled, receipt, cause);
}

interface OwnSettlement {
  readonly wasHeld: boolean;
  readonly known?: WalletOrder;
  readonly rules?: MoneyRules;
}

function settledOrder(
  ctx: Context,
  { payload, text }: Opened<Receipt>,
  known: WalletOrder | undefined,
  rules: MoneyRules | undefined,
): WalletOrder {
  const { problem: _, ...kept } = known ?? {
    currency: payload.iss,
    order: payload.order,
    payee: payload.payee,
    amount: payload.amount,
    maxFee: payload.fee,
    transactionId: payload.transactionId,
    purpose: rules?.outgoing(ctx, payload) ?? { kind: 'gift', note: payload.transactionId },
    at: ctx.now,
  };
  const settled: WalletOrder = { ...kept, state: 'settled', fee: payload.fee, receipt: text };
  ctx.tx.put(orders, settled);
  return settled;
}

function tellPaid(ctx: Context, order: WalletOrder, receipt: Opened<Receipt>, cause: Cause): void {
  ctx.fact({ kind: 'paid', purpose: order.purpose, order: order.order, receipt });
  tellMoney(ctx, order.currency, cause.kind);
}

function whatFor(purpose: PaymentPurpose): string {
  return purpose.kind === 'tab' ? 'Paid on the tab.' : purpose.note || 'A gift.';
}
