import { beforeEach, describe, expect, it } from 'vitest';
import { solicitationsPerPeerMax } from '../limits.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { entriesOf, tabView } from '../tabs/index.ts';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('a solicitation', () => {
  let market: TestMarket;
  let [alice, bob, carol, dan]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { commission: { flat: 6, perMillion: 0 }, accepts: [market.accepted(1)] },
    });
    carol = market.trader('carol', {
      settings: { commission: { flat: 6, perMillion: 0 }, accepts: [market.accepted(1)] },
    });
    dan = market.trader('dan', { documents: [testDocument('walden')] });
    market.chain(alice, bob, dan, carol, alice);
    market.open(500);
  });

  const ask = (from: TestPeer, target: TestPeer, change: Record<string, unknown> = {}) =>
    market.ask(from, target, {
      route: 'solicit',
      body: {
        ...{ id, query: { text: 'walden' }, currency: market.currency },
        ...{ maxPrice: 100, budgetMs: 2_000, ...change },
      },
    });
  const tab = (service: TestPeer, caller: TestPeer) =>
    market.world.read(service, (ctx) => tabView(ctx, caller.id, market.currency));

  it('that comes round over another neighbor ends as a duplicate, and is charged', () => {
    expect(ask(bob!, dan!)).toMatchObject({ value: { end: { reason: 'complete', bids: 1 } } });
    expect(ask(carol!, dan!)).toMatchObject({
      value: { end: { reason: 'duplicate', bids: 0, charged: 1, tab: { balance: 1 } } },
    });
  });

  it('that arrives twice from one caller is charged once', () => {
    ask(bob!, dan!);
    expect(ask(bob!, dan!)).toMatchObject({
      value: { end: { reason: 'duplicate', bids: 0, charged: 1, tab: { balance: 1, entries: 1 } } },
    });
  });

  it('that comes round twice over another neighbor is charged to that neighbor once', () => {
    ask(bob!, dan!);
    for (let times = 0; times < 2; times++) {
      expect(ask(carol!, dan!)).toMatchObject({
        value: { end: { reason: 'duplicate', charged: 1, tab: { balance: 1, entries: 1 } } },
      });
    }
    expect(tab(dan!, bob!).entries).toBe(1);
  });

  it('of the peer itself that comes back in a loop ends there', () => {
    const { bids } = market.search(alice!, 'walden', 100);
    expect([[bob!.id], [carol!.id]]).toContainEqual(bids.map(({ bidder }) => bidder));
    market.settle();
    // Bob and Carol both asked Dan; only the first got a bid from him, and neither asked Alice again.
    expect(tab(dan!, bob!).balance + tab(dan!, carol!).balance).toBe(2);
  });

  it('in a currency that is not taken is refused before anything is charged', () => {
    const refused = ask(bob!, dan!, { currency: alice!.id });
    expect(refused).toMatchObject({
      error: { code: 'currency-not-accepted', members: { alternatives: [market.currency] } },
    });
    expect(tab(dan!, bob!).entries).toBe(0);
  });

  it('that the tab has no room for is refused with what must be paid, and to whom', () => {
    market.world.befriend(dan!, bob!, { creditLimit: 0 as never });
    expect(ask(bob!, dan!)).toMatchObject({
      error: {
        code: 'tab-limit',
        members: {
          balance: 0,
          limit: 0,
          needed: 1,
          payment: { payee: dan!.id, transactionId: 'tab' },
        },
      },
    });
    // The refused one was not seen: after the payment the same id is answered.
    market.world.befriend(dan!, bob!);
    expect(ask(bob!, dan!)).toMatchObject({ value: { end: { reason: 'complete' } } });
  });

  it('offers only what is within the maximum price', () => {
    expect(ask(bob!, dan!, { maxPrice: 5 })).toMatchObject({ value: { end: { bids: 0 } } });
  });

  it('is answered at its deadline where a neighbor keeps still', () => {
    market.world.crash(dan!);
    dan!.up = true;
    dan!.forge = () => ({ kind: 'event', event: { type: 'neighbor', peer: dan!.id } });
    const began = market.world.now;
    expect(ask(alice!, bob!)).toMatchObject({ value: { end: { reason: 'deadline', bids: 0 } } });
    expect(market.world.now - began).toBe(2_000);
  });

  it('of one peer cannot take more places than are its own', () => {
    dan!.forge = () => ({ kind: 'event', event: { type: 'neighbor', peer: dan!.id } });
    const ids = Array.from(
      { length: solicitationsPerPeerMax },
      (_, n) => `${'A'.repeat(20)}${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n]}A`,
    );
    for (const each of ids) {
      market.world.at(market.world.now, () =>
        market.world.input(bob!, {
          kind: 'request',
          exchange: each,
          from: alice!.id,
          request: {
            route: 'solicit',
            input: {
              id: each,
              query: { text: 'x' },
              currency: market.currency,
              maxPrice: 90 as never,
              budgetMs: 9_000,
            },
          },
        }),
      );
    }
    market.world.pass(1);
    expect(ask(alice!, bob!)).toMatchObject({ error: { code: 'rate-limited' } });
    expect(ask(dan!, bob!)).toMatchObject({ ok: true });
  });

  it('stands on the tab under its id', () => {
    ask(bob!, dan!);
    expect(
      market.world.read(dan!, (ctx) => entriesOf(ctx, bob!.id, market.currency, 0)),
    ).toMatchObject([{ n: 1, kind: 'solicitation', amount: 1, reference: id }]);
  });
});
