import { base64urlnopad } from '@scure/base';
import { type Context, callUntilAnswered, type HoldKey, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, receiptStatement } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { creditReceipt } from './credit.ts';
import { lookAt } from './held-orders.ts';
import { fulfilHold, unknownTransfer, voidHold } from './holds.ts';
import { closeIncoming, incomingHold } from './incoming-state.ts';
import { issuerBooks } from './issuer.ts';
import type { Counter, MoneyRules } from './rules.ts';
import { currencies, type IncomingHold, incoming } from './wallet-state.ts';

/**
 * Settles a hold for this peer by the preimage of its lock: asks the issuer until it answers, over
 * restarts. The money is booked against `counter`, or as any deposit; the fact `hold-in` tells the end,
 * `settled` or, where the issuer saw the preimage too late, `voided`. In the own currency it has come when
 * this returns. Again: nothing more is asked. Problems, and nothing happened: `unknown-transfer`,
 * `wrong-preimage`, `hold-closed` {state} (also where it was released).
 */
export function claimHold(
  ctx: Context,
  key: HoldKey,
  preimage: string,
  counter?: Counter,
): Result<void, Problem> {
  const hold = incomingHold(ctx, key);
  if (!hold) return fail(unknownTransfer());
  const lock = base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage)));
  if (hold.hold.sha256 !== lock) {
    return fail(problem('wrong-preimage', 'SHA-256 of these bytes is not the lock of the hold.'));
  }
  if (hold.state === 'settled' || hold.asked === 'claim') return ok(undefined);
  if (hold.state === 'voided' || hold.asked === 'release') return fail(closed('voided'));
  const asked: IncomingHold = { ...hold, asked: 'claim', ...(counter && { counter }) };
  ctx.tx.put(incoming, asked);
  if (key.currency !== ctx.self) return ok(ask(ctx, asked, preimage));
  const books = issuerBooks({ incoming: () => counter, outgoing: () => gift });
  const done = fulfilHold(ctx, ctx.self, { jti: key.order, preimage }, books);
  if (!done.ok) ctx.tx.put(incoming, hold);
  return done.ok ? ok(undefined) : done;
}

/**
 * Gives a hold's money back to its payer: asks the issuer until it answers. The fact `hold-in` tells
 * `voided`. Problems: `unknown-transfer`, `hold-closed` {state: settled} (also where it was claimed).
 */
export function releaseHold(ctx: Context, key: HoldKey): Result<void, Problem> {
  const hold = incomingHold(ctx, key);
  if (!hold) return fail(unknownTransfer());
  if (hold.state === 'voided' || hold.asked === 'release') return ok(undefined);
  if (hold.state === 'settled' || hold.asked === 'claim') return fail(closed('settled'));
  const asked: IncomingHold = { ...hold, asked: 'release' };
  ctx.tx.put(incoming, asked);
  if (key.currency !== ctx.self) return ok(ask(ctx, asked));
  const books = issuerBooks({ incoming: () => undefined, outgoing: () => gift });
  const done = voidHold(ctx, ctx.self, { jti: key.order }, books);
  if (!done.ok) ctx.tx.put(incoming, hold);
  return done.ok ? ok(undefined) : done;
}

const gift = { kind: 'gift', note: '' } as const;

function ask(ctx: Context, hold: IncomingHold, preimage?: string): void {
  const { currency, payer, order } = hold;
  const endpoints = ctx.tx.get(currencies, currency)?.endpoints ?? [];
  const claim = preimage !== undefined;
  callUntilAnswered(ctx, {
    to: { peer: currency, endpoints },
    request: claim
      ? { route: 'fulfilHold', params: { jti: order }, body: { preimage } }
      : { route: 'voidHold', params: { jti: order } },
    purpose: { kind: claim ? 'claim-hold' : 'release-hold', currency, payer, order },
    timeoutMs: requestTimeoutMs,
  });
}

/** The issuer's answer to a claim or a release. A refusal for another reason is looked into. */
export function takeHoldAnswer(
  ctx: Context,
  key: HoldKey,
  outcome: Exclude<Outcome, { kind: 'unreachable' }>,
  rules: MoneyRules,
): void {
  const hold = incomingHold(ctx, key);
  if (!hold || hold.state === 'settled' || hold.state === 'voided') return;
  const { asked, ...rest } = hold;
  if (outcome.kind === 'answered') {
    if (asked === 'release') return closeIncoming(ctx, key, 'voided');
    const parsed = answers.transfer.safeParse(outcome.body);
    const opened = parsed.success ? ctx.open(receiptStatement, parsed.data.receipt) : undefined;
    const payload = opened?.ok ? opened.value.payload : undefined;
    const proven =
      payload?.iss === key.currency &&
      payload.payer === key.payer &&
      payload.order === key.order &&
      payload.payee === ctx.self &&
      payload.amount === hold.amount &&
      payload.state === 'settled';
    if (opened?.ok && proven) {
      creditReceipt(ctx, opened.value, rules.incoming(ctx, opened.value.payload));
      return;
    }
  } else if (outcome.problem.code === 'hold-closed') {
    if (outcome.problem.members?.['state'] === 'voided') return closeIncoming(ctx, key, 'voided');
  }
  ctx.tx.put(incoming, rest);
  lookAt(ctx, key, ctx.now);
}

function closed(state: 'settled' | 'voided'): Problem {
  return problem('hold-closed', `The hold is ${state} already, or about to be.`, { state });
}
