import type { Transaction } from '../state/index.ts';
import { type EarnedAccount, incomeAccounts } from './accounts.ts';
import { type FlowQuery, type FlowRow, type Flows, type FlowTotal, flows } from './flows.ts';

export type EarningKind = 'sales' | 'commissions' | 'solicitation-fees' | 'transfer-fees';

/** What a day brought. Income is positive; a refund of another day's sale can make it negative. */
export type EarningRow = FlowRow<EarningKind>;
export type EarningTotal = FlowTotal<EarningKind>;
/** The totals over all time are, to the unit, the income accounts of the journal but that of gifts. */
export type Earnings = Flows<EarningKind>;
export type EarningsQuery = FlowQuery;

/** What this peer earned: the journal's income postings, by day, currency, kind and pair of neighbors. */
export function earnings(reader: { readonly tx: Transaction }, query: EarningsQuery): Earnings {
  const kinds = incomeAccounts
    .filter((account): account is EarnedAccount => account !== 'income:gifts')
    .map((account) => [account, account.slice('income:'.length) as EarningKind] as const);
  return flows(reader, { kinds, sign: -1 }, query);
}

/** What exchanges brought of a currency, positive, and what they took of it: neither earned nor spent. */
export function exchanged(
  reader: { readonly tx: Transaction },
  query: EarningsQuery,
): Flows<'exchanges'> {
  return flows(reader, { kinds: [['equity:exchange', 'exchanges']], sign: -1 }, query);
}

/** What this peer was given: money that came for nothing, as for a start, is not earned. */
export function received(
  reader: { readonly tx: Transaction },
  query: EarningsQuery,
): Flows<'gifts'> {
  return flows(reader, { kinds: [['income:gifts', 'gifts']], sign: -1 }, query);
}
