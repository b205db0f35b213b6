import { base64urlnopad } from '@scure/base';
import type * as z from 'zod';
import type { Opened } from '../identity/index.ts';
import { type Context, callOnce, type HoldKey, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { problem } from '../problem.ts';
import { answers, type Receipt, receiptStatement } from '../protocol/index.ts';
import { creditReceipt } from './credit.ts';
import { lookLater, takeHeld, takeVoided } from './held-orders.ts';
import { closeIncoming, confirmIncoming, incomingHold } from './incoming-state.ts';
import { doubt, fits } from './orders.ts';
import type { MoneyRules } from './rules.ts';
import { settleByReceipt } from './settlement.ts';
import { currencies, incoming, orders, type WalletOrder } from './wallet-state.ts';

type State = z.output<typeof answers.order>;

/**
 * Asks the issuer how a hold stands, and plans to ask again, until it is closed: a payer learns in this way
 * that it settled, and the preimage. Holds in the own currency are told by the ledger itself.
 */
export function lookAtHold(ctx: Context, hold: HoldKey): void {
  const { currency, payer, order } = hold;
  const looks = countLook(ctx, hold);
  const known = ctx.tx.get(currencies, currency);
  if (looks === undefined || !known) return;
  lookLater(ctx, hold, looks);
  callOnce(ctx, {
    to: { peer: currency, endpoints: known.endpoints },
    request: { route: 'order', params: { jti: order } },
    purpose: { kind: 'hold-state', currency, payer, order },
    timeoutMs: requestTimeoutMs,
  });
}

/** How often an open hold was looked at before; undefined for one that is closed, or not known. */
function countLook(ctx: Context, hold: HoldKey): number | undefined {
  if (hold.payer === ctx.self) {
    const order = ctx.tx.get(orders, hold.currency, hold.order);
    if (!order?.hold || order.state === 'settled' || order.state === 'voided') return undefined;
    const looks = order.looks ?? 0;
    ctx.tx.put(orders, { ...order, looks: looks + 1 });
    return looks;
  }
  const known = incomingHold(ctx, hold);
  if (!known || known.state === 'settled' || known.state === 'voided') return undefined;
  ctx.tx.put(incoming, { ...known, looks: known.looks + 1 });
  return known.looks;
}

/** The issuer's word on a hold. What proves nothing is asked again. */
export function takeHoldState(
  ctx: Context,
  hold: HoldKey,
  outcome: Outcome,
  rules: MoneyRules,
): void {
  const parsed = outcome.kind === 'answered' ? answers.order.safeParse(outcome.body) : undefined;
  if (!parsed?.success) return;
  const opened =
    parsed.data.receipt === undefined ? undefined : ctx.open(receiptStatement, parsed.data.receipt);
  const receipt = opened?.ok ? opened.value : undefined;
  if (hold.payer === ctx.self) takeOutgoing(ctx, hold, parsed.data, receipt, rules);
  else takeIncoming(ctx, hold, parsed.data, receipt, rules);
}

function takeOutgoing(
  ctx: Context,
  { currency, order }: HoldKey,
  { state, preimage }: State,
  receipt: Opened<Receipt> | undefined,
  rules: MoneyRules,
): void {
  const known = ctx.tx.get(orders, currency, order);
  if (!known?.hold || known.state === 'settled' || known.state === 'voided') return;
  if (state === 'voided') return takeVoided(ctx, known);
  const proven = receipt && fits(ctx, known, receipt.payload) && receipt.payload.state === state;
  if (proven && state === 'held') takeHeld(ctx, receipt);
  else if (proven && preimage !== undefined && opens(ctx, known, preimage)) {
    settleByReceipt(ctx, receipt, rules, preimage);
  } else {
    doubt(ctx, known, problem('bad-statement', 'It shows no receipt and preimage of this hold.'));
  }
}

function opens(ctx: Context, { hold }: WalletOrder, preimage: string): boolean {
  return hold?.sha256 === base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage)));
}

function takeIncoming(
  ctx: Context,
  key: HoldKey,
  { state }: State,
  receipt: Opened<Receipt> | undefined,
  rules: MoneyRules,
): void {
  const known = incomingHold(ctx, key);
  if (!known) return;
  if (state === 'voided') return closeIncoming(ctx, key, 'voided');
  const payload = receipt?.payload;
  const proven =
    payload?.iss === key.currency &&
    payload.payer === key.payer &&
    payload.payee === ctx.self &&
    payload.order === key.order &&
    payload.amount === known.amount &&
    payload.state === state;
  if (!receipt || !proven) return;
  if (state === 'held') confirmIncoming(ctx, known);
  else creditReceipt(ctx, receipt, rules.incoming(ctx, receipt.payload));
}
