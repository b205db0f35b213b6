import type { Amount } from '../amount.ts';
import { inTransit } from '../books/index.ts';
import type { CurrencyId, Opened, PeerId } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  failureOf,
  type Outcome,
  setTimer,
} from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { addCurrency, knowsCurrency, pay } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type Receipt } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { settleThreshold } from '../settings/index.ts';
import { collection } from '../state/index.ts';
import { forgetExpected, forgetPayment, paymentAmount } from './expected.ts';
import { askForEntries, expectEntry, takeTabView } from './mirror.ts';
import { mirrorOf, mirrorsIn } from './mirror-record.ts';
import { debtTo } from './tab.ts';
import { tabTransactionId, termsIn } from './terms.ts';

/**
 * A payment on a tab under way: `ordered` at the issuer, then `presenting` its receipt to the creditor.
 * There is one at a time for each tab, so that a debt is never paid twice.
 */
interface TabPayment {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly order: string;
  readonly amount: Amount;
  readonly state: 'ordered' | 'presenting';
}

interface PaymentFailure {
  readonly currency: CurrencyId;
  readonly order: string;
  readonly problem: Problem;
}

const payments = collection<TabPayment>()('tabPayments', ['peer', 'currency']);
const retryMs = 30_000;

export function paymentUnderWay(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  currency: CurrencyId,
): TabPayment | undefined {
  return ctx.tx.get(payments, peer, currency);
}

/** Pays what is owed to a peer once it reaches the threshold of the peer's terms (§2). */
export function settleAtThreshold(ctx: Context, peer: PeerId, currency: CurrencyId): void {
  const owed = debtTo(ctx, peer, currency);
  const terms = termsIn(ctx, peer, currency);
  const threshold = terms
    ? Math.min(terms.settleAt, terms.creditLimit)
    : settleThreshold(ctx.settings, ctx.settings.creditLimit);
  if (owed === 0 || owed < threshold || paymentUnderWay(ctx, peer, currency)) return;
  const paid = payTab(ctx, peer, currency, owed);
  if (!paid.ok)
    setTimer(ctx, `settle:${peer}:${currency}`, ctx.now + retryMs, {
      kind: 'settle',
      peer,
      currency,
    });
}

/** Pays what is owed now, at a person's word. `bad-request` where nothing is owed. */
export function settleNow(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
): Result<{ readonly order: string; readonly amount: Amount }, Problem> {
  const owed = debtTo(ctx, peer, currency);
  if (owed === 0) return fail(problem('bad-request', 'Nothing is owed on this tab.'));
  const paid = payTab(ctx, peer, currency, owed);
  return paid.ok ? ok({ order: paid.value.order, amount: owed }) : paid;
}

/**
 * Pays an amount on a peer's tab: a debt, or ahead where the peer gives no credit. One payment at a time:
 * while one is under way `unavailable` says so.
 */
export function payTab(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  due: Amount,
): Result<{ readonly order: string }, Problem> {
  if (paymentUnderWay(ctx, peer, currency)) {
    return fail(problem('unavailable', 'A payment on this tab is under way.'));
  }
  const terms = termsIn(ctx, peer, currency);
  if (!knowsCurrency(ctx, currency)) {
    if (terms) addCurrency(ctx, { currency, endpoints: terms.endpoints });
    return fail(
      problem('unknown-currency', 'The wallet does not know this currency yet; nothing was paid.'),
    );
  }
  const ordered = pay(ctx, {
    currency,
    payee: terms?.payment.payee ?? peer,
    amount: due,
    transactionId: terms?.payment.transactionId ?? tabTransactionId,
    purpose: { kind: 'tab', peer },
  });
  if (!ordered.ok) return ordered;
  // The creditor may enter the payment before the issuer's answer is here.
  expectPayment(ctx, peer, currency, { order: ordered.value.order, amount: due });
  // Where the currency is this peer's own the order is carried out already: its fact comes next.
  ctx.tx.put(payments, {
    peer,
    currency,
    order: ordered.value.order,
    amount: due,
    state: 'ordered',
  });
  return ordered;
}

/** The issuer carried the payment out: its receipt is presented to the creditor until it answers. */
export function presentPayment(ctx: Context, peer: PeerId, receipt: Opened<Receipt>): void {
  const { iss: currency, amount: paid, order } = receipt.payload;
  const known = expectPayment(ctx, peer, currency, { order, amount: paid });
  const other = paymentUnderWay(ctx, peer, currency);
  // A refused order that was carried out after all is presented beside the payment made in its place.
  if (!other || other.order === order) {
    ctx.tx.put(payments, { peer, currency, order, amount: paid, state: 'presenting' });
  }
  callUntilAnswered(ctx, {
    to: { peer, endpoints: known },
    request: { route: 'payTab', params: { currency }, body: { receipt: receipt.text } },
    purpose: { kind: 'tab-payment', peer, currency, order },
    timeoutMs: requestTimeoutMs,
  });
}

/** The payment is about to appear on the tab. Returns where its peer is reached. */
function expectPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { order, amount: paid }: { readonly order: string; readonly amount: Amount },
): readonly string[] {
  const { endpoints } = mirrorOf(ctx, peer, currency);
  const known = endpoints.length > 0 ? endpoints : (ctx.neighbors.get(peer)?.endpoints ?? []);
  expectEntry(ctx, { peer, endpoints: known }, currency, {
    kind: 'payment',
    reference: order,
    amount: paid,
    counter: inTransit(peer),
    cause: { kind: 'payment-out', peer, reference: order, reason: 'Paid on the tab.' },
  });
  return known;
}

/** The order was refused: nothing moved; it is tried again later, or what waits for it is told. */
export function paymentFailed(
  ctx: Context,
  peer: PeerId,
  { currency, order, problem: refusal }: PaymentFailure,
): void {
  if (paymentUnderWay(ctx, peer, currency)?.order === order)
    ctx.tx.remove(payments, peer, currency);
  forgetExpected(ctx, peer, currency, 'payment', order);
  setTimer(ctx, `settle:${peer}:${currency}`, ctx.now + retryMs, {
    kind: 'settle',
    peer,
    currency,
  });
  ctx.fact({ kind: 'tab-payment-failed', peer, currency, problem: refusal });
}

/** The creditor answered the receipt. A refused one stays in transit and is looked for among the tab's entries. */
export function takePaymentAnswer(
  ctx: Context,
  {
    peer,
    currency,
    order,
  }: { readonly peer: PeerId; readonly currency: CurrencyId; readonly order: string },
  outcome: Outcome,
): void {
  const paid = paymentAmount(ctx, peer, currency, order);
  if (paymentUnderWay(ctx, peer, currency)?.order === order)
    ctx.tx.remove(payments, peer, currency);
  const parsed = outcome.kind === 'answered' ? answers.payTab.safeParse(outcome.body) : undefined;
  if (parsed?.success && parsed.data.tab.currency === currency) {
    takeTabView(ctx, peer, parsed.data.tab, {
      kind: 'payment',
      amount: 0 - paid,
      reference: order,
    });
    forgetPayment(ctx, peer, currency, order);
    ctx.fact({ kind: 'tab-paid', peer, currency, amount: paid });
    return;
  }
  askForEntries(ctx, peer, currency);
  const refusal =
    outcome.kind === 'answered'
      ? problem('bad-request', 'The answer was not well formed.')
      : failureOf(outcome);
  ctx.fact({ kind: 'tab-payment-failed', peer, currency, problem: refusal });
}

/** Money came in: debts that waited for it are paid. */
export function settleWaiting(ctx: Context, currency: CurrencyId): void {
  for (const { peer } of mirrorsIn(ctx, currency)) settleAtThreshold(ctx, peer, currency);
}
