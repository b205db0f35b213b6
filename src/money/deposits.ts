import { balanceOf } from '../books/index.ts';
import type { CurrencyId, Opened } from '../identity/index.ts';
import {
  type Context,
  callOnce,
  callUntilAnswered,
  failureOf,
  isPending,
  type Outcome,
  setTimer,
} from '../kernel/index.ts';
import { depositsPerAnswerMax, depositWaitMsMax, requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type Receipt, receiptStatement } from '../protocol/index.ts';
import { creditReceipt } from './credit.ts';
import { askForTerms } from './currencies.ts';
import { lookAt, takeHeld } from './held-orders.ts';
import { noteIncoming } from './incoming-state.ts';
import { fits } from './orders.ts';
import type { MoneyRules } from './rules.ts';
import { settleByReceipt } from './settlement.ts';
import {
  currencies,
  followedCurrency,
  type KnownCurrency,
  orders,
  updateCurrency,
} from './wallet-state.ts';

const retryMsMin = 1_000;
const retryMsMax = 60_000;
/** Past the time limit of a query by so much, its outcome was lost here: no commit took it in. */
const lostAfterMs = 10_000;

/** Asks for deposits: waiting once the issuer is known to answer, at once before that. */
export function poll(ctx: Context, currency: CurrencyId): void {
  const known = followedCurrency(ctx, currency);
  if (!known) return;
  if (!known.terms) askForTerms(ctx, currency);
  const waitMs = known.state === 'ready' ? depositWaitMsMax : 0;
  const call = callOnce(ctx, {
    to: { peer: currency, endpoints: known.endpoints },
    request: { route: 'deposits', search: { after: known.depositCursor, waitMs } },
    purpose: { kind: 'deposits', currency },
    timeoutMs: waitMs + requestTimeoutMs,
  });
  const ordered = ctx.tx.scan(orders, { by: 'state', prefix: [currency, 'ordered'], limit: 1 });
  updateCurrency(ctx, currency, {
    poll: { call, at: ctx.now, waitMs },
    quiet: ordered.length === 0,
  });
  wakeAt(ctx, currency, ctx.now + waitMs + requestTimeoutMs + lostAfterMs);
}

/**
 * The answer to a deposit query: credits what is new, compares the balance where nothing else moved
 * since it was asked, and asks on; later where the issuer was not reached or answers too fast.
 */
export function takeDeposits(
  ctx: Context,
  { id, currency }: { readonly id: string; readonly currency: CurrencyId },
  outcome: Outcome,
  rules: MoneyRules,
): void {
  const known = ctx.tx.get(currencies, currency);
  if (!known?.poll || known.poll.call !== id) return;
  const parsed = outcome.kind === 'answered' ? answers.deposits.safeParse(outcome.body) : undefined;
  if (!parsed?.success) {
    const why =
      outcome.kind === 'answered'
        ? problem('bad-request', "The issuer's answer is not well formed.")
        : failureOf(outcome);
    retryLater(ctx, known, why);
    return;
  }
  const { deposits, balance, held, sequence } = parsed.data;
  const cursor = takeReceipts(ctx, currency, deposits, (receipt) => {
    if (receipt.payload.payee !== ctx.self) return false;
    if (receipt.payload.state === 'settled') {
      creditReceipt(ctx, receipt, rules.incoming(ctx, receipt.payload));
    } else noteIncoming(ctx, receipt);
    return true;
  });
  const depositCursor = Math.max(known.depositCursor, cursor, deposits.length > 0 ? sequence : 0);
  const { trouble: _, poll: asked, ...rest } = ctx.tx.get(currencies, currency) ?? known;
  ctx.tx.put(currencies, {
    ...rest,
    depositCursor,
    state: 'ready',
    failures: 0,
    lastSeenAt: ctx.now,
  });
  if (known.quiet && deposits.length < depositsPerAnswerMax) {
    compare(ctx, currency, { balance, held });
  }
  const idle = depositCursor === known.depositCursor && (asked?.waitMs ?? 0) > 0;
  // An issuer that neither waits nor has anything new must not keep this peer busy.
  if (idle && ctx.now - (asked?.at ?? 0) < retryMsMin) wakeAt(ctx, currency, ctx.now + retryMsMin);
  else poll(ctx, currency);
}

/** Asks which of this peer's own orders happened since it last asked, once at a time. */
export function askForOrders(ctx: Context, currency: CurrencyId): void {
  const known = followedCurrency(ctx, currency);
  if (!known || (known.ordersCall !== undefined && isPending(ctx, known.ordersCall))) return;
  const ordersCall = callUntilAnswered(ctx, {
    to: { peer: currency, endpoints: known.endpoints },
    request: { route: 'orders', search: { after: known.ordersCursor } },
    purpose: { kind: 'orders-since', currency },
    timeoutMs: requestTimeoutMs,
  });
  updateCurrency(ctx, currency, { ordersCall });
}

/** The receipts of own orders: those that the books do not know yet are booked. */
export function takeOrdersSince(
  ctx: Context,
  currency: CurrencyId,
  outcome: Exclude<Outcome, { kind: 'unreachable' }>,
  rules: MoneyRules,
): void {
  const known = ctx.tx.get(currencies, currency);
  // A refusal means an issuer without this addition to the protocol: there is nothing to learn from it.
  const parsed = outcome.kind === 'answered' ? answers.orders.safeParse(outcome.body) : undefined;
  if (!known || !parsed?.success) return;
  const cursor = takeReceipts(ctx, currency, parsed.data.transfers, (receipt) => {
    const { payload } = receipt;
    if (payload.payer !== ctx.self) return false;
    const order = ctx.tx.get(orders, currency, payload.order);
    if (order && order.state !== 'settled' && !fits(ctx, order, payload)) return false;
    if (payload.hold) {
      // How the hold ended, and by what, the issuer is asked.
      if (payload.state === 'held') takeHeld(ctx, receipt, rules);
      else lookAt(ctx, { currency, payer: ctx.self, order: payload.order }, ctx.now);
      return true;
    }
    settleByReceipt(ctx, receipt, rules);
    return true;
  });
  if (cursor <= known.ordersCursor) return;
  updateCurrency(ctx, currency, { ordersCursor: cursor });
  if (parsed.data.transfers.length >= depositsPerAnswerMax) askForOrders(ctx, currency);
}

/** Opens each receipt and takes it in; tells of those that prove nothing. Returns the highest sequence. */
function takeReceipts(
  ctx: Context,
  currency: CurrencyId,
  texts: readonly string[],
  take: (receipt: Opened<Receipt>) => boolean,
): number {
  let highest = 0;
  for (const text of texts) {
    const opened = ctx.open(receiptStatement, text);
    if (opened.ok && opened.value.payload.iss === currency && take(opened.value)) {
      highest = Math.max(highest, opened.value.payload.sequence);
    } else {
      tell(ctx, currency, 'The issuer sent a receipt that proves no transfer of yours.');
    }
  }
  return highest;
}

/** A difference is looked into once, by asking for the orders, then told; it is never adopted. */
function compare(
  ctx: Context,
  currency: CurrencyId,
  { balance, held }: { readonly balance: KnownBalance; readonly held: KnownBalance },
): void {
  const known = ctx.tx.get(currencies, currency);
  if (!known || (known.ordersCall !== undefined && isPending(ctx, known.ordersCall))) return;
  const books = balanceOf(ctx, currency, 'assets:balance');
  // A hold went back and is not known to have: it is asked after.
  if (held < balanceOf(ctx, currency, 'assets:held')) return lookAtHeld(ctx, currency);
  if (books === balance) {
    const { discrepancy: _, ...rest } = known;
    ctx.tx.put(currencies, { ...rest, rechecked: false });
  } else if (!known.rechecked) {
    updateCurrency(ctx, currency, { rechecked: true });
    askForOrders(ctx, currency);
  } else if (known.discrepancy?.books !== books || known.discrepancy.issuer !== balance) {
    const since = known.discrepancy?.since ?? ctx.now;
    updateCurrency(ctx, currency, { discrepancy: { books, issuer: balance, since } });
    tell(ctx, currency, `The issuer says ${balance}, your books say ${books}.`);
  }
}

function lookAtHeld(ctx: Context, currency: CurrencyId): void {
  const held = ctx.tx.scan(orders, { by: 'state', prefix: [currency, 'held'] });
  for (const { order } of held) lookAt(ctx, { currency, payer: ctx.self, order }, ctx.now);
}

type KnownBalance = NonNullable<KnownCurrency['discrepancy']>['issuer'];

function retryLater(ctx: Context, known: KnownCurrency, trouble: Problem): void {
  const backoffMs = Math.min(retryMsMax, retryMsMin * 2 ** Math.min(known.failures, 10));
  const jitter = (ctx.chance.bytes(1)[0] ?? 0) / 255;
  const { poll: _, ...rest } = known;
  ctx.tx.put(currencies, { ...rest, state: 'trouble', trouble, failures: known.failures + 1 });
  wakeAt(ctx, known.currency, ctx.now + Math.round(backoffMs * (0.5 + jitter / 2)));
}

function wakeAt(ctx: Context, currency: CurrencyId, at: number): void {
  setTimer(ctx, `deposits ${currency}`, at, { kind: 'poll-deposits', currency });
}

function tell(ctx: Context, currency: CurrencyId, detail: string): void {
  ctx.effect({ kind: 'event', event: { type: 'discrepancy', peer: currency, currency, detail } });
}
