import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { allTabs } from '../tabs/index.ts';
import { allIntroductions, cardOf, moveNeighbor, ownCard, solicitable } from './index.ts';

describe('an undesirable peer', () => {
  let market: TestMarket;
  let [alice, mallory]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice', { documents: [testDocument('walden')] });
    mallory = market.trader('mallory', { documents: [testDocument('emma')] });
    market.chain(alice, mallory);
    market.open(500);
  });

  const ban = () =>
    market.world.do(alice!, (ctx) =>
      moveNeighbor(ctx, mallory!.id, 'undesirable', 'Sold me an empty file.'),
    );
  const card = () => market.world.read(mallory!, (ctx) => ctx.seal(ownCard(ctx)));

  it('is refused bids, terms, deals and introductions, and is charged nothing', () => {
    const [bid] = market.search(mallory!, 'walden', 50).bids;
    const before = market.world.read(alice!, (ctx) => allTabs(ctx));
    ban();
    const id = 'AAAAAAAAAAAAAAAAAAAAAA';
    const body = {
      ...{ id, query: { text: 'walden' }, currency: market.currency },
      ...{ maxPrice: 50, budgetMs: 1_000 },
    };
    for (const request of [
      { route: 'solicit', body },
      { route: 'terms' },
      { route: 'accept', body: { bid: bid?.text, deal: id } },
      { route: 'introduce', body: { card: card(), note: 'Me again.' } },
    ] as const) {
      expect(market.ask(mallory!, alice!, request)).toMatchObject({
        error: { code: 'undesirable' },
      });
    }
    expect(market.world.read(alice!, (ctx) => allTabs(ctx))).toEqual(before);
    expect(market.world.read(alice!, (ctx) => allIntroductions(ctx))).toEqual([]);
  });

  it('may still look at its tab and pay what it owes', () => {
    market.search(mallory!, 'walden', 50);
    ban();
    const shown = market.ask(mallory!, alice!, {
      route: 'tab',
      params: { currency: market.currency },
    });
    expect(shown).toMatchObject({ value: { tab: { balance: 1 } } });
  });

  it('is asked for nothing any more', () => {
    ban();
    expect(market.world.read(alice!, (ctx) => solicitable(ctx, 'self'))).toEqual([]);
    expect(() => market.search(alice!, 'emma', 50)).toThrow(/no neighbor to ask/);
  });

  it('is served a deal that was made before', () => {
    const id = 'AAAAAAAAAAAAAAAAAAAAAA';
    const [bid] = market.search(mallory!, 'walden', 50).bids;
    const accept = () =>
      market.ask(mallory!, alice!, { route: 'accept', body: { bid: bid?.text, deal: id } });
    const first = accept();
    ban();
    expect(first.ok).toBe(true);
    expect(accept()).toEqual(first);
  });
});

describe('an introduction', () => {
  it('waits for a person: nobody becomes a neighbor by itself', () => {
    const market = new TestMarket();
    const [alice, bob] = [market.trader('alice'), market.trader('bob')];
    market.open(0);
    const shown = market.world.read(bob, (ctx) => ctx.seal(ownCard(ctx)));
    const answer = market.ask(bob, alice, {
      route: 'introduce',
      body: { card: shown, note: 'From the library.' },
    });
    expect(answer).toEqual({ ok: true, value: { standing: 'stranger' } });
    expect(alice.book.get(bob.id)).toBeUndefined();
    expect(market.world.read(alice, (ctx) => allIntroductions(ctx))).toMatchObject([
      { peer: bob.id, name: 'bob', note: 'From the library.' },
    ]);
  });

  it('with the card of another peer is refused, and the card is not kept', () => {
    const market = new TestMarket();
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => market.trader(name));
    market.open(0);
    const stolen = market.world.read(carol!, (ctx) => ctx.seal(ownCard(ctx)));
    const answer = market.ask(bob!, alice!, { route: 'introduce', body: { card: stolen } });
    expect(answer).toMatchObject({ error: { code: 'wrong-audience' } });
    expect(market.world.read(alice!, (ctx) => cardOf(ctx, carol!.id))).toBeUndefined();
  });
});
