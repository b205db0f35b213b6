import { expect, test } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { collection } from '../state/index.ts';
import { dealRecordsOf, forgetDealRecords } from '../statistics/index.ts';

test.each([
  ['before the statistics', undefined],
  ['a version that counted otherwise', 1],
])('a peer whose state is of %s counts its deals at its next start, once', (_, version) => {
  const market = new TestMarket();
  const alice = market.trader('alice');
  const bob = market.trader('bob', { documents: [testDocument('walden'), testDocument('emma')] });
  market.chain(alice, bob);
  market.open(500);
  market.buy(alice, market.search(alice, 'walden', 50).bids[0]);
  const [bid] = market.search(alice, 'emma', 50).bids;
  bob.library.remove(testDocument('emma').documentId);
  market.buy(alice, bid, 'failed');
  market.settle();
  const records = () => market.world.read(alice, (ctx) => dealRecordsOf(ctx, bob.id));
  const before = records();
  expect(before).toMatchObject([{ side: 'bought', counts: { good: 1, failed: 1 } }]);

  const countings = collection<{ of: string; version: number }>()('countings', ['of']);
  market.world.do(alice, (ctx) => {
    forgetDealRecords(ctx);
    if (version === undefined) ctx.tx.remove(countings, 'deals');
    else ctx.tx.put(countings, { of: 'deals', version });
  });
  expect(records()).toEqual([]);
  market.world.crash(alice);
  market.world.start(alice);
  expect(records()).toMatchObject(before.map(({ counts, sums }) => ({ counts, sums })));
  market.world.crash(alice);
  market.world.start(alice);
  expect(records()).toMatchObject(before.map(({ counts, sums }) => ({ counts, sums })));
  market.settle();
});
