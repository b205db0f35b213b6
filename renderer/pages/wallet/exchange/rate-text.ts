import type { MethodInput, MethodOutput } from '../../../../main/bridge/contract.ts';

/** A rate as it is set. */
export type RateInput = MethodInput<'exchange.setRates'>['rates'][number];
export type OwnRate = MethodOutput<'exchange.rates'>['rates'][number];
export type Offer = MethodOutput<'exchange.offers'>['offers'][number]['rates'][number];
export type ExchangeView = MethodOutput<'exchange.list'>['exchanges'][number];

/** A rate as it is set: without what is left of it and whether it is offered. */
export function plainRate({ give, get, numerator, denominator, max, expires }: OwnRate) {
  return { give, get, numerator, denominator, max, expires };
}

/** Two rates for one pair of currencies: the newer takes the place of the older. */
export function isPair(
  one: { readonly give: string; readonly get: string },
  other: { readonly give: string; readonly get: string },
): boolean {
  return one.give === other.give && one.get === other.get;
}

/** What this peer gave and what it got: the words of an exchange are its taker's. */
export function ownSides({ side, give, get, amount, got }: ExchangeView) {
  const taken = { currency: give, amount };
  const received = { currency: get, amount: got };
  return side === 'taker' ? { gave: taken, got: received } : { gave: received, got: taken };
}

export const isOver = ({ state }: ExchangeView): boolean =>
  ['exchanged', 'returned', 'failed', 'lost'].includes(state);
