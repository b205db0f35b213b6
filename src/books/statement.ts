import type { CurrencyId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Account } from './accounts.ts';
import { type Cause, type JournalEntry, journalOf, type Posting } from './journal.ts';

/** One row of a currency's statement: a journal entry, and what it changed of the four things one has. */
export interface StatementRow {
  readonly id: number;
  readonly at: Milliseconds;
  readonly currency: CurrencyId;
  readonly cause: Cause;
  /** Money at the issuer: free, ordered and held. */
  readonly money: number;
  /** What others owe this peer less what it owes them: tabs, payments in transit, deals under way. */
  readonly claims: number;
  /** What others hold of the own currency: what this peer must redeem. */
  readonly issued: number;
  /** Income less expense: money + claims − issued of every row. */
  readonly result: number;
  readonly postings: readonly Posting[];
}

export interface StatementPage {
  readonly rows: readonly StatementRow[];
  /** Asks for the next page; absent on the last. */
  readonly before?: number;
}

/** A currency's journal, newest first, as the wallet page shows it. */
export function statement(
  reader: { readonly tx: Transaction },
  currency: CurrencyId,
  page: { readonly before?: number; readonly limit: number },
): StatementPage {
  const found = journalOf(reader, currency, { ...page, limit: page.limit + 1 });
  const rows = found.slice(0, page.limit).map(rowOf);
  const last = rows.at(-1);
  return found.length > page.limit && last ? { rows, before: last.id } : { rows };
}

function rowOf({ id, at, currency, cause, postings }: JournalEntry): StatementRow {
  let [money, claims, issued, result] = [0, 0, 0, 0];
  for (const { account, amount } of postings) {
    const side = sideOf(account);
    if (side === 'money') money += amount;
    else if (side === 'claims') claims += amount;
    else if (side === 'issued') issued -= amount;
    else result -= amount;
  }
  return { id, at, currency, cause, money, claims, issued, result, postings };
}

function sideOf(account: Account): 'money' | 'claims' | 'issued' | 'result' {
  if (account === 'equity:issuance') return 'issued';
  if (account.startsWith('income:') || account.startsWith('expense:')) return 'result';
  return ['assets:balance', 'assets:ordered', 'assets:held'].includes(account) ? 'money' : 'claims';
}
