import { beforeEach, describe, expect, it } from 'vitest';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import { confirmListings, discover, dismissDiscovery, markUndesirable, takeCard } from './index.ts';
import { joinSecondary } from './secondary.ts';
import { testCard, writeBook } from './test-cards.ts';

const bob = testPeerId(1);
const deal = 'a-deal' as DealId;

describe('a peer that was met in a deal that ended well', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext({ settings: { policy: 2 } });
  });

  const meet = (peer = bob) => {
    const how = { way: 'seller-by-buyer', documentId: 'a-document' as DocumentId } as const;
    world.run((ctx) => discover(ctx, testCard(peer), how));
    writeBook(world);
  };
  const join = (peer = bob) => {
    world.run((ctx) => joinSecondary(ctx, peer, deal));
    return writeBook(world);
  };

  it.each([2, 3] as const)(
    'joins the secondary list under policy %s, and is asked its terms',
    (policy) => {
      world.settings = { ...world.settings, policy };
      meet();
      const effects = join();
      expect(world.neighbors.get(bob)).toMatchObject({
        ...{ peer: bob, name: 'Somebody', list: 'secondary', since: world.now },
        ...{ endpoints: ['https://10.0.0.1:7685'], origin: { kind: 'discovered', deal } },
      });
      expect(effects).toMatchObject([
        { kind: 'neighbor' },
        { kind: 'event', event: { type: 'neighbor', peer: bob } },
        { kind: 'call', call: { to: { peer: bob }, request: { route: 'terms' } } },
      ]);
    },
  );

  it('does not under policy 1', () => {
    world.settings = { ...world.settings, policy: 1 };
    meet();
    expect(join()).toEqual([]);
  });

  it('does not where a person chose its list, nor where the person wants no suggestion of it now', () => {
    meet();
    world.run((ctx) => dismissDiscovery(ctx, bob));
    expect(join()).toEqual([]);
    world.now += 90 * 24 * 60 * 60_000;
    const listing = { name: 'Bob', since: 0, reason: '', endpoints: [] };
    world.neighbors.put({ ...listing, peer: bob, list: 'primary' });
    expect(join()).toEqual([]);
  });

  it('does not where only its card is known, or not even that, or where it is the peer itself', () => {
    expect(join()).toEqual([]);
    world.run((ctx) => takeCard(ctx, testCard(bob)));
    expect(join()).toEqual([]);
    meet(world.self);
    expect(join(world.self)).toEqual([]);
  });

  it('does not after it spoke against itself, though it was struck from the book by hand', () => {
    meet();
    world.run((ctx) => markUndesirable(ctx, bob, { deal, reason: 'corrupt' }));
    writeBook(world);
    world.run((ctx) => confirmListings(ctx));
    world.neighbors.remove(bob);
    expect(join()).toEqual([]);
  });
});
