import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDocument, TestMarket } from '../harness/market.ts';
import type { PeerProcess } from '../harness/peer.ts';
import { until } from '../harness/until.ts';
import { LaunchedDesktop } from './launch.ts';
import { missing } from './missing.ts';

const mebibyte = 1024 ** 2;

describe.skipIf(missing)('the end of the desktop while a document is on its way', () => {
  let market: TestMarket;
  let buyer: PeerProcess;
  let desktop: LaunchedDesktop | undefined;

  beforeAll(async () => {
    market = await TestMarket.open();
    buyer = await market.trader('buyer', { market: { creditLimit: 1_000 } });
    const seller = await market.trader('seller', {
      market: { creditLimit: 1_000 },
      // Slow enough to be under way for the whole test.
      limits: { uploadBytesPerSecond: mebibyte / 4 },
    });
    const [document] = (await market.shelve(seller, [64 * mebibyte])) as [TestDocument];
    await market.befriend(buyer, seller);
    await market.give(buyer, 1_000);
    const query = { documentId: document.documentId };
    const { bids } = await buyer.ask('search', { query, currency: market.currency, maxPrice: 100 });
    const bought = await buyer.ask('buy', bids[0]!.id);
    if (!bought.ok) throw new Error(bought.error.detail);
    await until('the retrieval has begun', async () => {
      const [download] = await buyer.ask('downloads');
      return download && download.receivedBytes > 0 ? true : undefined;
    });
    await buyer.stop();
  });
  afterAll(async () => {
    await desktop?.kill();
    await market?.close();
  });

  it('takes the retrieval up again, asks before it breaks it off, and ends where the person says so', async () => {
    desktop = new LaunchedDesktop({ dataDirectory: buyer.options.dataDirectory });
    const running = desktop;
    await running.untilShown('Souk');
    await until('the retrieval goes on', async () => {
      const answer = await running.inPage<{ value: { downloads: { state: { kind: string } }[] } }>(
        `window.souk.client.call('downloads.list', {})`,
      );
      return answer.value.downloads[0]?.state.kind === 'retrieving' ? true : undefined;
    });
    await running.evaluate(({ app }) => app.quit());
    await running.until('a dialog', ({ dialog }) => dialog.shown.length === 1);
    const asked = await running.evaluate(({ dialog }) => dialog.shown[0]?.options);
    expect(asked).toMatchObject({
      message: 'Quit while documents are on their way?',
      detail: 'Documents you are retrieving: 1. They go on at the next start.',
      buttons: ['Keep Running', 'Quit', 'Cancel'],
      cancelId: 2,
    });
    await running.evaluate(({ dialog }) => dialog.answer({ response: 0 }));
    await running.until('the window is hidden', ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().every((window) => !window.isVisible()),
    );
    await running.evaluate(({ app, dialog }) => {
      dialog.answer({ response: 1 });
      app.quit();
    });
    expect(await running.exited).toBe(0);
  });
});
