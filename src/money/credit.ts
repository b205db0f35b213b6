import { post } from '../books/index.ts';
import type { Opened } from '../identity/index.ts';
import type { Context, HoldKey } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import { closeIncoming, incomingHold } from './incoming-state.ts';
import type { Counter } from './rules.ts';
import { credited, tellMoney, updateCurrency } from './wallet-state.ts';

type ReceiptKey = Pick<Receipt, 'iss' | 'payer' | 'order'>;

/** Whether this receipt has been credited, whichever way it came. */
export function hasReceipt(ctx: Pick<Context, 'tx'>, { iss, payer, order }: ReceiptKey): boolean {
  return ctx.tx.get(credited, iss, payer, order) !== undefined;
}

/** The issuer's receipt of a payment that came in, as it was credited. */
export function creditedReceipt(
  ctx: Pick<Context, 'tx'>,
  { currency, payer, order }: HoldKey,
): string | undefined {
  return ctx.tx.get(credited, currency, payer, order)?.text;
}

/**
 * Credits money that came in, once for each (issuer, payer, order), whether the deposit query or the
 * debtor brings the receipt first (protocol 4). Books it against `counter`, or as a gift; money of the
 * own currency is destroyed by it. Tells the facts `deposited` and `funds`. Throws where the receipt is
 * not a settled payment to this peer: its caller must have refused that.
 */
export function creditReceipt(
  ctx: Context,
  { payload: receipt, text }: Opened<Receipt>,
  counter?: Counter,
): 'credited' | 'already' {
  const { iss: currency, payer, payee, order, amount, state } = receipt;
  if (payee !== ctx.self || state !== 'settled') {
    throw new Error('Only settled payments to this peer can be credited.');
  }
  if (hasReceipt(ctx, receipt)) return 'already';
  ctx.tx.put(credited, { currency, payer, order, text, receipt, at: ctx.now });
  const key = { currency, payer, order };
  const { account, cause } = incomingHold(ctx, key)?.counter ?? counter ?? gift(receipt);
  const own = currency === ctx.self;
  post(ctx, currency, own ? { ...cause, kind: 'destroyed' } : cause, [
    { account: own ? 'equity:issuance' : 'assets:balance', amount },
    { account, amount: -amount },
  ]);
  updateCurrency(ctx, currency, { quiet: false });
  ctx.fact({ kind: 'deposited', currency, receipt, text });
  closeIncoming(ctx, key, 'settled');
  if (!own) ctx.fact({ kind: 'funds', currency });
  tellMoney(ctx, currency, cause.kind);
  return 'credited';
}

function gift({ payer, order, transactionId }: Receipt): Counter {
  return {
    account: 'income:gifts',
    cause: {
      kind: 'payment-in',
      peer: payer,
      reference: order,
      reason: `Came in unasked, marked "${transactionId}".`,
    },
  };
}
