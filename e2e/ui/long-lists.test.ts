import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput, MethodOutput } from '../../main/bridge/contract.ts';
import { en } from '../../renderer/i18n/en.ts';
import type { Amount } from '../../src/amount.ts';
import type { PeerId } from '../../src/identity/index.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import { until } from '../harness/until.ts';
import { findBrowser, goTo, openBrowser, openWindow, type ScreenWindow } from './browser.ts';
import { ScreenMarket, setupMs } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';

type Row = MethodOutput<'wallet.statement'>['rows'][number];

const rowsTotal = 600;
/** So small that more pages are scrolled through than answers are kept that nobody looks at. */
const pageRows = 4;

function rowOf(currency: PeerId, id: number): Row {
  const after = { money: id, claims: 0, issued: 0 };
  return {
    ...{ id, at: Date.UTC(2026, 0, 1) + id * 60_000, currency, after, postings: [] },
    ...{ money: 1, claims: 0, issued: 0, result: 1 },
    cause: { kind: 'gift', reason: `Gift ${id}` },
  };
}

/** As a peer of a long history answers, in short pages. */
function statement({ currency, limit = 100, before, since = 0 }: MethodInput<'wallet.statement'>) {
  const newest = Math.min(rowsTotal, (before ?? rowsTotal + 1) - 1);
  const length = Math.min(limit, pageRows, newest - since);
  const rows = Array.from({ length }, (_, n) => rowOf(currency as PeerId, newest - n));
  const left = newest - length > since;
  return { rows, ...(left && { before: newest - length + 1 }) };
}

type Deal = MethodOutput<'deals.list'>['deals'][number];

function dealOf(peer: PeerId, n: number): Deal {
  const at = Date.UTC(2026, 0, 1) + n * 60_000;
  return {
    ...{ side: 'purchase', deal: `${String(n).padStart(21, '0')}A` as DealId, title: `Deal ${n}` },
    ...{ documentId: `b3-${'a'.repeat(52)}` as DocumentId, mediaType: 'text/plain', sizeBytes: 9 },
    ...{ currency: peer, price: 5 as Amount, seller: peer, state: 'delivered' },
    ...{ at, since: at, deadlineAt: at, history: [{ state: 'delivered', at }] },
  };
}

/** The newest deals first, in short pages, as the peer of this number of deals answers. */
function dealsPage(peer: PeerId, dealsTotal: number, before = String(dealsTotal + 1)) {
  const newest = Number(before) - 1;
  const length = Math.min(pageRows, newest);
  const deals = Array.from({ length }, (_, n) => dealOf(peer, newest - n));
  return { deals, ...(newest > length && { before: String(newest - length + 1) }) };
}

describe.skipIf(findBrowser() === undefined)('a list of a long history', () => {
  let browser: Browser;
  let market: ScreenMarket;
  let ida: ScreenPeer;
  let window: ScreenWindow;
  let page: Page;
  let dealsTotal = 400;

  beforeAll(async () => {
    market = await ScreenMarket.open();
    [browser, [ida]] = await Promise.all([openBrowser(), market.start('Ida')]);
    await ida.ask('currency.create', { name: 'Ida’s hours', symbol: 'h' });
    window = await openWindow(browser, ida);
    page = window.page;
    await page.route('**/rpc/wallet.statement', (route: Route) =>
      route.fulfill({ json: statement(route.request().postDataJSON()) }),
    );
    await page.route('**/rpc/deals.list', (route: Route) => {
      const { before }: MethodInput<'deals.list'> = route.request().postDataJSON();
      return route.fulfill({ json: dealsPage(ida.id, dealsTotal, before) });
    });
  }, setupMs);

  afterAll(async () => {
    await Promise.all([browser?.close(), market?.close()]);
    expect(window?.trouble).toEqual([]);
  });

  /** Scrolls on until a row stands there; how many rows are known by then. */
  const scrollTo = (table: Locator, text: string) =>
    until(
      text,
      async () => {
        await table.evaluate((place) => place.scrollTo(0, place.scrollHeight));
        const stands = (await table.getByText(text, { exact: true }).count()) > 0;
        // Asked after the row stands: before, some of its page might have been missing.
        return stands ? Number(await table.getAttribute('aria-rowcount')) : undefined;
      },
      { withinMs: 60_000, everyMs: 30 },
    );

  it('keeps every row of a statement, however far somebody scrolls back', async () => {
    await goTo(page, `wallet/${ida.id}`);
    const table = page.getByRole('table', { name: en['wallet.statement'], exact: true });
    await table.waitFor();
    expect(await scrollTo(table, 'Gift 1')).toBe(rowsTotal + 1);
    await table.evaluate((place) => place.scrollTo(0, 0));
    await table.getByText(`Gift ${rowsTotal}`, { exact: true }).waitFor();
  });

  it('keeps its deals as far as somebody has scrolled when a new one begins', async () => {
    await goTo(page, 'deals');
    const table = page.getByRole('table', { name: en['deals.title'], exact: true });
    await table.waitFor();
    const counted = await scrollTo(table, `Deal ${dealsTotal - 150}`);
    dealsTotal += 1;
    // Whatever is done elsewhere, every window asks again what it shows.
    await ida.ask('peer.rename', { name: 'Ida the elder' });
    await table.evaluate((place) => place.scrollTo(0, 0));
    await table.getByText(`Deal ${dealsTotal}`, { exact: true }).waitFor();
    expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(counted);
  });
});
