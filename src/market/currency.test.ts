import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { allTabs } from '../tabs/index.ts';

const walden = testDocument('walden');

describe('a search in a currency that a neighbor does not take', () => {
  let market: TestMarket;
  let [alice, bob, mint]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    mint = market.world.add('mint', { settings: { issues: { name: 'Mint', symbol: 'm' } } });
    const both = [market.accepted(1), market.accepted(1, mint)];
    alice = market.trader('alice', { settings: { accepts: both } });
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(2, mint)] },
      documents: [walden],
    });
    market.chain(alice, bob);
    market.open(500, [alice]);
    market.give(alice, 500, mint);
    market.world.pass(1_000);
  });

  it('goes on in the alternative that was offered', () => {
    const { bids } = market.search(alice!, 'walden', 50, [market.currency, mint!.id]);
    expect(bids.map(({ bid }) => bid.currency)).toEqual([mint!.id]);
    market.buy(alice!, bids[0]);
    market.settle();
    const tabs = market.world.read(bob!, (ctx) => allTabs(ctx));
    expect(tabs).toMatchObject([{ currency: mint!.id, balance: 8 }]);
  });

  it('never goes on in one that was not offered, and says what would be taken', () => {
    const { bids, refused } = market.search(alice!, 'walden', 50);
    expect(bids).toEqual([]);
    expect(refused).toMatchObject([
      { code: 'currency-not-accepted', members: { alternatives: [mint!.id] } },
    ]);
    expect(market.world.read(bob!, (ctx) => allTabs(ctx))).toEqual([]);
  });

  it('learns the terms anew when the neighbor has changed what it takes', () => {
    market.search(alice!, 'walden', 50, [mint!.id]);
    bob!.settings = { ...bob!.settings, accepts: [market.accepted(3)] } as TestPeer['settings'];
    const { bids } = market.search(alice!, 'walden', 50, [mint!.id, market.currency]);
    expect(bids.map(({ bid }) => bid.currency)).toEqual([market.currency]);
    market.settle();
  });

  it('stays with the own currency where the neighbor takes it', () => {
    const carol = market.trader('carol', {
      settings: { accepts: [market.accepted(1)], issues: { name: 'Carols', symbol: 'c' } },
    });
    const dan = market.trader('dan', {
      settings: { accepts: [market.accepted(1, carol)] },
      documents: [walden],
    });
    market.chain(carol, dan);
    market.world.start();
    market.world.pass(1_000);
    const { bids } = market.search(carol, 'walden', 50, [carol.id]);
    market.buy(carol, bids[0]);
    market.settle();
    expect(market.world.read(dan, (ctx) => allTabs(ctx))).toMatchObject([{ balance: 7 }]);
  });
});
