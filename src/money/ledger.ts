import { type Amount, add, share, zero } from '../amount.ts';
import type { Opened, PeerId } from '../identity/index.ts';
import { type Context, newId } from '../kernel/index.ts';
import { clockSkewSeconds, holdLifetimeSecondsMax, orderLifetimeSeconds } from '../limits.ts';
import { type Problem, problem, SoukError } from '../problem.ts';
import type { Receipt, RequestInput, TransferOrder } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import { bindHold, incomingOf } from './holds.ts';
import { answerWaiting } from './ledger-deposits.ts';
import {
  accountOf,
  deposit,
  destroy,
  fileReceipt,
  type LedgerWatch,
  receiptAt,
  supplyOf,
  type Transfer,
  transfers,
  withdraw,
} from './ledger-state.ts';

/** What the schedule of this peer's currency takes of a payment of `value` by `payer`. */
function transferFee(ctx: Context, payer: PeerId, value: Amount): Amount {
  const { issues } = ctx.settings;
  // The issuer would create its own fee only to destroy it in the same moment.
  return issues === undefined || payer === ctx.self ? zero : share(value, issues.fee);
}

/**
 * Carries out an order (protocol 3, `POST /lcp/v1/transfers`). The same order again gives the same
 * receipt, also past its end; a refused one leaves no trace. Problems: `wrong-audience`,
 * `bad-signature` (not the caller's order), `order-id-reused` (also where the payee has a transfer of this id),
 * `order-expired`, `bad-statement` (an end too far away, payer = payee), `fee-too-high` {fee},
 * `insufficient-funds` {balance, needed}.
 */
export function transfer(
  ctx: Context,
  from: PeerId,
  { order }: RequestInput<'transfer'>,
  watch: LedgerWatch,
): Result<Receipt, Problem> {
  const { payload, text } = order;
  if (payload.aud !== ctx.self) {
    return fail(
      problem('wrong-audience', 'This order is meant for the issuer of another currency.'),
    );
  }
  if (payload.iss !== from) {
    return fail(problem('bad-signature', 'An order is sent by the peer whose money it moves.'));
  }
  const done = ctx.tx.get(transfers, payload.iss, payload.jti);
  if (done) {
    return done.text === text
      ? ok(receiptAt(ctx, done.receipt))
      : fail(problem('order-id-reused', 'Another order of yours had this id; make a new id.'));
  }
  if (isTaken(ctx, payload)) {
    return fail(problem('order-id-reused', 'The payee has a transfer of this id; make a new id.'));
  }
  const refusal = untimely(ctx, payload);
  if (refusal) return fail(refusal);
  const priced = price(ctx, payload);
  return priced.ok ? ok(carryOut(ctx, order, priced.value, watch)) : priced;
}

/**
 * A payee asks for, claims and gives back a hold by the order's id alone: under an id of somebody else's, or of
 * the payee's own order, a hold could be taken for that one.
 */
function isTaken(ctx: Context, { payee, jti }: TransferOrder): boolean {
  return ctx.tx.get(transfers, payee, jti) !== undefined || incomingOf(ctx, payee, jti).length > 0;
}

function untimely(ctx: Context, order: TransferOrder): Problem | undefined {
  const now = seconds(ctx.now);
  if (order.exp + clockSkewSeconds < now) {
    return problem('order-expired', 'This order has expired and will never be carried out.');
  }
  if (order.exp > now + orderLifetimeSeconds + clockSkewSeconds) {
    return problem('bad-statement', `An order may wait ${orderLifetimeSeconds} s at most.`);
  }
  if (order.iss === order.payee) {
    return problem('bad-statement', 'Payer and payee are the same.');
  }
  if (!order.hold) return undefined;
  if (order.hold.expires * 1000 <= ctx.now) {
    return problem('order-expired', 'The hold would have expired before it began.');
  }
  if (order.hold.expires > now + holdLifetimeSecondsMax + clockSkewSeconds) {
    return problem('bad-statement', `A hold may last ${holdLifetimeSecondsMax} s at most.`);
  }
  return undefined;
}

/** The fee, once the payer is known to have the funds. */
function price(ctx: Context, order: TransferOrder): Result<Amount, Problem> {
  try {
    const fee = transferFee(ctx, order.iss, order.amount);
    if (fee > order.maxFee) {
      return fail(
        problem('fee-too-high', `This transfer costs ${fee}; the order allows ${order.maxFee}.`, {
          fee,
        }),
      );
    }
    const needed = add(order.amount, fee);
    if (order.iss === ctx.self) {
      add(supplyOf(ctx).issued, needed);
      return ok(fee);
    }
    const { balance } = accountOf(ctx, order.iss);
    if (balance >= needed) return ok(fee);
    return fail(
      problem('insufficient-funds', `The balance is ${balance}; this transfer needs ${needed}.`, {
        balance,
        needed,
      }),
    );
  } catch (error) {
    if (error instanceof SoukError) return fail(error.toProblem());
    throw error;
  }
}

function carryOut(
  ctx: Context,
  { payload: order, text }: Opened<TransferOrder>,
  fee: Amount,
  watch: LedgerWatch,
): Receipt {
  const { iss: payer, payee, amount, transactionId, hold } = order;
  const state = hold ? 'held' : 'settled';
  withdraw(ctx, payer, add(amount, fee));
  const receipt = fileReceipt(ctx, {
    iss: ctx.self,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    payer,
    payee,
    amount,
    fee,
    transactionId,
    order: order.jti,
    state,
    ...(hold ? { hold } : {}),
  });
  const done: Transfer = {
    payer,
    order: order.jti,
    payee,
    amount,
    fee,
    state,
    text,
    at: ctx.now,
    receipt: receipt.sequence,
    newest: receipt.sequence,
    ...(hold ? { hold } : {}),
  };
  ctx.tx.put(transfers, done);
  if (hold) {
    bindHold(ctx, done, hold.expires);
  } else {
    deposit(ctx, payee, amount);
    destroy(ctx, fee);
  }
  watch(ctx, { transfer: done, step: state, wasHeld: false, receipt });
  answerWaiting(ctx, payee);
  return receipt;
}
