import type { Locator, Page } from 'playwright-core';
import { en } from '../../renderer/i18n/en.ts';
import { goTo } from './browser.ts';
import type { ScreenPeer } from './screen-peer.ts';

/** What somebody has of a currency and what came of trading in it, in its smallest unit. */
export interface Books {
  readonly balance: number;
  readonly owed: number;
  readonly owe: number;
  readonly earned: number;
  readonly spent: number;
  /** All that is there: what was earned or given, and not spent. */
  readonly whole: number;
}

/** The journal's accounts, added up: as its own check tells them. */
export async function booksInJournal(peer: ScreenPeer, currency: ScreenPeer): Promise<Books> {
  const { currencies } = await peer.until('journal.check', {}, ({ currencies: all }) => {
    const accounts = all.find((each) => each.currency === currency.id)?.accounts ?? [];
    return accounts.every(({ account, balance }) => balance === 0 || !isUnderWay(account));
  });
  const journal = currencies.find((each) => each.currency === currency.id);
  if (journal?.sum !== 0) throw new Error(`The journal's sum is ${journal?.sum}.`);
  const sum = (part: string) =>
    journal.accounts
      .filter(({ account }) => account.startsWith(part))
      .reduce((total, { balance }) => total + balance, 0);
  return {
    balance: sum('assets:balance'),
    owed: sum('assets:tab:'),
    owe: 0 - sum('liabilities:tab:'),
    earned: sum('income:gifts') - sum('income:'),
    spent: sum('expense:'),
    whole: sum('assets:') + sum('liabilities:'),
  };
}

const isUnderWay = (account: string) =>
  ['assets:ordered', 'assets:held', 'assets:transit', 'clearing:'].some((part) =>
    account.startsWith(part),
  );

/** The same figures, read off the pages Wallet and Earnings. */
export async function booksOnScreen(page: Page, currency: ScreenPeer): Promise<Books> {
  await goTo(page, `wallet/${currency.id}`);
  const main = page.locator('main');
  const figure = async (label: string) => {
    const shown = main.getByText(label, { exact: true }).first().locator('..');
    return unitsIn((await text(shown)).slice(label.length));
  };
  const [balance, owed, owe] = [
    await figure(en['wallet.figure.balance']),
    await figure(en['wallet.figure.owed']),
    await figure(en['wallet.figure.owe']),
  ];
  await goTo(page, 'earnings/all');
  const sums = main.getByRole('region', { name: en['earnings.earned'], exact: true });
  const sum = async (label: string) => {
    const named = page.getByRole('rowheader', { name: label, exact: true });
    return unitsIn(await text(sums.getByRole('row').filter({ has: named }).locator('td')));
  };
  return {
    ...{ balance, owed, owe },
    earned: await sum(en['earnings.earned']),
    spent: await sum(en['earnings.spent']),
    whole: await sum(en['earnings.left']),
  };
}

/** An amount as it is written: digits in groups, a true minus, then the symbol. */
export function unitsIn(shown: string): number {
  const [, sign = '', digits = ''] = /([−+]?)\s*([\d,]+)/.exec(shown) ?? [];
  if (digits === '') throw new Error(`There is no amount in "${shown}".`);
  return Number(digits.replaceAll(',', '')) * (sign === '−' ? -1 : 1);
}

async function text(shown: Locator): Promise<string> {
  try {
    return (await shown.textContent()) ?? '';
  } catch (error) {
    const page = shown.page();
    const instead = await page.locator('body').innerText();
    throw new Error(`${page.url()} shows instead: ${instead}`, { cause: error });
  }
}
