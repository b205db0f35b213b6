import { beforeEach, describe, expect, it } from 'vitest';
import { knowledgeAgeMsMax } from '../limits.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';
import { purchaseOf, recentSales, sightingsOf } from './index.ts';

const walden = testDocument('walden');
const minuteMs = 60_000;

describe('a super node', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: {
        accepts: [market.accepted(1)],
        commission: { flat: 5, perMillion: 0 },
        forwarding: { fromDirectory: true },
      },
    });
    carol = market.trader('carol', {
      settings: { pricing: [{ flat: 20, perMebibyte: 0 }], accepts: [market.accepted(2)] },
      documents: [walden],
    });
    market.chain(alice, bob, carol);
    market.open(500);
  });

  const bobsFees = () =>
    market.world.read(carol!, (ctx) => tabView(ctx, bob!.id, market.currency).balance);
  const knows = () =>
    market.world.read(bob!, (ctx) => sightingsOf(ctx, walden.documentId)).map(({ peer }) => peer);
  /** Bob learns from a search of Alice's where walden is. */
  const learn = () => market.search(alice!, 'walden', 100).bids[0];

  it('asks on like everybody else for what it does not know', () => {
    expect(learn()?.bid.price).toBe(25);
    expect(bobsFees()).toBe(2);
    expect(knows()).toEqual([carol!.id]);
  });

  it('offers what it knows at the last price and its commission, and asks nobody', () => {
    learn();
    const { bids } = market.search(alice!, 'walden', 100);
    expect(bids.map(({ bid }) => [bid.price, bid.title, bid.size])).toEqual([[25, 'walden', 1000]]);
    expect(bobsFees()).toBe(2);
    expect(market.search(alice!, { documentId: walden.documentId }, 100).bids).toHaveLength(1);
    expect(bobsFees()).toBe(2);
  });

  it('buys from the source what it sold: on the bid that still stands without asking again', () => {
    learn();
    const deal = market.buy(alice!, market.search(alice!, 'walden', 100).bids[0]);
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.serving)).toBe(carol!.id);
    expect(bobsFees()).toBe(22);
    market.settle();
  });

  it('asks the source alone for a new bid where the old one has expired', () => {
    learn();
    market.world.pass(11 * minuteMs);
    market.buy(alice!, market.search(alice!, 'walden', 100).bids[0]);
    expect(bobsFees()).toBe(2 + 2 + 20);
    const [sale] = market.world.read(bob!, (ctx) => recentSales(ctx, 1));
    expect(sale).toMatchObject({ state: 'instructed', price: 25, supply: { kind: 'supplier' } });
    market.settle();
  });

  it('refunds the buyer and forgets the place where the source asks more now', () => {
    learn();
    market.world.pass(11 * minuteMs);
    carol!.settings = {
      ...carol!.settings,
      pricing: [{ flat: 21 as never, perMebibyte: 0 as never }],
    };
    const deal = market.buy(alice!, market.search(alice!, 'walden', 100).bids[0], 'failed');
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.failure?.code)).toBe(
      'supplier-failed',
    );
    expect(knows()).toEqual([]);
    market.settle();
  });

  it('asks the source no second time for a bid that has come to nothing', () => {
    learn();
    market.world.pass(11 * minuteMs);
    carol!.library.remove(walden.documentId);
    const [bid] = market.search(alice!, 'walden', 100).bids;
    market.buy(alice!, bid, 'failed');
    const before = bobsFees();
    const again = market.buy(alice!, bid, 'failed');
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, again)?.failure?.code)).toBe(
      'document-gone',
    );
    expect(bobsFees()).toBe(before);
    market.settle();
  });

  it('offers one that is not trusted no more than its fee pays the sources for', () => {
    const titles = Array.from({ length: 12 }, (_, n) => `walden ${n}`);
    carol!.library.documents.push(...titles.map((title) => testDocument(title)));
    learn();
    const offered = () => market.search(alice!, 'walden', 100).bids.length;
    expect(offered()).toBe(13);
    // Alice pays 1, and Carol takes 2 for each question.
    bob!.book.put({ ...bob!.book.get(alice!.id)!, list: 'secondary' });
    expect(offered()).toBe(4);
  });

  it('refunds the buyer where the source is away', () => {
    learn();
    market.world.pass(11 * minuteMs);
    market.world.crash(carol!);
    market.buy(alice!, market.search(alice!, 'walden', 100).bids[0], 'failed');
    expect(knows()).toEqual([]);
    market.world.start(carol!);
    market.settle();
  });

  it('refunds the buyer where it was killed while it asked the source', () => {
    learn();
    market.world.pass(11 * minuteMs);
    const [bid] = market.search(alice!, 'walden', 100).bids;
    carol!.forge = (effect) =>
      effect.kind === 'line'
        ? { kind: 'event', event: { type: 'neighbor', peer: alice!.id } }
        : effect;
    market.world.at(market.world.now + 1_000, () => market.world.crash(bob!, 2_000));
    market.buy(alice!, bid, 'failed');
    carol!.forge = (effect) => effect;
    market.settle();
    expect(market.world.read(bob!, (ctx) => recentSales(ctx, 1))).toMatchObject([
      { state: 'refunded' },
    ]);
  });

  it('sells no knowledge that has grown old, nor what is dearer than asked for', () => {
    learn();
    expect(market.search(alice!, 'walden', 24).bids).toEqual([]);
    market.world.now += knowledgeAgeMsMax;
    market.world.pass(2 * minuteMs);
    const before = bobsFees();
    market.search(alice!, 'walden', 100);
    market.search(alice!, 'walden', 100);
    expect(bobsFees()).toBeGreaterThan(before);
  });

  it('sells no knowledge at a price that no amount can tell', () => {
    const most = Number.MAX_SAFE_INTEGER;
    carol!.settings = {
      ...carol!.settings,
      pricing: [{ flat: most as never, perMebibyte: 0 as never }],
    };
    expect(market.search(bob!, 'walden', most).bids[0]?.bid.price).toBe(most);
    expect(market.search(alice!, 'walden', most)).toMatchObject({ bids: [], refused: [] });
  });

  it('sells no knowledge where asking the source would cost more than the commission', () => {
    bob!.settings = {
      ...bob!.settings,
      commission: { flat: 2 as never, perMillion: 0 as never },
    };
    market.search(bob!, 'walden', 100);
    expect(market.search(alice!, 'walden', 100).bids).toEqual([]);
  });

  it('is none where the settings do not say so', () => {
    bob!.settings = {
      ...bob!.settings,
      forwarding: { ...bob!.settings.forwarding, fromDirectory: false },
    };
    learn();
    learn();
    expect(bobsFees()).toBe(4);
  });
});
