import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import type { Account } from './accounts.ts';
import { currenciesOf, entryOf, postingsOf } from './journal.ts';

type Reader = { readonly tx: Transaction };

/** UTC days `YYYY-MM-DD`, both included; every currency where none is said. */
export interface FlowQuery {
  readonly from: string;
  readonly to: string;
  readonly currency?: CurrencyId;
}

/** What one day moved on one account in one currency, by the other side. */
export interface FlowRow<K extends string> {
  readonly day: string;
  readonly currency: CurrencyId;
  readonly kind: K;
  readonly peer?: PeerId;
  /** For a commission: the supplier through whom it was earned. */
  readonly via?: PeerId;
  readonly amount: number;
}

export interface FlowTotal<K extends string> {
  readonly currency: CurrencyId;
  readonly kind: K;
  readonly amount: number;
}

export interface Flows<K extends string> {
  readonly rows: readonly FlowRow<K>[];
  /** Over all time they are, to the unit, what stands on the accounts of the journal. */
  readonly totals: readonly FlowTotal<K>[];
}

/** The accounts to read, each with the kind it is told as; `sign` makes their usual balance positive. */
export interface FlowAccounts<K extends string> {
  readonly kinds: readonly (readonly [Account, K])[];
  readonly sign: 1 | -1;
}

/** The postings of some accounts, added up by day, currency, kind and pair of neighbors, oldest first. */
export function flows<K extends string>(
  reader: Reader,
  { kinds, sign }: FlowAccounts<K>,
  { from, to, currency }: FlowQuery,
): Flows<K> {
  const rows = new Map<string, FlowRow<K>>();
  const totals: FlowTotal<K>[] = [];
  for (const each of currency === undefined ? currenciesOf(reader) : [currency]) {
    for (const [account, kind] of kinds) {
      let total = 0;
      for (const { amount, day, entry } of postingsOf(reader, each, account, { from, to })) {
        total += sign * amount;
        addTo(rows, { day, currency: each, kind, ...pair(reader, entry) }, sign * amount);
      }
      if (total !== 0) totals.push({ currency: each, kind, amount: total });
    }
  }
  const sorted = [...rows.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { rows: sorted, totals };
}

function addTo<K extends string>(
  rows: Map<string, FlowRow<K>>,
  row: Omit<FlowRow<K>, 'amount'>,
  amount: number,
): void {
  const key = JSON.stringify([row.day, row.currency, row.kind, row.peer, row.via]);
  rows.set(key, { ...row, amount: (rows.get(key)?.amount ?? 0) + amount });
}

function pair(reader: Reader, entry: number) {
  const cause = entryOf(reader, entry)?.cause;
  return {
    ...(cause?.peer === undefined ? {} : { peer: cause.peer }),
    ...(cause?.via === undefined ? {} : { via: cause.via }),
  };
}
