import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { buy, contest, type ReceivedBid, recentSales } from '../market/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import {
  acceptKnownPeer,
  allIntroductions,
  keepRemoved,
  marksOf,
  moveNeighbor,
  ownCard,
  refusePeer,
  servesOthers,
  solicitable,
  solicitedFor,
  suggestions,
} from './index.ts';

const hours = 60 * 60_000;
const policies = [1, 2, 3] as const;

/** Alice knows Bob, he knows Carol, she knows Dave, who has the documents; Eve knows Alice alone. */
describe('trading policies (§4)', () => {
  let market: TestMarket;
  let [alice, bob, carol, dave, eve]: TestPeer[] = [];

  beforeEach(() => {
    market = new TestMarket();
    [alice, bob, carol, dave, eve] = ['alice', 'bob', 'carol', 'dave', 'eve'].map((name) =>
      market.trader(name, {
        documents: name === 'dave' ? [testDocument('walden'), testDocument('emma')] : [],
      }),
    );
    market.chain(alice!, bob!, carol!, dave!);
    market.world.befriend(alice!, eve!);
    market.open(500);
  });

  const adopt = (policy: 1 | 2 | 3, ...peers: TestPeer[]) => {
    for (const peer of peers) peer.settings = { ...peer.settings, policy };
  };
  const trade = (title = 'walden', buyer = alice!) => {
    const [bid] = market.search(buyer, title, 90).bids;
    return market.buy(buyer, bid);
  };
  const listOf = (peer: TestPeer, other: TestPeer) => peer.book.get(other.id)?.list;
  const asks = (peer: TestPeer, purpose: 'self' | 'others') =>
    market.world.read(peer, (ctx) => solicitable(ctx, purpose).map((one) => one.name));
  const heard = () => {
    const solicited: string[] = [];
    const input = market.world.input.bind(market.world);
    market.world.input = (peer, given) => {
      if (given.kind === 'request' && given.request.route === 'solicit') {
        const from = market.world.peers.find(({ id }) => id === given.from)?.name;
        solicited.push(`${from} asks ${peer.name}`);
      }
      input(peer, given);
    };
    return solicited;
  };

  it('policy 1 keeps the neighbors that a person chose: who is met is shown, never used', () => {
    trade();
    market.settle();
    market.world.now += 73 * hours;
    market.settle();
    for (const peer of [alice!, bob!, dave!])
      expect(peer.book.all()).toHaveLength(peer === dave ? 1 : 2);
    expect(market.world.read(alice!, (ctx) => suggestions(ctx))).toMatchObject([
      { peer: dave!.id },
    ]);
    const solicited = heard();
    market.search(alice!, 'emma', 90);
    expect(solicited).not.toContain('alice asks dave');
  });

  it.each([2, 3] as const)(
    'policy %s: the buyer keeps the seller once the document is whole',
    (policy) => {
      adopt(policy, alice!);
      const [bid] = market.search(alice!, 'walden', 90).bids;
      const bought = market.world.do(alice!, (ctx) => buy(ctx, bid!.id));
      market.world.until(
        'discovery',
        () => market.world.read(alice!, (ctx) => suggestions(ctx)).length > 0,
      );
      expect(listOf(alice!, dave!)).toBeUndefined();
      market.settle();
      expect(alice!.book.get(dave!.id)).toMatchObject({
        ...{ list: 'secondary', name: 'dave' },
        origin: { kind: 'discovered', deal: bought.ok && bought.value.deal },
      });
    },
  );

  it.each([2, 3] as const)(
    'policy %s: the seller keeps the buyer once it said that it has the document',
    (policy) => {
      adopt(policy, dave!);
      trade();
      market.settle();
      expect(listOf(dave!, alice!)).toBe('secondary');
      // Those between never were in touch with it (§2.3).
      expect(dave!.book.all()).toHaveLength(2);
    },
  );

  it.each([2, 3] as const)(
    'policy %s: who passed instructions on keeps the seller once nobody can contest any more',
    (policy) => {
      adopt(policy, bob!);
      trade();
      market.settle();
      expect(listOf(bob!, dave!)).toBeUndefined();
      market.world.now += 73 * hours;
      market.settle();
      expect(market.world.read(bob!, (ctx) => recentSales(ctx, 1)[0]?.state)).toBe('closed');
      expect(listOf(bob!, dave!)).toBe('secondary');
    },
  );

  it.each([true, false])(
    'between a buyer and a seller against the key, too, keeps the seller once it cannot be contested: contested %s',
    (isContested) => {
      adopt(2, bob!);
      const [bid] = market.search(alice!, 'walden', 90).bids;
      const deal = market.buy(alice!, bid, true);
      market.settle();
      expect(listOf(bob!, dave!)).toBeUndefined();
      const complaint = { reason: 'not-as-described', note: '' } as const;
      if (isContested) market.world.do(alice!, (ctx) => contest(ctx, deal, complaint));
      market.settle();
      market.world.now += 73 * hours;
      market.settle();
      expect(listOf(bob!, dave!)).toBe(isContested ? 'undesirable' : 'secondary');
    },
  );

  it.each(policies)(
    'policy %s decides for whom a secondary neighbor is asked, from now on and back',
    (policy) => {
      adopt(2, alice!);
      trade();
      market.settle();
      adopt(policy, alice!);
      expect(asks(alice!, 'self').includes('dave')).toBe(policy > 1);
      expect(asks(alice!, 'others').includes('dave')).toBe(policy > 2);
      const serves = (peer: TestPeer) =>
        market.world.read(alice!, (ctx) => servesOthers(ctx, peer.id));
      expect([bob!, dave!, carol!].map(serves)).toEqual([true, policy > 2, false]);
      const daves = alice!.book.get(dave!.id)!;
      expect(market.world.read(alice!, (ctx) => solicitedFor(ctx, daves))).toBe(
        ({ 1: 'nobody', 2: 'self', 3: 'everybody' } as const)[policy],
      );
    },
  );

  it('asks a secondary neighbor, which is paid ahead as by a stranger, and needs nobody between any more', () => {
    adopt(2, alice!);
    trade();
    market.settle();
    market.world.crash(bob!);
    const [direct] = market.search(alice!, 'emma', 90).bids;
    expect(direct).toMatchObject({ bidder: dave!.id });
    market.buy(alice!, direct);
    market.settle();
    // The fee and the price of 6, paid before they were charged.
    const paid = market.world.read(dave!, (ctx) =>
      balanceOf(ctx, market.currency, 'assets:balance'),
    );
    expect(paid).toBe(507);
  });

  it('under policy 2 no caller is exposed to a secondary neighbor, under policy 3 callers profit from it', () => {
    adopt(2, alice!);
    trade();
    market.settle();
    market.world.crash(bob!);
    expect(market.search(eve!, 'emma', 90).bids).toEqual([]);
    adopt(3, alice!);
    // Dave gives no credit: its fee is paid ahead once, then it is asked.
    market.search(eve!, 'emma', 90);
    market.world.pass(5_000);
    const solicited = heard();
    const [bid] = market.search(eve!, 'emma', 90).bids;
    expect(solicited).toContain('alice asks dave');
    market.buy(eve!, bid);
    market.world.pass(5_000);
    expect(listOf(alice!, dave!)).toBe('secondary');
  });

  describe('an undesirable peer', () => {
    const contested = (policy: 1 | 2 | 3) => {
      adopt(policy, alice!);
      const deal = trade();
      market.settle();
      market.world.do(alice!, (ctx) =>
        contest(ctx, deal, { reason: 'not-as-described', note: 'A cookery book.' }),
      );
      market.settle();
      return deal;
    };

    it.each(policies)(
      'under policy %s leaves the secondary list, is asked and suggested no more',
      (policy) => {
        const deal = contested(policy);
        expect(alice!.book.get(dave!.id)).toMatchObject({
          ...{ list: 'undesirable', since: expect.any(Number) },
          origin: { kind: 'contested', deal, reason: 'not-as-described' },
        });
        expect(asks(alice!, 'self')).toEqual(['bob', 'eve']);
        expect(market.world.read(alice!, (ctx) => suggestions(ctx))).toEqual([]);
      },
    );

    it('stays there although later deals with it end well', () => {
      contested(3);
      trade('emma');
      market.settle();
      expect(listOf(alice!, dave!)).toBe('undesirable');
    });

    it('comes back by a person’s word alone, who says why; what spoke against it stays written', () => {
      contested(3);
      market.world.do(alice!, (ctx) => moveNeighbor(ctx, dave!.id, 'secondary', 'It was my disk.'));
      expect(alice!.book.get(dave!.id)).toMatchObject({
        list: 'secondary',
        reason: 'It was my disk.',
      });
      expect(alice!.book.get(dave!.id)?.origin).toBeUndefined();
      expect(market.world.read(alice!, (ctx) => marksOf(ctx, dave!.id))).toMatchObject([
        { reason: 'not-as-described', forgiven: { reason: 'It was my disk.' } },
      ]);
    });

    it('that is taken off all lists is not brought back by trading', () => {
      contested(3);
      market.world.do(alice!, (ctx) => keepRemoved(ctx, dave!.id));
      alice!.book.remove(dave!.id);
      trade('emma');
      market.settle();
      expect(listOf(alice!, dave!)).toBeUndefined();
    });

    it('is marked although its peer stopped before the lists were written', () => {
      adopt(3, alice!);
      const deal = trade();
      market.settle();
      alice!.forge = (effect) =>
        effect.kind === 'neighbor'
          ? { kind: 'event', event: { type: 'neighbor', peer: dave!.id } }
          : effect;
      market.world.do(alice!, (ctx) => contest(ctx, deal, { reason: 'corrupt', note: '' }));
      market.world.crash(alice!, 1_000);
      delete alice!.forge;
      expect(listOf(alice!, dave!)).toBe('secondary');
      market.settle();
      expect(listOf(alice!, dave!)).toBe('undesirable');
    });
  });

  it('a contested deal between two that are not trusted marks both, one with a trusted peer the other', () => {
    // Frank is a stranger to Bob, who found the document at Carol, whom he does not trust any more.
    const frank = market.trader('frank');
    market.world.start(frank);
    market.give(frank, 500);
    market.world.pass(1_000);
    frank.book.put({
      ...{ peer: bob!.id, name: 'bob', list: 'primary', since: 0, reason: '' },
      endpoints: bob!.settings.endpoints,
    });
    bob!.book.put({ ...bob!.book.get(carol!.id)!, list: 'secondary' });
    adopt(3, bob!);
    const [bid]: readonly ReceivedBid[] = market.search(frank, 'walden', 90).bids;
    const deal = market.buy(frank, bid);
    market.settle();
    market.world.do(frank, (ctx) => contest(ctx, deal, { reason: 'corrupt', note: '' }));
    market.settle();
    for (const peer of [frank, carol!, dave!]) expect(listOf(bob!, peer)).toBe('undesirable');
    expect(market.world.read(bob!, (ctx) => recentSales(ctx, 1)[0]?.contest?.outcome)).toBe(
      'refused',
    );
    // Frank trusts Bob, who refused him: that is for Frank to see. Nobody was refunded, so nobody asks Carol.
    expect(listOf(frank, bob!)).toBe('primary');
    expect(market.world.read(carol!, (ctx) => recentSales(ctx, 1)[0]?.contest)).toBeUndefined();
  });

  it('a peer that trading brought here may still ask the person to be a neighbor', () => {
    adopt(2, alice!);
    trade();
    market.settle();
    expect(listOf(alice!, dave!)).toBe('secondary');
    const card = market.world.read(dave!, (ctx) => ctx.seal(ownCard(ctx)));
    const body = { card, note: 'We traded.' };
    expect(market.ask(dave!, alice!, { route: 'introduce', body })).toMatchObject({ ok: true });
    expect(market.world.read(alice!, (ctx) => allIntroductions(ctx))).toMatchObject([
      { peer: dave!.id, note: 'We traded.' },
    ]);
    market.world.do(alice!, (ctx) => acceptKnownPeer(ctx, dave!.id, 'A good seller.'));
    expect(alice!.book.get(dave!.id)).toMatchObject({ list: 'primary', reason: 'A good seller.' });
    expect(alice!.book.get(dave!.id)?.origin).toBeUndefined();
  });

  it('a peer that a person refused is on no other list by trading', () => {
    adopt(3, alice!);
    trade();
    market.settle();
    market.world.do(alice!, (ctx) => refusePeer(ctx, dave!.id, 'No.'));
    trade('emma');
    market.settle();
    expect(listOf(alice!, dave!)).toBe('undesirable');
  });
});
