import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { Caller, endOf } from '../harness/caller.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

const script = '<script>alert(document.domain)</script>';
const image = '<img src=x onerror=alert(1)>';
const note = `${script}${'W'.repeat(450)}`;
/** The second letter is Cyrillic. */
const lookAlike = 'Mаllory';
const files = {
  // What a file manager would show as `sheet exe.png`.
  [`${image} sheet \u202egnp.exe\u0007\n.txt`]: 'A program.',
  'long.html': `<title>${'sheet '.repeat(1_700)}</title><body>${script}</body>`,
  'rtl.html': '<title>\u05d2\u05dc\u05d9\u05d5\u05df sheet \u05de\u05dc\u05d7</title>',
};

/** Mallory sells documents, issues money and writes cards, each named to do harm on Vera's screen. */
describe.skipIf(findBrowser() === undefined)('what strangers write, on a screen', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let mallory: ScreenPeer;
  let vera: ScreenPeer;
  let stranger: Caller;
  let window: ScreenWindow;
  let page: Page;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    [browser, [mallory, vera], stranger] = await Promise.all([
      openBrowser(),
      market.start('Mallory', 'Vera'),
      Caller.make(),
    ]);
    await mallory.ask('peer.rename', { name: script });
    await mallory.ask('currency.create', { name: image, symbol: '<b>€</b>' });
    await Promise.all([
      vera.accept(mallory),
      mallory.share(await mallory.write(files)),
      market.befriend(vera, mallory),
    ]);
    await mallory.issue(vera, 100);
    window = await openWindow(browser, vera);
    page = window.page;
  }, setupMs);

  afterAll(async () => {
    await Promise.all([browser?.close(), stranger?.close(), market?.close()]);
  });

  /** Nothing of it became a part of the page, nothing opened, and everything stands in its place. */
  const expectHarmless = async () => {
    expect(await page.locator('script:not([src]), img[src="x"], main b').count()).toBe(0);
    for (const viewport of [
      { width: 800, height: 600 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(viewport);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(wide).toBeLessThanOrEqual(0);
    }
    expect(window.trouble).toEqual([]);
  };

  it('is text on the shelves that a search finds, one line of each', async () => {
    await searchScreen.open(page);
    await searchScreen.search(page, 'sheet', 50);
    await searchScreen.ended(page);
    const rows = page.getByRole('row').filter({ has: page.getByRole('button') });
    await rows.nth(2).waitFor();
    const named = await rows.locator('[dir=auto][title]').all();
    const titles = await Promise.all(
      named.map(async (each) => (await each.getAttribute('title')) ?? ''),
    );
    expect(titles).toContain(`${image} sheet gnp.exe`);
    expect(Math.max(...titles.map(({ length }) => length))).toBe(200);
    for (const row of await rows.all()) {
      expect((await row.boundingBox())?.height).toBeLessThanOrEqual(60);
    }
    await rows.first().click();
    await page.getByText(script).first().waitFor();
    await expectHarmless();
  });

  it('is text in the wallet and among the neighbors', async () => {
    await goTo(page, 'wallet');
    await page.getByText(image, { exact: true }).first().waitFor();
    await page.getByText('<b>€</b>').first().waitFor();
    await expectHarmless();
    await goTo(page, 'neighbors');
    await page.getByRole('row', { name: script }).click();
    await page.getByRole('dialog').getByText(script, { exact: true }).waitFor();
    await expectHarmless();
  });

  it('tells a look-alike by its key, and lets no card reverse its letters', async () => {
    const to = { self: vera.id, endpoint: vera.endpoints[0] ?? '' };
    const knock = (name: string) =>
      stranger.ask(to, { route: 'introduce', body: { card: stranger.card(name), note } });
    expect(endOf(await knock('Ada\u202eyrollaM'))).toBe('bad-statement');
    expect(endOf(await knock(lookAlike))).toBe('answered');

    await goTo(page, 'neighbors/requests');
    const request = page.getByRole('listitem').filter({ hasText: lookAlike });
    await request.getByText(script).waitFor();
    const { words } = await vera.ask('neighbors.words', { peer: stranger.self });
    await request.getByLabel(`${en['neighbors.words']}: ${words.join(', ')}`).waitFor();
    await expectHarmless();

    await goTo(page, 'neighbors/add');
    const dialog = page.getByRole('dialog');
    const link = `souk://card/${stranger.card('Ada\u202eyrollaM')}`;
    await dialog.getByLabel(en['neighbors.add.invite'], { exact: true }).fill(link);
    await dialog.getByText(/control characters/).waitFor();
    const add = dialog.getByRole('button', { name: en['neighbors.add'], exact: true });
    expect(await add.isDisabled()).toBe(true);
    await expectHarmless();
  });
});
