import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { addCurrency, knowsCurrency } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { OfferedRate } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { netOwed, pastLimit, standingOf, termsIn } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { endpointsOf } from '../trust/index.ts';
import type { Exchange } from './exchanges.ts';
import { offerOf } from './offers.ts';
import { getFor } from './rate.ts';
import { startSwap } from './swap-taker.ts';
import { startTabExchange } from './tab-exchange.ts';

/** What a person takes up: a peer's rate as it was last learned. */
export interface Take {
  readonly peer: PeerId;
  readonly give: CurrencyId;
  readonly get: CurrencyId;
  readonly amount: Amount;
  /** On the tabs, or by holds; where it is not said, on the tabs with whom they have room for it. */
  readonly way?: Exchange['way'] | undefined;
}

/**
 * What a learned rate gives for an amount. `no-rate`, `rate-expired` {expires}, `exchange-limit` {left},
 * `amount-out-of-range`.
 */
export function quoteTake(ctx: Pick<Context, 'tx' | 'now'>, take: Take): Result<Amount, Problem> {
  const offered = offeredFor(ctx, take);
  return offered.ok ? ok(offered.value.got) : offered;
}

/** The learned rate, and what it gives. */
function offeredFor(
  ctx: Pick<Context, 'tx' | 'now'>,
  { peer, give, get, amount }: Take,
): Result<{ readonly rate: OfferedRate; readonly got: Amount }, Problem> {
  const rate = offerOf(ctx, peer, { give, get });
  if (!rate) return fail(problem('no-rate', 'That peer offered no rate for these currencies.'));
  const { expires, max: left } = rate;
  if (expires <= seconds(ctx.now))
    return fail(problem('rate-expired', 'The rate has expired.', { expires }));
  if (amount > left)
    return fail(problem('exchange-limit', `The rate holds for ${left} at most.`, { left }));
  const got = getFor(rate, amount);
  return got.ok ? ok({ rate, got: got.value }) : got;
}

/** The way that an exchange would go: on the tabs where both have room, as far as this peer can tell. */
export function wayFor(ctx: Context, take: Take, got: Amount): Exchange['way'] {
  if (take.way) return take.way;
  const { peer, give, get, amount } = take;
  const limit = termsIn(ctx, peer, give)?.creditLimit;
  const roomThere = limit !== undefined && netOwed(ctx, peer, give) + amount <= limit;
  const roomHere = standingOf(ctx, peer) === 'primary' && !pastLimit(ctx, peer, get, got);
  return roomThere && roomHere ? 'tab' : 'swap';
}

/**
 * Takes a rate up for the amount that it gives now, or not at all. Problems of `quoteTake`, and of the way:
 * `startTabExchange`, `startSwap`; `no-rate` where the peer swaps with its neighbors only.
 */
export function takeRate(ctx: Context, take: Take): Result<Exchange, Problem> {
  const offered = offeredFor(ctx, take);
  if (!offered.ok) return offered;
  const { rate, got: least } = offered.value;
  const { peer, give, get, amount } = take;
  if (wayFor(ctx, take, least) === 'swap') {
    return startSwap(ctx, { peer, endpoints: endpointsOf(ctx, peer) }, rate, { amount, least });
  }
  // Where an issuer answers that is known nobody else tells.
  if (!knowsCurrency(ctx, get)) addCurrency(ctx, { currency: get, endpoints: rate.getEndpoints });
  return startTabExchange(ctx, peer, { give, get, amount, least });
}
