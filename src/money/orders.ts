import { type Amount, zero } from '../amount.ts';
import { balanceOf, post } from '../books/index.ts';
import { type CurrencyId, draft, type Opened, type PeerId } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  newId,
  type Outcome,
  type PaymentPurpose,
} from '../kernel/index.ts';
import { holdLifetimeSecondsMax, orderLifetimeSeconds, requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import {
  answers,
  type Receipt,
  receiptStatement,
  type TransferOrder,
  transferStatement,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { type Seconds, seconds } from '../time.ts';
import { askForTerms } from './currencies.ts';
import { bookOwnHold, takeHeld } from './held-orders.ts';
import { transfer } from './ledger.ts';
import type { MoneyRules } from './rules.ts';
import { orderCause, settleByReceipt, settleOwn } from './settlement.ts';
import {
  feeOf,
  followedCurrency,
  type HoldTerms,
  type KnownCurrency,
  orders,
  updateCurrency,
  type WalletOrder,
} from './wallet-state.ts';

export interface Payment {
  readonly currency: CurrencyId;
  readonly payee: PeerId;
  readonly amount: Amount;
  /** Made by the payee (protocol 3). */
  readonly transactionId: string;
  readonly purpose: PaymentPurpose;
  /** The order's id, 16 random bytes of the caller's own: said again, it is the same payment. Else a new one is drawn. */
  readonly order?: string;
}

/**
 * Orders a payment (protocol 3): reserves amount and fee, and asks the issuer until it answers, over
 * restarts and for as long as it takes. The order's id makes every repeat the same payment. The answer
 * comes as a fact, `paid` or `payment-failed`; in the own currency it has come when this returns.
 * A problem here means that nothing moved: `bad-request`, `unknown-currency`, `unavailable` (its terms
 * are not known yet), `insufficient-funds` {balance, needed}, `amount-out-of-range`, `order-id-reused` (another
 * payment has this `order`), or what its issuer refused the same `order` by.
 */
export function pay(ctx: Context, payment: Payment): Result<{ readonly order: string }, Problem> {
  return place(ctx, payment);
}

/** A payment that waits for its payee: bound at once, settled by the preimage of its lock in time. */
export interface HeldPayment extends Payment {
  readonly hold: HoldTerms;
  /** From then on the issuer does not begin the hold any more (but for 120 s of skew); its end if not said. */
  readonly beginBy?: Seconds;
}

/**
 * Orders a hold (protocol 3), as `pay` orders a payment, with the same problems. The facts `hold-out` tell
 * that it is held, settled (with the preimage; and `paid`) or void; `payment-failed` that it never began.
 * `bad-request` too where its end is past or more than 7 days away.
 */
export function orderHold(
  ctx: Context,
  payment: HeldPayment,
): Result<{ readonly order: string }, Problem> {
  const now = seconds(ctx.now);
  const { expires } = payment.hold;
  if (expires <= now || expires > now + holdLifetimeSecondsMax) {
    return fail(
      problem('bad-request', `A hold ends within ${holdLifetimeSecondsMax} s from now.`, {
        expires,
      }),
    );
  }
  return place(ctx, payment);
}

type Ordered = Payment & Partial<Pick<HeldPayment, 'hold' | 'beginBy'>>;

function place(ctx: Context, payment: Ordered): Result<{ readonly order: string }, Problem> {
  if (payment.amount < 1 || payment.payee === ctx.self) {
    return fail(problem('bad-request', 'A payment goes to somebody else, and is 1 at least.'));
  }
  const before = payment.order && ctx.tx.get(orders, payment.currency, payment.order);
  if (before) return orderedBefore(before, payment);
  if (payment.currency === ctx.self) return payOwn(ctx, payment);
  const known = followedCurrency(ctx, payment.currency);
  if (!known) return fail(unknownCurrency());
  if (!known.terms) {
    return fail(
      problem('unavailable', "The issuer's terms are not known yet; nothing moved. Try again."),
    );
  }
  const fee = feeOf(payment.amount, known.terms.fee);
  const balance = balanceOf(ctx, payment.currency, 'assets:balance');
  const needed = payment.amount + fee;
  if (needed > balance) {
    return fail(
      problem('insufficient-funds', `You have ${balance}; with its fee this needs ${needed}.`, {
        balance,
        needed,
      }),
    );
  }
  return ok({ order: reserve(ctx, payment, fee, known) });
}

/** Said again, as by a person whose window never heard that it was ordered. */
function orderedBefore(
  { order, payee, amount, problem: refusal, state }: WalletOrder,
  payment: Payment,
): Result<{ readonly order: string }, Problem> {
  if (payee !== payment.payee || amount !== payment.amount) {
    return fail(problem('order-id-reused', 'Another payment has this id; nothing moved.'));
  }
  return state === 'refused' && refusal ? fail(refusal) : ok({ order });
}

export interface Quote {
  readonly fee: Amount;
  /** What leaves the balance: the amount and its fee. */
  readonly total: number;
  readonly balance: number;
}

/** What a payment would cost; in the own currency there is no fee. Problems as in `pay` for its terms. */
export function quote(
  ctx: Pick<Context, 'tx' | 'self'>,
  currency: CurrencyId,
  value: Amount,
): Result<Quote, Problem> {
  const balance = balanceOf(ctx, currency, 'assets:balance');
  if (currency === ctx.self) return ok({ fee: zero, total: value, balance });
  const known = followedCurrency(ctx, currency);
  if (!known) return fail(unknownCurrency());
  if (!known.terms) {
    return fail(problem('unavailable', "The issuer's terms are not known yet; its fee neither."));
  }
  const fee = feeOf(value, known.terms.fee);
  return ok({ fee, total: value + fee, balance });
}

function reserve(ctx: Context, payment: Ordered, maxFee: Amount, known: KnownCurrency): string {
  const payload = orderPayload(ctx, payment, maxFee);
  const { jti: order } = payload;
  const { currency, payee, amount, transactionId, purpose, hold } = payment;
  const cause = orderCause(
    'payment-out',
    { order, payee, purpose },
    'Ordered; the issuer has not answered yet.',
  );
  post(ctx, currency, cause, [
    { account: 'assets:balance', amount: -(amount + maxFee) },
    { account: 'assets:ordered', amount: amount + maxFee },
  ]);
  const call = callUntilAnswered(ctx, {
    to: { peer: currency, endpoints: known.endpoints },
    request: { route: 'transfer', body: { order: draft(transferStatement, payload) } },
    purpose: { kind: 'order', currency, order },
    timeoutMs: requestTimeoutMs,
  });
  ctx.tx.put(orders, {
    currency,
    order,
    payee,
    amount,
    maxFee,
    transactionId,
    purpose,
    at: ctx.now,
    state: 'ordered',
    ...(hold && { hold }),
    call,
  });
  updateCurrency(ctx, currency, { quiet: false });
  return order;
}

/** The own currency needs no network: the ledger is at hand, and issuing is paying. */
function payOwn(ctx: Context, payment: Ordered): Result<{ readonly order: string }, Problem> {
  if (!ctx.settings.issues) return fail(unknownCurrency());
  const payload = orderPayload(ctx, payment, zero);
  const order = { payload, text: ctx.seal(draft(transferStatement, payload)) };
  const known: WalletOrder = {
    currency: ctx.self,
    order: payload.jti,
    payee: payment.payee,
    amount: payment.amount,
    maxFee: zero,
    transactionId: payment.transactionId,
    purpose: payment.purpose,
    at: ctx.now,
    state: 'ordered',
    ...(payment.hold && { hold: payment.hold }),
  };
  const done = transfer(ctx, ctx.self, { order }, (inner, step) => {
    if (step.step === 'settled') settleOwn(inner, step.receipt, { wasHeld: false, known });
    else bookOwnHold(inner, step, inner.seal(draft(receiptStatement, step.receipt)), known);
  });
  return done.ok ? ok({ order: payload.jti }) : done;
}

function orderPayload(ctx: Context, payment: Ordered, maxFee: Amount): TransferOrder {
  const iat = seconds(ctx.now);
  const { hold, beginBy } = payment;
  const end = hold ? Math.min(hold.expires, beginBy ?? hold.expires) : Number.MAX_SAFE_INTEGER;
  return {
    iss: ctx.self,
    iat,
    jti: payment.order ?? newId(ctx.chance),
    aud: payment.currency,
    payee: payment.payee,
    amount: payment.amount,
    transactionId: payment.transactionId,
    maxFee,
    exp: Math.min(iat + orderLifetimeSeconds, end),
    ...(hold && { hold }),
  };
}

/** The issuer's answer to an order. Only a final one counts: the outbox asks again otherwise. */
export function takeOrderAnswer(
  ctx: Context,
  { currency, order }: { readonly currency: CurrencyId; readonly order: string },
  outcome: Exclude<Outcome, { kind: 'unreachable' }>,
  rules: MoneyRules,
): void {
  const known = ctx.tx.get(orders, currency, order);
  if (known?.state !== 'ordered') return;
  if (outcome.kind === 'refused') {
    refuse(ctx, known, outcome.problem);
    return;
  }
  const receipt = receiptOf(ctx, known, outcome.body);
  if (!receipt.ok) doubt(ctx, known, receipt.error);
  else if (known.hold) takeHeld(ctx, receipt.value);
  else settleByReceipt(ctx, receipt.value, rules);
}

/** The issuer will not carry it out: what was reserved is free again. */
function refuse(ctx: Context, order: WalletOrder, refusal: Problem): void {
  const { currency, amount, maxFee, purpose } = order;
  post(ctx, currency, orderCause('payment-out', order, `Refused: ${refusal.detail}`), [
    { account: 'assets:ordered', amount: -(amount + maxFee) },
    { account: 'assets:balance', amount: amount + maxFee },
  ]);
  ctx.tx.put(orders, { ...order, state: 'refused', problem: refusal });
  updateCurrency(ctx, currency, { quiet: false });
  if (refusal.code === 'fee-too-high') askForTerms(ctx, currency);
  ctx.fact({
    kind: 'payment-failed',
    purpose,
    currency,
    order: order.order,
    problem: refusal,
  });
  // Where the issuer has too little or asks for more, the next try would fail in the same way at once.
  if (refusal.code === 'order-expired') ctx.fact({ kind: 'funds', currency });
}

/** Opens the receipt in an issuer's answer and compares it with the order. */
function receiptOf(
  ctx: Context,
  order: WalletOrder,
  body: unknown,
): Result<Opened<Receipt>, Problem> {
  const parsed = answers.transfer.safeParse(body);
  if (!parsed.success) return fail(problem('bad-request', "The issuer's answer has no receipt."));
  const opened = ctx.open(receiptStatement, parsed.data.receipt);
  if (!opened.ok) return opened;
  const { payload } = opened.value;
  // An order with a hold is answered by what it began with, also after it settled.
  return fits(ctx, order, payload) && payload.state === (order.hold ? 'held' : 'settled')
    ? opened
    : fail(problem('bad-statement', 'The receipt is not one of this order.'));
}

/** Whether a receipt is one that the order asked for: settled, or, with a hold, held. */
export function fits(ctx: Pick<Context, 'self'>, order: WalletOrder, receipt: Receipt): boolean {
  return (
    receipt.iss === order.currency &&
    receipt.payer === ctx.self &&
    receipt.payee === order.payee &&
    receipt.amount === order.amount &&
    receipt.fee <= order.maxFee &&
    receipt.transactionId === order.transactionId &&
    receipt.order === order.order &&
    receipt.hold?.sha256 === order.hold?.sha256 &&
    receipt.hold?.expires === order.hold?.expires &&
    (receipt.state === 'settled' || order.hold !== undefined)
  );
}

/** An answer that proves nothing: the money stays reserved, and the person is told. */
export function doubt(ctx: Context, order: WalletOrder, why: Problem): void {
  if (order.problem?.detail === why.detail) return;
  ctx.tx.put(orders, { ...order, problem: why });
  const { currency } = order;
  const detail = `The issuer answered a payment of ${order.amount} without proof: ${why.detail}`;
  ctx.effect({
    kind: 'event',
    event: { type: 'discrepancy', peer: currency, currency, detail },
  });
}

function unknownCurrency(): Problem {
  return problem('unknown-currency', 'The wallet does not know this currency; nothing moved.');
}
