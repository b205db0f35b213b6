export {
  type Account,
  type ExpenseAccount,
  expenseAccounts,
  type IncomeAccount,
  incomeAccounts,
  inTransit,
  owesUs,
  weOwe,
} from './accounts.ts';
export {
  balanceOf,
  balances,
  type Cause,
  type CauseKind,
  entryOf,
  type JournalEntry,
  journalOf,
  type Posting,
  post,
  postingsOf,
} from './journal.ts';
