import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { booksInJournal, booksOnScreen } from './books-screen.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { searchScreen } from './search-screen.ts';

const startedBytes = 2_500_000;
/** What came whole is not asked for again. */
const pieceBytes = 1_048_576;
const brisk = 2_000_000;
/** What is left would take minutes: it is still on its way whenever something happens to it. */
const crawl = 20_000;
const spanned = /again in/;
const waiting = /Waiting for Sam/;
/** What a person may be left to believe that a document still comes, and what the page takes to say so. */
const silentSeenMs = 8_000;

/** What Chromium itself says of a connection to a peer that is gone. */
const isAboutConnection = (line: string) => /net::ERR_/.test(line);

/** Sam sells a large document to Bea; in the middle of it first he goes away, then her own peer does. */
describe.skipIf(findBrowser() === undefined)('a screen while peers come and go', () => {
  const film = randomBytes(12_000_000);
  let browser: Browser;
  let market: ScreenMarket;
  let sam: ScreenPeer;
  let bea: ScreenPeer;
  let window: ScreenWindow;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    [browser, [sam, bea]] = await Promise.all([openBrowser(), market.start('Sam', 'Bea')]);
    await sam.ask('currency.create', { name: "Sam's ink", symbol: 'ink' });
    await bea.accept(sam);
    await sam.share(await sam.write({ 'Harbor film.bin': film }));
    await market.befriend(sam, bea);
    await sam.issue(bea, 100);
    await sam.ask('downloads.limit', { uploadBytesPerSecond: crawl });
    window = await openWindow(browser, bea);
  }, setupMs);

  afterAll(async () => {
    await browser?.close();
    await market?.close();
  });

  const received = async (bytesMin: number) => {
    const { downloads } = await bea.until('downloads.list', {}, ({ downloads: all }) =>
      all.some(({ receivedBytes }) => receivedBytes >= bytesMin),
    );
    return downloads[0]?.receivedBytes ?? 0;
  };

  it('says that the seller is away and when it is asked again, and goes on when it is back', async () => {
    const { page } = window;
    await searchScreen.open(page);
    await searchScreen.search(page, 'harbor film', 50);
    await searchScreen.buyButton(page, 'Harbor film').click();
    await page.getByText(en['search.bought.title'], { exact: true }).waitFor();
    await goTo(page, 'transfers');
    await page.getByRole('progressbar', { name: /Harbor film/ }).waitFor();
    await page.getByRole('row', { name: /Harbor film/ }).click();
    await sam.ask('downloads.limit', { uploadBytesPerSecond: brisk });
    const before = await received(startedBytes);

    sam.freeze();
    await page.getByText(waiting).waitFor({ timeout: silentSeenMs });
    await page.getByText(en['transfers.means.silent'], { exact: true }).waitFor();
    await page.getByRole('button', { name: `${en['transfers.cancel']}: Harbor film` }).waitFor();
    const { downloads } = await bea.ask('downloads.list', {});
    expect(downloads).toMatchObject([{ state: { kind: 'retrieving' }, bytesPerSecond: 0 }]);
    sam.thaw();
    await sam.ask('downloads.limit', { uploadBytesPerSecond: crawl });
    await page.getByText(en['transfers.means.retrieving'], { exact: true }).waitFor();

    await sam.kill();

    await page.getByText(spanned).first().waitFor();
    await page.getByText(waiting).waitFor();
    await page.getByText(en['transfers.means.waiting'], { exact: true }).waitFor();
    await sam.start();
    await page.getByText(en['transfers.means.retrieving'], { exact: true }).waitFor();
    expect(before).toBeLessThan(film.length);
  });

  it('says that its own peer is gone; a new window goes on where it was, to the last byte', async () => {
    const { page, trouble } = window;
    await bea.kill();
    await page.getByText(en['connection.lost.title'], { exact: true }).waitFor();
    await bea.start();
    await page.getByText(en['unreachable.old.title'], { exact: true }).waitFor();
    expect(trouble.filter((line) => !isAboutConnection(line))).toEqual([]);
    await window.close();

    window = await openWindow(browser, bea);
    await goTo(window.page, 'transfers');
    await window.page.getByRole('progressbar', { name: /Harbor film/ }).waitFor();
    expect(await received(pieceBytes)).toBeLessThan(film.length);
    await sam.ask('downloads.limit', { uploadBytesPerSecond: null });
    await window.page.getByText(en['transfers.stage.complete'], { exact: true }).waitFor();
    const { deals } = await bea.ask('deals.list', { side: 'purchase' });
    const [deal] = deals;
    if (deals.length !== 1 || deal?.side !== 'purchase') throw new Error('It was bought once.');
    expect((await readFile(deal.path ?? '')).equals(film)).toBe(true);

    const journal = await booksInJournal(bea, sam);
    const { rows } = await bea.ask('deals.money', { deal: deal.deal });
    expect(rows.reduce((sum, { result }) => sum + result, 0)).toBe(-deal.price);
    expect(await booksOnScreen(window.page, sam)).toEqual(journal);
    expect(window.trouble).toEqual([]);
  });
});
