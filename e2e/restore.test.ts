import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreFrom } from '../main/storage/index.ts';
import { balanceIn, disagreements, journalWrong, underWay } from './harness/agreement.ts';
import type { PeerBooks } from './harness/books.ts';
import { TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

describe('a peer whose disk is lost and whose backup is old', () => {
  let market: TestMarket;
  let alice: PeerProcess;
  let bob: PeerProcess;
  let carol: PeerProcess;

  beforeAll(async () => {
    market = await TestMarket.open();
    [alice, bob, carol] = [
      await market.trader('alice'),
      await market.trader('bob'),
      await market.trader('carol'),
    ];
    await market.befriend(alice, bob);
    await market.befriend(bob, carol);
    for (const trader of market.traders) {
      await market.shelve(trader, [1_000, 20_000, 300_000]);
      await market.give(trader, 5_000);
    }
  });
  afterAll(() => market?.close());

  /** Buys a document of each other trader, and waits until all have come. */
  async function tradeOnce(buyers: readonly PeerProcess[]): Promise<void> {
    for (const buyer of buyers) {
      for (const { documentId } of market.documents.filter(({ owner }) => owner !== buyer)) {
        const found = await buyer.ask('search', {
          query: { documentId },
          currency: market.currency,
          maxPrice: 50,
        });
        const [best] = found.bids;
        if (!best) throw new Error(`${buyer.name} found nothing: ${JSON.stringify(found)}`);
        const bought = await buyer.ask('buy', best.id);
        if (!bought.ok) throw new Error(bought.error.detail);
        await until(`${buyer.name} has its document`, async () => {
          const purchase = await buyer.ask('purchase', bought.value.deal);
          return purchase?.state === 'delivered' || undefined;
        });
      }
    }
  }

  it('comes back with the balance and the tabs that the others know, or says what it cannot know', async () => {
    await tradeOnce([bob, alice, carol]);
    await market.settled(30_000);
    const backup = join(market.root, 'bob.backup');
    await bob.ask('backup', backup);
    const then = await bob.ask('books');

    // What the backup does not know: bob buys, sells, finds for others, pays its tabs, is paid, gets a gift.
    await tradeOnce([bob, alice, carol]);
    await tradeOnce([bob]);
    await market.bank.ask('pay', { currency: market.currency, payee: bob.self, amount: 333 });
    await bob.ask('pay', { currency: market.currency, payee: carol.self, amount: 44 });
    await market.settled(30_000);
    const last = await bob.ask('books');
    expect(last.purchases.length).toBeGreaterThan(then.purchases.length);
    await bob.kill();

    const restored = join(market.root, 'bob restored');
    await restoreFrom(backup, restored);
    bob.options = { ...bob.options, dataDirectory: restored };
    await bob.start();
    expect(bob.self).toBe(last.peer);

    const books = await upToDate(market, [bob]);
    const own = booksIn(books, bob);
    // The issuer's word: every unit that came and went while the backup did not look.
    expect(balanceIn(own, market.currency, 'assets:balance')).toBe(
      balanceIn(last, market.currency, 'assets:balance'),
    );
    checkMirrors(books);
    expect(own.discrepancies).not.toEqual([]);
    expect(journalWrong(own).filter((wrong) => !wrong.includes('assets:transit'))).toEqual([]);
  });

  it('trades on: its neighbors see what it lost, and new deals are right to the unit', async () => {
    const before = booksIn(await market.books(), bob);
    await tradeOnce([bob, alice, carol]);
    const books = await upToDate(market, market.traders);
    const own = booksIn(books, bob);
    checkMirrors(books);
    expect(own.discrepancies).toEqual(before.discrepancies);
    for (const neighbor of [alice, carol])
      expect(booksIn(books, neighbor).discrepancies.join()).toContain('has lost what it knew');
    // What is wrong has been told: a dispute, or a deal that the seller does not remember.
    const told = /are disputed|the caller booked|came for \d+ and cost 0|notes a discrepancy/;
    expect(disagreements(books).filter((wrong) => !told.test(wrong))).toEqual([]);
    const known = new Set(before.purchases.map(({ deal }) => deal));
    const bought = own.purchases.filter(
      ({ deal, purpose }) => purpose.kind === 'self' && !known.has(deal),
    );
    expect(bought).toHaveLength(market.documents.length - 3);
    for (const { path, documentId } of bought) {
      const original = market.documents.find((document) => document.documentId === documentId);
      expect(original?.bytes.equals(await readFile(path ?? ''))).toBe(true);
    }
  });
});

function booksIn(all: readonly PeerBooks[], { self }: PeerProcess): PeerBooks {
  const found = all.find(({ peer }) => peer === self);
  if (!found) throw new Error('A peer has no books.');
  return found;
}

/** Waits until nothing is under way and the mirrors of these peers say what their services say. */
async function upToDate(
  market: TestMarket,
  peers: readonly PeerProcess[],
): Promise<readonly PeerBooks[]> {
  let missing: readonly string[] = [];
  return until(
    'all are up to date',
    async () => {
      const books = await market.books();
      const behind = peers.flatMap((peer) => mirrorsBehind(booksIn(books, peer), books));
      missing = [...underWay(books), ...behind];
      return missing.length === 0 ? books : undefined;
    },
    { withinMs: 40_000, everyMs: 200, missing: () => missing.join('\n') },
  );
}

function mirrorsBehind(own: PeerBooks, all: readonly PeerBooks[]): readonly string[] {
  return all.flatMap((service) =>
    service.tabs
      .filter(({ peer }) => peer === own.peer)
      .flatMap(({ currency, entries, balance }) => {
        const mirror = own.mirrors.find(
          (each) => each.peer === service.peer && each.currency === currency,
        );
        return mirror?.entries === entries && mirror.balance === balance
          ? []
          : [`mirror ${mirror?.entries} of ${entries}, ${mirror?.balance} of ${balance}`];
      }),
  );
}

/** Each unit of a mirror is booked or disputed, and what is disputed has been told. */
function checkMirrors(all: readonly PeerBooks[]): void {
  for (const own of all) {
    for (const { peer, currency, balance, disputed } of own.mirrors) {
      const owed = -balanceIn(own, currency, `liabilities:tab:${peer}`);
      expect(owed + disputed, `the tab at ${peer}`).toBe(balance);
      if (disputed !== 0) expect(own.discrepancies).not.toEqual([]);
    }
  }
}
