import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';
import { type ReceivedBid, recentPurchases, recentSales } from './index.ts';

const walden = testDocument('walden');

/** Alice, a primary neighbor, accepts a bid of Bob's that rests on Carol, whom he met by trading (§4). */
describe('A bid whose supplier callers may not be exposed to any more', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];
  let bid: ReceivedBid | undefined;

  const begin = (settings: Record<string, unknown> = {}) => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(0)], policy: 3, ...settings },
    });
    carol = market.trader('carol', {
      settings: { accepts: [market.accepted(0)] },
      documents: [walden],
    });
    market.chain(alice, bob, carol);
    bob.book.put({ ...bob.book.get(carol.id)!, list: 'secondary' });
    market.open(500);
    bid = market.search(alice, 'walden', 100).bids[0];
  };
  beforeEach(() => begin());

  const accept = () =>
    market.ask(alice!, bob!, {
      route: 'accept',
      body: { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA' },
    });
  const owed = () =>
    market.world.read(bob!, (ctx) => tabView(ctx, alice!.id, market.currency).balance);
  const bought = () => market.world.read(bob!, (ctx) => recentPurchases(ctx, 9));
  const relist = (list: 'undesirable' | undefined) => {
    if (list) bob!.book.put({ ...bob!.book.get(carol!.id)!, list });
    else bob!.book.remove(carol!.id);
  };
  const expectGone = () => {
    const before = owed();
    expect(accept()).toMatchObject({ error: { code: 'document-gone' } });
    expect([owed(), bought()]).toEqual([before, []]);
  };

  it('is bought from a peer that was met by trading only while policy 3 holds', () => {
    expect(accept()).toMatchObject({ ok: true });
    expect(bought()).toHaveLength(1);
    begin();
    bob!.settings = { ...bob!.settings, policy: 2 };
    expectGone();
  });

  it('is refused, and nothing charged, where that one became undesirable meanwhile', () => {
    relist('undesirable');
    expectGone();
  });

  it('is refused where a person took it off the lists', () => {
    relist(undefined);
    expectGone();
  });

  it('is sold from the own shelf where the document has come to stand there', () => {
    relist('undesirable');
    bob!.library.add(walden);
    expect(accept()).toMatchObject({ ok: true });
    const [sale] = market.world.read(bob!, (ctx) => recentSales(ctx, 1));
    expect([sale?.supply.kind, bought()]).toEqual(['shelf', []]);
  });

  it('is refused by a super node that sold its knowledge of that place', () => {
    begin({ forwarding: { fromDirectory: true } });
    bid = market.search(alice!, 'walden', 100).bids[0];
    relist('undesirable');
    expectGone();
  });
});
