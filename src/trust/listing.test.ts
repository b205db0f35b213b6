import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { Neighbor } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import {
  confirmListings,
  keepRemoved,
  moveNeighbor,
  setCreditLimit,
  setStrategy,
} from './index.ts';
import { list, listed } from './listing.ts';

const peer = testPeerId(1);
const bob: Neighbor = {
  ...{ peer, name: 'Bob', list: 'primary', since: 7, reason: 'A friend.' },
  endpoints: ['https://10.0.0.1:7685', 'https://10.0.0.2:7685'],
};

describe('a change of the lists', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const asked = () => {
    world.takeEffects();
    world.run((ctx) => confirmListings(ctx));
    return world.takeEffects();
  };

  it('is told to the book and to the screen, and counts before the book has it', () => {
    world.run((ctx) => list(ctx, bob));
    expect(world.takeEffects()).toEqual([
      { kind: 'neighbor', neighbor: bob },
      { kind: 'event', event: { type: 'neighbor', peer } },
    ]);
    expect(world.neighbors.get(peer)).toBeUndefined();
    expect(world.run((ctx) => listed(ctx, peer))).toEqual(bob);
  });

  it('is made again after a start until the book has taken it, and then no more', () => {
    world.run((ctx) => list(ctx, bob));
    expect(asked()).toEqual([{ kind: 'neighbor', neighbor: bob }]);
    expect(asked()).toEqual([{ kind: 'neighbor', neighbor: bob }]);
    world.neighbors.put({ ...bob, endpoints: [...bob.endpoints] });
    expect(asked()).toEqual([]);
    // What the person writes into the book by hand counts from then on.
    world.neighbors.put({ ...bob, reason: 'By hand.' });
    expect(world.run((ctx) => listed(ctx, peer))?.reason).toBe('By hand.');
    expect(asked()).toEqual([]);
  });

  it.each<Partial<Neighbor>>([
    { list: 'secondary' },
    { since: 8 },
    { reason: 'An enemy.' },
    { creditLimit: 5 as Amount },
    { strategy: 'concealment' },
    { endpoints: ['https://10.0.0.1:7685'] },
  ])('is not taken for written while the book differs in %o', (difference) => {
    world.neighbors.put({ ...bob, ...difference });
    world.run((ctx) => list(ctx, bob));
    expect(asked()).toEqual([{ kind: 'neighbor', neighbor: bob }]);
  });

  it('keeps what was changed just before, though the book has taken neither', () => {
    world.neighbors.put(bob);
    world.run((ctx) => setCreditLimit(ctx, peer, 5 as Amount));
    world.run((ctx) => setStrategy(ctx, peer, 'concealment'));
    world.run((ctx) => moveNeighbor(ctx, peer, 'secondary', 'Not so close.'));
    expect(world.run((ctx) => listed(ctx, peer))).toEqual({
      ...bob,
      ...{ creditLimit: 5, strategy: 'concealment', list: 'secondary', reason: 'Not so close.' },
      since: world.now,
    });
  });

  it('is not made again once a person took the peer off all lists', () => {
    world.run((ctx) => list(ctx, bob));
    world.run((ctx) => keepRemoved(ctx, peer));
    expect(world.run((ctx) => listed(ctx, peer))).toBeUndefined();
    expect(asked()).toEqual([]);
  });
});
