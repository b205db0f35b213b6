import { expect, test } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { dealingsWith } from './index.ts';

test('deals are counted with the peer they were made with, each on its side', () => {
  const market = new TestMarket();
  const alice = market.trader('alice', {});
  const bob = market.trader('bob', { documents: [testDocument('walden'), testDocument('emma')] });
  market.chain(alice, bob);
  market.open(500);
  for (const title of ['walden', 'emma']) {
    const [bid] = market.search(alice, title, 50).bids;
    market.buy(alice, bid!);
  }
  const none = { good: 0, failed: 0, open: 0, contested: 0, contradicted: 0 };
  const read = (of: typeof alice, peer: typeof alice) =>
    market.world.read(of, (ctx) => dealingsWith(ctx, peer.id));
  market.world.until('word of both deliveries', () => read(bob, alice).sales.open === 0, 60_000);
  expect(read(alice, bob)).toEqual({ purchases: { ...none, good: 2 }, sales: none });
  expect(read(bob, alice)).toEqual({ purchases: none, sales: { ...none, good: 2 } });
});
