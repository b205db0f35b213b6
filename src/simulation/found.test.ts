import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { bidsOf, buy, recentPurchases, recentSearches, startSearch } from '../market/index.ts';
import { pay } from '../money/index.ts';
import { allDiscrepancies, mirrorOf, tabView } from '../tabs/index.ts';
import { moveNeighbor } from '../trust/index.ts';
import { shelfDocument } from './shelf.ts';
import { endpointOf, type SimPeer } from './sim-peer.ts';
import { village } from './village.suite.ts';

describe('What worlds have found', () => {
  it('a fee is expected although the first copy of its request came at a bad moment', () => {
    const { world, bank, alice, bob } = village();
    const offers = [{ currency: bank.id, maxPrice: 100 as Amount }];
    const search = () =>
      world.do(alice, (ctx) => startSearch(ctx, { query: { text: 'walden' }, offers }));
    search();
    world.pass(30_000);
    const before = world.read(alice, (ctx) => mirrorOf(ctx, bob.id, bank.id).entries);
    const fault = (diskFailure: number, repeat: number) => {
      world.faults = { ...world.faults, diskFailure, repeat };
    };
    let copies = 0;
    world.observe({
      message: ({ kind, to, route }) => {
        if (kind !== 'request' || to !== bob || route !== 'solicit') return;
        copies += 1;
        fault(copies === 1 ? 1_000 : 0, 0);
      },
      handled: (peer) => {
        if (peer === bob) fault(0, 0);
      },
    });
    fault(0, 1_000);
    search();
    world.pass(30 * 60_000);
    expect([copies, world.counts.diskFailures]).toEqual([2, 1]);
    expect(world.read(alice, (ctx) => mirrorOf(ctx, bob.id, bank.id).entries)).toBe(before + 1);
    expect(world.read(alice, (ctx) => allDiscrepancies(ctx))).toEqual([]);
  });

  it('a fee is looked for although whoever charged the first copy does not trade with its caller any more', () => {
    // In this world the copy comes before what it is a copy of.
    const { world, bank, alice, bob } = village({ seed: 1 });
    const offers = [{ currency: bank.id, maxPrice: 100 as Amount }];
    const search = () =>
      world.do(alice, (ctx) => startSearch(ctx, { query: { text: 'walden' }, offers }));
    search();
    world.pass(30_000);
    let copies = 0;
    world.observe({
      message: ({ kind, to, route }) => {
        if (kind === 'request' && to === bob && route === 'solicit') copies += 1;
      },
      handled: (peer) => {
        if (peer !== bob || copies !== 1) return;
        copies += 1;
        world.do(bob, (ctx) => moveNeighbor(ctx, alice.id, 'undesirable', 'No.'));
      },
    });
    world.faults = { ...world.faults, repeat: 1_000, delayMsMax: 2_000 };
    search();
    world.pass(30 * 60_000);
    const [last] = world.read(alice, (ctx) => recentSearches(ctx, 1));
    expect(last?.refusals.map(({ problem }) => problem.code)).toEqual(['undesirable']);
    const charged = world.read(bob, (ctx) => tabView(ctx, alice.id, bank.id));
    expect(world.read(alice, (ctx) => mirrorOf(ctx, bob.id, bank.id))).toMatchObject(charged);
    expect(world.read(alice, (ctx) => allDiscrepancies(ctx))).toEqual([]);
  });

  it('a supplier that refunds after its buyer has given up is heard of', () => {
    const { world, bank, alice, bob, carol } = village();
    carol.library.documents.length = 0;
    const name = 'dave';
    const dave = world.add(name, {
      settings: { ...carol.settings, name, endpoints: [endpointOf(name)] },
      documents: [shelfDocument('walden')],
    });
    world.befriend(carol, dave);
    world.start(dave);
    world.pass(60_000);
    const offers = [{ currency: bank.id, maxPrice: 100 as Amount }];
    // The first search brings the terms of all neighbors together.
    for (let n = 0; n < 2; n++) {
      world.do(alice, (ctx) => startSearch(ctx, { query: { text: 'walden' }, offers }));
      world.pass(60_000);
    }
    const [bid] = world.read(alice, (ctx) => {
      const [last] = recentSearches(ctx, 1);
      return bidsOf(ctx, last?.id ?? '');
    });
    world.faults = { ...world.faults, silence: 1_000 };
    const all = new Set(world.peers.map(({ index }) => index));
    world.network.cut({ from: all, to: new Set([dave.index]) });
    world.do(alice, (ctx) => buy(ctx, bid?.id ?? ''));
    world.pass(30 * 60_000);
    const owed = (peer: SimPeer, to: SimPeer) =>
      world.read(peer, (ctx) => mirrorOf(ctx, to.id, bank.id).balance);
    const charged = (peer: SimPeer, to: SimPeer) =>
      world.read(to, (ctx) => tabView(ctx, peer.id, bank.id).balance);
    expect(world.read(bob, (ctx) => recentPurchases(ctx, 1)[0]?.state)).toBe('failed');
    expect(owed(bob, carol)).toBe(charged(bob, carol));
    expect(world.read(bob, (ctx) => balanceOf(ctx, bank.id, 'expense:purchases'))).toBe(0);
  });

  it('a peer goes on asking for deposits although an answer came while its disk failed', () => {
    const { world, bank, alice } = village();
    const fault = (diskFailure: number) => {
      world.faults = { ...world.faults, diskFailure };
    };
    world.observe({
      message: ({ kind, to, route }) => {
        if (kind === 'answer' && to === alice && route === 'deposits') fault(1_000);
      },
      handled: () => fault(0),
    });
    const before = balance(alice);
    world.do(bank, (ctx) =>
      pay(ctx, {
        ...{ currency: bank.id, payee: alice.id, amount: 5 as Amount, transactionId: 'gift' },
        purpose: { kind: 'gift', note: '' },
      }),
    );
    world.until('disk failure', () => world.counts.diskFailures === 1);
    world.observe({ message: () => fault(0) });
    world.pass(2 * 60_000);
    expect(balance(alice)).toBe(before + 5);

    function balance(of: SimPeer): number {
      return world.read(of, (ctx) => balanceOf(ctx, bank.id, 'assets:balance'));
    }
  });
});
