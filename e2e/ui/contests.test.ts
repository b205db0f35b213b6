import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import type { DealId } from '../../src/protocol/index.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';

/** A person contests a deal in a window, the seller sees it in another; and policies, where they show. */
describe.skipIf(findBrowser() === undefined)('a contested deal on the screen', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let ann: ScreenPeer;
  let ben: ScreenPeer;
  let annsWindow: ScreenWindow;
  let bensWindow: ScreenWindow;
  let deal: DealId;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    browser = await openBrowser();
    [ann, ben] = await market.start('Ann', 'Ben');
    for (const peer of [ann, ben]) {
      await peer.share(await peer.write({ [`Notes of ${peer.name}.txt`]: peer.name }));
    }
    await ann.ask('currency.create', { name: 'Shells', symbol: 'SHL', decimals: 0 });
    await ben.accept(ann);
    await market.befriend(ann, ben);
    await ann.issue(ben, 50);
    deal = await buy();
    annsWindow = await openWindow(browser, ann);
    bensWindow = await openWindow(browser, ben);
  }, setupMs);

  afterAll(async () => {
    await browser?.close();
    await market?.close();
    expect([...(annsWindow?.trouble ?? []), ...(bensWindow?.trouble ?? [])]).toEqual([]);
  });

  async function buy(): Promise<DealId> {
    const offers = [{ currency: ann.id, maxPrice: 30 as never }];
    const { id } = await ben.ask('search.start', { query: { text: 'Notes' }, offers });
    const { bids } = await ben.until(
      'search.bids',
      { search: id },
      (found) => found.bids.length > 0,
    );
    const bought = await ben.ask('deals.buy', { bid: bids[0]?.id ?? '', sealed: false });
    await ben.until('deals.get', { deal: bought.deal }, ({ sides }) =>
      sides.some((side) => side.deal.state === 'delivered'),
    );
    return bought.deal;
  }

  it('is contested with a reason; the buyer sees the refund, the seller that the buyer lied', async () => {
    const { page: bens } = bensWindow;
    await ann.until('deals.get', { deal }, ({ sides }) =>
      sides.some((side) => side.deal.state === 'delivered'),
    );
    await goTo(bens, `deals/${deal}`);
    await bens.getByRole('button', { name: en['contest.open'] }).click();
    const dialog = bens.getByRole('dialog');
    await dialog.getByLabel(en['contest.reason.not-delivered']).check();
    await dialog.getByLabel(en['contest.dialog.note']).fill('It never came.');
    await dialog.getByRole('button', { name: en['contest.dialog.go'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await bens.getByText(en['contest.made.refunded']).waitFor();
    await bens.getByText(en['contest.contradicted.own']).waitFor();

    const { page: anns } = annsWindow;
    await goTo(anns, 'deals');
    await anns.getByText(en['contest.short.refunded']).click();
    await anns.getByText(en['contest.taken.refunded']).waitFor();
    await anns.getByText('It never came.', { exact: true }).first().waitFor();
    await anns.getByText(en['contest.contradicted'], { exact: true }).waitFor();
    await anns.getByText(en['deals.evidence.souk-contest']).waitFor();
  });

  it('says which policy holds, and switches it at once, on both pages', async () => {
    const { page } = bensWindow;
    await goTo(page, 'neighbors/primary');
    await page.getByText(en['policy.1.text']).waitFor();
    await page.getByText(en['neighbors.solicited.everybody'], { exact: true }).waitFor();
    await page.getByText('Policy 3', { exact: true }).click();
    await page.getByText(en['policy.3.text']).waitFor();
    await ben.until('settings.get', {}, ({ market: { policy } }) => policy === 3);
    await goTo(page, 'settings/trading');
    await page.getByLabel(en['policy.2']).click();
    await ben.until('settings.get', {}, ({ market: { policy } }) => policy === 2);
  });

  it('explains why a peer is undesirable, and lets a person forgive it', async () => {
    const { page } = bensWindow;
    await ben.ask('neighbors.move', {
      peer: ann.id,
      list: 'secondary',
      reason: 'Not sure of her.',
    });
    const second = await buy();
    await ben.ask('deals.contest', { deal: second, reason: 'not-as-described' });
    await goTo(page, 'neighbors/undesirable');
    await page.getByText('Ann', { exact: true }).click();
    const details = page.getByRole('dialog');
    const why = en['contest.reason.not-as-described'];
    await details.getByText(en['neighbors.origin.contested'].replace('{reason}', why)).waitFor();
    await details.getByText(en['neighbors.solicited.nobody'], { exact: true }).waitFor();
    await details.getByText(en['neighbors.forgive']).waitFor();
    await details.getByRole('button', { name: en['neighbors.list.primary'], exact: true }).click();
    await page.getByLabel(en['neighbors.reason.label']).fill('We talked.');
    await page.getByRole('button', { name: en['neighbors.move.go'], exact: true }).click();
    await ben.until('neighbors.list', { list: 'primary' }, ({ neighbors }) =>
      neighbors.some(({ peer, marks }) => peer === ann.id && marks[0]?.forgiven !== undefined),
    );
  });
});
