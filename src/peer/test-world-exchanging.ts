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

export function offerRates(
  market: TestMarket,
  traders: readonly TestPeer[],
  { numerator, denominator, max, convert }: RandomExchanging,
): void {
  const expires = Math.floor((market.world.now + dayMs) / 1000);
  const issuer = traders.find(({ settings }) => settings.issues);
  if (!issuer) return;
  const [money, own] = [market.currency, issuer.id];
  const rates = exchangeRates.parse([
    { give: money, get: own, numerator, denominator, max, expires },
    { give: own, get: money, numerator: denominator, denominator: numerator, max, expires },
  ]);
  for (const trader of traders) {
    const takes = trader.settings.accepts.some(({ currency }) => currency === own);
    if (takes) market.give(trader, fundsInOwn, issuer);
    const exchange = { ...trader.settings.exchange, rates, convert };
    trader.settings = { ...trader.settings, exchange };
  }
}

/** Asks for rates, and takes one up a little later, whatever became of the answer. */
export function planExchange(
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
