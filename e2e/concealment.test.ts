import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDocument, TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

const mebibyte = 1024 ** 2;
const sizeBytes = 24 * mebibyte;

describe('an intermediary that conceals its source, and is killed while it retrieves', () => {
  let market: TestMarket;
  let [buyer, agent, source]: PeerProcess[] = [];
  let document: TestDocument;

  beforeAll(async () => {
    market = await TestMarket.open();
    const creditLimit = 1_000;
    buyer = await market.trader('buyer', { market: { creditLimit } });
    agent = await market.trader('agent', {
      market: { creditLimit, strategy: 'concealment' },
      limits: { downloadBytesPerSecond: 12 * mebibyte },
    });
    source = await market.trader('source', { market: { creditLimit } });
    [document] = (await market.shelve(source, [sizeBytes])) as [TestDocument];
    await market.befriend(buyer, agent);
    await market.befriend(agent, source);
    await market.give(buyer, 1_000);
    await market.give(agent, 1_000);
  });
  afterAll(() => market?.close());

  /** Searches until the agent has learned its neighbor's terms, and there is a bid. */
  const bid = () =>
    until('a bid', async () => {
      const query = { documentId: document.documentId };
      const { bids } = await buyer!.ask('search', {
        query,
        currency: market.currency,
        maxPrice: 200,
      });
      return bids[0];
    });

  async function bought() {
    const accepted = await buyer!.ask('buy', (await bid()).id);
    if (!accepted.ok) throw new Error(accepted.error.detail);
    return accepted.value.deal;
  }

  const delivered = (deal: Awaited<ReturnType<typeof bought>>) =>
    until(
      'the document is at the buyer',
      async () => {
        const purchase = await buyer!.ask('purchase', deal);
        if (purchase?.failure) throw new Error(purchase.failure.detail);
        return purchase?.state === 'delivered' ? purchase : undefined;
      },
      { withinMs: 30_000 },
    );

  it('goes on where it stopped, serves the document itself and keeps one copy', async () => {
    const deal = await bought();
    await until('half of it is at the agent', async () => {
      const [download] = await agent!.ask('downloads');
      return download && download.receivedBytes > 8 * mebibyte ? download : undefined;
    });
    await agent!.kill();
    await agent!.start();
    const purchase = await delivered(deal);
    expect(purchase.serving).toBe(agent!.self);
    expect((await readFile(purchase.path ?? '')).equals(document.bytes)).toBe(true);
    const { kept } = await agent!.ask('resales');
    expect(kept).toMatchObject([{ documentId: document.documentId, state: 'kept' }]);
    const folder = join(market.root, 'agent', 'kept');
    expect(await readdir(folder)).toHaveLength(1);
    const copy = await readFile(join(folder, kept[0]?.place ?? ''));
    expect(copy.equals(document.bytes)).toBe(true);
  });

  it('sells the copy again after another kill, without the source', async () => {
    await agent!.kill();
    await source!.kill();
    await agent!.start();
    const purchase = await delivered(await bought());
    expect(purchase.serving).toBe(agent!.self);
    expect((await readFile(purchase.path ?? '')).equals(document.bytes)).toBe(true);
    await source!.start();
    const books = await market.settled(30_000);
    const clearing = books.flatMap(({ journal }) =>
      journal.map(({ kept }) => kept['clearing:deals'] ?? 0),
    );
    expect(clearing.every((balance) => balance === 0)).toBe(true);
  });
});
