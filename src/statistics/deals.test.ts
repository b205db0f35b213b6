import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import {
  addCounts,
  countDeal,
  type DealOutcome,
  dealOutcomes,
  dealRecordsOf,
  dealSides,
  forgetDealRecords,
} from './deals.ts';

const bob = testPeerId(1);
const [gold, silver] = [testPeerId(2), testPeerId(3)];

describe('what is counted of deals', () => {
  it('is kept apart by side and kind of document, with the sums of each currency', () => {
    const world = testContext();
    const records = world.run((ctx) => {
      const deal = { peer: bob, side: 'bought', kind: 'text', price: 7 as Amount } as const;
      countDeal(ctx, { ...deal, currency: gold }, undefined, 'good');
      countDeal(ctx, { ...deal, currency: silver }, undefined, 'failed');
      countDeal(ctx, { ...deal, currency: gold, kind: 'book' }, undefined, 'late');
      return dealRecordsOf(ctx, bob);
    });
    expect(records).toMatchObject([
      { kind: 'book', counts: { late: 1 }, sums: [{ currency: gold, well: 7, badly: 0 }] },
      {
        kind: 'text',
        counts: { good: 1, failed: 1 },
        sums: [
          { currency: gold, well: 7, badly: 0 },
          { currency: silver, well: 0, badly: 7 },
        ],
      },
    ]);
  });

  it('never stops a deal, however large its price', () => {
    const world = testContext();
    const [record] = world.run((ctx) => {
      const price = Number.MAX_SAFE_INTEGER as Amount;
      const deal = { peer: bob, side: 'sold', kind: 'text', currency: gold, price } as const;
      for (let n = 0; n < 3; n++) countDeal(ctx, deal, undefined, 'good');
      return dealRecordsOf(ctx, bob);
    });
    expect(record).toMatchObject({
      counts: { good: 3 },
      sums: [{ well: Number.MAX_SAFE_INTEGER }],
    });
  });

  it('is at any time what the deals themselves say, by whatever way they came there', () => {
    const step = fc.record({
      deal: fc.nat(5),
      to: fc.constantFrom(...dealOutcomes),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = testContext();
        const deals = new Map<number, DealOutcome>();
        const records = world.run((ctx) => {
          for (const { deal, to } of steps) {
            const side = dealSides[deal % 4] ?? 'sold';
            const price = (deal + 1) as Amount;
            const counted = { peer: bob, side, kind: 'text', currency: gold, price } as const;
            countDeal(ctx, counted, deals.get(deal), to);
            deals.set(deal, to);
          }
          return dealRecordsOf(ctx, bob);
        });
        const counts = addCounts(records);
        for (const outcome of dealOutcomes) {
          const there = [...deals.values()].filter((each) => each === outcome).length;
          expect(counts[outcome]).toBe(there);
        }
        const well = records.flatMap(({ sums }) => sums).reduce((sum, each) => sum + each.well, 0);
        const ended = [...deals].filter(([, outcome]) => outcome === 'good' || outcome === 'late');
        expect(well).toBe(ended.reduce((sum, [deal]) => sum + deal + 1, 0));
      }),
    );
  });

  it('can be forgotten, to be counted anew', () => {
    const world = testContext();
    const left = world.run((ctx) => {
      const deal = { peer: bob, side: 'sold', kind: 'text', currency: gold } as const;
      countDeal(ctx, { ...deal, price: 1 as Amount }, undefined, 'open');
      forgetDealRecords(ctx);
      return dealRecordsOf(ctx, bob);
    });
    expect(left).toEqual([]);
  });
});
