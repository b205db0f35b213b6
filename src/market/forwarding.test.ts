import { beforeEach, describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';

describe('a peer that is asked for what it does not have', () => {
  let market: TestMarket;
  let [alice, bob, carol]: TestPeer[] = [];

  function build(
    commission: number,
    fee: number,
    limit = 100,
    documents = [testDocument('walden')],
  ) {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(1)], commission: { flat: commission, perMillion: 0 } },
    });
    carol = market.trader('carol', {
      settings: { accepts: [market.accepted(fee)], creditLimit: limit },
      documents,
    });
    market.chain(alice, bob, carol);
    market.open(500);
  }
  const fees = () =>
    market.world.read(carol!, (ctx) => tabView(ctx, bob!.id, market.currency).balance);
  const search = (maxPrice = 100) => market.search(alice!, 'walden', maxPrice).bids.length;

  beforeEach(() => build(5, 2));

  it('asks on where the commission, times the chance of a hit, is above the fee', () => {
    expect(search()).toBe(1);
    expect(fees()).toBe(2);
  });

  it('asks nobody where no profit is expected', () => {
    build(4, 2);
    expect(search()).toBe(0);
    expect(fees()).toBe(0);
  });

  it('asks nobody where the price does not leave room for the commission', () => {
    expect(search(4)).toBe(0);
    expect(fees()).toBe(0);
  });

  it('pays no fee for a caller that is not trusted which is out of proportion to what the caller pays', () => {
    build(5, 50);
    const promised = 1_000_000_000;
    bob!.settings = { ...bob!.settings, commission: { flat: 0, perMillion: 100_000 } as never };
    bob!.book.put({ ...bob!.book.get(alice!.id)!, list: 'secondary' });
    expect(search(promised)).toBe(0);
    expect(fees()).toBe(0);
    bob!.book.put({ ...bob!.book.get(alice!.id)!, list: 'primary' });
    expect(search(promised)).toBe(1);
    expect(fees()).toBe(50);
  });

  describe('pays ahead where a neighbor gives no credit', () => {
    const promise = (of: 'secondary' | 'primary') => {
      bob!.settings = { ...bob!.settings, commission: { flat: 0, perMillion: 100_000 } as never };
      bob!.book.put({ ...bob!.book.get(alice!.id)!, list: of });
      search(1_000_000_000);
      market.world.pass(10_000);
      return fees();
    };

    it('for a caller that is trusted, whatever the fee', () => {
      build(5, 50, 0);
      expect(promise('primary')).toBe(-50);
    });

    it('for one that is not, in proportion to what the caller pays', () => {
      build(5, 50, 0);
      expect(promise('secondary')).toBe(0);
      build(5, 8, 0);
      expect(promise('secondary')).toBe(-8);
    });

    it('for one that is not, to all neighbors together no more than that', () => {
      build(5, 8, 0);
      const others = ['dave', 'erin'].map((name) =>
        market.trader(name, { settings: { accepts: [market.accepted(8)], creditLimit: 0 } }),
      );
      for (const other of others) market.world.befriend(bob!, other);
      market.world.start();
      market.world.pass(120_000);
      const paid = () =>
        [carol!, ...others].map((each) =>
          market.world.read(each, (ctx) => tabView(ctx, bob!.id, market.currency).balance),
        );
      promise('secondary');
      expect(paid().toSorted()).toEqual([-8, 0, 0]);
    });
  });

  it('asks nobody where forwarding is turned off', () => {
    bob!.settings = {
      ...bob!.settings,
      forwarding: { ...bob!.settings.forwarding, enabled: false },
    };
    expect(search()).toBe(0);
    expect(fees()).toBe(0);
  });

  it('learns from neighbors that never have a bid, and stops asking them', () => {
    build(5, 2, 100, []);
    for (let n = 0; n < 8; n++) search();
    // (0 + 1) / (asked + 2) × 5 > 2 holds for the first search only.
    expect(fees()).toBe(2);
  });

  it('learns from neighbors that never answer in time, too', () => {
    carol!.forge = (effect) =>
      effect.kind === 'line'
        ? { kind: 'event', event: { type: 'neighbor', peer: alice!.id } }
        : effect;
    for (let n = 0; n < 4; n++) {
      search();
      market.world.pass(40_000);
    }
    market.settle();
    expect(fees()).toBe(2);
  });

  it('asks a neighbor again when weeks have passed', () => {
    build(5, 2, 100, []);
    search();
    search();
    expect(fees()).toBe(2);
    market.world.now += 21 * 24 * 60 * 60_000;
    market.world.pass(2_000);
    search();
    expect(fees()).toBe(4);
  });

  it('pays what it owes when the tab has no room for the fee, and asks the next time', () => {
    build(20, 7, 10);
    market.world.crash(market.bank);
    expect(search()).toBe(1);
    expect(search()).toBe(0);
    market.world.start(market.bank);
    market.world.pass(120_000);
    expect(fees()).toBe(0);
    expect(search()).toBe(1);
    market.settle();
  });

  it('learns the terms of a neighbor that was away when it became one', () => {
    market.world.crash(carol!);
    market.world.crash(bob!, 100);
    market.world.pass(70 * 60_000);
    expect(search()).toBe(0);
    market.world.start();
    market.world.pass(70_000);
    search();
    market.world.pass(1_000);
    expect(search()).toBe(1);
  });
});
