import type { CurrencyId } from '../identity/index.ts';
import type { DealId } from '../protocol/index.ts';
import type { Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Account } from './accounts.ts';
import {
  balanceBefore,
  balances,
  type Cause,
  entriesOfDeal,
  type JournalEntry,
  journalOf,
  type Posting,
} from './journal.ts';

/** What one has in a currency, by its sides: money + claims − issued is what is one's own. */
export interface Sides {
  /** Money at the issuer: free, ordered and held. */
  readonly money: number;
  /** What others owe this peer less what it owes them: tabs, payments in transit, deals under way. */
  readonly claims: number;
  /** What others hold of the own currency: what this peer must redeem. */
  readonly issued: number;
}

/** One row of a currency's statement: a journal entry, and what it changed of what one has. */
export interface StatementRow extends Sides {
  readonly id: number;
  readonly at: Milliseconds;
  readonly currency: CurrencyId;
  readonly cause: Cause;
  /** Income less expense, and what an exchange brought or took: money + claims − issued of every row. */
  readonly result: number;
  /** What stood on each side after this row. */
  readonly after: Sides;
  readonly postings: readonly Posting[];
}

export interface StatementPage {
  readonly rows: readonly StatementRow[];
  /** Asks for the next page; absent on the last. */
  readonly before?: number;
}

/** A currency's journal, newest first, as the wallet page shows it; rows never change once they are told. */
export function statement(
  reader: { readonly tx: Transaction },
  currency: CurrencyId,
  page: { readonly before?: number; readonly since?: number; readonly limit: number },
): StatementPage {
  const found = journalOf(reader, currency, { ...page, limit: page.limit + 1 });
  let after = sidesBefore(reader, currency, page.before);
  const rows = found.slice(0, page.limit).map((entry) => {
    const row = rowOf(entry, after);
    after = less(after, row);
    return row;
  });
  const last = rows.at(-1);
  return found.length > page.limit && last ? { rows, before: last.id } : { rows };
}

/** What a deal moved of what one has, oldest first, in the words of the statement. */
export function dealStatement(
  reader: { readonly tx: Transaction },
  deal: DealId,
): readonly Omit<StatementRow, 'after'>[] {
  return entriesOfDeal(reader, deal).map(changeBy);
}

function sidesBefore(
  reader: { readonly tx: Transaction },
  currency: CurrencyId,
  before: number | undefined,
): Sides {
  const now = [...balances(reader, currency)];
  return sidesOf(
    before === undefined
      ? now
      : now.map(([account]) => [account, balanceBefore(reader, currency, account, before)]),
  );
}

function rowOf(entry: JournalEntry, after: Sides): StatementRow {
  return { ...changeBy(entry), after };
}

function changeBy({
  id,
  at,
  currency,
  cause,
  postings,
}: JournalEntry): Omit<StatementRow, 'after'> {
  const changed = sidesOf(postings.map(({ account, amount }) => [account, amount]));
  const result = changed.money + changed.claims - changed.issued;
  return { id, at, currency, cause, ...changed, result, postings };
}

function less(after: Sides, change: Sides): Sides {
  return {
    money: after.money - change.money,
    claims: after.claims - change.claims,
    issued: after.issued - change.issued,
  };
}

function sidesOf(amounts: readonly (readonly [Account, number])[]): Sides {
  let [money, claims, issued] = [0, 0, 0];
  for (const [account, amount] of amounts) {
    const side = sideOf(account);
    if (side === 'money') money += amount;
    else if (side === 'claims') claims += amount;
    else if (side === 'issued') issued -= amount;
  }
  return { money, claims, issued };
}

function sideOf(account: Account): 'money' | 'claims' | 'issued' | 'result' {
  if (account === 'equity:issuance') return 'issued';
  if (account === 'equity:exchange') return 'result';
  if (account.startsWith('income:') || account.startsWith('expense:')) return 'result';
  return ['assets:balance', 'assets:ordered', 'assets:held'].includes(account) ? 'money' : 'claims';
}
