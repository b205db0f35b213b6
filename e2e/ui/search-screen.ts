import type { Locator, Page } from 'playwright-core';
import { en } from '../../renderer/i18n/en.ts';
import { goTo } from './browser.ts';

/** What a person does on the page Search. */
export const searchScreen = {
  async open(page: Page): Promise<void> {
    await goTo(page, 'search');
    await this.field(page).waitFor();
  },

  field: (page: Page): Locator => page.getByLabel(en['search.field'], { exact: true }),

  mostField: (page: Page): Locator => page.getByLabel(en['search.max-price'], { exact: true }),

  async search(page: Page, text: string, maxPrice: number): Promise<void> {
    await this.field(page).fill(text);
    await this.mostField(page).fill(`${maxPrice}`);
    await page.getByRole('button', { name: en['search.go'], exact: true }).click();
  },

  /** Waits until every neighbor has answered: then one may ask again. */
  async ended(page: Page): Promise<void> {
    await page.getByRole('button', { name: en['search.again'], exact: true }).waitFor();
  },

  /** What was found of a document. */
  row: (page: Page, title: string): Locator =>
    page.getByRole('row').filter({ has: page.getByTitle(title, { exact: true }) }),

  /** The button that buys a document at its best price. */
  buyButton(page: Page, title: string): Locator {
    return this.row(page, title).getByRole('button', {
      name: `${en['search.buy']}: ${title}`,
      exact: true,
    });
  },
} as const;
