import type { MethodOutput } from '../../../main/bridge/contract.ts';
import type { CurrencyId, PeerId } from '../../../src/identity/index.ts';

type Neighbor = MethodOutput<'neighbors.list'>['neighbors'][number];

/** A currency that a neighbor's card names: its own, or one that it takes. */
export interface NamedCurrency {
  readonly currency: CurrencyId;
  readonly neighbor: PeerId;
  readonly way: 'issued' | 'taken';
}

/** The currencies on neighbors' cards that are not accepted yet, each once; who issues it goes before who takes it. */
export function namedCurrencies(
  neighbors: readonly Pick<Neighbor, 'peer' | 'list' | 'issues' | 'accepts'>[],
  accepted: ReadonlySet<string>,
): readonly NamedCurrency[] {
  const found = new Map<CurrencyId, NamedCurrency>();
  const listed = neighbors.filter(({ list }) => list !== 'undesirable');
  for (const { peer: neighbor, issues } of listed) {
    if (issues !== undefined) found.set(issues, { currency: issues, neighbor, way: 'issued' });
  }
  for (const { peer: neighbor, accepts } of listed) {
    for (const { currency } of accepts) {
      if (!found.has(currency)) found.set(currency, { currency, neighbor, way: 'taken' });
    }
  }
  return [...found.values()].filter(({ currency }) => !accepted.has(currency));
}
