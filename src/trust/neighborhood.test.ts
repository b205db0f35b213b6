import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Effect, Neighbor } from '../kernel/index.ts';
import { resendDue, settleCall } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import {
  acceptKnownPeer,
  addNeighbor,
  allIntroductions,
  cardOf,
  discover,
  dismissIntroduction,
  keepRemoved,
  moveNeighbor,
  refreshNeighbors,
  refusePeer,
  setCreditLimit,
  setStrategy,
  solicitedFor,
  suggestions,
  takeCard,
  takeIntroduction,
} from './index.ts';
import { testCard, writeBook } from './test-cards.ts';

const [bob, carol, dave] = [1, 2, 3].map(testPeerId) as [PeerId, PeerId, PeerId];
const endpoints = ['https://10.0.0.1:7685'];
const neighbor = (peer: PeerId, says: Partial<Neighbor> = {}): Neighbor => ({
  ...{ peer, name: 'Bob', list: 'primary', since: 7, reason: 'A friend.', endpoints },
  ...says,
});

describe('the lists that a person keeps', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const introduce = (from: PeerId, note = 'Hello.') => {
    world.now += 1_000;
    return world.run((ctx) => takeIntroduction(ctx, from, { card: testCard(from), note }));
  };
  const invite = (says: { creditLimit?: Amount } = {}) => {
    const how = { invite: testCard(bob).text, reason: 'From the library.', note: 'It is me.' };
    const added = world.run((ctx) => addNeighbor(ctx, { ...how, ...says }));
    const effects = writeBook(world);
    return { added, effects };
  };
  const callsOf = (effects: readonly Effect[]) =>
    effects.flatMap((effect) => (effect.kind === 'call' ? [effect.call] : []));
  const waiting = () => world.run((ctx) => allIntroductions(ctx).map(({ peer }) => peer));

  describe('take the peer of an invite', () => {
    it('as a primary neighbor, whose card is known, and who owes what the settings allow', () => {
      const { added } = invite();
      const listed = {
        ...{ peer: bob, name: 'Somebody', list: 'primary', since: world.now },
        ...{ reason: 'From the library.', endpoints },
      };
      expect(added).toEqual({ ok: true, value: listed });
      expect(world.neighbors.get(bob)).toStrictEqual(listed);
      expect(world.run((ctx) => cardOf(ctx, bob)?.card.iss)).toBe(bob);
    });

    it('with the credit limit that the person sets, nothing among them', () => {
      invite({ creditLimit: 0 as Amount });
      expect(world.neighbors.get(bob)?.creditLimit).toBe(0);
    });

    it('asks it for its terms and introduces this peer with the note, for a day and no longer', () => {
      const [terms, introduction, ...more] = callsOf(invite().effects);
      expect(more).toEqual([]);
      expect(terms).toMatchObject({ to: { peer: bob, endpoints }, request: { route: 'terms' } });
      expect(introduction).toMatchObject({
        to: { peer: bob, endpoints },
        request: { route: 'introduce', body: { note: 'It is me.' } },
        purpose: { kind: 'introduction', peer: bob },
      });
      const ended = () =>
        world.run((ctx) =>
          settleCall(ctx, introduction?.id ?? '', { kind: 'unreachable', detail: '' }),
        );
      const day = world.now + 24 * 60 * 60_000;
      world.now = day - 1;
      expect(ended()).toBe(false);
      world.now = day;
      expect(ended()).toBe(true);
    });

    it('once it is a card, and somebody else’s', () => {
      const added = world.run((ctx) => addNeighbor(ctx, { invite: 'x', reason: '', note: '' }));
      expect(added.ok).toBe(false);
      expect(world.takeEffects()).toEqual([]);
    });

    it('that introduced itself before: nothing waits any more', () => {
      introduce(bob);
      invite();
      expect(waiting()).toEqual([]);
    });
  });

  it('take whoever introduced itself, without a note', () => {
    introduce(bob);
    world.takeEffects();
    expect(world.run((ctx) => acceptKnownPeer(ctx, bob, 'A neighbor.')).ok).toBe(true);
    const effects = writeBook(world);
    expect(world.neighbors.get(bob)).toMatchObject({ list: 'primary', reason: 'A neighbor.' });
    expect(callsOf(effects).at(-1)).toMatchObject({ request: { body: { note: '' } } });
    expect(waiting()).toEqual([]);
  });

  it('know nothing of a peer that nobody has heard of', () => {
    const none = { ok: false, error: { code: 'unknown-neighbor' } };
    world.run((ctx) => {
      expect(acceptKnownPeer(ctx, bob, '')).toMatchObject(none);
      expect(moveNeighbor(ctx, bob, 'secondary', '')).toMatchObject(none);
      expect(refusePeer(ctx, bob, '')).toMatchObject(none);
      expect(setCreditLimit(ctx, bob, 5 as Amount)).toMatchObject(none);
      expect(setStrategy(ctx, bob, 'concealment')).toMatchObject(none);
    });
    expect(world.takeEffects()).toEqual([]);
  });

  it('move a neighbor with the person’s reason, and forget what trading had brought it there for', () => {
    const origin = { kind: 'discovered', deal: 'a-deal' as never } as const;
    world.neighbors.put(neighbor(bob, { list: 'secondary', origin, creditLimit: 5 as Amount }));
    world.run((ctx) => moveNeighbor(ctx, bob, 'primary', 'We met.'));
    writeBook(world);
    expect(world.neighbors.get(bob)).toEqual(
      neighbor(bob, { creditLimit: 5 as Amount, reason: 'We met.', since: world.now }),
    );
  });

  it('hold a credit limit and a strategy for a neighbor until the person takes them back', () => {
    world.neighbors.put(neighbor(bob));
    const set = (work: Parameters<TestContext['run']>[0]) => {
      world.run(work);
      const effects = writeBook(world);
      expect(effects).toContainEqual({ kind: 'event', event: { type: 'neighbor', peer: bob } });
      return world.neighbors.get(bob);
    };
    const limited = neighbor(bob, { creditLimit: 5 as Amount });
    expect(set((ctx) => setCreditLimit(ctx, bob, 5 as Amount))).toEqual(limited);
    const both = { ...limited, strategy: 'concealment' };
    expect(set((ctx) => setStrategy(ctx, bob, 'concealment'))).toEqual(both);
    const concealing = neighbor(bob, { strategy: 'concealment' });
    expect(set((ctx) => setCreditLimit(ctx, bob, undefined))).toStrictEqual(concealing);
    expect(set((ctx) => setStrategy(ctx, bob, undefined))).toStrictEqual(neighbor(bob));
  });

  describe('refuse', () => {
    it('who introduced itself: it waits no more, is undesirable, and is not heard again', () => {
      introduce(bob);
      world.run((ctx) => refusePeer(ctx, bob, 'I do not know them.'));
      writeBook(world);
      expect(world.neighbors.get(bob)).toEqual({
        ...{ peer: bob, name: 'Somebody', list: 'undesirable', since: world.now },
        ...{ reason: 'I do not know them.', endpoints },
      });
      expect(waiting()).toEqual([]);
      expect(introduce(bob)).toMatchObject({ error: { code: 'undesirable' } });
      expect(waiting()).toEqual([]);
    });

    it('a neighbor by moving it, with all that is known of it', () => {
      world.neighbors.put(neighbor(bob, { creditLimit: 5 as Amount }));
      world.run((ctx) => refusePeer(ctx, bob, 'Enough.'));
      writeBook(world);
      expect(world.neighbors.get(bob)).toEqual(
        neighbor(bob, {
          ...{ creditLimit: 5 as Amount, list: 'undesirable', reason: 'Enough.', since: world.now },
        }),
      );
    });
  });

  it('bring a peer back that a person had taken off, where the person says so', () => {
    world.neighbors.put(neighbor(bob));
    world.run((ctx) => keepRemoved(ctx, bob));
    world.run((ctx) => moveNeighbor(ctx, bob, 'secondary', 'I was wrong.'));
    writeBook(world);
    // Struck from the book by hand: what a person took off through the program before counts no more.
    world.run((ctx) => keepRemoved(ctx, carol));
    world.neighbors.remove(bob);
    const how = { way: 'seller-by-buyer', documentId: 'a-document' as never } as const;
    for (const peer of [bob, carol]) world.run((ctx) => discover(ctx, testCard(peer), how));
    expect(world.run((ctx) => suggestions(ctx).map(({ peer }) => peer))).toEqual([bob]);
  });

  describe('an introduction', () => {
    it('waits with those of others, the newest first, and is told to the screen', () => {
      const [first, second] = [bob, carol].toSorted();
      introduce(first as PeerId);
      world.takeEffects();
      introduce(second as PeerId);
      expect(waiting()).toEqual([second, first]);
      expect(world.takeEffects()).toEqual([
        { kind: 'event', event: { type: 'introduction', peer: second, name: 'Somebody' } },
      ]);
    });

    it('takes the place of the one before by the same peer', () => {
      introduce(bob, 'One.');
      introduce(bob, 'Two.');
      expect(world.run((ctx) => allIntroductions(ctx))).toEqual([
        { peer: bob, at: world.now, name: 'Somebody', note: 'Two.' },
      ]);
    });

    it('by a primary neighbor waits for nobody: its terms, which may be others now, are asked for', () => {
      world.neighbors.put(neighbor(bob));
      expect(introduce(bob)).toEqual({ ok: true, value: { standing: 'primary' } });
      expect(waiting()).toEqual([]);
      const effects = world.takeEffects();
      expect(effects).toMatchObject([
        { kind: 'call', call: { to: { peer: bob, endpoints }, request: { route: 'terms' } } },
      ]);
    });

    it('by a peer that the person moved to the secondary list waits for nobody; whom trading brought there may ask', () => {
      world.neighbors.put(neighbor(bob, { list: 'secondary' }));
      const origin = { kind: 'discovered', deal: 'a-deal' as never } as const;
      world.neighbors.put(neighbor(carol, { list: 'secondary', origin }));
      expect(introduce(bob)).toMatchObject({ value: { standing: 'secondary' } });
      expect(introduce(carol)).toMatchObject({ value: { standing: 'secondary' } });
      expect(waiting()).toEqual([carol]);
    });

    it('that is put aside leaves the card of whoever was met otherwise, and no other', () => {
      world.neighbors.put(neighbor(bob));
      const how = { way: 'seller-by-buyer', documentId: 'a-document' as never } as const;
      world.run((ctx) => discover(ctx, testCard(carol), how));
      for (const peer of [bob, carol, dave]) introduce(peer);
      for (const peer of [bob, carol, dave]) world.run((ctx) => dismissIntroduction(ctx, peer));
      const known = [bob, carol, dave].map((peer) => world.run((ctx) => cardOf(ctx, peer)));
      expect(known.map((card) => card !== undefined)).toEqual([true, true, false]);
      expect(waiting()).toEqual([]);
    });
  });

  it('ask after a start for the terms of all that the person’s own searches go to', () => {
    world.settings = { ...world.settings, policy: 2 };
    world.neighbors.put(neighbor(bob));
    world.neighbors.put(neighbor(carol, { list: 'secondary' }));
    world.neighbors.put(neighbor(dave, { list: 'undesirable' }));
    world.run((ctx) => refreshNeighbors(ctx));
    const asked = callsOf(world.takeEffects());
    expect(asked.map(({ to, request }) => [to.peer, request.route])).toEqual([
      [bob, 'terms'],
      [carol, 'terms'],
    ]);
  });

  it('have nobody to ask at a neighbor whose address is not known', () => {
    const nowhere = neighbor(bob, { endpoints: [] });
    expect(world.run((ctx) => solicitedFor(ctx, nowhere))).toBe('nobody');
    world.run((ctx) => takeCard(ctx, testCard(bob)));
    expect(world.run((ctx) => solicitedFor(ctx, nowhere))).toBe('everybody');
  });

  it('send an introduction again after a restart', () => {
    invite();
    world.run((ctx) => resendDue(ctx, 10, true));
    expect(callsOf(world.takeEffects())).toMatchObject([{ request: { route: 'introduce' } }]);
  });
});
