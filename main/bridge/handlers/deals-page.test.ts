import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { type Context, newDealId } from '../../../src/kernel/index.ts';
import { testContext, testPeerId } from '../../../src/kernel/test-context.ts';
import { movePurchase, moveSale, noteSale, recentSales } from '../../../src/market/deals.ts';
import type { Bid } from '../../../src/protocol/index.ts';
import { dealsPage } from './deals-page.ts';

/** Deals of both sides, begun at these times: so many milliseconds after the world's beginning. */
function worldWith(
  begun: readonly { readonly after: number; readonly side: 'purchase' | 'sale' }[],
) {
  const world = testContext();
  const beginning = world.now;
  for (const { after, side } of begun) {
    world.now = beginning + after;
    world.run((ctx) => beginDeal(ctx, side));
  }
  return world;
}

function beginDeal(ctx: Context, side: 'purchase' | 'sale'): void {
  const deal = newDealId(ctx.chance);
  const common = {
    deal,
    documentId: `b3-${'a'.repeat(52)}` as Bid['sub'],
    title: 'Tide tables',
    sizeBytes: 1,
    mediaType: 'text/plain',
    currency: testPeerId(1),
    price: 5 as Amount,
    at: ctx.now,
    since: ctx.now,
    deadlineAt: ctx.now,
    history: [],
  };
  const ended = ctx.now + 1;
  if (side === 'purchase') {
    const bid = {} as Bid;
    const purpose = { kind: 'self' } as const;
    const seller = testPeerId(2);
    const state = 'accepting' as const;
    movePurchase(
      ctx,
      { ...common, state, seller, bid, bidText: '', purpose, payments: 0 },
      'failed',
      ended,
    );
    return;
  }
  const supply = { kind: 'shelf', accessKey: '' } as const;
  moveSale(
    ctx,
    { ...common, state: 'buying', buyer: testPeerId(3), bidId: deal, supply },
    'closed',
    ended,
  );
}

describe('a page of deals', () => {
  it('follows the cursors through every deal once, newest first, also where many begin at once', () => {
    const begun = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 4 }),
        side: fc.constantFrom<('purchase' | 'sale')[]>('purchase', 'sale'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(begun, fc.integer({ min: 1, max: 7 }), (deals, limit) => {
        const world = worldWith(deals);
        const seen: { deal: string; at: number }[] = [];
        let before: string | undefined;
        do {
          const page = world.run((ctx) => dealsPage(ctx, { limit, ...(before && { before }) }));
          expect(page.deals.length).toBeLessThanOrEqual(limit);
          seen.push(...page.deals);
          before = page.before;
        } while (before !== undefined);
        expect(new Set(seen.map(({ deal }) => deal)).size).toBe(deals.length);
        expect(seen).toHaveLength(deals.length);
        expect(seen.map(({ at }) => at)).toEqual(
          seen.map(({ at }) => at).toSorted((a, b) => b - a),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('finds few that fit among many, through every cursor', () => {
    const world = worldWith(
      Array.from({ length: 40 }, (_, after) => ({
        after,
        side: after % 13 === 0 ? ('sale' as const) : ('purchase' as const),
      })),
    );
    const all = (page: { roles?: ('bought' | 'sold')[]; progress?: 'open' | 'ended' }) => {
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const found = world.run((ctx) =>
          dealsPage(ctx, { ...page, limit: 1, ...(before && { before }) }),
        );
        seen.push(...found.deals.map(({ side }) => side));
        before = found.before;
      } while (before !== undefined);
      return seen;
    };
    expect(all({ roles: ['sold'] })).toEqual(['sale', 'sale', 'sale', 'sale']);
    expect(all({ progress: 'ended' })).toHaveLength(4);
    expect(all({ progress: 'open' })).toEqual([]);
    expect(all({ roles: ['bought', 'sold'] })).toHaveLength(40);
  });

  it('finds the contested among all, however they ended', () => {
    const world = worldWith([
      { after: 0, side: 'purchase' },
      { after: 1, side: 'sale' },
    ]);
    const found = () =>
      world.run((ctx) => dealsPage(ctx, { limit: 9, progress: 'contested' })).deals;
    expect(found()).toEqual([]);
    world.run((ctx) => {
      const [sale] = recentSales(ctx, 1);
      const contest = { at: 1, text: '', note: '', reason: 'corrupt', outcome: 'refused' } as const;
      if (sale) noteSale(ctx, sale, { contest });
    });
    expect(found()).toMatchObject([
      { side: 'sale', contest: { outcome: 'refused', delivered: false, contradicted: false } },
    ]);
  });

  it('shows one side only where that is asked', () => {
    const world = worldWith([
      { after: 0, side: 'purchase' },
      { after: 1, side: 'sale' },
    ]);
    const sides = (side: 'purchase' | 'sale') =>
      world.run((ctx) => dealsPage(ctx, { side, limit: 9 })).deals.map((deal) => deal.side);
    expect([sides('purchase'), sides('sale')]).toEqual([['purchase'], ['sale']]);
  });
});
