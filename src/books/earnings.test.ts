import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { incomeAccounts } from './accounts.ts';
import { earnings, exchanged, received } from './earnings.ts';
import { balanceOf, type Cause, post } from './journal.ts';

const [thaler, crown, bob, carol] = [1, 2, 3, 4].map(testPeerId) as [
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
];
const dayMs = 24 * 3_600_000;
const always = { from: '0000-01-01', to: '9999-12-31' };

test('income is told by day, kind and pair of neighbors, as positive amounts', () => {
  const peer = testContext({ now: Date.UTC(2026, 2, 1) });
  const earn = (kind: 'income:sales' | 'income:commissions', cause: Cause, amount: number) =>
    peer.run((ctx) =>
      post(ctx, thaler, cause, [
        { account: 'clearing:deals', amount },
        { account: kind, amount: -amount },
      ]),
    );
  const sold: Cause = { kind: 'sold', peer: bob, reason: 'A map.' };
  const found: Cause = { kind: 'commission', peer: bob, via: carol, reason: 'Found it.' };
  earn('income:sales', sold, 5);
  earn('income:sales', sold, 6);
  earn('income:commissions', found, 2);
  peer.now += dayMs;
  earn('income:sales', { ...sold, kind: 'refund' }, -6);

  const march = peer.run((ctx) => earnings(ctx, { from: '2026-03-01', to: '2026-03-02' }));
  expect(march.rows).toEqual([
    { day: '2026-03-01', currency: thaler, kind: 'sales', peer: bob, amount: 11 },
    { day: '2026-03-01', currency: thaler, kind: 'commissions', peer: bob, via: carol, amount: 2 },
    { day: '2026-03-02', currency: thaler, kind: 'sales', peer: bob, amount: -6 },
  ]);
  expect(march.totals).toEqual([
    { currency: thaler, kind: 'sales', amount: 5 },
    { currency: thaler, kind: 'commissions', amount: 2 },
  ]);
  const second = peer.run((ctx) => earnings(ctx, { from: '2026-03-02', to: '2026-03-02' }));
  expect(second.totals).toEqual([{ currency: thaler, kind: 'sales', amount: -6 }]);
  expect(peer.run((ctx) => earnings(ctx, { ...always, currency: crown })).rows).toEqual([]);
});

const income = fc.record({
  currency: fc.constantFrom(thaler, crown),
  account: fc.constantFrom(...incomeAccounts),
  peer: fc.constantFrom(bob, carol),
  amount: fc.integer({ min: -20, max: 100 }),
  waitMs: fc.integer({ min: 0, max: 2 * dayMs }),
});

test('over all time what was earned and given is what the income accounts say, and the rows add up to the totals', () => {
  fc.assert(
    fc.property(fc.array(income, { maxLength: 40 }), (incomes) => {
      const peer = testContext();
      for (const { currency, account, peer: from, amount, waitMs } of incomes) {
        peer.now += waitMs;
        peer.run((ctx) =>
          post(ctx, currency, { kind: 'sold', peer: from, reason: 'A test.' }, [
            { account: 'assets:balance', amount },
            { account, amount: -amount },
          ]),
        );
      }
      const [earned, given] = peer.run((ctx) => [earnings(ctx, always), received(ctx, always)]);
      const [rows, totals] = [
        [...earned.rows, ...given.rows],
        [...earned.totals, ...given.totals],
      ];
      expect(earned.rows.some(({ kind }) => `income:${kind}` === 'income:gifts')).toBe(false);
      for (const currency of [thaler, crown]) {
        for (const account of incomeAccounts) {
          const kind = account.slice('income:'.length);
          const booked = 0 - peer.run((ctx) => balanceOf(ctx, currency, account));
          const of = (each: { currency: string; kind: string }) =>
            each.currency === currency && each.kind === kind;
          expect(totals.find(of)?.amount ?? 0).toBe(booked);
          expect(rows.filter(of).reduce((sum, { amount }) => sum + amount, 0)).toBe(booked);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('what an exchange brought in of one currency and took of another is told on its own, and is not earned', () => {
  const peer = testContext({ now: Date.UTC(2026, 2, 1) });
  const cause: Cause = { kind: 'exchange', peer: bob, reason: 'A test.' };
  const change = (currency: typeof thaler, amount: number) =>
    peer.run((ctx) =>
      post(ctx, currency, cause, [
        { account: 'assets:balance', amount },
        { account: 'equity:exchange', amount: -amount },
      ]),
    );
  change(thaler, 30);
  change(crown, -20);
  const { rows, totals } = peer.run((ctx) => exchanged(ctx, always));
  const told = { day: '2026-03-01', kind: 'exchanges', peer: bob };
  expect(rows).toEqual([
    { ...told, currency: thaler, amount: 30 },
    { ...told, currency: crown, amount: -20 },
  ]);
  expect(totals.map(({ currency, amount }) => [currency, amount])).toEqual([
    [thaler, 30],
    [crown, -20],
  ]);
  expect(peer.run((ctx) => earnings(ctx, always)).rows).toEqual([]);
});
