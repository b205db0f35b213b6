import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import type { Amount } from '../../src/amount.ts';
import { problems } from '../../src/problem.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

/** Una takes crowns, which have hundredths, and issues pebbles, which have tenths. */
describe.skipIf(findBrowser() === undefined)('what a person writes', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let mint: ScreenPeer;
  let una: ScreenPeer;
  let window: ScreenWindow;
  let page: Page;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    [browser, [mint, una]] = await Promise.all([openBrowser(), market.start('Mint', 'Una')]);
    await mint.ask('currency.create', { name: 'Crowns', symbol: 'crw', decimals: 2 });
    await Promise.all([
      una.accept(mint),
      mint.share(
        await mint.write({
          ...{ 'Sails.txt': 'Of sails.', 'Sails.svg': '<svg/>', 'Knots.txt': 'Of knots.' },
        }),
      ),
      market.befriend(una, mint),
    ]);
    await mint.issue(una, 100_000);
    window = await openWindow(browser, una);
    page = window.page;
  }, setupMs);

  afterAll(async () => {
    await Promise.all([browser?.close(), market?.close()]);
    expect(window?.trouble).toEqual([]);
  });

  const choose = async (field: string, option: string) => {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  it('as a fee is that fee, also when the decimals of the currency are chosen after it', async () => {
    await goTo(page, 'wallet/mine');
    await page.getByLabel(en['wallet.mine.name'], { exact: true }).fill('Pebbles');
    await page.getByLabel(en['wallet.mine.symbol'], { exact: true }).fill('peb');
    await page.getByLabel(en['wallet.mine.fee-flat'], { exact: true }).fill('3');
    await page.getByLabel(en['wallet.mine.decimals'], { exact: true }).fill('1');
    await page.getByRole('button', { name: en['wallet.mine.create'], exact: true }).click();
    await page.getByRole('heading', { name: 'Pebbles' }).waitFor();
    const { fee } = await una.ask('currency.statement', {});
    expect(fee).toEqual({ flat: 30, perMillion: 0 });
  });

  it('as an amount stays that amount when its currency is chosen after it', async () => {
    await goTo(page, 'wallet/exchange');
    await page.getByRole('button', { name: en['exchange.rate.add'], exact: true }).click();
    const dialog = page.getByRole('dialog');
    const given = dialog.getByLabel(en['exchange.rate.give'], { exact: true });
    await given.fill('5');
    await choose(`${en['exchange.rate.give']}: ${en['exchange.currency']}`, 'crw');
    await dialog.getByLabel(en['exchange.rate.get'], { exact: true }).fill('2');
    await choose(`${en['exchange.rate.get']}: ${en['exchange.currency']}`, 'peb');
    await dialog.getByLabel(en['exchange.rate.max'], { exact: true }).fill('50');
    await dialog.getByRole('button', { name: en['exchange.rate.offer'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { rates } = await una.ask('exchange.rates', {});
    expect(rates).toMatchObject([{ denominator: 500, numerator: 20, max: 5_000 }]);
  });

  it('as the most to be paid stays that number in another currency', async () => {
    await searchScreen.open(page);
    await searchScreen.mostField(page).fill('20');
    await choose(en['search.currency'], 'peb');
    await page.locator('form input:focus').waitFor({ timeout: 5_000 });
    expect(await searchScreen.mostField(page).inputValue()).toBe('20.0');
    await choose(en['search.currency'], 'crw');
    expect(await searchScreen.mostField(page).inputValue()).toBe('20.00');
  });

  it('is asked again once by two clicks, and pays once', async () => {
    await searchScreen.search(page, 'sails', 20);
    await searchScreen.ended(page);
    const before = (await una.ask('search.recent', { limit: 100 })).searches.length;
    await page.getByRole('button', { name: en['search.again'], exact: true }).dblclick();
    await una.until('search.recent', { limit: 100 }, ({ searches }) => searches.length > before);
    await searchScreen.ended(page);
    expect((await una.ask('search.recent', { limit: 100 })).searches).toHaveLength(before + 1);
  });

  it('is found whatever kind of document was looked for before', async () => {
    await page.getByText(en['kind.image'], { exact: true }).click();
    await searchScreen.row(page, 'Sails').nth(1).waitFor({ state: 'hidden' });
    await searchScreen.search(page, 'knots', 20);
    await searchScreen.ended(page);
    await searchScreen.row(page, 'Knots').waitFor();
  });

  it('stands in the form of what a saved search found, and is asked again from there', async () => {
    const maxPrice = 900 as Amount;
    const { id } = await una.ask('search.save', {
      query: { text: 'ropes' },
      offers: [{ currency: mint.id, maxPrice, feesMax: 100 as Amount }],
      everyMs: 3_600_000,
    });
    const { searches } = await una.until('search.saved', {}, (saved) =>
      saved.searches.some((one) => one.id === id && one.lastRun?.search !== undefined),
    );
    await goTo(page, `search/${searches[0]?.lastRun?.search}`);
    await searchScreen.ended(page);
    expect(await searchScreen.field(page).inputValue()).toBe('ropes');
    expect(await searchScreen.mostField(page).inputValue()).toBe('9.00');
    await page.getByRole('button', { name: en['search.again'], exact: true }).click();
    await una.until('search.recent', {}, (recent) =>
      recent.searches.some(({ query, offers }) => {
        return query.text === 'ropes' && offers[0]?.maxPrice === maxPrice;
      }),
    );
  });

  it('of a payment is asked about once more, with the keyboard on the way back', async () => {
    await goTo(page, `wallet/${mint.id}`);
    await page.getByRole('button', { name: en['wallet.send'], exact: true }).click();
    const dialog = page.getByRole('dialog');
    const payee = dialog.getByLabel(en['wallet.payee'], { exact: true });
    await payee.fill(mint.id);
    const amount = dialog.getByLabel(en['wallet.amount'], { exact: true });
    await amount.fill('1');
    // It may be reviewed once its fee is known; before, Enter does nothing.
    const review = { name: en['wallet.send.review'], disabled: false };
    await dialog.getByRole('button', review).waitFor();
    await amount.press('Enter');
    await dialog.getByRole('button', { name: 'Send 1.00 crw' }).waitFor();
    const back = dialog.locator('button:focus', { hasText: en['wallet.send.change'] });
    await back.waitFor({ timeout: 5_000 });
    await page.keyboard.press('Enter');
    await payee.waitFor();
    expect(await amount.inputValue()).toBe('1.00');
    await dialog.getByRole('button', { name: en['action.cancel'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('of a payment whose answer was lost is paid once, however often it is sent', async () => {
    const balance = async () =>
      (await una.ask('wallet.list', {})).currencies.find(({ currency }) => currency === mint.id)
        ?.balance ?? 0;
    const before = await balance();
    await goTo(page, `wallet/${mint.id}`);
    await page.getByRole('button', { name: en['wallet.send'], exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en['wallet.payee'], { exact: true }).fill(mint.id);
    await dialog.getByLabel(en['wallet.amount'], { exact: true }).fill('1');
    await dialog.getByRole('button', { name: en['wallet.send.review'] }).click();
    let said = 0;
    await page.route('**/rpc/wallet.send', async (route) => {
      said++;
      const response = await route.fetch();
      await (said === 1 ? route.fulfill({ response, body: 'cut o' }) : route.fulfill({ response }));
    });
    const send = dialog.getByRole('button', { name: 'Send 1.00 crw' });
    await send.click();
    await page.getByText(problems.unreachable.title).first().waitFor();
    await send.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.unroute('**/rpc/wallet.send');
    await una.until('wallet.list', {}, ({ currencies }) =>
      currencies.some(({ currency, ordered }) => currency === mint.id && ordered === 0),
    );
    expect([said, before - (await balance())]).toEqual([2, 100]);
  });

  it('of an invite may be touched and mended at once', async () => {
    const { link } = await mint.ask('peer.invite', {});
    await goTo(page, 'neighbors/add');
    const dialog = page.getByRole('dialog');
    const field = dialog.getByLabel(en['neighbors.add.invite'], { exact: true });
    await field.fill(link);
    const add = dialog.locator('button[type=submit]:enabled');
    await add.waitFor();
    await field.press('End');
    await page.keyboard.press('x');
    await page.keyboard.press('Backspace');
    await dialog
      .locator('button[type=submit]:disabled')
      .waitFor({ state: 'detached', timeout: 5_000 });
    await dialog
      .getByLabel(en['neighbors.add.reason'], { exact: true })
      .waitFor({ timeout: 5_000 });
    await page.keyboard.press('Escape');
  });
});
