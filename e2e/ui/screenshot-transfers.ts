import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { goTo, openWindow } from './browser.ts';
import type { ScreenMarket } from './screen-market.ts';
import { buy } from './screenshot-market.ts';

const brisk = 2_000_000;
const sizeBytes = 40_000_000;

/** A download in the states that pass quickly: coming, its seller silent, its seller gone, paused, and given up. */
export async function shootTransfers(
  market: ScreenMarket,
  browser: Browser,
  folder: string,
): Promise<void> {
  const [sam, bea] = await market.start('Sam', 'Bea');
  await sam.ask('currency.create', { name: "Sam's ink", symbol: 'ink' });
  await bea.accept(sam);
  await sam.share(await sam.write({ 'Harbor film.bin': randomBytes(sizeBytes) }));
  await market.befriend(sam, bea);
  await sam.issue(bea, 100);
  await sam.ask('downloads.limit', { uploadBytesPerSecond: brisk });
  await bea.ask('settings.set', { patch: { setup: { done: true } } });
  const { page, close } = await openWindow(browser, bea);
  const shot = (state: string) =>
    page.screenshot({ path: join(folder, `transfers-state-${state}.png`), animations: 'disabled' });
  const stands = (kind: string, silent = false) =>
    bea.until('downloads.list', {}, ({ downloads }) =>
      downloads.some(
        ({ state }) =>
          state.kind === kind && (!silent || (state.kind === 'retrieving' && !!state.silentSince)),
      ),
    );
  void buy(bea, 'harbor', sam).catch(() => undefined);
  await stands('retrieving');
  await goTo(page, 'transfers');
  await page.getByRole('row', { name: /Harbor film/ }).click();
  await page.getByText(/left/).first().waitFor();
  await shot('retrieving');
  sam.freeze();
  await stands('retrieving', true);
  await page
    .getByText(/Waiting for/)
    .first()
    .waitFor();
  await shot('silent');
  await sam.kill();
  await stands('waiting');
  await page
    .getByText(/again in/)
    .first()
    .waitFor();
  await shot('waiting');
  const [download] = (await bea.ask('downloads.list', {})).downloads;
  if (!download) throw new Error('The download is gone.');
  await bea.ask('downloads.pause', { deal: download.deal });
  await page
    .getByText(/^Paused/)
    .first()
    .waitFor();
  await shot('paused');
  await bea.ask('downloads.cancel', { deal: download.deal });
  await page
    .getByText(/^Given up/)
    .first()
    .waitFor();
  await shot('given-up');
  await close();
}
