import { type Amount, add, amount, subtract, zero } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { issuerEndpoints, knowsCurrency } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { OfferedRate } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ExchangeRate } from '../settings/index.ts';
import { collection } from '../state/index.ts';
import { acceptedCurrency } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { getFor, giveFor } from './rate.ts';

/** How much of a rate's `max` was taken up. A rate that a person changed is a new one. */
interface RateUse {
  readonly rate: string;
  readonly used: Amount;
}

const uses = collection<RateUse>()('rateUses', ['rate']);

type Reader = Pick<Context, 'tx' | 'self' | 'settings' | 'now'>;

/** A rate of this peer's own, and what is left of it. */
export interface OwnRate extends ExchangeRate {
  readonly left: Amount;
  readonly expired: boolean;
  /** Why nobody is offered it though it stands in the settings. */
  readonly idle?: 'not-accepted' | 'unknown-currency';
}

/** The rates that the person set, with what is left of each. */
export function ownRates(ctx: Reader): readonly OwnRate[] {
  return ctx.settings.exchange.rates.map((rate) => {
    const idle = idleOf(ctx, rate);
    const expired = rate.expires <= seconds(ctx.now);
    return { ...rate, left: leftOf(ctx, rate), expired, ...(idle && { idle }) };
  });
}

function idleOf(ctx: Reader, { give, get }: ExchangeRate): OwnRate['idle'] {
  if (!acceptedCurrency(ctx, give)) return 'not-accepted';
  return knowsCurrency(ctx, get) ? undefined : 'unknown-currency';
}

/** `GET /market/v1/exchange`: what anybody may take up now. */
export function offeredRates(ctx: Reader): readonly OfferedRate[] {
  const { swaps } = ctx.settings.exchange;
  return ownRates(ctx)
    .filter(({ expired, idle, left }) => !expired && idle === undefined && left > 0)
    .map(({ give, get, numerator, denominator, left, expires }) => ({
      ...{ give, get, numerator, denominator, max: left, expires, swaps },
      giveEndpoints: [...(acceptedCurrency(ctx, give)?.endpoints ?? [])],
      getEndpoints: [...(issuerEndpoints(ctx, get) ?? [])],
    }));
}

/** What is asked of a rate: to give `give`, and to get no less than `least` for it. */
export interface Wanted {
  readonly give: CurrencyId;
  readonly get: CurrencyId;
  readonly amount: Amount;
  readonly least?: Amount | undefined;
}

/** The rate for a pair, as long as it holds. `no-rate`, `rate-expired` {expires}. */
export function rateFor(ctx: Reader, pair: Pick<Wanted, 'give' | 'get'>): Result<OwnRate, Problem> {
  const rate = ofPair(ownRates(ctx), pair);
  if (!rate || rate.idle !== undefined) {
    return fail(problem('no-rate', 'This peer offers no rate for these two currencies.'));
  }
  if (rate.expired) {
    const { expires } = rate;
    return fail(problem('rate-expired', 'The rate has expired; nothing moved.', { expires }));
  }
  return ok(rate);
}

/**
 * What would be got now. Besides the problems of `rateFor`: `exchange-limit` {left} past what is left of the
 * rate, or where nothing would be got, `rate-changed` {got} below `least`, `amount-out-of-range`.
 */
export function quoteExchange(ctx: Reader, wanted: Wanted): Result<Amount, Problem> {
  const rate = rateFor(ctx, wanted);
  if (!rate.ok) return rate;
  const { left } = rate.value;
  if (wanted.amount > left) {
    const why = `The rate holds for ${left} more; nothing moved.`;
    return fail(problem('exchange-limit', why, { left }));
  }
  const got = getFor(rate.value, wanted.amount);
  if (got.ok && got.value < (wanted.least ?? zero)) {
    const why = `At the rate of now this gives ${got.value}; nothing moved.`;
    return fail(problem('rate-changed', why, { got: got.value }));
  }
  return got;
}

/** What of `give` buys `get` at this peer's own rate, where the rate has room for so much: for conversions. */
export function costAt(
  ctx: Reader,
  pair: Pick<Wanted, 'give' | 'get'>,
  get: Amount,
): Amount | undefined {
  const rate = rateFor(ctx, pair);
  if (!rate.ok) return undefined;
  const cost = giveFor(rate.value, get);
  return cost.ok && cost.value <= rate.value.left ? cost.value : undefined;
}

/** The most of `get` that may be asked for `give`, of what is left of the rate; undefined where it is nothing. */
export function mostAt(
  ctx: Reader,
  pair: Pick<Wanted, 'give' | 'get'>,
  give: Amount,
): Amount | undefined {
  const rate = rateFor(ctx, pair);
  if (!rate.ok) return undefined;
  const most = getFor(rate.value, amount(Math.min(give, rate.value.left)));
  return most.ok ? most.value : undefined;
}

/** The rates at which this peer buys in other currencies for callers that pay in `give`, where the person wants that. */
export function conversionRates(ctx: Reader, give: CurrencyId): readonly OwnRate[] {
  if (!ctx.settings.exchange.convert) return [];
  return ownRates(ctx).filter(
    (rate) => rate.give === give && !rate.expired && rate.idle === undefined && rate.left > 0,
  );
}

/** Takes an amount of `give` off what is left of the rate. It was looked at before: past it, all is used. */
export function drawOnRate(ctx: Context, pair: Pick<Wanted, 'give' | 'get'>, given: Amount): void {
  change(ctx, pair, (used, max) => amount(Math.min(add(used, given), max)));
}

/** What was taken off came to nothing: it is there for others again. A rate that was changed meanwhile is whole. */
export function restoreRate(
  ctx: Context,
  pair: Pick<Wanted, 'give' | 'get'>,
  given: Amount,
  since: string,
): void {
  if (rateKey(ctx, pair) !== since) return;
  change(ctx, pair, (used) => subtract(used, amount(Math.min(used, given))));
}

/** Names the rate as it stands now, so that what is restored later is restored to the same. */
export function rateKey(
  { settings }: Pick<Context, 'settings'>,
  pair: Pick<Wanted, 'give' | 'get'>,
): string | undefined {
  const rate = ofPair(settings.exchange.rates, pair);
  return rate && keyOf(rate);
}

function change(
  ctx: Context,
  pair: Pick<Wanted, 'give' | 'get'>,
  by: (used: Amount, max: Amount) => Amount,
): void {
  const rate = ofPair(ctx.settings.exchange.rates, pair);
  if (!rate) return;
  const used = ctx.tx.get(uses, keyOf(rate))?.used ?? zero;
  ctx.tx.put(uses, { rate: keyOf(rate), used: by(used, rate.max) });
}

function ofPair<R extends ExchangeRate>(
  rates: readonly R[],
  { give, get }: Pick<Wanted, 'give' | 'get'>,
): R | undefined {
  return rates.find((one) => one.give === give && one.get === get);
}

function leftOf(ctx: Pick<Context, 'tx'>, rate: ExchangeRate): Amount {
  const used = ctx.tx.get(uses, keyOf(rate))?.used ?? zero;
  return amount(Math.max(0, rate.max - used));
}

function keyOf({ give, get, numerator, denominator, max, expires }: ExchangeRate): string {
  return [give, get, numerator, denominator, max, expires].join(' ');
}
