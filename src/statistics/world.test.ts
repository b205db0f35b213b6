import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { Collection } from '../state/index.ts';
import { addCounts, contactOf, dealRecordsOf, demandOf, summaryOf } from './index.ts';

const walden = testDocument('walden');

describe('what a peer notes of its neighbors', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { commission: { flat: 5, perMillion: 0 }, accepts: [market.accepted(1)] },
    });
    carol = market.trader('carol', { documents: [walden] });
    market.chain(alice, bob, carol);
    market.open(500);
  });

  const deals = (of: TestPeer, other: TestPeer, side: string) =>
    market.world.read(of, (ctx) =>
      addCounts(dealRecordsOf(ctx, other.id).filter((record) => record.side === side)),
    );
  const contact = (of: TestPeer, other: TestPeer) =>
    market.world.read(of, (ctx) => contactOf(ctx, other.id));

  it('tells deals apart by what the other was in them', () => {
    market.buy(alice!, market.search(alice!, 'walden', 100).bids[0]);
    market.settle();
    expect(deals(alice!, bob!, 'bought')).toMatchObject({ good: 1, open: 0 });
    expect(deals(bob!, carol!, 'supplied')).toMatchObject({ good: 1, open: 0 });
    expect(deals(bob!, alice!, 'resold')).toMatchObject({ good: 0, open: 1 });
    expect(deals(carol!, bob!, 'sold')).toMatchObject({ good: 1, open: 0 });
    expect(deals(carol!, alice!, 'sold')).toMatchObject({ good: 0, open: 0 });
  });

  it('takes a supplier that went away for a refund of the neighbor, not for its failure', () => {
    const [bid] = market.search(alice!, 'walden', 100).bids;
    carol!.library.remove(walden.documentId);
    market.buy(alice!, bid, 'failed');
    expect(deals(alice!, bob!, 'bought')).toMatchObject({ refunded: 1, failed: 0 });
    expect(deals(bob!, carol!, 'supplied')).toMatchObject({ failed: 1 });
  });

  it('does not hold against a neighbor what this peer could not pay', () => {
    const poor = market.trader('poor');
    market.world.befriend(poor, carol!);
    market.world.befriend(carol!, poor, { creditLimit: 2 as never });
    market.world.start(poor);
    market.world.pass(2_000);
    market.buy(poor, market.search(poor, 'walden', 100).bids[0], 'failed');
    expect(deals(poor, carol!, 'bought')).toMatchObject({ dropped: 1, failed: 0 });
  });

  it('counts what came of asking, and how long it took', () => {
    market.buy(alice!, market.search(alice!, 'walden', 100).bids[0]);
    market.search(alice!, 'no such book', 100);
    expect(contact(alice!, bob!)).toMatchObject({ asked: 2, bid: 1, taken: 1, silent: 0 });
    const times = summaryOf(contact(alice!, bob!)?.bidTimes ?? []);
    expect(times).toMatchObject({ answers: 2 });
    expect(summaryOf(contact(alice!, bob!)?.dealTimes ?? [])).toMatchObject({ answers: 1 });
    expect(market.world.read(bob!, (ctx) => demandOf(ctx, alice!.id))).toMatchObject({
      asked: 2,
      offered: 1,
      taken: 1,
    });
  });

  it('notes who does not answer, and since when it was not seen', () => {
    market.search(alice!, 'walden', 100);
    expect(contact(alice!, bob!)).toMatchObject({ answers: true });
    const seenAt = contact(alice!, bob!)?.seenAt;
    market.world.crash(bob!);
    market.world.pass(60_000);
    market.search(alice!, 'walden', 100);
    expect(contact(alice!, bob!)).toMatchObject({ answers: false, silent: 1, seenAt });
    market.world.start(bob!);
    market.world.pass(2_000);
    market.search(alice!, 'walden', 100);
    expect(contact(alice!, bob!)).toMatchObject({ answers: true });
  });

  it('keeps nothing of strangers that only ask', () => {
    const stranger = market.trader('stranger', {});
    market.world.start(stranger);
    market.ask(stranger, carol!, { route: 'terms' } as never);
    expect(contact(carol!, stranger)).toBeUndefined();
  });

  it('costs one write to answer a solicitation from the shelf, and no scan', () => {
    const touched: string[] = [];
    const noting = (name: string, of: Collection<object>) => {
      if (noted.has(of.name)) touched.push(`${name} ${of.name}`);
    };
    const noted = new Set(['dealRecords', 'contacts', 'demands', 'hitRates', 'directory']);
    const input = {
      kind: 'request',
      exchange: 'x',
      from: bob!.id,
      request: {
        route: 'solicit',
        input: {
          id: 'AAAAAAAAAAAAAAAAAAAAAA',
          query: { text: 'walden' },
          currency: market.currency,
          maxPrice: 90 as never,
          budgetMs: 2_000,
        },
      },
    } as const;
    carol!.book.put({ ...carol!.book.get(bob!.id)!, endpoints: [] });
    carol!.store.transaction((tx) => {
      carol!.peer.handle(
        {
          get: (of, ...key) => tx.get(of, ...key),
          put: (of, record) => {
            noting('put', of);
            tx.put(of, record);
          },
          remove: (of, ...key) => {
            noting('remove', of);
            tx.remove(of, ...key);
          },
          scan: (of, scan) => {
            noting('scan', of);
            return tx.scan(of, scan);
          },
        },
        market.world.now,
        input,
      );
    });
    expect(touched.filter((one) => one.startsWith('put'))).toEqual(['put demands']);
    expect(touched.filter((one) => one.startsWith('scan')).length).toBeLessThanOrEqual(2);
  });
});
