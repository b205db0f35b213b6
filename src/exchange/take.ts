import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { addCurrency } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, type Result } from '../result.ts';
import { pastLimit, standingOf, termsOf } from '../tabs/index.ts';
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
 * What a learned rate gives for an amount. `no-rate`, `rate-expired`, `exchange-limit` {left},
 * `amount-out-of-range`.
 */
export function quoteTake(
  ctx: Pick<Context, 'tx' | 'now'>,
  { peer, give, get, amount }: Take,
): Result<Amount, Problem> {
  const rate = offerOf(ctx, peer, { give, get });
  if (!rate) return fail(problem('no-rate', 'That peer offered no rate for these currencies.'));
  if (rate.expires <= seconds(ctx.now)) {
    return fail(problem('rate-expired', 'The rate has expired.', { expires: rate.expires }));
  }
  if (amount > rate.max) {
    return fail(
      problem('exchange-limit', `The rate holds for ${rate.max} at most.`, { left: rate.max }),
    );
  }
  return getFor(rate, amount);
}

/** The way that an exchange would go: on the tabs where both have room, as far as this peer can tell. */
export function wayFor(ctx: Context, take: Take, got: Amount): Exchange['way'] {
  if (take.way) return take.way;
  const { peer, give, get, amount } = take;
  const there = termsOf(ctx, peer)?.currencies.find(({ currency }) => currency === give);
  const roomThere = there !== undefined && amount <= there.creditLimit;
  const roomHere = standingOf(ctx, peer) === 'primary' && !pastLimit(ctx, peer, get, got);
  return roomThere && roomHere ? 'tab' : 'swap';
}

/**
 * Takes a rate up for the amount that it gives now, or not at all. Problems of `quoteTake`, and of the way:
 * `startTabExchange`, `startSwap`; `no-rate` where the peer swaps with its neighbors only.
 */
export function takeRate(ctx: Context, take: Take): Result<Exchange, Problem> {
  const { peer, give, get, amount } = take;
  const rate = offerOf(ctx, peer, take);
  const got = quoteTake(ctx, take);
  if (!got.ok) return got;
  if (rate && get !== ctx.self) addCurrency(ctx, { currency: get, endpoints: rate.getEndpoints });
  if (!rate || wayFor(ctx, take, got.value) === 'tab') {
    return startTabExchange(ctx, peer, { give, get, amount, least: got.value });
  }
  const to = { peer, endpoints: endpointsOf(ctx, peer) };
  return startSwap(ctx, to, rate, { amount, least: got.value });
}
