import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import type { DealId } from '../protocol/index.ts';
import { contest, contestableUntil, purchaseOf, recentPurchases, recentSales } from './index.ts';

const walden = testDocument('walden');
const hours = 60 * 60_000;
const minutes = 60_000;

describe('a contest that climbs a chain in the last moment', () => {
  let market: TestMarket;
  let peers: TestPeer[];
  let deal: DealId;
  let boughtAt: number;

  /** Alice buys from Dave through Bob and Carol, for 28; everybody but her is away from then on. */
  beforeEach(() => {
    market = new TestMarket();
    peers = ['alice', 'bob', 'carol', 'dave'].map((name) =>
      market.trader(name, {
        settings: {
          accepts: [market.accepted(0)],
          commission: { flat: 4, perMillion: 0 },
          pricing: [{ flat: 20, perMebibyte: 0 }],
        },
        documents: name === 'dave' ? [walden] : [],
      }),
    );
    market.chain(...peers);
    market.open(500);
    boughtAt = market.world.now;
    const [bid] = market.search(peers[0]!, 'walden', 50).bids;
    boughtAt = market.world.now;
    deal = market.buy(peers[0]!, bid, 'delivered');
    market.world.pass(minutes);
    for (const peer of peers.slice(1)) market.world.crash(peer);
  });

  const until = () =>
    market.world.read(peers[0]!, (ctx) => contestableUntil(ctx, purchaseOf(ctx, deal)!));
  const at = (ms: number) => {
    market.world.now = boughtAt + ms;
    market.world.pass(1_000);
  };
  const complain = () =>
    market.world.do(peers[0]!, (ctx) =>
      contest(ctx, deal, { reason: 'not-as-described', note: '' }),
    );
  const spent = () =>
    peers.map((peer) =>
      market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, 'expense:purchases')),
    );

  it('is passed on by each link in the hours that it has of its own: all are refunded, and nobody bears anything', () => {
    at(48 * hours - minutes);
    expect(complain().ok).toBe(true);
    // Each comes back when its time to hear contests is nearly over, and finds its supplier away.
    for (const [n, heard] of [60, 66, 72].entries()) {
      at(heard * hours - 3 * minutes);
      market.world.start(peers[n + 1]!);
      market.world.pass(2 * minutes);
    }
    market.settle();
    expect(spent()).toEqual([0, 0, 0, 0]);
    const contests = peers
      .slice(0, -1)
      .map((peer) => market.world.read(peer, (ctx) => recentPurchases(ctx, 1)[0]?.contest?.state));
    expect(contests).toEqual(['refunded', 'refunded', 'refunded']);
  });

  it('is not heard any more where its time is over, while that of the supplier still runs', () => {
    at(47 * hours);
    complain();
    at(60 * hours + 5 * minutes);
    market.world.start(peers[1]!);
    market.world.pass(3 * minutes);
    const [sale] = market.world.read(peers[1]!, (ctx) => recentSales(ctx, 1));
    expect([sale?.state, sale?.contest]).toEqual(['closed', undefined]);
    const own = market.world.read(peers[0]!, (ctx) => purchaseOf(ctx, deal));
    expect(own?.contest?.state).toBe('unanswered');
    expect(spent()).toEqual([28, 0, 0, 0]);
  });

  it('can be made by a person for two days, whatever stands behind its seller', () => {
    const window = (until() ?? 0) - boughtAt;
    expect(window).toBe(48 * hours);
  });
});
