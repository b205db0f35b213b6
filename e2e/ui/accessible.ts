import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { goTo } from './browser.ts';

/** Violations that keep somebody out. */
const grave: ReadonlySet<unknown> = new Set(['serious', 'critical']);
/** All that the dark can make worse. */
const ofColors = ['color-contrast'];
/** Nothing is said of what is right, and no style is fetched again for it. */
const quick = { resultTypes: ['violations' as const], preload: false };

/** Every page there is: those of the navigation, and each tab in them. */
export async function everyPage(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const link of await page.locator('nav a[href^="#/"]').all()) {
    const path = pathIn((await link.getAttribute('href')) ?? '');
    await goTo(page, path);
    found.push(path);
    const tabs = page.locator('main').getByRole('tab');
    for (const tab of await tabs.all()) {
      await tab.click();
      const part = pathIn(new URL(page.url()).hash);
      if (!found.includes(part)) found.push(part);
    }
  }
  return found;
}

const pathIn = (hash: string) => hash.replace('#/', '');

/** Looks at each page in turn, by day and by night. */
export async function barriers(page: Page, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await goTo(page, path);
    found.push(...(await barriersHere(page, path)));
  }
  return found;
}

/** What axe finds wrong on a page as it stands, each place in a line of its own. */
export async function barriersHere(page: Page, where: string): Promise<readonly string[]> {
  const waiting = page.locator('main').locator('[class*=Skeleton-root], [class*=Loader-root]');
  await waiting.first().waitFor({ state: 'hidden' });
  const byDay = await violations(new AxeBuilder({ page }).options({ ...quick }), `${where}, light`);
  await paint(page, 'dark');
  const dark = new AxeBuilder({ page }).options({ ...quick }).withRules(ofColors);
  const byNight = await violations(dark, `${where}, dark`);
  await paint(page, 'light');
  return [...byDay, ...byNight];
}

async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

async function violations(axe: AxeBuilder, where: string): Promise<readonly string[]> {
  // All in this page: the other way opens a blank one for each look.
  const { violations: all } = await axe.setLegacyMode().analyze();
  return all
    .filter(({ impact }) => grave.has(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${where}: ${id}: ${html} ${any[0]?.message ?? ''}`),
    );
}
