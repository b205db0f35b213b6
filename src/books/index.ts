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
  type EarningKind,
  type EarningRow,
  type Earnings,
  type EarningsQuery,
  type EarningTotal,
  earnings,
} from './earnings.ts';
export {
  balanceOf,
  balances,
  type Cause,
  type CauseKind,
  currenciesOf,
  entryOf,
  type JournalEntry,
  journalOf,
  type Posting,
  post,
  postingsOf,
} from './journal.ts';
export { type MoneyWith, moneyWith } from './money-with.ts';
export { type Spending, type SpendingKind, spending } from './spending.ts';
export {
  dealStatement,
  type Sides,
  type StatementPage,
  type StatementRow,
  statement,
} from './statement.ts';
