import { describe, expect, it } from 'vitest';
import { purchaseOf } from '../market/index.ts';
import { testDocument } from './test-world-library.ts';
import { TestMarket } from './test-world-market.ts';

describe('a world of peers', () => {
  it('sells from the shelf', () => {
    const market = new TestMarket();
    const alice = market.trader('alice');
    const bob = market.trader('bob', { documents: [testDocument('walden')] });
    market.chain(alice, bob);
    market.open(500);
    const { bids } = market.search(alice, 'walden', 50);
    expect(bids.map(({ bid }) => bid.price)).toEqual([6]);
    const deal = market.buy(alice, bids[0]);
    expect(market.world.read(alice, (ctx) => purchaseOf(ctx, deal)?.state)).toBe('delivered');
    market.settle();
  });
});
