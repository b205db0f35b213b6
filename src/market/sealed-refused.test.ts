import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';
import { type ReceivedBid, recentPurchases, recentSales } from './index.ts';

const walden = testDocument('walden');

/** Across currencies stands in conversion.test.ts; elsewhere a source has not been asked, or must not be named. */
describe('A sealed delivery where it is not offered', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  const begin = (settings: Record<string, unknown>) => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: {
        accepts: [market.accepted(1)],
        commission: { flat: 5, perMillion: 0 },
        ...settings,
      },
    });
    carol = market.trader('carol', { documents: [walden] });
    market.chain(alice, bob, carol);
    market.open(500);
  };
  const bidFor = () => market.search(alice!, 'walden', 100).bids[0];
  const owed = () =>
    market.world.read(bob!, (ctx) => tabView(ctx, alice!.id, market.currency).balance);
  const deals = () =>
    [bob!, carol!].map((peer) =>
      market.world.read(peer, (ctx) => [
        ...recentPurchases(ctx, 9).map(({ state }) => state),
        ...recentSales(ctx, 9).map(({ state }) => state),
      ]),
    );

  /** Another program asks for it although the bid does not offer it: nothing moves. */
  function expectRefused(bid: ReceivedBid | undefined): void {
    expect(bid?.bid.sealed).toBeUndefined();
    const before = [owed(), ...deals()];
    const body = { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA', sealed: true };
    expect(market.ask(alice!, bob!, { route: 'accept', body })).toMatchObject({
      error: { code: 'not-sealed' },
    });
    expect([owed(), ...deals()]).toEqual(before);
    expect(() => market.buy(alice!, bid, true)).toThrow('cannot be bought against the key');
  }

  describe('through a peer that conceals its source', () => {
    beforeEach(() => begin({ strategy: 'concealment' }));

    it('is refused, and the document is bought on the tab as before', () => {
      const bid = bidFor();
      expectRefused(bid);
      market.buy(alice!, bid, 'delivered');
      market.settle();
    });

    it('is offered once the copy stands on its own shelf', () => {
      market.buy(alice!, bidFor(), 'delivered');
      market.settle();
      const own = bidFor();
      expect(own?.bid.sealed).toBe(true);
      market.buy(alice!, own, true, 'delivered');
      market.settle();
      expect(market.world.read(bob!, (ctx) => recentSales(ctx, 1)[0]?.supply.kind)).toBe('shelf');
    });
  });

  describe('from a super node that knows the place', () => {
    beforeEach(() => begin({ forwarding: { fromDirectory: true } }));

    it('is refused, and the document is bought on the tab as before', () => {
      const asked = bidFor();
      expect(asked?.bid.sealed).toBe(true);
      const known = bidFor();
      expectRefused(known);
      market.buy(alice!, known, 'delivered');
      market.settle();
      expect(deals()).toEqual([['passed-on', 'instructed'], ['delivered']]);
    });

    it('is had by asking on, on the bid that the source made itself', () => {
      market.buy(alice!, bidFor(), true, 'delivered');
      market.settle();
      expect(deals()).toEqual([['passed-on', 'delivered'], ['delivered']]);
    });
  });
});
