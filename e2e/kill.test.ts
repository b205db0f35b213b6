import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PeerBooks } from './harness/books.ts';
import { TestChance, testSeed } from './harness/chance.ts';
import { Killer } from './harness/killer.ts';
import { TestMarket } from './harness/market.ts';
import { type TradingReport, trade } from './harness/trading.ts';

const kibibyte = 1024;
const kills = 104;
const settleWithinMs = 90_000;
/** On a machine that is busy with other things a start takes several times as long. */
const patienceMs = 600_000;

describe('a market whose processes are killed at any moment', () => {
  const seed = testSeed();
  const chance = new TestChance(seed);
  let market: TestMarket;

  beforeAll(async () => {
    market = await TestMarket.open();
    const limits = { uploadBytesPerSecond: 8 * kibibyte * kibibyte };
    const dave = await market.trader('dave', { issues: true, limits });
    const others = [];
    for (const name of ['alice', 'bob', 'carol']) {
      others.push(await market.trader(name, { accepts: [dave], limits }));
    }
    const [alice, bob, carol] = others;
    for (const trader of market.traders) {
      await market.shelve(trader, [0, 3 * kibibyte, 40 * kibibyte, 300 * kibibyte, 3 * 1024 ** 2]);
      await market.give(trader, 20_000);
    }
    for (const trader of others) await market.give(trader, 5_000, dave);
    // A diamond: what bob has comes to alice through carol or through dave.
    for (const between of [carol!, dave]) {
      await market.befriend(alice!, between);
      await market.befriend(between, bob!);
    }
  });
  afterAll(() => market?.close());

  it(
    `agrees to the unit after ${kills} kills, and every document paid for is whole`,
    async () => {
      const stop = new AbortController();
      const report: TradingReport = { searches: 0, bought: 0, refused: new Map() };
      const dave = market.traders.find(({ name }) => name === 'dave')!;
      const currencies = [market.currency, market.currency, dave.self];
      const trading = Promise.all(
        market.traders.map((trader) =>
          trade(market, trader, chance, currencies, { stop: stop.signal, report }),
        ),
      );
      const killer = new Killer(market.everybody, chance, kills);
      try {
        const begun = performance.now();
        await killer.run(2);
        stop.abort();
        await trading;
        const tradedMs = performance.now() - begun;
        const books = await market.settled(settleWithinMs);
        await checkDocuments(market, books);
        tell({ seed, killer, report, tradedMs, books });
        expect(killer.kills).toBeGreaterThanOrEqual(100);
        expect(report.bought).toBeGreaterThan(50);
        expect(deliveredIn(books).length).toBeGreaterThan(50);
      } catch (error) {
        stop.abort();
        const dump = join(tmpdir(), `souk-kill-${seed}.json`);
        const books = await Promise.allSettled(market.everybody.map((peer) => peer.ask('books')));
        await writeFile(dump, JSON.stringify(books, null, 1));
        const again = `SOUK_SEED=${seed} npx vitest run --project e2e e2e/kill.test.ts`;
        throw new Error(
          `Seed ${seed}, after ${killer.kills} kills. Again: ${again}. Books: ${dump}`,
          {
            cause: error,
          },
        );
      }
    },
    patienceMs,
  );
});

function deliveredIn(books: readonly PeerBooks[]) {
  return books.flatMap(({ purchases }) => purchases.filter(({ state }) => state === 'delivered'));
}

async function checkDocuments(market: TestMarket, books: readonly PeerBooks[]): Promise<void> {
  for (const { documentId, path, deal } of deliveredIn(books)) {
    const original = market.documents.find((document) => document.documentId === documentId);
    const copy = await readFile(path ?? '');
    expect(original?.bytes.equals(copy), `the document of deal ${deal}`).toBe(true);
  }
}

function tell(run: {
  seed: number;
  killer: Killer;
  report: TradingReport;
  tradedMs: number;
  books: readonly PeerBooks[];
}): void {
  const { seed, killer, report, tradedMs, books } = run;
  const ends = new Map<string, number>();
  for (const { state, failure, purpose } of books.flatMap(({ purchases }) => purchases)) {
    const end = `${purpose.kind} ${state}${failure ? ` (${failure.code})` : ''}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const starts = killer.startsMs.toSorted((a, b) => a - b);
  const median = starts[Math.floor(starts.length / 2)];
  const shown = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
  console.info(
    [
      `seed ${seed}: ${killer.kills} kills in ${Math.round(tradedMs / 1000)} s, start ${median} ms`,
      `${report.searches} searches, ${report.bought} bought; refused: ${shown(report.refused)}`,
      `deals: ${shown(ends)}`,
      `killed at: ${shown(killer.met)}`,
    ].join('\n'),
  );
}
