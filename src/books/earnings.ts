import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import { type IncomeAccount, incomeAccounts } from './accounts.ts';
import { currenciesOf, entryOf, postingsOf } from './journal.ts';

export type EarningKind = 'sales' | 'commissions' | 'solicitation-fees' | 'transfer-fees' | 'gifts';

/** What one day brought in one currency, by kind and by whom; a commission also through whom. */
export interface EarningRow {
  readonly day: string;
  readonly currency: CurrencyId;
  readonly kind: EarningKind;
  readonly peer?: PeerId;
  readonly via?: PeerId;
  /** Income is positive; a refund of another day's sale can make it negative. */
  readonly amount: number;
}

export interface EarningTotal {
  readonly currency: CurrencyId;
  readonly kind: EarningKind;
  readonly amount: number;
}

export interface Earnings {
  readonly rows: readonly EarningRow[];
  /** Over all time they are, to the unit, the income accounts of the journal. */
  readonly totals: readonly EarningTotal[];
}

/** UTC days `YYYY-MM-DD`, both included; every currency where none is said. */
export interface EarningsQuery {
  readonly from: string;
  readonly to: string;
  readonly currency?: CurrencyId;
}

/** What this peer earned: the journal's income postings, by day, currency, kind and pair of neighbors. */
export function earnings(
  reader: { readonly tx: Transaction },
  { from, to, currency }: EarningsQuery,
): Earnings {
  const rows = new Map<string, EarningRow>();
  const totals: EarningTotal[] = [];
  for (const each of currency === undefined ? currenciesOf(reader) : [currency]) {
    for (const account of incomeAccounts) {
      let total = 0;
      for (const { amount, day, entry } of postingsOf(reader, each, account, { from, to })) {
        total -= amount;
        addTo(
          rows,
          { day, currency: each, kind: kindOf(account), ...pair(reader, entry) },
          -amount,
        );
      }
      if (total !== 0) totals.push({ currency: each, kind: kindOf(account), amount: total });
    }
  }
  const sorted = [...rows.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { rows: sorted, totals };
}

function addTo(
  rows: Map<string, EarningRow>,
  row: Omit<EarningRow, 'amount'>,
  amount: number,
): void {
  const key = JSON.stringify([row.day, row.currency, row.kind, row.peer, row.via]);
  rows.set(key, { ...row, amount: (rows.get(key)?.amount ?? 0) + amount });
}

function pair(reader: { readonly tx: Transaction }, entry: number) {
  const cause = entryOf(reader, entry)?.cause;
  return {
    ...(cause?.peer === undefined ? {} : { peer: cause.peer }),
    ...(cause?.via === undefined ? {} : { via: cause.via }),
  };
}

function kindOf(account: IncomeAccount): EarningKind {
  return account.slice('income:'.length) as EarningKind;
}
