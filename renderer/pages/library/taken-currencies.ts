import type { CurrencyId } from '../../../src/identity/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

/** The currencies in which this peer sells: its own first, then those it accepts. */
export function useTakenCurrencies(): readonly { readonly currency: CurrencyId }[] {
  const market = useAnswer('settings.get', {}).data?.market;
  const self = useAnswer('peer.status', {}).data?.peer;
  if (!market || self === undefined) return [];
  const others = market.accepts.filter(({ currency }) => currency !== self);
  return market.issues ? [{ currency: self }, ...others] : others;
}
