import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, owesUs } from '../books/index.ts';
import type { Effect } from '../kernel/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { entriesOf } from '../tabs/index.ts';
import {
  purchaseOf,
  type ReceivedBid,
  recentPurchases,
  recentSales,
  startSearch,
} from './index.ts';

const walden = testDocument('walden');
const silence = (peer: TestPeer): Effect => ({
  kind: 'event',
  event: { type: 'neighbor', peer: peer.id },
});

describe('an intermediary whose supplier fails', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];
  let bid: ReceivedBid | undefined;

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(1)], commission: { flat: 4, perMillion: 0 } },
    });
    carol = market.trader('carol', { documents: [walden] });
    market.chain(alice, bob, carol);
    market.open(500);
    bid = market.search(alice, 'walden', 50).bids[0];
  });

  const charges = () =>
    market.world
      .read(bob!, (ctx) => entriesOf(ctx, alice!.id, market.currency, 1))
      .map(({ kind, amount }) => [kind, amount]);
  const books = (peer: TestPeer, account: Parameters<typeof balanceOf>[2]) =>
    market.world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));

  it('takes the charge back to the unit, and says so', () => {
    carol!.library.remove(walden.documentId);
    const deal = market.buy(alice!, bid, 'failed');
    market.settle();
    const purchase = market.world.read(alice!, (ctx) => purchaseOf(ctx, deal));
    expect(purchase?.failure?.code).toBe('supplier-failed');
    expect(charges()).toEqual([
      ['purchase', 10],
      ['refund', -10],
    ]);
    expect(books(alice!, 'expense:purchases')).toBe(0);
    expect(books(bob!, 'income:commissions')).toBe(0);
    expect(books(bob!, 'expense:purchases')).toBe(0);
    expect(books(carol!, owesUs(bob!.id))).toBe(1);
  });

  it('refunds a buyer once the supplier has kept still for its time, and bears the loss if it was charged', () => {
    // Carol charges, and nobody hears of it.
    carol!.forge = (effect) => (effect.kind === 'reply' ? silence(carol!) : effect);
    market.buy(alice!, bid, 'failed');
    expect(charges()).toEqual([
      ['purchase', 10],
      ['refund', -10],
    ]);
    delete carol!.forge;
    market.settle();
    expect(books(bob!, 'expense:purchases')).toBe(6);
    expect(market.world.read(bob!, (ctx) => recentPurchases(ctx, 1))).toMatchObject([
      { state: 'failed', lost: true },
    ]);
  });

  it('bears the same loss where it saw the charge on the tab while it still waited for the answer', () => {
    carol!.forge = (effect) => {
      const body = effect.kind === 'reply' ? (effect.body as object) : {};
      return 'instructions' in body ? silence(carol!) : effect;
    };
    const began = market.world.now;
    market.world.at(began + 5_000, () => {
      // Another search through Bob makes him look at Carol's tab, where the purchase stands by now.
      const offers = [{ currency: market.currency, maxPrice: 50 as Amount }];
      market.world.do(alice!, (ctx) => startSearch(ctx, { query: { text: 'other' }, offers }));
    });
    market.buy(alice!, bid, 'failed');
    delete carol!.forge;
    market.settle();
    expect(books(bob!, 'expense:purchases')).toBe(6);
    expect(books(bob!, 'clearing:deals')).toBe(0);
  });

  it('fails its buyer where the supplier’s instructions are no good', () => {
    carol!.forge = (effect) =>
      effect.kind === 'reply' && 'instructions' in (effect.body as object)
        ? { ...effect, body: { ...(effect.body as object), instructions: 'none' } }
        : effect;
    market.buy(alice!, bid, 'failed');
    market.settle();
    expect(charges()).toEqual([
      ['purchase', 10],
      ['refund', -10],
    ]);
    expect(books(bob!, 'expense:purchases')).toBe(6);
  });

  it('answers the buyer’s repeats in the same way after it was refunded', () => {
    carol!.library.remove(walden.documentId);
    const accept = () =>
      market.ask(alice!, bob!, {
        route: 'accept',
        body: { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA' },
      });
    const [first, second] = [accept(), accept()];
    expect(first).toMatchObject({
      error: { code: 'supplier-failed', members: { tab: { balance: 1 } } },
    });
    expect(second).toEqual(first);
  });

  it('answers the newest of a buyer’s repeats while it waits for its supplier', () => {
    market.world.crash(bob!);
    market.world.start(bob!);
    market.world.pass(1_000);
    market.world.crash(carol!, 8_000);
    const deal = market.buy(alice!, bid);
    market.settle();
    expect(charges()).toEqual([['purchase', 10]]);
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.serving)).toBe(carol!.id);
    expect(market.world.read(bob!, (ctx) => recentSales(ctx, 1)[0]?.state)).toBe('instructed');
    expect(books(bob!, 'income:commissions')).toBe(-4);
  });
});

describe('crashes in the middle of a resale', () => {
  it.each(['alice', 'bob', 'carol', 'bank'])(
    'of %s at any commit leave the deal and the books whole',
    (who) => {
      for (let nth = 1; nth <= 12; nth++) {
        const market = new TestMarket(nth);
        const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) =>
          market.trader(name, {
            settings: {
              accepts: [market.accepted(1)],
              commission: { flat: 4, perMillion: 0 },
              settleAt: 5,
            },
            documents: name === 'carol' ? [walden] : [],
          }),
        );
        market.chain(alice!, bob!, carol!);
        market.open(500);
        const [bid] = market.search(alice!, 'walden', 50).bids;
        let commits = 0;
        const { watch } = market.world;
        market.world.watch = (peer) => {
          watch(peer);
          commits += peer.name === who ? 1 : 0;
          if (commits === nth && peer.name === who) {
            commits += 1;
            market.world.stopAtCommit(peer, 3_000);
          }
        };
        market.buy(alice!, bid);
        market.settle();
        const earned = market.world.read(bob!, (ctx) =>
          balanceOf(ctx, market.currency, 'income:commissions'),
        );
        expect(earned).toBe(-4);
      }
    },
  );
});
