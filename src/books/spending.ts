import type { Transaction } from '../state/index.ts';
import { expenseAccounts } from './accounts.ts';
import { type FlowQuery, type Flows, flows } from './flows.ts';

export type SpendingKind =
  | 'purchases'
  | 'solicitation-fees'
  | 'transfer-fees'
  | 'gifts'
  | 'corrections';

/** The totals over all time are, to the unit, the expense accounts of the journal. */
export type Spending = Flows<SpendingKind>;

/** What this peer spent on itself: the journal's expense postings, by day, currency, kind and neighbor. */
export function spending(reader: { readonly tx: Transaction }, query: FlowQuery): Spending {
  const kinds = expenseAccounts.map(
    (account) => [account, account.slice('expense:'.length) as SpendingKind] as const,
  );
  return flows(reader, { kinds, sign: 1 }, query);
}
