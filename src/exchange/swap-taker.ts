import { base64urlnopad } from '@scure/base';
import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import {
  type Context,
  callUntilAnswered,
  failureOf,
  type HoldKey,
  newId,
  newKey,
  type Outcome,
} from '../kernel/index.ts';
import { requestTimeoutMs, swapClaimSeconds, swapFirstSeconds, swapPromiseMs } from '../limits.ts';
import {
  addCurrency,
  claimHold,
  incomingHold,
  knowsCurrency,
  orderHold,
  quote,
  releaseHold,
} from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type OfferedRate } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import type { Swap } from './exchanges.ts';
import { moveSwap, purposeOf, receivedFrom, swapOf, swapTransaction } from './swap.ts';

/** The taker's side of a swap: it holds first, and shows the preimage only for what it asked for. */

const askForMs = swapPromiseMs / 4;

/**
 * Takes a peer's rate up by a swap: the other promises, this peer's hold is ordered, and the rest goes by
 * itself. Follows the currency that is got. Problems, and nothing moved: `bad-request`, and what `quote` says
 * of the currency that is given, with its fee: `insufficient-funds`, `unknown-currency`, `unavailable`.
 */
export function startSwap(
  ctx: Context,
  to: { readonly peer: PeerId; readonly endpoints: readonly string[] },
  rate: Pick<OfferedRate, 'give' | 'get' | 'getEndpoints'>,
  { amount, least }: { readonly amount: Amount; readonly least: Amount },
): Result<Swap, Problem> {
  const { give, get } = rate;
  const { peer } = to;
  if (give === get || peer === ctx.self || amount < 1 || least < 1) {
    return fail(problem('bad-request', 'An exchange is between two currencies and two peers.'));
  }
  const funds = fundsFor(ctx, give, amount);
  if (funds) return fail(funds);
  if (!knowsCurrency(ctx, get)) {
    if (get === ctx.self || rate.getEndpoints.length === 0) {
      return fail(problem('unknown-currency', 'Nobody told where its issuer answers.'));
    }
    addCurrency(ctx, { currency: get, endpoints: rate.getEndpoints });
  }
  const preimage = newKey(ctx.chance);
  const id = newId(ctx.chance);
  const sha256 = base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage)));
  const expires = seconds(ctx.now) + swapFirstSeconds;
  const swap: Swap = {
    ...{ peer, id, side: 'taker', way: 'swap', state: 'asking', give, get, amount, got: least },
    ...{ sha256, preimage, firstExpires: expires, at: ctx.now, changedAt: ctx.now },
  };
  callUntilAnswered(
    ctx,
    {
      to,
      request: { route: 'swap', body: { id, give, get, amount, least, sha256, expires } },
      purpose: { kind: 'swap', peer, id },
      timeoutMs: requestTimeoutMs,
    },
    ctx.now + askForMs,
  );
  return ok(moveSwap(ctx, swap, 'asking'));
}

/** Why this peer cannot give so much now; undefined where it can. In the own currency it always can. */
export function fundsFor(ctx: Context, currency: PeerId, value: Amount): Problem | undefined {
  if (currency === ctx.self && ctx.settings.issues) return undefined;
  const priced = quote(ctx, currency, value);
  if (!priced.ok) return priced.error;
  const { total, balance } = priced.value;
  if (total <= balance) return undefined;
  return problem('insufficient-funds', `You have ${balance}; with its fee this needs ${total}.`, {
    balance,
    needed: total,
  });
}

/** The maker promised, or did not: this peer's hold is ordered, or nothing moved. */
export function takeSwapAnswer(
  ctx: Context,
  { peer, id }: { readonly peer: PeerId; readonly id: string },
  outcome: Outcome,
): void {
  const swap = swapOf(ctx, peer, id);
  if (swap?.side !== 'taker' || swap.state !== 'asking') return;
  const parsed = outcome.kind === 'answered' ? answers.swap.safeParse(outcome.body) : undefined;
  if (!parsed?.success || parsed.data.got < swap.got) {
    const failure =
      outcome.kind === 'answered'
        ? problem('bad-request', 'The answer was not well formed.')
        : failureOf(outcome);
    moveSwap(ctx, swap, 'failed', { failure });
    return;
  }
  const { give, amount, sha256, firstExpires } = swap;
  const ordered = orderHold(ctx, {
    currency: give,
    payee: peer,
    amount,
    transactionId: swapTransaction(id),
    purpose: purposeOf(peer, id),
    hold: { sha256, expires: firstExpires },
    beginBy: seconds(ctx.now + swapPromiseMs / 4),
  });
  if (!ordered.ok) {
    moveSwap(ctx, swap, 'failed', { failure: ordered.error });
    return;
  }
  const { got } = parsed.data;
  moveSwap(ctx, swap, 'holding', { got, first: ordered.value.order });
}

/** The maker's hold stands: it is settled where it is what was promised, and there is time; else it goes back. */
export function takerSees(ctx: Context, swap: Swap, key: HoldKey): void {
  if (swap.second !== undefined && swap.second !== key.order) {
    releaseHold(ctx, key);
    return;
  }
  const hold = incomingHold(ctx, key);
  if (!hold || swap.state === 'claiming' || swap.state === 'exchanged') return;
  const { sha256, expires } = hold.hold;
  const fits =
    key.currency === swap.get &&
    hold.amount >= swap.got &&
    sha256 === swap.sha256 &&
    expires >= seconds(ctx.now) + swapClaimSeconds;
  const seen = { second: key.order, secondExpires: expires };
  if (swap.state !== 'holding' || !fits || swap.preimage === undefined) {
    releaseHold(ctx, key);
    if (swap.state === 'holding') moveSwap(ctx, swap, 'returning', seen);
    return;
  }
  const claiming = moveSwap(ctx, swap, 'claiming', seen);
  const counter = receivedFrom(swap.peer, swap.id);
  if (!claimHold(ctx, key, swap.preimage, counter).ok) moveSwap(ctx, claiming, 'returning');
}

/** How the maker's hold ended: this peer has what it asked for, or its own comes back. */
export function takerReceived(ctx: Context, swap: Swap, state: 'settled' | 'voided'): void {
  if (state === 'settled') moveSwap(ctx, swap, 'exchanged');
  else if (swap.state !== 'claiming') return;
  else if (swap.firstState === 'voided') moveSwap(ctx, swap, 'returned');
  else moveSwap(ctx, swap, swap.firstState === 'settled' ? 'lost' : 'returning');
}

/** How this peer's hold ended. */
export function takerGave(ctx: Context, swap: Swap, state: 'settled' | 'voided'): void {
  // What was claimed counts: the maker gave, and did not take in time what it was given.
  if (swap.state === 'exchanged' || swap.state === 'claiming') return;
  moveSwap(ctx, swap, state === 'voided' ? 'returned' : 'lost');
}

/** The issuer would not begin this peer's hold. */
export function takerRefused(ctx: Context, swap: Swap, failure: Problem): void {
  if (swap.state === 'holding') moveSwap(ctx, swap, 'failed', { failure });
}
