import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { Context } from '../kernel/index.ts';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { sightingLifetimeMs } from '../limits.ts';
import { testDocumentId } from '../peer/test-world-library.ts';
import {
  documentsFor,
  forgetSighting,
  latestSightings,
  noteSighting,
  sightingsIn,
  sightingsOf,
  sweepDirectory,
} from './directory.ts';

const [bob, carol] = [testPeerId(1), testPeerId(2)];

const see = (ctx: Context, name: string, peer = bob, title = name) =>
  noteSighting(ctx, {
    documentId: testDocumentId(name),
    peer,
    seenIn: 'bid',
    title,
    mediaType: 'text/plain',
    sizeBytes: 10,
    price: 5 as Amount,
    currency: bob,
  });

describe('the directory', () => {
  const find = (ctx: Context, text: string) => documentsFor(ctx, { text }, 10);

  it('finds documents by every word of their titles, however they are written', () => {
    testContext().run((ctx) => {
      see(ctx, 'Tide tables, 2026');
      see(ctx, 'Tide pools');
      expect(find(ctx, 'TABLES tide')).toEqual([testDocumentId('Tide tables, 2026')]);
      expect(find(ctx, 'tide')).toHaveLength(2);
      expect(find(ctx, 'tide maps')).toEqual([]);
      expect(find(ctx, '!?')).toEqual([]);
    });
  });

  it('finds no document by words of two different titles that it had', () => {
    testContext().run((ctx) => {
      see(ctx, 'walden', bob, 'Walden in one volume');
      see(ctx, 'walden', carol, 'Life in the woods');
      expect(find(ctx, 'walden woods')).toEqual([]);
      expect(find(ctx, 'woods')).toEqual([testDocumentId('walden')]);
    });
  });

  it('knows how many sightings it holds, whatever came and went', () => {
    const world = testContext();
    world.run((ctx) => {
      for (const name of ['a', 'b', 'a', 'c']) see(ctx, name);
      see(ctx, 'a', carol);
      forgetSighting(ctx, testDocumentId('b'), bob);
      forgetSighting(ctx, testDocumentId('b'), bob);
      expect(sightingsIn(ctx)).toBe(3);
    });
    world.now += sightingLifetimeMs;
    world.run((ctx) => {
      see(ctx, 'a');
      sweepDirectory(ctx);
      expect(latestSightings(ctx, 10)).toHaveLength(1);
      expect(sightingsIn(ctx)).toBe(1);
    });
  });

  it('forgets the words of a document with its last sighting, and those of a title with it', () => {
    testContext().run((ctx) => {
      see(ctx, 'walden', bob, 'old title');
      see(ctx, 'walden', bob, 'new title');
      expect([find(ctx, 'old'), find(ctx, 'new')].map(({ length }) => length)).toEqual([0, 1]);
      see(ctx, 'walden', carol, 'new name');
      forgetSighting(ctx, testDocumentId('walden'), bob);
      expect([find(ctx, 'title'), find(ctx, 'new')].map(({ length }) => length)).toEqual([0, 1]);
      forgetSighting(ctx, testDocumentId('walden'), carol);
      expect(find(ctx, 'new')).toEqual([]);
      expect(sightingsOf(ctx, testDocumentId('walden'))).toEqual([]);
    });
  });
});
