import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerId } from '../identity/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { introductionsMax } from '../limits.ts';
import { allIntroductions, cardOf, dismissIntroduction, takeIntroduction } from './index.ts';
import { testCard } from './test-cards.ts';

describe('introductions of strangers', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const introduce = (from: PeerId) => {
    world.now += 1_000;
    const card = testCard(from);
    return world.run((ctx) => takeIntroduction(ctx, from, { card, note: '' }));
  };
  const knows = (peer: PeerId) => world.run((ctx) => cardOf(ctx, peer)) !== undefined;

  it('leave nothing behind once newer ones have taken their places', () => {
    const strangers = Array.from({ length: introductionsMax + 3 }, (_, n) => testPeerId(n + 1));
    for (const stranger of strangers) expect(introduce(stranger).ok).toBe(true);
    expect(world.run((ctx) => allIntroductions(ctx))).toHaveLength(introductionsMax);
    expect(strangers.map(knows).filter(Boolean)).toHaveLength(introductionsMax);
    expect(knows(strangers[0]!)).toBe(false);
    expect(knows(strangers.at(-1)!)).toBe(true);
  });

  it('leave nothing behind once a person has put them aside', () => {
    introduce(testPeerId(1));
    world.run((ctx) => dismissIntroduction(ctx, testPeerId(1)));
    expect(knows(testPeerId(1))).toBe(false);
  });

  it('take no card from whoever was met otherwise', () => {
    const peer = testPeerId(1);
    world.neighbors.put({
      ...{ peer, name: 'Bob', list: 'secondary', since: 0, reason: '', endpoints: [] },
      origin: { kind: 'discovered', deal: 'AAAAAAAAAAAAAAAAAAAAAA' as never },
    });
    introduce(peer);
    world.run((ctx) => dismissIntroduction(ctx, peer));
    expect(knows(peer)).toBe(true);
  });
});
