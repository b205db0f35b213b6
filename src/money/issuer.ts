import { post } from '../books/index.ts';
import { draft, type PeerId } from '../identity/index.ts';
import type { Context, Timer } from '../kernel/index.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { creditReceipt } from './credit.ts';
import { answerLcp, type LcpRequest, onLedgerTimer } from './lcp.ts';
import type { LedgerStep, LedgerWatch } from './ledger-state.ts';
import type { MoneyRules } from './rules.ts';
import { settleOwn } from './settlement.ts';
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
function issuerBooks(rules: MoneyRules): LedgerWatch {
  return (ctx, done) => {
    const { step, receipt } = done;
    if (step === 'settled') bookFee(ctx, receipt);
    if (receipt.payer === ctx.self) bookOutgoing(ctx, done, rules);
    else if (receipt.payee === ctx.self && step === 'settled') {
      const text = ctx.seal(draft(receiptStatement, receipt));
      creditReceipt(ctx, { payload: receipt, text }, rules.incoming(ctx, receipt));
    }
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

function bookOutgoing(
  ctx: Context,
  { step, receipt, wasHeld }: LedgerStep,
  rules: MoneyRules,
): void {
  const { payee: peer, order: reference, amount } = receipt;
  if (step === 'settled') {
    const known = ctx.tx.get(orders, ctx.self, reference);
    settleOwn(ctx, receipt, { wasHeld, rules, ...(known ? { known } : {}) });
    return;
  }
  const [kind, bound, reason] =
    step === 'held'
      ? (['issued', amount, 'Issued into a hold.'] as const)
      : (['destroyed', -amount, 'The hold went back.'] as const);
  post(ctx, ctx.self, { kind, peer, reference, reason }, [
    { account: 'equity:issuance', amount: -bound },
    { account: 'assets:held', amount: bound },
  ]);
}
