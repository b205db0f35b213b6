import type { Amount } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import { exchangeRates, marketSettings } from '../settings/index.ts';
import type { Random } from './random.ts';
import { endpointOf, type SimPeer } from './sim-peer.ts';
import type { World } from './world.ts';

/**
 * Two moneys in one world: the bank's and a mint's. Some traders take one of them alone, those between take both
 * and buy in the other at rates of their own (protocol 8).
 */
export interface MoneysPlan {
  /** By the traders' places. */
  readonly takes: readonly Takes[];
  /** The mint's money for the bank's, and the other way round; for so much in all. */
  readonly numerator: number;
  readonly denominator: number;
  readonly max: number;
}

type Takes = 'bank' | 'mint' | 'both';

const around: readonly Takes[] = ['bank', 'both', 'mint', 'both'];

/** In two of five worlds; along a line every second trader takes both, so that conversion comes about. */
export function planMoneys(size: number, random: Random): MoneysPlan | undefined {
  if (!random.happens(0.4)) return undefined;
  const shift = random.below(around.length);
  const mixed = random.happens(0.3);
  const takes = Array.from({ length: size }, (_, n) =>
    mixed ? random.pick(around) : (around[(n + shift) % around.length] as Takes),
  );
  return {
    takes,
    numerator: random.pick([1, 2, 3, 7]),
    denominator: random.pick([1, 2, 5]),
    max: random.pick([10_000, 10_000, 100, 20]),
  };
}

/** The mint, and what the traders take from now on. */
export function addMint(
  world: World,
  bank: SimPeer,
  traders: readonly SimPeer[],
  { takes, numerator, denominator, max }: MoneysPlan,
): SimPeer {
  const name = 'mint';
  const mint = world.add(name, {
    settings: marketSettings.parse({
      ...{ name, endpoints: [endpointOf(name)] },
      issues: { name: 'Sols', symbol: 'S', fee: { flat: 0, perMillion: 0 } },
    }),
  });
  const day = { max, expires: Math.floor(world.now / 1000) + 7 * 24 * 3_600 };
  const rates = exchangeRates.parse([
    { give: bank.id, get: mint.id, numerator, denominator, ...day },
    { give: mint.id, get: bank.id, numerator: denominator, denominator: numerator, ...day },
  ]);
  traders.forEach((trader, n) => {
    const { settings } = trader;
    const [first, ...others] = settings.accepts;
    if (!first || takes[n] === 'bank') return;
    const sols = { ...first, currency: mint.id, endpoints: mint.settings.endpoints };
    trader.settings =
      takes[n] === 'mint'
        ? { ...settings, accepts: [sols, ...others] }
        : {
            ...settings,
            accepts: [first, sols, ...others],
            exchange: { ...settings.exchange, rates, convert: true },
          };
  });
  return mint;
}

/** What a trader offers in a search: what it takes itself, the first of it first. */
export function offersOf(trader: SimPeer, own: readonly CurrencyId[], maxPrice: Amount) {
  const ids = [...own, ...trader.settings.accepts.map(({ currency }) => currency)];
  return [...new Set(ids)].map((currency) => ({ currency, maxPrice }));
}
