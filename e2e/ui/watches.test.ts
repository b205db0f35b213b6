import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';

/** A person lets a watched search buy, sees what it did, and stops it. */
describe.skipIf(findBrowser() === undefined)('a watched search that buys, on the screen', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let ann: ScreenPeer;
  let ben: ScreenPeer;
  let window: ScreenWindow;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    browser = await openBrowser();
    [ann, ben] = await market.start('Ann', 'Ben');
    await ann.share(await ann.write({ 'Notes of Ann.txt': 'Ann', 'Notes of May.txt': 'May' }));
    await ann.ask('currency.create', { name: 'Shells', symbol: 'SHL', decimals: 0 });
    await ben.accept(ann);
    await market.befriend(ann, ben);
    await ann.issue(ben, 50);
    const offers = [{ currency: ann.id, maxPrice: 30 as never, feesMax: 5 as never }];
    await ben.ask('search.save', { query: { text: 'Notes' }, offers, everyMs: 60_000 });
    await ben.until('search.saved', {}, ({ searches }) => searches[0]?.found !== undefined);
    window = await openWindow(browser, ben);
  }, setupMs);

  afterAll(async () => {
    await browser?.close();
    await market?.close();
    expect(window?.trouble ?? []).toEqual([]);
  });

  it('buys nothing before it is set on; then what is new, within its limits; and stops at once', async () => {
    const { page } = window;
    await goTo(page, 'search');
    await page.getByRole('button', { name: en['search.buying.start'] }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en['search.buying.budget']).fill('30');
    await dialog.getByRole('button', { name: en['search.buying.go'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(en['search.buying.state.on'], { exact: true }).waitFor();
    expect((await ben.ask('deals.list', { limit: 9 })).deals).toEqual([]);

    await ann.share(await ann.write({ 'Notes of June.txt': 'June' }));
    await ben.until(
      'search.saved',
      {},
      ({ searches }) => searches[0]?.buying?.bought[0]?.title === 'Notes of June',
    );
    await page.getByText(en['search.buying.state.done'], { exact: true }).waitFor();
    await page.getByText(en['search.buying.log'], { exact: true }).click();
    await page.getByText('Notes of June', { exact: true }).waitFor();

    await page.getByRole('button', { name: en['search.buying.again'] }).click();
    await dialog.getByLabel(en['search.buying.documents']).fill('5');
    await dialog.getByRole('button', { name: en['search.buying.go'], exact: true }).click();
    await page.getByRole('button', { name: en['search.buying.stop'], exact: true }).click();
    await page.getByText(en['search.buying.state.stopped'], { exact: true }).waitFor();
    const { searches } = await ben.ask('search.saved', {});
    expect(searches[0]?.buying).toMatchObject({ state: 'stopped', documentsMax: 5 });
  });
});
