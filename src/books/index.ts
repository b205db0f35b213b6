export {
  type Account,
  type ExpenseAccount,
  type IncomeAccount,
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
  exchanged,
  received,
} from './earnings.ts';
export {
  balanceOf,
  balances,
  type Cause,
  type CauseKind,
  currenciesOf,
  type JournalEntry,
  journalOf,
  type Posting,
  post,
} from './journal.ts';
export { moneyWith } from './money-with.ts';
export { spending } from './spending.ts';
export {
  dealStatement,
  type Sides,
  type StatementPage,
  type StatementRow,
  statement,
} from './statement.ts';
