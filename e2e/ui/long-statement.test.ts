import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput, MethodOutput } from '../../main/bridge/contract.ts';
import { en } from '../../renderer/i18n/en.ts';
import type { PeerId } from '../../src/identity/index.ts';
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

describe.skipIf(findBrowser() === undefined)(
  'the statement of a currency with a long history',
  () => {
    let browser: Browser;
    let market: ScreenMarket;
    let ida: ScreenPeer;
    let window: ScreenWindow;
    let page: Page;

    beforeAll(async () => {
      market = await ScreenMarket.open();
      [browser, [ida]] = await Promise.all([openBrowser(), market.start('Ida')]);
      await ida.ask('currency.create', { name: 'Ida’s hours', symbol: 'h' });
      window = await openWindow(browser, ida);
      page = window.page;
      await page.route('**/rpc/wallet.statement', (route: Route) =>
        route.fulfill({ json: statement(route.request().postDataJSON()) }),
      );
    }, setupMs);

    afterAll(async () => {
      await Promise.all([browser?.close(), market?.close()]);
      expect(window?.trouble).toEqual([]);
    });

    it('keeps every row from the newest on, however far somebody scrolls back', async () => {
      await goTo(page, `wallet/${ida.id}`);
      const table = page.getByRole('table', { name: en['wallet.statement'], exact: true });
      await table.waitFor();
      const counted = await until(
        'the last row',
        async () => {
          await table.evaluate((place) => place.scrollTo(0, place.scrollHeight));
          const count = Number(await table.getAttribute('aria-rowcount'));
          return (await table.getByText('Gift 1', { exact: true }).count()) > 0 ? count : undefined;
        },
        { withinMs: 60_000, everyMs: 30 },
      );
      expect(counted).toBe(rowsTotal + 1);
      await table.evaluate((place) => place.scrollTo(0, 0));
      await table.getByText(`Gift ${rowsTotal}`, { exact: true }).waitFor();
    });
  },
);
