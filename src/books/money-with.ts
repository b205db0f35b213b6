import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import { type EarningKind, earnings } from './earnings.ts';
import type { FlowRow } from './flows.ts';
import { type SpendingKind, spending } from './spending.ts';

/** What all trade with one peer brought and cost in one currency. */
export interface MoneyWith {
  readonly currency: CurrencyId;
  /** Sold to it from the own shelf. */
  readonly sold: number;
  /** Bought from it for oneself; what was bought for others stands in the commissions. */
  readonly bought: number;
  /** Commissions that it paid as a buyer, and those that it made possible as the supplier. */
  readonly commissionsFrom: number;
  readonly commissionsVia: number;
  /** For being asked, and for asking. */
  readonly feesFrom: number;
  readonly feesTo: number;
}

const always = { from: '0000-01-01', to: '9999-12-31' };

/** The journal's answer to what a neighbor is worth, over all time; currencies without any are left out. */
export function moneyWith(
  reader: { readonly tx: Transaction },
  peer: PeerId,
): readonly MoneyWith[] {
  const income = earnings(reader, always).rows;
  const expense = spending(reader, always).rows;
  const touching = [...income, ...expense].filter((row) => row.peer === peer || row.via === peer);
  return [...new Set(touching.map(({ currency }) => currency))].toSorted().map((currency) => {
    const earned = (kind: EarningKind, side: 'peer' | 'via' = 'peer') =>
      sum(income, (row) => row.currency === currency && row.kind === kind && row[side] === peer);
    const spent = (kind: SpendingKind) =>
      sum(expense, (row) => row.currency === currency && row.kind === kind && row.peer === peer);
    return {
      currency,
      sold: earned('sales'),
      bought: spent('purchases'),
      commissionsFrom: earned('commissions'),
      commissionsVia: earned('commissions', 'via'),
      feesFrom: earned('solicitation-fees'),
      feesTo: spent('solicitation-fees'),
    };
  });
}

function sum<K extends string>(
  rows: readonly FlowRow<K>[],
  fits: (row: FlowRow<K>) => boolean,
): number {
  return rows.reduce((total, row) => (fits(row) ? total + row.amount : total), 0);
}
