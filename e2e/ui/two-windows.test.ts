import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import type { Amount } from '../../src/amount.ts';
import { booksInJournal, booksOnScreen } from './books-screen.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

const gift = 42;
const returned = 10;
/** A document costs 6 here, and asking for it 1: two of them are too much. */
const limit = 10 as Amount;
/** The symbol stands apart from the digits by a margin. */
const amount = /^42\s*shl$/;

/** Two people, each before a window of their own, from strangers to the first payment. */
describe.skipIf(findBrowser() === undefined)('two peers, each with its window', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let ann: ScreenPeer;
  let ben: ScreenPeer;
  let annsWindow: ScreenWindow;
  let bensWindow: ScreenWindow;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    browser = await openBrowser();
    [ann, ben] = await market.start('Ann', 'Ben');
    // Who has something on the shelves is not led through the first steps.
    await Promise.all(
      [ann, ben].map(async (peer) =>
        peer.share(
          await peer.write({ 'Notes.txt': peer.name, 'Knots.txt': `${peer.name}’s knots` }),
        ),
      ),
    );
    annsWindow = await openWindow(browser, ann);
    bensWindow = await openWindow(browser, ben);
  }, setupMs);

  afterAll(async () => {
    await browser?.close();
    await market?.close();
    expect([...(annsWindow?.trouble ?? []), ...(bensWindow?.trouble ?? [])]).toEqual([]);
  });

  it('become neighbors when one pastes the invite of the other, who accepts', async () => {
    const { page: anns } = annsWindow;
    const { page: bens } = bensWindow;
    await goTo(anns, 'neighbors/invite');
    const code = anns.getByRole('dialog').getByText('souk://');
    await code.waitFor();
    const link = (await code.textContent()) ?? '';

    await goTo(bens, 'neighbors/add');
    const dialog = bens.getByRole('dialog');
    const choose = (text: string) =>
      dialog.locator('input[type="file"]').setInputFiles({
        ...{ name: 'Ann.souk', mimeType: 'text/plain', buffer: Buffer.from(text) },
      });
    const tooLarge = dialog.getByText(en['invite.file.too-large'], { exact: true });
    await choose('x'.repeat(10_000));
    await tooLarge.waitFor();
    await choose(link);
    await dialog.getByText('Ann', { exact: true }).waitFor();
    const field = dialog.getByLabel(en['neighbors.add.invite'], { exact: true });
    await field.fill('');
    await dialog.getByText('Ann', { exact: true }).waitFor({ state: 'hidden' });
    await field.fill(`Here I am:\n${link}`);
    await dialog.getByText('Ann', { exact: true }).waitFor();
    expect(await tooLarge.count()).toBe(0);
    await dialog.getByLabel(en['neighbors.add.note'], { exact: true }).fill('We share a boat.');
    await dialog.getByRole('button', { name: en['neighbors.add'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });

    await goTo(anns, 'neighbors/requests');
    await anns.getByText('We share a boat.').waitFor();
    await anns
      .getByRole('button', { name: `${en['neighbors.requests.accept']}: Ben`, exact: true })
      .click();
    await goTo(anns, 'neighbors/primary');
    await goTo(bens, 'neighbors/primary');
    await anns.getByRole('row', { name: /Ben/ }).waitFor();
    await bens.getByRole('row', { name: /Ann/ }).waitFor();
    for (const [peer, other] of [
      [ann, ben],
      [ben, ann],
    ] as const) {
      const { neighbors } = await peer.until('neighbors.list', {}, ({ neighbors: all }) =>
        all.some(({ terms }) => terms?.standing === 'primary'),
      );
      expect(neighbors.map(({ peer: id, list }) => [id, list])).toEqual([[other.id, 'primary']]);
    }
  });

  it('make money: one issues a currency, the other accepts it and is given some', async () => {
    const { page: anns } = annsWindow;
    const { page: bens } = bensWindow;
    await goTo(anns, 'wallet/mine');
    await anns.getByLabel(en['wallet.mine.name'], { exact: true }).fill('Marsh shells');
    await anns.getByLabel(en['wallet.mine.symbol'], { exact: true }).fill('shl');
    await anns.getByRole('button', { name: en['wallet.mine.create'], exact: true }).click();
    await anns.getByRole('heading', { name: 'Marsh shells' }).waitFor();

    // Ben's window learns of it with Ann's next card.
    await ben.ask('neighbors.check', { peer: ann.id });
    await goTo(bens, 'wallet');
    await bens.getByRole('button', { name: en['wallet.accept'], exact: true }).first().click();
    const accepting = bens.getByRole('dialog');
    await accepting
      .getByLabel(en['wallet.accept.issued-by'].replace('{name}', 'Ann'), { exact: true })
      .check();
    await accepting.getByRole('button', { name: en['wallet.accept'], exact: true }).click();
    await accepting.waitFor({ state: 'hidden' });

    await anns.getByRole('button', { name: en['wallet.mine.give'], exact: true }).click();
    const giving = anns.getByRole('dialog');
    await giving.getByLabel(en['wallet.payee'], { exact: true }).fill(ben.id);
    await giving.getByLabel(en['wallet.amount'], { exact: true }).fill(`${gift}`);
    await giving.getByRole('button', { name: en['wallet.send.review'], exact: true }).click();
    await giving.getByRole('button', { name: `Send ${gift} shl` }).click();
    await giving.waitFor({ state: 'hidden' });

    const card = bens.locator('.souk-card', { hasText: 'Marsh shells' });
    await card.getByText(amount).first().waitFor();
    const { currencies } = await ben.ask('journal.check', {});
    const shells = currencies.find(({ currency }) => currency === ann.id);
    expect(shells?.sum).toBe(0);
    expect(shells?.accounts).toContainEqual({ account: 'assets:balance', balance: gift });
    await anns.locator('main').getByText(amount).first().waitFor();
    const { issued, destroyed, sumOfBalances } = await ann.ask('currency.statement', {});
    expect({ issued, destroyed, sumOfBalances }).toEqual({
      ...{ issued: gift, destroyed: 0, sumOfBalances: gift },
    });
  });

  it('send it back: what came home is in circulation no more', async () => {
    const { page: anns } = annsWindow;
    const { page: bens } = bensWindow;
    await goTo(bens, `wallet/${ann.id}`);
    await bens.getByRole('button', { name: en['wallet.send'], exact: true }).click();
    const sending = bens.getByRole('dialog');
    await sending.getByLabel(en['wallet.payee'], { exact: true }).fill('Ann');
    await bens.getByRole('option', { name: /^Ann · / }).click();
    await sending.getByLabel(en['wallet.amount'], { exact: true }).fill(`${returned}`);
    await sending.getByRole('button', { name: en['wallet.send.review'], exact: true }).click();
    await sending.getByRole('button', { name: `Send ${returned} shl` }).click();
    await sending.waitFor({ state: 'hidden' });

    const left = new RegExp(`^${gift - returned}\\s*shl$`);
    await bens.locator('main').getByText(left).first().waitFor();
    await goTo(anns, 'wallet/mine');
    await anns.locator('main').getByText(left).first().waitFor();
    const { issued, destroyed, sumOfBalances } = await ann.ask('currency.statement', {});
    expect({ issued, destroyed, sumOfBalances }).toEqual({
      ...{ issued: gift, destroyed: returned, sumOfBalances: gift - returned },
    });
  });

  it('run a tab up to its limit: told before, paid ahead, and settled by hand when asked to', async () => {
    const { page: bens } = bensWindow;
    await ann.ask('neighbors.limit', { peer: ben.id, creditLimit: limit });
    await ann.ask('settings.set', { patch: { market: { settleAt: limit } } });
    await ben.ask('neighbors.check', { peer: ann.id });
    await ben.until('neighbors.list', {}, ({ neighbors }) =>
      neighbors.some(({ terms }) => terms?.currencies[0]?.settleAt === limit),
    );
    const row = bens.getByRole('row', { name: /Ann/ });
    const buy = async (title: string) => {
      await searchScreen.open(bens);
      await searchScreen.search(bens, title, 20);
      await searchScreen.row(bens, title).click();
      await bens.getByText(/tab with this neighbor/).waitFor();
      const told = (await bens.getByText(/tab with this neighbor/).textContent()) ?? '';
      await searchScreen.buyButton(bens, title).click();
      await bens.getByText(en['search.state.here'], { exact: true }).waitFor();
      return told;
    };
    expect(await buy('Notes')).toBe(en['search.on-tab'].replace('{limit}', `${limit} shl`));
    await goTo(bens, 'wallet/tabs');
    await row.getByText(`7 of ${limit} shl used`).waitFor();

    expect(await buy('Knots')).toContain(`takes up to ${limit} shl`);
    await goTo(bens, 'wallet/tabs');
    await row.getByText(en['wallet.tabs.net.even'], { exact: true }).waitFor();

    await searchScreen.open(bens);
    await searchScreen.search(bens, 'Notes', 20);
    await searchScreen.ended(bens);
    await goTo(bens, 'wallet/tabs');
    await row.getByText(`1 of ${limit} shl used`).waitFor();
    await row.getByRole('button', { name: /^Pay 1 shl/ }).click();
    await row.getByText(en['wallet.tabs.net.even'], { exact: true }).waitFor();
    const journal = await booksInJournal(ben, ann);
    expect(journal).toMatchObject({ owe: 0, owed: 0, spent: returned + 2 * 6 + 3 });
    expect(await booksOnScreen(bens, ann)).toEqual(journal);
  });

  it('withdraw one rate right after another, and none comes back', async () => {
    const { page: bens } = bensWindow;
    await ben.ask('currency.create', { name: 'Pebbles', symbol: 'peb', decimals: 0 });
    const expires = Math.floor(Date.now() / 1000) + 86_400;
    const rate = { numerator: 2 as Amount, denominator: 3 as Amount, max: 9 as Amount, expires };
    await ben.ask('exchange.setRates', {
      rates: [
        { ...rate, give: ann.id, get: ben.id },
        { ...rate, give: ben.id, get: ann.id },
      ],
    });
    await goTo(bens, 'wallet/exchange');
    const offered = bens.getByRole('table', { name: en['exchange.own'], exact: true });
    const withdraw = offered.getByRole('button', { name: en['exchange.rate.withdraw'] });
    await withdraw.nth(1).waitFor();
    await withdraw.first().click();
    await withdraw.last().click();
    await bens.getByText(en['exchange.own.empty'], { exact: true }).waitFor();
    expect((await ben.ask('exchange.rates', {})).rates).toEqual([]);
  });

  it('show what is done elsewhere: by a command line, the demo market, or another window', async () => {
    const { page: bens } = bensWindow;
    const another = await openWindow(browser, ben);
    await goTo(another.page, 'library/folders');
    await goTo(bens, 'neighbors/primary');
    const row = bens.getByRole('row', { name: /Ann/ });
    await row.waitFor();
    const folder = another.page.getByRole('region', { name: /Ben's files/ });
    await folder.waitFor();
    const { folders } = await ben.ask('library.folders', {});
    await ben.ask('library.unshare', { path: folders[0]?.path ?? '' });
    await ben.ask('neighbors.remove', { peer: ann.id });
    await row.waitFor({ state: 'hidden' });
    await folder.waitFor({ state: 'hidden' });
    expect(another.trouble).toEqual([]);
    await another.close();
  });
});
