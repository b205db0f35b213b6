import { amount } from '../amount.ts';
import { askRates, takeRate } from '../exchange/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import { exchangeRates } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import type { TestMarket } from './test-world-market.ts';
import type { TestPeer } from './test-world-peer.ts';

/**
 * For tests: what random worlds do with rates. Every trader offers the bank's money for an issuer's, and back,
 * and has some of both.
 */
export interface RandomExchanging {
  readonly numerator: number;
  readonly denominator: number;
  readonly max: number;
  readonly convert: boolean;
  readonly exchanges: readonly RandomExchange[];
}

export interface RandomExchange {
  readonly atMs: Milliseconds;
  readonly taker: number;
  readonly maker: number;
  readonly amount: number;
  readonly way: 'tab' | 'swap' | undefined;
  /** Gives an issuer's money for the bank's. */
  readonly back: boolean;
}

const dayMs = 24 * 60 * 60_000;
const answerMs = 2_500;
const fundsInOwn = 300;
const givenAfterMs = 1_000;

/** Has everybody offer rates, and plans the exchanges of a world whose faults begin at that time. */
export function planExchanging(
  market: TestMarket,
  traders: readonly TestPeer[],
  exchanging: RandomExchanging,
  beginsAt: Milliseconds,
): void {
  offerRates(market, traders, exchanging);
  for (const one of exchanging.exchanges) {
    market.world.at(beginsAt + one.atMs, () => exchange(market, traders, one));
  }
}

function offerRates(
  market: TestMarket,
  traders: readonly TestPeer[],
  { numerator, denominator, max, convert }: RandomExchanging,
): void {
  const { world, currency: money } = market;
  const expires = Math.floor((world.now + dayMs) / 1000);
  const issuer = traders.find(({ settings }) => settings.issues);
  if (!issuer) return;
  const own = issuer.id;
  const rates = exchangeRates.parse([
    { give: money, get: own, numerator, denominator, max, expires },
    { give: own, get: money, numerator: denominator, denominator: numerator, max, expires },
  ]);
  for (const [n, trader] of traders.entries()) {
    const { settings } = trader;
    // Somebody takes only the bank's money: the others buy there at their rates.
    const accepts = convert && n % 3 === 0 ? settings.accepts.slice(0, 1) : settings.accepts;
    trader.settings = { ...settings, accepts, exchange: { ...settings.exchange, rates, convert } };
    const takes = accepts.some(({ currency }) => currency === own);
    if (takes) world.at(world.now + givenAfterMs, () => market.give(trader, fundsInOwn, issuer));
  }
}

/** Asks for rates, and takes one up a little later, whatever became of the answer. */
function exchange(
  market: TestMarket,
  traders: readonly TestPeer[],
  { taker: takerAt, maker: makerAt, amount: given, way, back }: RandomExchange,
): void {
  const [taker, maker] = [takerAt, makerAt].map((n) => traders[n % traders.length]);
  const issuer = traders.find(({ settings }) => settings.issues);
  if (!taker || !maker || !issuer || taker === maker || !taker.up) return;
  const pair: readonly [CurrencyId, CurrencyId] = back
    ? [issuer.id, market.currency]
    : [market.currency, issuer.id];
  const { world } = market;
  world.do(taker, (ctx) => askRates(ctx, [maker.id]));
  world.at(world.now + answerMs, () => {
    if (!taker.up) return;
    const [give, get] = pair;
    world.do(taker, (ctx) =>
      takeRate(ctx, { peer: maker.id, give, get, amount: amount(given), way }),
    );
  });
}
