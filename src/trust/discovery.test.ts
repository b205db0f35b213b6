import { beforeEach, describe, expect, it } from 'vitest';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import { isSuggested } from './discovery.ts';
import {
  acceptKnownPeer,
  allDiscoveries,
  cardOf,
  discover,
  dismissDiscovery,
  formerNeighbors,
  keepRemoved,
  moveNeighbor,
  suggestions,
} from './index.ts';
import { testCard, writeBook } from './test-cards.ts';

const [bob, carol] = [testPeerId(1), testPeerId(2)];
const days = 24 * 60 * 60_000;
const documentId = 'a-document' as DocumentId;
const met = { way: 'seller-by-buyer', documentId, deal: 'a-deal' as DealId } as const;

describe('a peer that was met by trading', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const meet = (peer = bob, how: Parameters<typeof discover>[2] = met) =>
    world.run((ctx) => discover(ctx, testCard(peer), how));
  const suggested = () => world.run((ctx) => suggestions(ctx).map(({ peer }) => peer));

  it('is noted with how it was met, told to the screen, and suggested', () => {
    meet();
    expect(world.run((ctx) => allDiscoveries(ctx))).toEqual([
      { peer: bob, name: 'Somebody', at: world.now, ...met },
    ]);
    expect(world.takeEffects()).toEqual([
      { kind: 'event', event: { type: 'discovered', peer: bob, way: 'seller-by-buyer' } },
    ]);
    expect(suggested()).toEqual([bob]);
  });

  it('is noted the first time alone; the first that were met stand first', () => {
    // By their ids they would stand the other way round.
    const [first, second] = [bob, carol].toSorted().toReversed();
    meet(first);
    world.now += 1_000;
    meet(second);
    world.takeEffects();
    meet(first, { way: 'buyer-by-seller', documentId });
    expect(world.takeEffects()).toEqual([]);
    expect(world.run((ctx) => allDiscoveries(ctx))).toMatchObject([
      { peer: first, way: 'seller-by-buyer' },
      { peer: second },
    ]);
  });

  it('is no discovery where it is a neighbor, whose card is kept all the same', () => {
    world.neighbors.put({
      ...{ peer: bob, name: 'Bob', list: 'primary', since: 0, reason: '', endpoints: [] },
    });
    meet();
    expect(world.run((ctx) => allDiscoveries(ctx))).toEqual([]);
    expect(world.run((ctx) => cardOf(ctx, bob)?.card.iss)).toBe(bob);
  });

  it('is never the peer itself', () => {
    meet(world.self);
    expect(world.run((ctx) => allDiscoveries(ctx))).toEqual([]);
  });

  it('is not suggested for 90 days, to the millisecond, after "not now"', () => {
    meet();
    world.run((ctx) => dismissDiscovery(ctx, bob));
    expect(suggested()).toEqual([]);
    world.now += 90 * days - 1;
    expect(suggested()).toEqual([]);
    world.now += 1;
    expect(suggested()).toEqual([bob]);
  });

  it('of whom nobody has heard cannot be put off', () => {
    world.run((ctx) => dismissDiscovery(ctx, bob));
    expect(world.run((ctx) => allDiscoveries(ctx))).toEqual([]);
  });

  it('is not suggested once a person took it off the lists, nor is one that is met after that', () => {
    meet(bob);
    for (const peer of [bob, carol]) world.run((ctx) => keepRemoved(ctx, peer));
    meet(carol);
    world.now += 1_000 * days;
    expect(suggested()).toEqual([]);
  });

  it('is remembered by the name that it had on the lists, until a person takes it back', () => {
    meet();
    const former = () => world.run((ctx) => formerNeighbors(ctx));
    world.run((ctx) => acceptKnownPeer(ctx, bob, 'A good deal.'));
    writeBook(world);
    expect(former()).toEqual([]);
    world.run((ctx) => keepRemoved(ctx, bob));
    world.run((ctx) => keepRemoved(ctx, carol));
    expect(former()).toEqual([{ peer: bob, name: 'Somebody' }]);
    world.run((ctx) => acceptKnownPeer(ctx, bob, 'After all.'));
    expect(former()).toEqual([]);
  });

  it('may be suggested again after a person has put it on a list in between', () => {
    meet();
    world.run((ctx) => keepRemoved(ctx, bob));
    world.run((ctx) => acceptKnownPeer(ctx, bob, 'After all.'));
    expect(world.run((ctx) => isSuggested(ctx, bob))).toBe(true);
    writeBook(world);
    world.run((ctx) => moveNeighbor(ctx, bob, 'secondary', 'Less.'));
    expect(suggested()).toEqual([]);
  });
});
