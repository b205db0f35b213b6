import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceIn } from './harness/agreement.ts';
import { type TestDocument, TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

const mebibyte = 1024 ** 2;
const sizeBytes = 24 * mebibyte;

describe('a sealed delivery through an intermediary', () => {
  let market: TestMarket;
  let [buyer, agent, source]: PeerProcess[] = [];
  let document: TestDocument;

  beforeAll(async () => {
    market = await TestMarket.open();
    buyer = await market.trader('buyer');
    agent = await market.trader('agent');
    source = await market.trader('source', {
      limits: { uploadBytesPerSecond: 12 * mebibyte },
    });
    [document] = (await market.shelve(source, [sizeBytes])) as [TestDocument];
    await market.befriend(buyer, agent);
    await market.befriend(agent, source);
    await market.give(buyer, 1_000);
    await market.give(agent, 1_000);
  });
  afterAll(() => market?.close());

  it('ends with key against money, though each of the three is killed on the way', async () => {
    const bid = await until('a bid', async () => {
      const query = { documentId: document.documentId };
      const order = { query, currency: market.currency, maxPrice: 200 };
      return (await buyer!.ask('search', order)).bids[0];
    });
    const bought = await buyer!.ask('buySealed', bid.id);
    if (!bought.ok) throw new Error(bought.error.detail);
    const { deal } = bought.value;
    const state = async () => (await buyer!.ask('purchase', deal))?.state;

    // The source dies while it encrypts and sends: it goes on at the byte where it stopped.
    await until('half of it has arrived, encrypted', async () => {
      const [download] = await buyer!.ask('downloads');
      return download && download.receivedBytes > 8 * mebibyte ? download : undefined;
    });
    await source!.kill();
    await source!.start();
    const sealed = join(market.root, 'buyer', 'sealed');
    expect(await readdir(sealed)).toEqual([deal]);

    // The agent dies, and the buyer, while money is held on both sides of the agent.
    await until(
      'the price is held',
      async () => ((await state()) === 'retrieving' ? undefined : true),
      { withinMs: 20_000, everyMs: 20 },
    );
    await Promise.all([agent!.kill(), buyer!.kill()]);
    await Promise.all([agent!.start(), buyer!.start()]);

    const purchase = await until(
      'the document is decrypted',
      async () => {
        const found = await buyer!.ask('purchase', deal);
        if (found?.failure) throw new Error(found.failure.detail);
        return found?.state === 'delivered' ? found : undefined;
      },
      { withinMs: 60_000 },
    );
    expect((await readFile(purchase.path ?? '')).equals(document.bytes)).toBe(true);
    await until('the encrypted file is gone', async () =>
      (await readdir(sealed)).length === 0 ? true : undefined,
    );

    const books = await market.settled(60_000);
    const of = (peer: PeerProcess) => books.find((each) => each.peer === peer.self)!;
    const at = (peer: PeerProcess, account: string) =>
      balanceIn(of(peer), market.currency, account);
    expect(at(source!, 'income:sales')).toBe(-29);
    expect(at(buyer!, 'expense:purchases')).toBe(bid.price);
    expect(at(agent!, 'income:commissions')).toBe(29 - bid.price);
    expect([at(agent!, 'clearing:deals'), at(agent!, 'assets:held')]).toEqual([0, 0]);
    expect(at(buyer!, 'assets:held')).toBe(0);
  });
});
