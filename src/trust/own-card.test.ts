import { describe, expect, it } from 'vitest';
import type { Opened } from '../identity/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { type Card, cardStatement } from '../protocol/index.ts';
import { cardOf, ownCard, takeCard } from './index.ts';

const alice = testPeerId(1);
const shown = (of: TestContext): Opened<Card> =>
  of.run((ctx) => {
    const opened = ctx.open(cardStatement, ctx.seal(ownCard(ctx)));
    if (!opened.ok) throw new Error(opened.error.detail);
    return opened.value;
  });
const moveTo = (of: TestContext, endpoint: string) => {
  of.now += 60_000;
  of.settings = { ...of.settings, endpoints: [endpoint] };
};

describe("a peer's own card", () => {
  it('stays as it is while it says the same', () => {
    const peer = testContext({ self: alice });
    const first = shown(peer);
    peer.now += 60_000;
    expect(shown(peer)).toEqual(first);
  });

  it('has a higher sequence with every change, also where the clock stands still', () => {
    const peer = testContext({ self: alice });
    const sequences = ['https://one:1', 'https://two:2', 'https://three:3'].map((endpoint) => {
      peer.settings = { ...peer.settings, endpoints: [endpoint] };
      return shown(peer).payload.sequence;
    });
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  });

  it('is believed after a restore that forgot the newest cards', () => {
    const bob = testContext();
    const peer = testContext({ self: alice });
    for (const endpoint of ['https://one:1', 'https://two:2', 'https://three:3']) {
      moveTo(peer, endpoint);
      const card = shown(peer);
      bob.run((ctx) => takeCard(ctx, card));
    }
    const restored = testContext({ self: alice, now: peer.now });
    moveTo(restored, 'https://new-machine:4');
    const card = shown(restored);
    bob.run((ctx) => takeCard(ctx, card));
    expect(bob.run((ctx) => cardOf(ctx, alice)?.card.endpoints)).toEqual(['https://new-machine:4']);
  });
});
