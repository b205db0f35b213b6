import { beforeEach, describe, expect, it } from 'vitest';
import { type ProblemCode, problem } from '../problem.ts';
import { contactOf, dealRecordsOf, summaryOf } from '../statistics/index.ts';
import { purchaseOutcome, saleOutcome } from './deal-outcomes.ts';
import {
  movePurchase,
  moveSale,
  type Purchase,
  type PurchaseState,
  purchaseOutcomes,
  type Sale,
  type SaleState,
  saleOutcomes,
} from './deals.ts';
import { own } from './lone-buyer.suite.ts';
import { alice, carol, fromCarol, LoneSeller } from './lone-seller.suite.ts';

/** The answer of a chain of suppliers takes so long at most. */
const inTimeMs = 30_000;

describe('what the statistics make of a deal', () => {
  let x: LoneSeller;

  beforeEach(() => {
    x = new LoneSeller();
  });

  const bought = (steps: readonly PurchaseState[], tookMs = 0, change: Partial<Purchase> = {}) => {
    let purchase = x.putPurchase(steps[0] ?? 'accepting', change);
    for (const state of steps.slice(1)) {
      x.world.now += tookMs;
      purchase = x.world.run((ctx) => movePurchase(ctx, purchase, state, ctx.now));
    }
    return purchaseOutcome(purchaseOutcomes, purchase);
  };
  const sold = (steps: readonly SaleState[], change: Partial<Sale> = {}) => {
    let sale = x.put(steps[0] ?? 'instructed', change);
    for (const state of steps.slice(1))
      sale = x.world.run((ctx) => moveSale(ctx, sale, state, ctx.now));
    return saleOutcome(saleOutcomes, sale);
  };
  const records = (peer = carol) =>
    x.world.run((ctx) =>
      dealRecordsOf(ctx, peer).map(({ side, counts }) => [
        side,
        Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      ]),
    );

  it.each<[readonly PurchaseState[]]>([
    [['accepting', 'opening', 'retrieving', 'delivered']],
    [['accepting', 'passed-on']],
    [['accepting', 'agreed', 'holding', 'passed-on']],
  ])('that went %s depends on how long the instructions took', (steps) => {
    expect(bought(steps, inTimeMs)).toBe('good');
    expect(bought(steps, inTimeMs + 1)).toBe('late');
  });

  it('of which the seller said that it was not ready is in time: it said so', () => {
    expect(bought(['accepting', 'preparing', 'opening', 'delivered'], inTimeMs + 1)).toBe('good');
    expect(bought(['accepting', 'paying', 'accepting', 'delivered'], inTimeMs + 1)).toBe('good');
  });

  it.each(['failed', 'expired'] as const)('that was %s before it came is late', (state) => {
    expect(bought(['accepting', state, 'delivered'])).toBe('late');
  });

  it.each<[ProblemCode, string]>([
    ['insufficient-funds', 'dropped'],
    ['fee-too-high', 'dropped'],
    ['given-up', 'dropped'],
    ['folder-unwritable', 'dropped'],
    ['disk-full', 'dropped'],
    ['supplier-failed', 'refunded'],
    ['unreachable', 'failed'],
    ['document-gone', 'failed'],
  ])('that failed by %s speaks for itself: %s', (code, outcome) => {
    const failure = problem(code, 'No.');
    expect(bought(['accepting', 'failed'], 0, { failure })).toBe(outcome);
    // While it is under way nothing has been decided.
    expect(bought(['accepting', 'holding'], 0, { failure })).toBe('open');
  });

  it('that came to nothing without a reason failed', () => {
    expect(bought(['accepting', 'expired'])).toBe('failed');
  });

  it('of a sale is late where it had been closed before it was known to have arrived', () => {
    expect(sold(['instructed', 'delivered'])).toBe('good');
    expect(sold(['instructed', 'closed'])).toBe('good');
    expect(sold(['instructed', 'closed', 'delivered'])).toBe('late');
    expect(sold(['buying', 'refunded'])).toBe('refunded');
    expect(sold(['sealing', 'lapsed'])).toBe('failed');
    expect(sold(['instructed', 'claiming'])).toBe('open');
  });

  it('that was contested is the contest alone', () => {
    const made = { reason: 'corrupt', note: '', at: 0, text: '' } as const;
    const contest = { ...made, state: 'sent', since: 0, deadlineAt: 0 } as const;
    expect(bought(['accepting', 'failed', 'delivered'], 0, { contest })).toBe('contested');
    expect(bought(['delivered'], 0, { contest: { ...contest, contradicted: true } })).toBe(
      'contradicted',
    );
    const taken = { ...made, outcome: 'refunded' } as const;
    expect(sold(['instructed', 'closed'], { contest: taken })).toBe('contested');
    expect(sold(['delivered'], { contest: { ...taken, contradicted: true } })).toBe('contradicted');
  });

  it('is counted once, by whom it was with and on which side', () => {
    bought(['accepting', 'opening', 'retrieving', 'delivered'], 0, own);
    expect(records()).toEqual([['bought', { good: 1 }]]);
    x = new LoneSeller();
    bought(['accepting', 'passed-on']);
    expect(records()).toEqual([['supplied', { good: 1 }]]);
    sold(['instructed', 'closed']);
    expect(records(alice)).toEqual([['sold', { good: 1 }]]);
    x = new LoneSeller();
    sold(['buying', 'instructed'], { supply: fromCarol });
    expect(records(alice)).toEqual([['resold', { open: 1 }]]);
  });

  it.each(['opening', 'agreed', 'passed-on'] as const)(
    'tells how fast its seller gave the instructions, once: %s',
    (state) => {
      const answers = () =>
        x.world.run((ctx) => summaryOf(contactOf(ctx, carol)?.dealTimes ?? [])?.answers ?? 0);
      bought(['accepting', state, 'holding'], 1_000);
      expect(answers()).toBe(1);
      bought(['accepting', 'failed']);
      bought(['preparing', state]);
      expect(answers()).toBe(1);
    },
  );
});
