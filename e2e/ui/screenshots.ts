import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { de } from '../../renderer/i18n/de.ts';
import { en } from '../../renderer/i18n/en.ts';
import { goTo, openBrowser, openWindow } from './browser.ts';
import { ScreenMarket } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';
import { trade } from './screenshot-market.ts';
import { shootTransfers } from './screenshot-transfers.ts';

/** `npm run screenshots [folder]`: every page of a peer that trades, of one that has nothing, and the first steps. */

const pages = [
  ...[
    'transfers',
    'transfers/uploads',
    'library',
    'library/folders',
    'library/prices',
    'library/kept',
  ],
  ...['wallet', 'wallet/tabs', 'wallet/exchange', 'wallet/mine'],
  ...['neighbors', 'neighbors/requests', 'neighbors/suggestions', 'neighbors/map'],
  ...['earnings', 'deals', 'settings', 'settings/trading', 'settings/network', 'settings/about'],
];
const steps = ['welcome', 'you', 'share', 'money', 'neighbor', 'ready'];
const wide = { width: 1920, height: 1080 };
const narrow = { width: 800, height: 600 };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: narrow },
  'narrow-dark': { colorScheme: 'dark', viewport: narrow },
  wide: { colorScheme: 'light', viewport: wide },
  'wide-dark': { colorScheme: 'dark', viewport: wide },
  german: { colorScheme: 'light', locale: 'de-DE' },
};

const plays: ReadonlySet<string> = new Set([en['watch.play'], de['watch.play']]);

const folder = process.argv[2] ?? 'screenshots';
await mkdir(folder, { recursive: true });
const market = await ScreenMarket.open();
const browser = await openBrowser();
try {
  const { alice, search } = await trade(market);
  for (const [look, options] of Object.entries(looks)) {
    await shoot(browser, alice, look, options, { paths: [`search/${search}`, ...pages, 'watch'] });
  }
  const [nobody] = await market.start('Newcomer');
  for (const look of ['light', 'narrow-dark', 'german']) {
    const paths = steps.map((step) => `wizard/${step}`);
    await shoot(browser, nobody, look, looks[look] ?? {}, { paths });
  }
  await nobody.ask('settings.set', { patch: { setup: { done: true } } });
  for (const look of ['wide', 'narrow', 'dark']) {
    const paths = ['search', ...pages];
    await shoot(browser, nobody, look, looks[look] ?? {}, { paths, prefix: 'empty-' });
  }
  await shootTransfers(market, browser, folder);
} finally {
  await browser.close();
  await market.close();
}

interface Shots {
  readonly paths: readonly string[];
  readonly prefix?: string;
}

async function shoot(
  shooting: Browser,
  peer: ScreenPeer,
  look: string,
  options: BrowserContextOptions,
  { paths, prefix = '' }: Shots,
): Promise<void> {
  const { page, trouble, close } = await openWindow(shooting, peer, options);
  for (const path of paths) {
    await goTo(page, path);
    await drawn(page, path, prefix === '');
    const name = path.startsWith('search/') ? 'search' : path.replace('/', '-');
    const file = join(folder, `${prefix}${name}-${look}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
  }
  await close();
  for (const line of trouble) console.error(line);
}

/** Waits for what comes after the page itself. */
async function drawn(page: Page, path: string, trades: boolean): Promise<void> {
  await page.locator('[class*=Skeleton-root]').first().waitFor({ state: 'hidden' });
  // Most days of the chart are empty.
  const bars = page.locator('.recharts-bar-rectangle').filter({ visible: true });
  if (path === 'earnings' && trades) await bars.first().waitFor();
  if (path === 'neighbors/map' && trades) await page.locator('.souk-map canvas').first().waitFor();
  if (path === 'neighbors/map' && !trades) await page.locator('.souk-empty').waitFor();
  if (path !== 'watch') return;
  const words = [en, de].flatMap((each) => [each['watch.play'], each['watch.pause']]);
  const play = page.getByRole('button', { name: new RegExp(`^(${words.join('|')})$`) });
  if (plays.has((await play.textContent()) ?? '')) await play.click();
  await page.locator('.souk-watch-events li').nth(3).waitFor({ state: 'attached' });
}
