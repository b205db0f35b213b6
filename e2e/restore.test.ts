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

    const books = await upToDate(market, bob);
    const own = books.find(({ peer }) => peer === bob.self)!;
    // The issuer's word: every unit that came and went while the backup did not look.
    expect(balanceIn(own, market.currency, 'assets:balance')).toBe(
      balanceIn(last, market.currency, 'assets:balance'),
    );
    checkTabs(own, books);
    expect(journalWrong(own).filter((wrong) => !wrong.includes('assets:transit'))).toEqual([]);
    // Nothing is silently wrong: what the books cannot explain is told to the person.
    const hidden = disagreements(books).filter((wrong) => !wrong.includes('discrepancy'));
    if (hidden.length > 0) expect(own.discrepancies.length).toBeGreaterThan(0);
    console.info(`hidden: ${hidden.join('\n')}\ndiscrepancies: ${own.discrepancies.join('\n')}`);
  });

  it('trades on afterwards, and the new deals are right to the unit', async () => {
    const before = await market.books();
    await tradeOnce([bob]);
    await tradeOnce([alice]);
    await upToDate(market, bob);
    const after = await market.books();
    const own = after.find(({ peer }) => peer === bob.self)!;
    const known = before.find(({ peer }) => peer === bob.self)!;
    checkTabs(own, after);
    expect(own.discrepancies).toEqual(known.discrepancies);
    for (const { path } of own.purchases.filter(({ state }) => state === 'delivered')) {
      expect((await readFile(path ?? '')).length).toBeGreaterThan(0);
    }
  });
});

/** Waits until nothing is under way and the mirrors have as many entries as their services. */
async function upToDate(market: TestMarket, peer: PeerProcess): Promise<readonly PeerBooks[]> {
  let missing: readonly string[] = [];
  return until(
    `${peer.name} is up to date`,
    async () => {
      const books = await market.books();
      const own = books.find((each) => each.peer === peer.self)!;
      missing = [...underWay(books), ...mirrorsBehind(own, books)];
      return missing.length === 0 ? books : undefined;
    },
    { withinMs: 30_000, everyMs: 200, missing: () => missing.join('\n') },
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

/** Each mirror says what its service says, booked or disputed: no unit of it is in neither. */
function checkTabs(own: PeerBooks, all: readonly PeerBooks[]): void {
  expect(mirrorsBehind(own, all)).toEqual([]);
  for (const { peer, currency, balance, disputed } of own.mirrors) {
    const owed = -balanceIn(own, currency, `liabilities:tab:${peer}`);
    expect(owed + disputed, `the tab at ${peer}`).toBe(balance);
    if (disputed !== 0) expect(own.discrepancies.join()).toContain('was not expected');
  }
}
