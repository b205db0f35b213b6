import type { CurrencyId } from '../../../src/identity/index.ts';
import type { Problem } from '../../../src/problem.ts';

interface Known {
  readonly currency: CurrencyId;
  readonly symbol?: string | undefined;
}

export interface Alternatives {
  /** In the wallet, and not offered yet. */
  readonly held: readonly { readonly currency: CurrencyId; readonly symbol: string }[];
  /** All that it would take and was not offered, known or not: some can be exchanged for. */
  readonly wanted: readonly string[];
  /** Currencies that the wallet does not know. */
  readonly others: readonly string[];
}

/** What a neighbor that refused a currency would take instead. What it names comes from outside: only texts count. */
export function alternativesIn(
  { code, members }: Problem,
  offers: readonly { readonly currency: string }[],
  wallet: readonly Known[],
): Alternatives {
  const named = code === 'currency-not-accepted' ? members?.['alternatives'] : undefined;
  const listed = Array.isArray(named) ? named : [];
  const taken = [...new Set(listed.filter((each) => typeof each === 'string'))];
  const known = (currency: string) => wallet.find((each) => each.currency === currency);
  const held = taken.flatMap((currency) => {
    const face = known(currency);
    const isOffered = offers.some((offer) => offer.currency === currency);
    return face && !isOffered
      ? [{ currency: face.currency, symbol: face.symbol ?? currency.slice(4, 8) }]
      : [];
  });
  const wanted = taken.filter((currency) => !offers.some((offer) => offer.currency === currency));
  return {
    held,
    wanted: wanted.slice(0, 32),
    others: taken.filter((currency) => !known(currency)).slice(0, 32),
  };
}
