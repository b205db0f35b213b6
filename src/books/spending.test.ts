import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { expenseAccounts } from './accounts.ts';
import { balanceOf, post } from './journal.ts';
import { moneyWith } from './money-with.ts';
import { spending } from './spending.ts';

const [thaler, crown, bob, carol] = [testPeerId(1), testPeerId(2), testPeerId(3), testPeerId(4)];
const always = { from: '0000-01-01', to: '9999-12-31' };

const expense = fc.record({
  currency: fc.constantFrom(thaler, crown),
  account: fc.constantFrom(...expenseAccounts),
  peer: fc.constantFrom(bob, carol),
  amount: fc.integer({ min: -20, max: 100 }),
  waitMs: fc.integer({ min: 0, max: 48 * 3_600_000 }),
});

test('what was spent over all time is the expense accounts, and each peer has its part of the purchases', () => {
  fc.assert(
    fc.property(fc.array(expense, { maxLength: 40 }), (expenses) => {
      const peer = testContext();
      for (const { currency, account, peer: to, amount, waitMs } of expenses) {
        peer.now += waitMs;
        peer.run((ctx) =>
          post(ctx, currency, { kind: 'bought', peer: to, reason: 'A test.' }, [
            { account, amount },
            { account: 'assets:balance', amount: -amount },
          ]),
        );
      }
      const { rows, totals } = peer.run((ctx) => spending(ctx, always));
      for (const currency of [thaler, crown]) {
        for (const account of expenseAccounts) {
          const of = (each: { currency: string; kind: string }) =>
            each.currency === currency && account === `expense:${each.kind}`;
          const booked = peer.run((ctx) => balanceOf(ctx, currency, account));
          expect(totals.find(of)?.amount ?? 0).toBe(booked);
          expect(rows.filter(of).reduce((sum, { amount }) => sum + amount, 0)).toBe(booked);
        }
        const bought = [bob, carol].map((each) =>
          peer.run((ctx) => moneyWith(ctx, each).find((money) => money.currency === currency)),
        );
        const total = bought.reduce((sum, money) => sum + (money?.bought ?? 0), 0);
        expect(total).toBe(peer.run((ctx) => balanceOf(ctx, currency, 'expense:purchases')));
      }
    }),
    { numRuns: 50 },
  );
});
