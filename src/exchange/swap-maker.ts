import type { PeerId } from '../identity/index.ts';
import type { Context, HoldKey } from '../kernel/index.ts';
import {
  swapFirstSeconds,
  swapGapSeconds,
  swapPromiseMs,
  swapSecondSeconds,
  swapSecondSecondsMin,
  swapsMax,
  swapsPerPeerMax,
} from '../limits.ts';
import { claimHold, incomingHold, orderHold, releaseHold } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { standingOf } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { exchangeOf, exchangesIn, isSame, type Swap } from './exchanges.ts';
import { drawOnRate, quoteExchange, rateFor, rateKey, restoreRate } from './rates.ts';
import { moveSwap, purposeOf, receivedFrom, swapTransaction } from './swap.ts';
import { fundsFor } from './swap-taker.ts';

/** The maker's side of a swap: it promises, holds once it sees the taker's hold, and takes by the preimage. */

/**
 * `POST /market/v1/swaps`: promises a rate's money to a taker for a while; again: the same answer. Problems:
 * `undesirable`, `no-rate` (also where the person exchanges with no strangers), `rate-limited`, `bad-request`
 * (the taker's hold would end too soon), and those of `quoteExchange`.
 */
export function answerSwap(
  ctx: Context,
  from: PeerId,
  asked: RequestInput<'swap'>,
): Result<Pick<Swap, 'got'>, Problem> {
  const { id, give, get, amount, sha256, expires } = asked;
  const known = exchangeOf(ctx, from, id);
  if (known) {
    return isSame(known, 'swap', asked) && 'sha256' in known && known.sha256 === sha256
      ? ok({ got: known.got })
      : fail(problem('exchange-id-reused', 'Another exchange had this id; make a new one.'));
  }
  const barred = bar(ctx, from, expires);
  if (barred) return fail(barred);
  const got = quoteExchange(ctx, asked);
  if (!got.ok) return got;
  if (fundsFor(ctx, get, got.value)) {
    return fail(problem('exchange-limit', 'This peer has not got so much now.', { left: 0 }));
  }
  const rate = rateKey(ctx, asked);
  drawOnRate(ctx, asked, amount);
  const swap: Swap = {
    ...{ peer: from, id, side: 'maker', way: 'swap', state: 'promised', give, get, amount },
    ...{ got: got.value, sha256, firstExpires: expires, at: ctx.now, changedAt: ctx.now },
    ...(rate !== undefined && { rate }),
  };
  moveSwap(ctx, swap, 'promised', {}, ctx.now + swapPromiseMs);
  return ok({ got: got.value });
}

function bar(ctx: Context, from: PeerId, expires: number): Problem | undefined {
  const standing = standingOf(ctx, from);
  if (standing === 'undesirable')
    return problem('undesirable', 'This peer does not trade with you.');
  if (standing === 'stranger' && !ctx.settings.exchange.swaps) {
    return problem('no-rate', 'This peer exchanges with its neighbors only.');
  }
  if (expires < seconds(ctx.now) + swapGapSeconds + swapSecondSecondsMin) {
    return problem('bad-request', `The first hold of a swap lasts ${swapFirstSeconds} s.`);
  }
  const promised = exchangesIn(ctx, 'promised');
  const own = promised.filter(({ peer }) => peer === from);
  if (own.length < swapsPerPeerMax && promised.length < swapsMax) return undefined;
  return problem('rate-limited', 'Too many swaps wait for their holds.', { retryAfterMs: 60_000 });
}

/** The taker's hold stands: this peer's is ordered, or the taker gets its own back. */
export function makerSees(ctx: Context, swap: Swap, key: HoldKey): void {
  if (swap.first === key.order) return;
  if (swap.state !== 'promised' || !fits(ctx, swap, key)) {
    releaseHold(ctx, key);
    if (swap.state === 'promised') giveUp(ctx, swap, problem('bad-request', misfit));
    return;
  }
  const expires = secondEnd(ctx, incomingHold(ctx, key)?.hold.expires ?? 0);
  const { peer, id, get, got, sha256 } = swap;
  const ordered = rateStands(ctx, swap)
    ? orderHold(ctx, {
        currency: get,
        payee: peer,
        amount: got,
        transactionId: swapTransaction(id),
        purpose: purposeOf(peer, id),
        hold: { sha256, expires },
      })
    : fail(problem('rate-expired', 'The rate was taken back.'));
  if (!ordered.ok) {
    releaseHold(ctx, key);
    return giveUp(ctx, swap, ordered.error);
  }
  const held = { first: key.order, second: ordered.value.order, secondExpires: expires };
  moveSwap(ctx, swap, 'holding', held);
}

const misfit = 'The hold of the other was not the one that was agreed on; it went back.';

/** A promise is kept as long as the person has not changed the rate, be it that it expired meanwhile. */
function rateStands(ctx: Context, swap: Swap): boolean {
  const now = rateFor(ctx, swap);
  return rateKey(ctx, swap) === swap.rate && (now.ok || now.error.code === 'rate-expired');
}

function fits(ctx: Context, swap: Swap, key: HoldKey): boolean {
  const hold = incomingHold(ctx, key);
  if (!hold) return false;
  const enough = secondEnd(ctx, hold.hold.expires) >= seconds(ctx.now) + swapSecondSecondsMin;
  return (
    key.currency === swap.give &&
    hold.amount >= swap.amount &&
    hold.hold.sha256 === swap.sha256 &&
    enough
  );
}

/** The end of this peer's hold: so long before the taker's that what it shows at last can still be used. */
function secondEnd(ctx: Context, firstExpires: number): number {
  return Math.min(seconds(ctx.now) + swapSecondSeconds, firstExpires - swapGapSeconds);
}

/** The taker has shown the preimage: this peer takes the taker's hold by it. */
export function makerLearned(ctx: Context, swap: Swap, preimage: string): void {
  const { peer, id, give, first } = swap;
  if (first === undefined || swap.state === 'exchanged') return;
  const claiming = moveSwap(ctx, swap, 'claiming', { preimage });
  const key = { currency: give, payer: peer, order: first };
  if (!claimHold(ctx, key, preimage, receivedFrom(peer, id)).ok) moveSwap(ctx, claiming, 'lost');
}

/** This peer's hold went back, by its issuer's word: only then may the taker's. */
export function makerKept(ctx: Context, swap: Swap): void {
  const { peer, give, first } = swap;
  if (first === undefined || (swap.state !== 'holding' && swap.state !== 'returning')) return;
  const returning = moveSwap(ctx, restored(ctx, swap), 'returning');
  const key = { currency: give, payer: peer, order: first };
  if (incomingHold(ctx, key)?.state === 'voided') moveSwap(ctx, returning, 'returned');
  else releaseHold(ctx, key);
}

/**
 * The issuer would not begin this peer's hold. A copy of the order may still reach it while its time is not
 * up, so the taker's hold is kept until it ends by itself; past that time it goes back at once.
 */
export function makerRefused(ctx: Context, swap: Swap, failure: Problem): void {
  if (swap.state !== 'holding') return;
  const returning = moveSwap(ctx, swap, 'returning', { failure });
  if (failure.code === 'order-expired') makerKept(ctx, returning);
}

/** How the taker's hold ended: it is this peer's money, or the taker's again. */
export function makerReceived(ctx: Context, swap: Swap, state: 'settled' | 'voided'): void {
  if (state === 'settled') moveSwap(ctx, swap, 'exchanged');
  else if (swap.state === 'claiming') moveSwap(ctx, swap, 'lost');
  else if (swap.state === 'returning') {
    moveSwap(ctx, restored(ctx, swap), 'returned');
  }
}

/** No hold of the taker's came in time: the promise ends, and a hold that comes later goes back. */
export function promiseDeadline(ctx: Context, swap: Swap): void {
  if (swap.state !== 'promised') return;
  giveUp(ctx, swap, problem('unavailable', 'The other did not hold its part in time.'));
}

function giveUp(ctx: Context, swap: Swap, failure: Problem): void {
  moveSwap(ctx, restored(ctx, swap), 'failed', { failure });
}

/** The promise comes to nothing: the rate holds for so much again, once. */
function restored(ctx: Context, swap: Swap): Swap {
  const { rate, ...rest } = swap;
  if (rate !== undefined) restoreRate(ctx, swap, swap.amount, rate);
  return rest;
}
