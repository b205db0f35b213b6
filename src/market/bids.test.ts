import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, sealStatement } from '../identity/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { bidStatement } from '../protocol/index.ts';
import { receivedBid, sweepBids, takeBid } from './bids.ts';

const [bob, gold] = [testPeerId(1), testPeerId(2)];
const { documentId } = testDocument('walden');
const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const hourMs = 60 * 60_000;

describe('a bid that was received', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const seconds = () => Math.floor(world.now / 1000);
  const take = (lastsSeconds: number) => {
    const bid = draft(bidStatement, {
      ...{ iss: bob, iat: seconds(), jti: id, sub: documentId, solicitation: id, currency: gold },
      ...{ price: 8 as Amount, title: 'Walden', size: 1, mediaType: 'text/plain' },
      exp: seconds() + lastsSeconds,
    });
    const asked = { peer: bob, currency: gold, maxPrice: 10 as Amount };
    const text = sealStatement(bid, testSigner(bob));
    return world.run((ctx) => takeBid(ctx, asked, id, { text: 'walden' }, text));
  };

  it('is relied on for an hour at most and forgotten a day later, whatever it says', () => {
    const centuries = 200 * 365 * 24 * 3_600;
    const taken = take(centuries);
    expect(taken).toMatchObject({ ok: true, value: { exp: seconds() + 3_600 } });
    world.now += 26 * hourMs;
    world.run((ctx) => sweepBids(ctx));
    expect(world.run((ctx) => receivedBid(ctx, id))).toBeUndefined();
  });

  it('keeps an end of its own that is sooner', () => {
    expect(take(600)).toMatchObject({ ok: true, value: { exp: seconds() + 600 } });
  });
});
