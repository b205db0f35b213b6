import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { until } from '../harness/until.ts';
import { barriersHere } from './accessible.ts';
import { findBrowser, goTo, openBrowser, openWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

/** Seven more programs come up, on a machine that does other things too. */
const patienceMs = 300_000;

/** Nell opens Souk for the first time, and takes the other way: the demo market. */
describe.skipIf(findBrowser() === undefined)('the demo market in the window', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let nell: ScreenPeer;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    [browser, [nell]] = await Promise.all([openBrowser(), market.start('Nell')]);
  }, setupMs);

  afterAll(async () => {
    await browser?.close();
    // A market that a failed test left would outlive its peer.
    await nell?.stop();
    await market?.close();
  });

  it('comes and goes with one click each, and says meanwhile what to look for', async () => {
    // However slow the machine, its neighbors have the time to answer.
    await nell.ask('settings.set', { patch: { market: { search: { budgetMs: 30_000 } } } });
    const { page, trouble, close } = await openWindow(browser, nell);
    page.setDefaultTimeout(patienceMs);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const seen = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
    await button(en['wizard.demo.go']).click();
    await seen(en['demo.starting']);
    await seen(en['demo.guide.title']);
    const found = await barriersHere(page, 'demo guide');

    await button('honey').click();
    await searchScreen.buyButton(page, 'Honey cake').click();
    await searchScreen.row(page, 'Honey cake').getByText(en['search.state.here']).waitFor();
    const ever = { from: '2020-01-01', to: '2099-12-31' };
    const earned = async () => {
      const { totals } = await nell.ask('earnings.get', ever);
      const kinds = new Set(totals.map(({ kind }) => kind));
      return (kinds.has('sales') && kinds.has('commissions')) || undefined;
    };
    await until('a sale and a commission', earned, { withinMs: patienceMs });
    await seen(en['status.today']);

    await button(en['demo.remove']).click();
    await page.getByRole('dialog').getByRole('button', { name: en['demo.remove'] }).click();
    await page.getByRole('region', { name: en['demo.label'] }).waitFor({ state: 'detached' });
    await page.getByText(en['status.today']).waitFor({ state: 'detached' });
    for (const [path, title] of [
      ['library', en['library.empty.title']],
      ['wallet', en['wallet.empty.title']],
      ['neighbors', en['neighbors.primary.none.title']],
      ['earnings/all', en['earnings.none.title']],
    ] as const) {
      await goTo(page, path);
      await seen(title);
    }
    await goTo(page, 'deals');
    await page.getByRole('row', { name: /Honey cake.*Frank \(demo\)/ }).waitFor();
    await close();
    expect(found).toEqual([]);
    expect(trouble).toEqual([]);
  });
});
