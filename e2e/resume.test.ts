import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DealId } from '../src/protocol/index.ts';
import { Caller, endOf } from './harness/caller.ts';
import { type TestDocument, TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

const mebibyte = 1024 ** 2;
const sizeBytes = 32 * mebibyte;

describe('a retrieval of 32 MiB that breaks', () => {
  let market: TestMarket;
  let buyer: PeerProcess;
  let seller: PeerProcess;
  let document: TestDocument;

  beforeAll(async () => {
    market = await TestMarket.open();
    buyer = await market.trader('buyer', { market: { creditLimit: 1_000 } });
    seller = await market.trader('seller', {
      market: { creditLimit: 1_000 },
      limits: { uploadBytesPerSecond: 12 * mebibyte },
    });
    [document] = (await market.shelve(seller, [sizeBytes])) as [TestDocument];
    await market.befriend(buyer, seller);
    await market.give(buyer, 1_000);
  });
  afterAll(() => market?.close());

  async function buy(): Promise<DealId> {
    const query = { documentId: document.documentId };
    const { bids } = await buyer.ask('search', { query, currency: market.currency, maxPrice: 100 });
    const bought = await buyer.ask('buy', bids[0]!.id);
    if (!bought.ok) throw new Error(bought.error.detail);
    return bought.value.deal;
  }

  /** How much of the document is at the buyer, once it is at least this much. */
  function arrived(deal: DealId, bytes: number): Promise<number> {
    return until(`${bytes} bytes have arrived`, async () => {
      const downloads = await buyer.ask('downloads');
      const found = downloads.find((each) => each.deal === deal);
      return found && found.receivedBytes >= bytes ? found.receivedBytes : undefined;
    });
  }

  async function finished(deal: DealId) {
    return until(
      'the document is whole',
      async () => {
        const purchase = await buyer.ask('purchase', deal);
        if (purchase?.failure) throw new Error(purchase.failure.detail);
        return purchase?.state === 'delivered' ? purchase : undefined;
      },
      { withinMs: 40_000 },
    );
  }

  /** The bytes that left the seller for the deal, over all its answers since it started. */
  async function sentBySeller(): Promise<number> {
    return seller.ask('uploaded');
  }

  async function checkDelivered(deal: DealId): Promise<void> {
    const { path, accessKey } = await finished(deal);
    expect((await readFile(path ?? '')).equals(document.bytes)).toBe(true);
    const stranger = await Caller.make();
    const spent = await until('the key is spent', async () => {
      const body = { accessKey, card: stranger.card() };
      const end = endOf(await stranger.ask(seller, { route: 'open', body }));
      return end === 'access-key-taken' ? undefined : end;
    });
    expect(spent).toBe('access-key-spent');
    await stranger.close();
  }

  it('goes on where it stopped when the seller is killed, and the key is still the buyer’s', async () => {
    const deal = await buy();
    await arrived(deal, 10 * mebibyte);
    await seller.kill();
    await seller.start();
    const key = (await buyer.ask('purchase', deal))?.accessKey;
    const thief = await Caller.make();
    const body = { accessKey: key, card: thief.card() };
    expect(endOf(await thief.ask(seller, { route: 'open', body }))).toBe('access-key-taken');
    await thief.close();
    await checkDelivered(deal);
    // The new seller process sent what was missing, and at most the pieces that were on their way.
    expect(await sentBySeller()).toBeLessThanOrEqual(sizeBytes - 10 * mebibyte + 4 * mebibyte);
  });

  it('goes on where it stopped when the buyer is killed', async () => {
    const before = await sentBySeller();
    const deal = await buy();
    await arrived(deal, 16 * mebibyte);
    await buyer.kill();
    await buyer.start();
    await checkDelivered(deal);
    expect((await sentBySeller()) - before).toBeLessThanOrEqual(sizeBytes + 6 * mebibyte);
  });

  it('goes on where it stopped when both are killed at once', async () => {
    const deal = await buy();
    await arrived(deal, 8 * mebibyte);
    await Promise.all([buyer.kill(), seller.kill()]);
    await Promise.all([buyer.start(), seller.start()]);
    await checkDelivered(deal);
    expect(await sentBySeller()).toBeLessThanOrEqual(sizeBytes - 8 * mebibyte + 4 * mebibyte);
  });

  it('is paid for once each time', async () => {
    const books = await market.settled(30_000);
    const own = books.find(({ peer }) => peer === buyer.self)!;
    expect(own.purchases.map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });
});
