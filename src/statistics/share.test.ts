import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { NeighborList } from '../kernel/index.ts';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { countDeal, type DealOutcome } from './deals.ts';
import { compareRisked, expectedShare, type Risked, riskAdjustedPrice } from './share.ts';

const bob = testPeerId(1);

function shareAfter(list: NeighborList, ...outcomes: DealOutcome[]) {
  const world = testContext();
  const met = { peer: bob, name: 'Bob', list, since: 0, reason: '', endpoints: [] };
  world.neighbors.put(met);
  return world.run((ctx) => {
    for (const outcome of outcomes) {
      const deal = { peer: bob, currency: ctx.self, price: 5 as Amount } as const;
      countDeal(ctx, { ...deal, side: 'bought', kind: 'text' }, undefined, outcome);
    }
    return expectedShare(ctx, bob);
  });
}

const risked = (price: number, good: number, of: number): Risked => ({
  price: price as Amount,
  share: { good, of },
});

describe('the share of deals that ends well', () => {
  it('is neither all nor nothing with a bidder that nobody has dealt with', () => {
    expect(shareAfter('primary')).toEqual({ good: 3, of: 4 });
    expect(shareAfter('secondary')).toEqual({ good: 1, of: 2 });
  });

  it('counts what came, late or not, against all that ended', () => {
    expect(shareAfter('primary', 'good', 'late', 'contested', 'refunded', 'failed')).toEqual({
      good: 5,
      of: 9,
    });
  });

  it('knows nothing of open deals, nor of those that came to nothing by oneself', () => {
    expect(shareAfter('primary', 'open', 'dropped')).toEqual({ good: 3, of: 4 });
  });
});

describe('the risk-adjusted price', () => {
  it('is the price divided by the share, rounded up', () => {
    expect(riskAdjustedPrice(risked(30, 3, 4))).toBe(40);
    expect(riskAdjustedPrice(risked(10, 3, 4))).toBe(14);
    expect(riskAdjustedPrice(risked(0, 1, 2))).toBe(0);
  });

  it('stays an amount, however large', () => {
    expect(riskAdjustedPrice(risked(Number.MAX_SAFE_INTEGER, 1, 2))).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('makes the dearer of two bids the better one where the cheaper often fails', () => {
    expect(compareRisked(risked(24, 12, 13), risked(20, 3, 6))).toBeLessThan(0);
    expect(compareRisked(risked(24, 3, 4), risked(20, 3, 4))).toBeGreaterThan(0);
  });

  it('of gifts leaves the better share to decide', () => {
    expect(compareRisked(risked(0, 9, 10), risked(0, 1, 2))).toBeLessThan(0);
  });

  const any = fc
    .tuple(fc.maxSafeNat(), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000))
    .map(([price, good, bad]) => risked(price, good, good + bad));

  it('orders any three bids alike, whichever two are compared', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(Math.sign(compareRisked(a, b))).toBe(-Math.sign(compareRisked(b, a)) || 0);
        if (compareRisked(a, b) <= 0 && compareRisked(b, c) <= 0)
          expect(compareRisked(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('never says less than the price', () => {
    fc.assert(
      fc.property(any, (bid) => {
        expect(riskAdjustedPrice(bid)).toBeGreaterThanOrEqual(bid.price);
      }),
    );
  });
});
