import { base64urlnopad } from '@scure/base';
import { add } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import { type Context, clearTimer, newId, setTimer } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { Receipt, RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import { answerWaiting } from './ledger-deposits.ts';
import {
  bind,
  deposit,
  destroy,
  fileReceipt,
  type LedgerWatch,
  receiptAt,
  type Transfer,
  transfers,
} from './ledger-state.ts';

/** Hash-locked, two-phase transfers (protocol 3): bound at once, settled or given back later. */

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

/** The transfers to a payee under an order id, oldest first: one, but in ledgers of the first versions. */
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

/** Binds amount and fee until the payee, or time, closes the hold. */
export function bindHold(ctx: Context, held: Transfer, expires: number): void {
  const { payer, order } = held;
  bind(ctx, payer, add(held.amount, held.fee));
  setTimer(ctx, holdTimer(held), expires * 1000, { kind: 'hold-expiry', payer, order });
}

function holdTimer({ payer, order }: Transfer): string {
  return `hold ${payer} ${order}`;
}
