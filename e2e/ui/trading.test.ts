import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import type { Amount } from '../../src/amount.ts';
import { barriers, barriersHere, everyPage } from './accessible.ts';
import { booksInJournal, booksOnScreen, unitsIn } from './books-screen.ts';
import {
  findBrowser,
  goTo,
  noBrowser,
  openBrowser,
  openWindow,
  type ScreenWindow,
} from './browser.ts';
import { tabTo } from './keyboard.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

const granted = 500;
const bobsPrice = 40 as Amount;
/** So slow that a person sees it come, and loses patience. */
const bytesPerSecond = 20_000;

const words: Readonly<Record<string, string>> = en;
const wordOf = (state: string) => words[`deals.state.purchase.${state}`];

/** Alice asks Bob, Bob asks Carol, Carol asks Dave, who has what Alice looks for; money.com's money pays. */
describe.skipIf(findBrowser() === undefined)('the screens of peers that trade', () => {
  const organ = randomBytes(900_000);
  const rope = randomBytes(40_000);
  let browser: Browser;
  let market: ScreenMarket;
  let bank: ScreenPeer;
  let alice: ScreenPeer;
  let bob: ScreenPeer;
  let dave: ScreenPeer;
  let window: ScreenWindow;
  let page: Page;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    const [opened, peers] = await Promise.all([
      openBrowser(),
      market.start('money.com', 'Alice', 'Bob', 'Carol', 'Dave'),
    ]);
    browser = opened;
    const [mint, ...traders] = peers;
    const [first, second, carol, last] = traders;
    [bank, alice, bob, dave] = [mint, first, second, last];
    await bank.ask('currency.create', { name: 'money.com', symbol: 'mc' });
    await Promise.all([
      ...traders.map((peer) => peer.accept(bank)),
      bob.share(await bob.write({ 'Tide organ.bin': organ })),
      dave.share(
        await dave.write({
          ...{ 'Tide organ.bin': organ, 'Tide table.csv': 'hour,feet\n1,3\n' },
          'Rope strengths.bin': rope,
        }),
      ),
    ]);
    await Promise.all([
      market.befriend(alice, bob),
      market.befriend(bob, carol),
      market.befriend(carol, dave),
      ...traders.map((peer) => bank.issue(peer, granted)),
      alice.ask('downloads.limit', { downloadBytesPerSecond: bytesPerSecond }),
    ]);
    const { documents } = await bob.ask('library.list', {});
    const [{ documentId } = { documentId: undefined }] = documents;
    if (documentId === undefined) throw new Error('Bob has nothing to sell.');
    await bob.ask('library.price', { documentId, currency: bank.id, price: bobsPrice });
  }, setupMs);

  beforeEach(async () => {
    window = await openWindow(browser, alice);
    page = window.page;
  });

  afterEach(async () => {
    await window.close();
    expect(window.trouble).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await market?.close();
  });

  const bought = async (title: string) => {
    const { deals } = await alice.until('deals.list', { roles: ['bought'] }, ({ deals: all }) =>
      all.some((deal) => deal.title === title && deal.state === 'delivered'),
    );
    const deal = deals.find((each) => each.title === title);
    if (deal?.side !== 'purchase' || deal.path === undefined) throw new Error('It is not here.');
    return { ...deal, path: deal.path };
  };

  it('show bids from three hops away as they come, and sort out what a person wants', async () => {
    await searchScreen.open(page);
    await searchScreen.search(page, 'tide', 100);
    const row = searchScreen.row(page, 'Tide organ');
    await row.waitFor();
    await searchScreen.row(page, 'Tide table').waitFor();
    await searchScreen.ended(page);
    await page.getByText('3 bids', { exact: true }).waitFor();

    // Bob's own copy costs more than Dave's with two commissions on it.
    const far = unitsIn((await row.getByTitle('money.com').textContent()) ?? '');
    expect(far).toBeLessThan(bobsPrice);
    await row.getByText('and 1 more').waitFor();
    await row.click();
    const lines = page.locator('.search-bid').getByTitle('money.com');
    const prices = (await lines.allTextContents()).map(unitsIn);
    expect(prices).toEqual([far, bobsPrice]);

    const kinds = page.getByRole('group', { name: en['search.filter.kind'] });
    await kinds.getByText(en['kind.table'], { exact: true }).click();
    await row.waitFor({ state: 'hidden' });
    expect(await searchScreen.row(page, 'Tide table').isVisible()).toBe(true);
  });

  it('say that nobody sells for so little, and what to do then', async () => {
    await searchScreen.open(page);
    await searchScreen.search(page, 'tide organ', 3);
    await page.getByText(en['search.nothing.title'], { exact: true }).waitFor();
    expect(await page.getByText(en['search.nothing.text'], { exact: true }).isVisible()).toBe(true);
    expect(await searchScreen.row(page, 'Tide organ').count()).toBe(0);
  });

  it('buy the lowest bid, show it arrive, and tell the course of the deal', async () => {
    await searchScreen.open(page);
    await searchScreen.search(page, 'tide organ', 100);
    const row = searchScreen.row(page, 'Tide organ');
    await row.getByText('and 1 more').waitFor();
    const price = unitsIn((await row.getByTitle('money.com').textContent()) ?? '');
    await searchScreen.buyButton(page, 'Tide organ').click();
    await page.getByText(en['search.bought.title'], { exact: true }).waitFor();

    await goTo(page, 'transfers');
    await page.getByRole('progressbar', { name: /Tide organ/ }).waitFor();
    await page.getByRole('button', { name: en['limits.open'] }).click();
    await page.getByText(en['limits.none'], { exact: true }).click();
    await page.getByText(en['transfers.stage.complete'], { exact: true }).waitFor();
    const deal = await bought('Tide organ');
    expect(deal.price).toBe(price);
    expect((await readFile(deal.path)).equals(organ)).toBe(true);

    await page.getByRole('row', { name: /Tide organ/ }).click();
    await page.getByText(deal.path, { exact: true }).waitFor();
    await page.getByRole('link', { name: en['transfers.to-deal'] }).click();
    const course = page.getByRole('region', { name: en['deals.course'], exact: true });
    await course.getByText(en['deals.state.purchase.delivered'], { exact: true }).waitFor();
    const steps = await course.getByRole('listitem').locator('p:first-of-type').allTextContents();
    const states = deal.history.map(({ state }) => state);
    const passed = states.filter((state, n) => state !== states[n - 1]);
    expect(steps).toEqual(passed.map(wordOf));
    const paid = page.getByRole('region', { name: en['deals.money'], exact: true });
    const together = paid.getByRole('row', { name: en['deals.money.total'] });
    expect(unitsIn((await together.locator('td').textContent()) ?? '')).toBe(-price);
  });

  it('lead a person from a search to the document by the keyboard alone', async () => {
    await searchScreen.open(page);
    await tabTo(page, en['search.field']);
    await page.keyboard.type('rope strengths');
    await tabTo(page, en['search.max-price']);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('100');
    await page.keyboard.press('Enter');
    await searchScreen.buyButton(page, 'Rope strengths').waitFor();
    await tabTo(page, `${en['search.buy']}: Rope strengths`);
    await page.keyboard.press('Enter');

    const deal = await bought('Rope strengths');
    expect((await readFile(deal.path)).equals(rope)).toBe(true);
    // What was pressed is gone; what stands there now leads to the deal.
    await searchScreen
      .row(page, 'Rope strengths')
      .getByText(en['search.state.here'], { exact: true })
      .waitFor();
    await tabTo(page, `${en['search.to-deal']}: Rope strengths`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Rope strengths', level: 1 }).waitFor();
  });

  it('agree with the journals to the unit: the buyer’s, the finder’s and the seller’s', async () => {
    const { deals } = await alice.ask('deals.list', { roles: ['bought'] });
    const prices = deals.map(({ price }) => price);
    for (const [peer, role] of [
      [alice, en['deals.role.bought']],
      [bob, en['deals.role.found']],
      [dave, en['deals.role.sold']],
    ] as const) {
      const { page: theirs, trouble, close } = await openWindow(browser, peer);
      const journal = await booksInJournal(peer, bank);
      const screen = await booksOnScreen(theirs, bank);
      expect(screen, peer.name).toEqual(journal);
      expect(screen.balance + screen.owed - screen.owe, peer.name).toBe(screen.whole);
      await goTo(theirs, 'deals');
      const rows = theirs.getByRole('row').filter({ hasText: role });
      await rows.nth(1).waitFor();
      expect(await rows.count(), peer.name).toBe(prices.length);
      await close();
      expect(trouble).toEqual([]);
    }
  });

  it('keep nobody out: every page full of data passes axe, by day and by night', async () => {
    const { deals } = await alice.ask('deals.list', { limit: 1 });
    const { searches } = await alice.ask('search.recent', { limit: 1 });
    const paths = [
      ...(await everyPage(page)),
      ...[`deals/${deals[0]?.deal}`, `search/${searches[0]?.id}`, `wallet/${bank.id}`],
      `neighbors/${bob.id}`,
    ];
    expect(await barriers(page, paths)).toEqual([]);
    await goTo(page, 'search');
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog').waitFor();
    expect(await barriersHere(page, 'palette')).toEqual([]);
  });
});

it.skipIf(findBrowser() !== undefined)(noBrowser, () => {
  expect(findBrowser()).toBeUndefined();
});
