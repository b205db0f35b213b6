import { describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';

/** What a peer is told by whoever solicits it, or accepts its bid, over many searches: of which hop, and how long. */
function told(searches: number) {
  const market = new TestMarket();
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) =>
    market.trader(name, {
      settings: {
        accepts: [market.accepted(0)],
        commission: { flat: 4, perMillion: 0 },
        creditLimit: 10_000,
      },
      documents: name === 'carol' ? [testDocument('walden')] : [],
    }),
  ) as [TestPeer, TestPeer, TestPeer];
  market.chain(alice, bob, carol);
  market.open(500);
  const spans = { solicit: { alice: [], bob: [] }, accept: { alice: [], bob: [] } } as Record<
    string,
    Record<string, number[]>
  >;
  market.world.observe({
    message: ({ kind, route, from, body }) => {
      const { budgetMs, withinMs } = (body ?? {}) as Record<string, number>;
      if (kind === 'request') spans[route]?.[from.name]?.push(budgetMs ?? withinMs ?? 0);
    },
  });
  for (let n = 0; n < searches; n++) {
    const [bid] = market.search(alice, 'walden', 100).bids;
    market.buy(alice, bid);
  }
  return spans;
}

describe('Who is asked, or sold to', () => {
  const spans = told(40);

  it.each([
    ['solicit', 4_400, 5_000],
    ['accept', 30_000, 60_000],
  ] as const)('does not tell by the time given whether a person asks: %s', (route, least, most) => {
    const { alice: persons = [], bob: agents = [] } = spans[route] ?? {};
    expect([persons.length, agents.length]).toEqual([40, 40]);
    expect(new Set(persons).size).toBeGreaterThan(30);
    for (const ms of persons) {
      expect(ms).toBeGreaterThanOrEqual(least);
      expect(ms).toBeLessThanOrEqual(most);
    }
    // Many an intermediary gives more time than many a person.
    const middle = persons.toSorted((a, b) => a - b)[10] ?? 0;
    expect(agents.filter((ms) => ms > middle).length).toBeGreaterThan(5);
  });
});
