import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerId } from '../identity/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { DealId } from '../protocol/index.ts';
import { keepRemoved, marksOf, markUndesirable, moveNeighbor, takeCard } from './index.ts';
import { testCard, writeBook } from './test-cards.ts';

const [bob, carol] = [testPeerId(1), testPeerId(2)];
const deal = (n: number) => `deal-${n}` as DealId;
const listing = (peer: PeerId) =>
  ({
    peer,
    name: 'Bob',
    list: 'secondary',
    since: 7,
    reason: 'Met.',
    endpoints: ['https://bob:1'],
  }) as const;

describe('a mark of a contested deal', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const mark = (peer: PeerId, n: number) => {
    world.now += 1_000;
    world.run((ctx) => markUndesirable(ctx, peer, { deal: deal(n), reason: 'corrupt' }));
    return writeBook(world);
  };
  const marks = (peer = bob) => world.run((ctx) => marksOf(ctx, peer));

  it('puts a peer of which nothing is known on the undesirable list, named by the end of its id', () => {
    mark(bob, 1);
    expect(world.neighbors.get(bob)).toMatchObject({
      ...{ peer: bob, name: bob.slice(-8), list: 'undesirable', since: world.now, endpoints: [] },
      origin: { kind: 'contested', deal: deal(1), reason: 'corrupt' },
    });
  });

  it('takes name and addresses of a stranger from its card', () => {
    world.run((ctx) => takeCard(ctx, testCard(bob, { name: 'Robert' })));
    mark(bob, 1);
    expect(world.neighbors.get(bob)).toMatchObject({
      ...{ name: 'Robert', endpoints: ['https://10.0.0.1:7685'] },
    });
  });

  it('leaves a neighbor the name that the person gave it, and its addresses where no card says others', () => {
    world.neighbors.put(listing(bob));
    mark(bob, 1);
    expect(world.neighbors.get(bob)).toMatchObject({ name: 'Bob', endpoints: ['https://bob:1'] });

    world.run((ctx) => takeCard(ctx, testCard(carol, { name: 'Caroline' })));
    world.neighbors.put(listing(carol));
    mark(carol, 1);
    expect(world.neighbors.get(carol)).toMatchObject({
      ...{ name: 'Bob', endpoints: ['https://10.0.0.1:7685'] },
    });
  });

  it('is never set to a primary neighbor or to the peer itself', () => {
    world.neighbors.put({ ...listing(bob), list: 'primary' });
    for (const peer of [bob, world.self]) {
      expect(mark(peer, 1)).toEqual([]);
      expect(marks(peer)).toEqual([]);
    }
  });

  it('is set once for each deal; the first says why the peer is on the list, and since when', () => {
    mark(bob, 1);
    const first = world.neighbors.get(bob);
    expect(mark(bob, 1)).toEqual([]);
    expect(marks()).toHaveLength(1);
    expect(mark(bob, 2)).toEqual([]);
    expect(marks()).toHaveLength(2);
    expect(world.neighbors.get(bob)).toEqual(first);
  });

  it('stands with the others of the same peer, the oldest first', () => {
    // By the ids of the deals they would stand the other way round.
    for (const n of [3, 2, 1]) mark(bob, n);
    mark(carol, 4);
    expect(marks().map((one) => one.deal)).toEqual([deal(3), deal(2), deal(1)]);
    expect(marks(carol).map((one) => one.deal)).toEqual([deal(4)]);
  });

  it('is forgiven by a person’s word, once: later words do not change what was said', () => {
    mark(bob, 1);
    const forgive = (reason: string) => {
      world.run((ctx) => moveNeighbor(ctx, bob, 'primary', reason));
      writeBook(world);
      return { at: world.now, reason };
    };
    const first = forgive('It was the network.');
    world.now += 1_000;
    world.run((ctx) => moveNeighbor(ctx, bob, 'undesirable', 'It was not.'));
    writeBook(world);
    mark(bob, 2);
    expect(marks().map(({ forgiven }) => forgiven)).toEqual([first, undefined]);
    const second = forgive('Let it be.');
    expect(marks().map(({ forgiven }) => forgiven)).toEqual([first, second]);
  });

  it('is not forgiven by being put on the undesirable list by hand, but by being taken off all lists', () => {
    mark(bob, 1);
    world.run((ctx) => moveNeighbor(ctx, bob, 'undesirable', 'A cheat.'));
    expect(marks()).toMatchObject([{ deal: deal(1) }]);
    expect(marks()[0]).not.toHaveProperty('forgiven');
    world.run((ctx) => keepRemoved(ctx, bob));
    expect(marks()[0]?.forgiven?.at).toBe(world.now);
  });
});
