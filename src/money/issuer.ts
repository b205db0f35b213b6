import { post } from '../books/index.ts';
import { draft, type PeerId } from '../identity/index.ts';
import type { Context, Timer } from '../kernel/index.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { creditReceipt } from './credit.ts';
import { bookOwnHold } from './held-orders.ts';
import { closeIncoming, noteIncoming } from './incoming-state.ts';
import { answerLcp, type LcpRequest, onLedgerTimer } from './lcp.ts';
import type { LedgerStep, LedgerWatch } from './ledger-state.ts';
import type { MoneyRules } from './rules.ts';
import { kept, settleOwn } from './settlement.ts';
import { orders } from './wallet-state.ts';

/**
 * Answers a request to this peer as issuer (protocol 3), by an effect `reply` or `refuse`, and keeps the
 * issuer's own books: what it issues, what comes back, what it earns by fees.
 */
export function handleLcp(
  ctx: Context,
  exchange: string,
  from: PeerId,
  request: LcpRequest,
  rules: MoneyRules,
): void {
  answerLcp(ctx, exchange, from, request, issuerBooks(rules));
}

/** The issuer's timers, with the same books. */
export function handleLedgerTimer(
  ctx: Context,
  timer: Extract<Timer, { readonly kind: 'hold-expiry' | 'poll-answer' }>,
  rules: MoneyRules,
): void {
  onLedgerTimer(ctx, timer, issuerBooks(rules));
}

/** So that `equity:issuance` is, at every instant, the negative of what exists of the own currency. */
export function issuerBooks(rules: MoneyRules): LedgerWatch {
  return (ctx, done) => {
    const { step, receipt } = done;
    if (step === 'settled') bookFee(ctx, receipt);
    if (receipt.payer === ctx.self) bookOutgoing(ctx, done, rules);
    else if (receipt.payee === ctx.self) bookIncoming(ctx, done, rules);
  };
}

/** Every fee is destroyed: the issuer owes that much less, which is its income (§1). */
function bookFee(ctx: Context, { payer, order, fee }: Receipt): void {
  const cause = {
    kind: 'transfer-fee',
    peer: payer,
    reference: order,
    reason: 'The fee of a transfer in your currency.',
  } as const;
  post(ctx, ctx.self, cause, [
    { account: 'equity:issuance', amount: fee },
    { account: 'income:transfer-fees', amount: -fee },
  ]);
}

function bookOutgoing(ctx: Context, done: LedgerStep, rules: MoneyRules): void {
  const { step, receipt, wasHeld, transfer } = done;
  const known = ctx.tx.get(orders, ctx.self, receipt.order);
  if (step !== 'settled') return bookOwnHold(ctx, done, textOf(ctx, receipt), known);
  settleOwn(ctx, receipt, { wasHeld, rules, ...kept(known, transfer.preimage) });
}

function bookIncoming(ctx: Context, { step, receipt }: LedgerStep, rules: MoneyRules): void {
  const { payer, order } = receipt;
  if (step === 'voided') return closeIncoming(ctx, { currency: ctx.self, payer, order }, 'voided');
  const opened = { payload: receipt, text: textOf(ctx, receipt) };
  if (step === 'held') noteIncoming(ctx, opened);
  else creditReceipt(ctx, opened, rules.incoming(ctx, receipt));
}

function textOf(ctx: Context, receipt: Receipt): string {
  return ctx.seal(draft(receiptStatement, receipt));
}
