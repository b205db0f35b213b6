import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { searchFees, startSearch } from './index.ts';

const walden = testDocument('walden');
const hour = 60 * 60_000;

describe('a neighbor whose fee for a question is more than the document may cost', () => {
  let market: TestMarket;
  let [alice, bob]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', { documents: [walden], settings: { creditLimit: 0 as Amount } });
    market.chain(alice, bob);
    market.open(500, [alice]);
    market.search(alice, 'walden', 50);
  });

  const raise = (fee: number) => {
    bob!.settings = { ...bob!.settings, accepts: [market.accepted(fee)] } as TestPeer['settings'];
    market.world.pass(2 * hour);
  };
  const left = () =>
    market.world.read(alice!, (ctx) => balanceOf(ctx, market.currency, 'assets:balance'));

  it('is not asked, and not paid: the person is told', () => {
    const before = left();
    raise(51);
    const { bids, refused } = market.search(alice!, 'walden', 50);
    expect(refused).toMatchObject([{ code: 'fee-too-high', members: { fee: 51 } }]);
    expect([bids, before - left()]).toEqual([[], 0]);
  });

  it('is known to be so by now: the search has ended as it begins', () => {
    raise(51);
    market.search(alice!, 'walden', 50);
    const offers = [{ currency: market.currency, maxPrice: 50 as Amount }];
    const begun = market.world.do(alice!, (ctx) =>
      startSearch(ctx, { query: { text: 'walden' }, offers }),
    );
    expect(begun).toMatchObject({ value: { state: 'ended', refusals: [{ peer: bob!.id }] } });
  });

  it('is asked for as much as the document may cost', () => {
    const before = left();
    raise(50);
    const { bids, refused } = market.search(alice!, 'walden', 50);
    expect([bids.length, refused, before - left()]).toEqual([1, [], 50]);
  });

  it('is not counted in what a search costs', () => {
    const offers = [{ currency: market.currency, maxPrice: 50 as Amount }];
    const fees = () => market.world.read(alice!, (ctx) => searchFees(ctx, offers));
    expect(fees()).toMatchObject([{ fees: 1, neighbors: 1 }]);
    raise(400);
    market.search(alice!, 'walden', 50);
    expect(fees()).toMatchObject([{ fees: 0, neighbors: 0 }]);
  });

  it('does not keep the others from being asked', () => {
    const carol = market.trader('carol', { documents: [walden] });
    market.chain(alice!, carol);
    market.world.start();
    raise(400);
    const { bids, refused } = market.search(alice!, 'walden', 50);
    expect(bids.map(({ bidder }) => bidder)).toEqual([carol.id]);
    expect(refused.map(({ code }) => code)).toEqual(['fee-too-high']);
  });

  it('is not asked in another currency either, where that is too dear, too', () => {
    const mint = market.world.add('mint', { settings: { issues: { name: 'Mint', symbol: 'm' } } });
    alice!.settings = {
      ...alice!.settings,
      accepts: [market.accepted(1), market.accepted(1, mint)],
    } as TestPeer['settings'];
    market.world.start();
    bob!.settings = {
      ...bob!.settings,
      accepts: [market.accepted(400, mint)],
    } as TestPeer['settings'];
    const { refused } = market.search(alice!, 'walden', 50, [market.currency, mint.id]);
    expect(refused.map(({ code }) => code)).toEqual(['currency-not-accepted', 'fee-too-high']);
  });
});
