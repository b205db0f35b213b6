import {
  type Account,
  type Cause,
  type CauseKind,
  inTransit,
  type Posting,
  post,
} from '../books/index.ts';
import { draft, type Opened } from '../identity/index.ts';
import { type Context, type PaymentPurpose, withdrawCall } from '../kernel/index.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import type { MoneyRules } from './rules.ts';
import { orders, tellMoney, updateCurrency, type WalletOrder } from './wallet-state.ts';

/** Booking what the issuer did with this peer's orders (docs/books.md). */

/** What an order's money is booked on once it left. */
function purposeAccount(purpose: PaymentPurpose): Account {
  switch (purpose.kind) {
    case 'tab':
      return inTransit(purpose.peer);
    case 'gift':
      return 'expense:gifts';
    case 'hold':
      return purpose.account;
  }
}

/** What stands reserved for an order, and where. */
export function reservation({ state, amount, maxFee, fee }: WalletOrder): Posting {
  if (state === 'ordered') return { account: 'assets:ordered', amount: amount + maxFee };
  return { account: 'assets:held', amount: state === 'held' ? amount + (fee ?? maxFee) : 0 };
}

export function orderCause(
  kind: CauseKind,
  order: Pick<WalletOrder, 'order' | 'payee' | 'purpose'>,
  reason: string,
): Cause {
  const { purpose } = order;
  if (purpose.kind !== 'hold') {
    const peer = purpose.kind === 'tab' ? purpose.peer : order.payee;
    return { kind, peer, reference: order.order, reason };
  }
  const { peer, reference, deal } = purpose;
  return { kind, peer, reference, reason, ...(deal === undefined ? {} : { deal }) };
}

/**
 * Takes the receipt of one of this peer's orders in, once, whichever answer brings it: that to the
 * order, or that to the question which orders happened. A refused order that the issuer carried out
 * after all is paid from the balance; one that the wallet does not remember gets its purpose from `rules`.
 */
export function settleByReceipt(
  ctx: Context,
  receipt: Opened<Receipt>,
  rules: MoneyRules,
  preimage?: string,
): void {
  const { iss: currency, order, amount, fee } = receipt.payload;
  const known = ctx.tx.get(orders, currency, order);
  if (known?.state === 'settled') return;
  const { account, amount: reserved } = known ? reservation(known) : nothing;
  const settled = settledOrder(ctx, receipt, { rules, ...kept(known, preimage) });
  const cause = orderCause(kindOf('payment-out', settled), settled, whatFor(settled.purpose));
  post(ctx, currency, cause, [
    { account, amount: -reserved },
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
  { wasHeld, ...remembered }: OwnSettlement,
): void {
  const receipt = { payload, text: ctx.seal(draft(receiptStatement, payload)) };
  const settled = settledOrder(ctx, receipt, remembered);
  const cause = orderCause(kindOf('issued', settled), settled, whatFor(settled.purpose));
  post(ctx, ctx.self, cause, [
    { account: wasHeld ? 'assets:held' : 'equity:issuance', amount: -payload.amount },
    { account: purposeAccount(settled.purpose), amount: payload.amount },
  ]);
  tellPaid(ctx, settled, receipt, cause);
}

interface Remembered {
  readonly known?: WalletOrder;
  readonly preimage?: string;
  readonly rules?: MoneyRules;
}

interface OwnSettlement extends Remembered {
  readonly wasHeld: boolean;
}

const nothing: Posting = { account: 'assets:ordered', amount: 0 };

export function kept(known: WalletOrder | undefined, preimage: string | undefined): Remembered {
  return { ...(known && { known }), ...(preimage !== undefined && { preimage }) };
}

function settledOrder(
  ctx: Context,
  { payload, text }: Opened<Receipt>,
  { known, preimage, rules }: Remembered,
): WalletOrder {
  const { problem: _, ...order } = known ?? orderFrom(ctx, payload, rules);
  const settled: WalletOrder = {
    ...order,
    state: 'settled',
    fee: payload.fee,
    receipt: text,
    ...(preimage === undefined ? {} : { preimage }),
  };
  ctx.tx.put(orders, settled);
  return settled;
}

/** An order that the wallet does not remember, as after a restore from a backup. */
export function orderFrom(
  ctx: Context,
  payload: Receipt,
  rules: MoneyRules | undefined,
): Omit<WalletOrder, 'state'> {
  const { hold } = payload;
  return {
    currency: payload.iss,
    order: payload.order,
    payee: payload.payee,
    amount: payload.amount,
    maxFee: payload.fee,
    transactionId: payload.transactionId,
    purpose: rules?.outgoing(ctx, payload) ?? { kind: 'gift', note: payload.transactionId },
    at: ctx.now,
    ...(hold && { hold }),
  };
}

function tellPaid(ctx: Context, order: WalletOrder, receipt: Opened<Receipt>, cause: Cause): void {
  ctx.fact({ kind: 'paid', purpose: order.purpose, order: order.order, receipt });
  if (order.hold) tellHold(ctx, order, 'settled');
  tellMoney(ctx, order.currency, cause.kind);
}

/** Tells the part that ordered a hold what has become of it. */
export function tellHold(
  ctx: Context,
  { purpose, currency, order, preimage }: WalletOrder,
  state: 'held' | 'settled' | 'voided',
): void {
  const shown = preimage === undefined ? {} : { preimage };
  ctx.fact({ kind: 'hold-out', state, purpose, currency, order, ...shown });
}

function kindOf(usual: CauseKind, { purpose }: WalletOrder): CauseKind {
  if (purpose.kind !== 'hold') return usual;
  return purpose.use === 'exchange' ? 'exchange' : 'bought';
}

function whatFor(purpose: PaymentPurpose): string {
  switch (purpose.kind) {
    case 'tab':
      return 'Paid on the tab.';
    case 'gift':
      return purpose.note || 'A gift.';
    case 'hold':
      return purpose.use === 'exchange' ? 'Given in an exchange.' : 'Paid for a delivery.';
  }
}
