import { draft, type PeerId } from '../identity/index.ts';
import type { Context, Timer } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { type PeerRequest, type Receipt, receiptStatement } from '../protocol/index.ts';
import { ok, type Result } from '../result.ts';
import { expireHold, fulfilHold, voidHold } from './holds.ts';
import { transfer } from './ledger.ts';
import { account, answerPoll, deposits, waitForDeposits } from './ledger-deposits.ts';
import { currencyTerms, noCurrency, order, orders } from './ledger-queries.ts';
import type { LedgerWatch } from './ledger-state.ts';

/** The routes of the issuer's service, `/lcp/v1` (protocol 3). */
const lcpRoutes = [
  'currency',
  'transfer',
  'deposits',
  'account',
  'orders',
  'order',
  'fulfilHold',
  'voidHold',
] as const;
export type LcpRequest = Extract<PeerRequest, { readonly route: (typeof lcpRoutes)[number] }>;

export function isLcpRequest(request: PeerRequest): request is LcpRequest {
  return (lcpRoutes as readonly string[]).includes(request.route);
}

/** Answers a request to the issuer by an effect, now or, for a deposit query that waits, later. */
export function answerLcp(
  ctx: Context,
  exchange: string,
  from: PeerId,
  request: LcpRequest,
  watch: LedgerWatch,
): void {
  if (request.route === 'deposits' && ctx.settings.issues && request.input.waitMs > 0) {
    const { deposits: found } = deposits(ctx, from, request.input);
    if (found.length === 0) {
      waitForDeposits(ctx, exchange, from, request.input);
      return;
    }
  }
  const result = ctx.settings.issues
    ? answerTo(ctx, from, request, watch)
    : { ok: false as const, error: noCurrency() };
  if (result.ok) {
    const status = request.route === 'transfer' ? 201 : 200;
    ctx.effect({ kind: 'reply', exchange, status, body: result.value });
  } else {
    ctx.effect({ kind: 'refuse', exchange, problem: result.error });
  }
}

/** The issuer's timers: a hold that ends, a deposit query that waited long enough. */
export function onLedgerTimer(
  ctx: Context,
  timer: Extract<Timer, { readonly kind: 'hold-expiry' | 'poll-answer' }>,
  watch: LedgerWatch,
): void {
  if (timer.kind === 'hold-expiry') expireHold(ctx, timer.payer, timer.order, watch);
  else answerPoll(ctx, timer.exchange);
}

function answerTo(
  ctx: Context,
  from: PeerId,
  request: LcpRequest,
  watch: LedgerWatch,
): Result<object, Problem> {
  switch (request.route) {
    case 'currency': {
      const terms = currencyTerms(ctx);
      return terms.ok ? ok({ currency: terms.value }) : terms;
    }
    case 'transfer':
      return withReceipt(transfer(ctx, from, request.input, watch));
    case 'deposits':
      return ok(deposits(ctx, from, request.input));
    case 'account':
      return ok(account(ctx, from));
    case 'orders':
      return ok(orders(ctx, from, request.input));
    case 'order':
      return order(ctx, from, request.input);
    case 'fulfilHold':
      return withReceipt(fulfilHold(ctx, from, request.input, watch));
    case 'voidHold':
      return voidHold(ctx, from, request.input, watch);
  }
}

function withReceipt(result: Result<Receipt, Problem>): Result<object, Problem> {
  return result.ok ? ok({ receipt: draft(receiptStatement, result.value) }) : result;
}
