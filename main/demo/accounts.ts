import type { CurrencyId } from '../../src/identity/index.ts';
import type { Actor } from './actor.ts';
import { currencies, type IssuerName, issuers } from './cast.ts';
import { currencyOf, everyone, type Market, peersOf } from './market.ts';

/** A peer's journal in one currency: what stands on each account. */
export type Accounts = ReadonlyMap<string, number>;

/** One currency at the end: what its issuer says, and what everybody's own books say of it. */
export interface CurrencyAccount {
  readonly issuer: IssuerName;
  readonly currency: CurrencyId;
  readonly name: string;
  readonly issued: number;
  readonly destroyed: number;
  /** Added up from the holders' own books, not taken from the issuer's. */
  readonly sumOfBalances: number;
  readonly sumOfHeld: number;
  /** What peers owe each other on tabs, as the creditors and as the debtors see it. */
  readonly owed: number;
  readonly owing: number;
  readonly balanced: boolean;
  readonly books: ReadonlyMap<Actor, Accounts>;
}

/** Waits until nothing is on its way any more, then reads everybody's books. */
export async function closeBooks(market: Market): Promise<readonly CurrencyAccount[]> {
  for (const actor of peersOf(market)) {
    await actor.until('a payment is still on its way', async () => {
      const { tabs } = await actor.ask('tabs.list', { limit: 1_000 });
      const { currencies: purses } = await actor.ask('wallet.list', {});
      const quiet =
        tabs.every((tab) => tab.paying === undefined) &&
        purses.every((purse) => purse.ordered === 0 && purse.inTransit === 0);
      return quiet || undefined;
    });
  }
  const accounts: CurrencyAccount[] = [];
  for (const issuer of issuers) {
    const { actors } = market;
    accounts.push(
      await actors[issuer]
        .until('the books did not agree', async () => {
          const account = await read(market, issuer);
          return account.balanced ? account : undefined;
        })
        .catch(() => read(market, issuer)),
    );
  }
  return accounts;
}

async function read(market: Market, issuer: IssuerName): Promise<CurrencyAccount> {
  const currency = currencyOf(market, issuer);
  const supply = await market.actors[issuer].ask('currency.statement', {});
  const books = new Map<Actor, Accounts>();
  let sums = true;
  for (const actor of everyone(market)) {
    const check = await actor.ask('journal.check', {});
    sums &&= check.balanced;
    const found = check.currencies.find((each) => each.currency === currency);
    if (found) books.set(actor, accountsOf(found.accounts));
  }
  const total = (account: string) => sum([...books.values()].map((each) => each.get(account) ?? 0));
  const sumOfBalances = total('assets:balance') + total('assets:ordered');
  const sumOfHeld = total('assets:held');
  const [owed, owing] = [tabs(books, 'assets:tab:'), -tabs(books, 'liabilities:tab:')];
  const exists = supply.issued - supply.destroyed;
  return {
    issuer,
    currency,
    name: currencies[issuer].name,
    issued: supply.issued,
    destroyed: supply.destroyed,
    sumOfBalances,
    sumOfHeld,
    owed,
    owing,
    balanced:
      sums &&
      owed === owing &&
      exists === sumOfBalances + sumOfHeld &&
      exists === supply.sumOfBalances + supply.sumOfHeld,
    books,
  };
}

function accountsOf(accounts: readonly { readonly account: string; readonly balance: number }[]) {
  return new Map(accounts.map(({ account, balance }) => [account, balance]));
}

function tabs(books: ReadonlyMap<Actor, Accounts>, prefix: string): number {
  return sum([...books.values()].map((each) => sumOf(each, prefix)));
}

/** What stands on all accounts whose name begins so. */
export function sumOf(accounts: Accounts, prefix: string): number {
  return sum([...accounts].filter(([name]) => name.startsWith(prefix)).map(([, value]) => value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
