import { type Accounts, type CurrencyAccount, sumOf } from '../accounts.ts';
import { currencies } from '../cast.ts';
import { everyone, type Market, promised } from '../market.ts';

interface Column {
  readonly head: string;
  /** Their sum in the journal, turned round: income becomes a gain, expense a loss. */
  readonly gain?: readonly string[];
  /** Their sum as it stands. */
  readonly stock?: readonly string[];
}

/** The gains of a row add up to its purse and its tabs. */
const columns: readonly Column[] = [
  { head: 'given', gain: ['income:gifts', 'expense:gifts'] },
  { head: 'sold', gain: ['income:sales'] },
  { head: 'commission', gain: ['income:commissions'] },
  { head: 'answers', gain: ['income:solicitation-fees'] },
  { head: 'bought', gain: ['expense:purchases'] },
  { head: 'asking', gain: ['expense:solicitation-fees'] },
  { head: 'fees', gain: ['expense:transfer-fees', 'income:transfer-fees'] },
  { head: 'tabs', stock: ['assets:tab:', 'assets:transit:', 'liabilities:tab:'] },
  { head: 'purse', stock: ['assets:balance', 'assets:ordered', 'assets:held', 'equity:issuance'] },
];

/** What each peer earned and from what, and what exists of each currency. */
export function books(market: Market, accounts: readonly CurrencyAccount[]): void {
  const { narrator } = market;
  narrator.scene('What the money did', '§1, §2');
  for (const account of accounts) {
    promised(account.balanced, `the books of ${account.name} balance`);
    narrator.table(earnings(market, account));
    const { symbol } = currencies[account.issuer];
    const { issued, destroyed, sumOfBalances, sumOfHeld } = account;
    narrator.proof(
      `${account.name}: ${issued} issued − ${destroyed} destroyed = ${issued - destroyed} ${symbol} ` +
        `in being = ${sumOfBalances} in purses + ${sumOfHeld} held.`,
    );
  }
  narrator.say(
    'sold, commission, answers: earned by selling, by finding for others, by answering questions. ' +
      'bought, asking, fees: spent on documents, on questions, on transfers. What a transfer costs is ' +
      'destroyed, so its issuer gains: it has that much less to redeem. The minus in an ' +
      "issuer's purse is its promise to the others. Tabs are debts still too small to be paid.",
  );
}

function earnings(market: Market, account: CurrencyAccount): readonly (readonly string[])[] {
  const rows = everyone(market).flatMap((actor) => {
    const found = account.books.get(actor);
    return found && [...found.values()].some((value) => value !== 0) ? [{ actor, found }] : [];
  });
  const used = columns.filter((column) => rows.some(({ found }) => value(found, column) !== 0));
  for (const { actor, found } of rows) {
    const stocks = sum(used.filter(({ stock }) => stock).map((column) => value(found, column)));
    const gains = sum(used.filter(({ gain }) => gain).map((column) => value(found, column)));
    promised(gains === stocks, `what ${actor.name} gained is what ${actor.name} has`);
  }
  return [
    [account.name, ...used.map(({ head }) => head)],
    ...rows.map(({ actor, found }) => [
      actor.name,
      ...used.map((column) => signed(value(found, column), column.gain !== undefined)),
    ]),
  ];
}

function value(accounts: Accounts, { gain = [], stock = [] }: Column): number {
  const added = (names: readonly string[]) => sum(names.map((name) => sumOf(accounts, name)));
  return added(stock) - added(gain);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}

function signed(amount: number, isGain: boolean): string {
  if (amount === 0) return isGain ? '' : '0';
  if (amount < 0) return `−${-amount}`;
  return isGain ? `+${amount}` : `${amount}`;
}
