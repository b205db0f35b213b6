import { base64urlnopad } from '@scure/base';
import { type Amount, add, share, zero } from '../amount.ts';
import type { Opened, PeerId } from '../identity/index.ts';
import { type Context, clearTimer, newId, setTimer } from '../kernel/index.ts';
import { clockSkewSeconds, holdLifetimeSecondsMax, orderLifetimeSeconds } from '../limits.ts';
import { type Problem, problem, SoukError } from '../problem.ts';
import type { Receipt, RequestInput, TransferOrder } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import { answerWaiting } from './ledger-deposits.ts';
import {
  accountOf,
  bind,
  deposit,
  destroy,
  fileReceipt,
  receiptAt,
  supplyOf,
  type Transfer,
  transfers,
  withdraw,
} from './ledger-state.ts';

/** A step of a transfer, told once to the issuer's books in the transaction that makes it. */
export interface LedgerStep {
  readonly transfer: Transfer;
  /** The transfer settled, its money was bound, or what was bound went back to the payer. */
  readonly step: 'settled' | 'held' | 'voided';
  /** It was held before it settled. */
  readonly wasHeld: boolean;
  readonly receipt: Receipt;
}
export type LedgerWatch = (ctx: Context, step: LedgerStep) => void;

/** What the schedule of this peer's currency takes of a payment of `value` by `payer`. */
export function transferFee(ctx: Context, payer: PeerId, value: Amount): Amount {
  const { issues } = ctx.settings;
  // The issuer would create its own fee only to destroy it in the same moment.
  return issues === undefined || payer === ctx.self ? zero : share(value, issues.fee);
}

/**
 * Carries out an order (protocol 3, `POST /lcp/v1/transfers`). The same order again gives the same
 * receipt, also past its end; a refused one leaves no trace. Problems: `wrong-audience`,
 * `bad-signature` (not the caller's order), `order-id-reused`, `order-expired`, `bad-statement` (an end
 * too far away, payer = payee), `fee-too-high` {fee}, `insufficient-funds` {balance, needed}.
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
  const refusal = untimely(ctx, payload);
  if (refusal) return fail(refusal);
  const priced = price(ctx, payload);
  return priced.ok ? ok(carryOut(ctx, order, priced.value, watch)) : priced;
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
    bind(ctx, payer, add(amount, fee));
    setTimer(ctx, holdTimer(done), hold.expires * 1000, {
      kind: 'hold-expiry',
      payer,
      order: order.jti,
    });
  } else {
    deposit(ctx, payee, amount);
    destroy(ctx, fee);
  }
  watch(ctx, { transfer: done, step: state, wasHeld: false, receipt });
  answerWaiting(ctx, payee);
  return receipt;
}

/**
 * Settles a hold for its payee, who shows the preimage of its lock before it expires
 * (`POST /lcp/v1/holds/{jti}/fulfilment`). Again after it settled: the same receipt. Problems:
 * `unknown-transfer`, `hold-closed` {state}, `wrong-preimage`.
 */
export function fulfilHold(
  ctx: Context,
  from: PeerId,
  { jti, preimage }: RequestInput<'fulfilHold'>,
  watch: LedgerWatch,
): Result<Receipt, Problem> {
  const lock = base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage)));
  const mine = incomingOf(ctx, from, jti);
  const found = mine.find(({ hold }) => hold?.sha256 === lock) ?? mine[0];
  if (!found) return fail(unknownTransfer());
  const state = stateOf(ctx, found);
  if (found.hold?.sha256 !== lock && state === 'held') {
    return fail(problem('wrong-preimage', 'SHA-256 of these bytes is not the lock of the hold.'));
  }
  if (state === 'settled' && found.hold?.sha256 === lock) return ok(receiptAt(ctx, found.newest));
  if (state !== 'held') return fail(holdClosed(state));
  const held = receiptAt(ctx, found.newest);
  const receipt = fileReceipt(ctx, {
    ...held,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    state: 'settled',
  });
  const settled: Transfer = { ...found, state: 'settled', newest: receipt.sequence, preimage };
  ctx.tx.put(transfers, settled);
  clearTimer(ctx, holdTimer(found));
  bind(ctx, found.payer, -add(found.amount, found.fee));
  deposit(ctx, found.payee, found.amount);
  destroy(ctx, found.fee);
  watch(ctx, { transfer: settled, step: 'settled', wasHeld: true, receipt });
  answerWaiting(ctx, found.payee);
  return ok(receipt);
}

/**
 * Gives a hold's money back at the payee's wish (`DELETE /lcp/v1/holds/{jti}`); again: the same
 * answer. Problems: `unknown-transfer`, `hold-closed` {state: settled}.
 */
export function voidHold(
  ctx: Context,
  from: PeerId,
  { jti }: RequestInput<'voidHold'>,
  watch: LedgerWatch,
): Result<{ readonly state: 'voided' }, Problem> {
  const mine = incomingOf(ctx, from, jti);
  const found = mine.find((each) => each.state === 'held') ?? mine[0];
  if (!found) return fail(unknownTransfer());
  if (found.state === 'settled') return fail(holdClosed('settled'));
  if (found.state === 'held') giveBack(ctx, found, watch);
  return ok({ state: 'voided' });
}

/** The timer of a hold: past its end the money goes back by itself. */
export function expireHold(ctx: Context, payer: PeerId, order: string, watch: LedgerWatch): void {
  const found = ctx.tx.get(transfers, payer, order);
  if (found?.state === 'held' && stateOf(ctx, found) === 'voided') giveBack(ctx, found, watch);
}

/** The state that counts: a hold past its end is void, also while its timer has not fired. */
export function stateOf(ctx: Context, { state, hold }: Transfer): Transfer['state'] {
  return state === 'held' && hold && hold.expires * 1000 <= ctx.now ? 'voided' : state;
}

/** The transfers to a payee under an order id, oldest first: two payers may have made the same id. */
export function incomingOf(ctx: Context, payee: PeerId, jti: string): readonly Transfer[] {
  return [...ctx.tx.scan(transfers, { by: 'payee', prefix: [payee, jti] })].sort(
    (a, b) => a.receipt - b.receipt,
  );
}

export function unknownTransfer(): Problem {
  return problem('unknown-transfer', 'No transfer from or to you has this id.');
}

function giveBack(ctx: Context, held: Transfer, watch: LedgerWatch): void {
  const sum = add(held.amount, held.fee);
  const voided: Transfer = { ...held, state: 'voided' };
  ctx.tx.put(transfers, voided);
  clearTimer(ctx, holdTimer(held));
  bind(ctx, held.payer, -sum);
  deposit(ctx, held.payer, sum);
  const receipt = receiptAt(ctx, held.newest);
  watch(ctx, { transfer: voided, step: 'voided', wasHeld: true, receipt });
}

function holdClosed(state: 'settled' | 'voided'): Problem {
  return problem('hold-closed', `The hold is ${state} already.`, { state });
}

function holdTimer({ payer, order }: Transfer): string {
  return `hold ${payer} ${order}`;
}
