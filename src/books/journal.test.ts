import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import {
  type Account,
  expenseAccounts,
  incomeAccounts,
  inTransit,
  owesUs,
  weOwe,
} from './accounts.ts';
import {
  balanceOf,
  balances,
  type Cause,
  causes,
  currenciesOf,
  entryOf,
  journalOf,
  type Posting,
  post,
  postingsOf,
} from './journal.ts';

const [thaler, crown] = [testPeerId(1), testPeerId(2)];
const cause: Cause = { kind: 'correction', reason: 'A test.' };
const hour = 3_600_000;

const accounts: readonly Account[] = [
  'assets:balance',
  'assets:ordered',
  'equity:issuance',
  owesUs(testPeerId(3)),
  weOwe(testPeerId(3)),
  inTransit(testPeerId(3)),
  ...incomeAccounts,
  ...expenseAccounts,
];

const move = fc.record({
  currency: fc.constantFrom(thaler, crown),
  from: fc.constantFrom(...accounts),
  to: fc.constantFrom(...accounts),
  amount: fc.integer({ min: 0, max: 1000 }),
  kind: fc.constantFrom(...causes),
});

const transferred = (from: Account, to: Account, amount: number): readonly Posting[] => [
  { account: from, amount: -amount },
  { account: to, amount },
];

describe('the journal', () => {
  test('sums to zero in every currency, and every balance is the sum of its postings', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const peer = testContext();
        for (const { currency, from, to, amount, kind } of moves) {
          peer.now += hour;
          peer.run((ctx) => post(ctx, currency, { ...cause, kind }, transferred(from, to, amount)));
        }
        peer.run((ctx) => {
          for (const currency of currenciesOf(ctx)) {
            const all = balances(ctx, currency);
            expect([...all.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0);
            for (const [account, balance] of all) {
              const days = { from: '0000', to: '9999' };
              const sum = postingsOf(ctx, currency, account, days).reduce(
                (total, posting) => total + posting.amount,
                0,
              );
              expect(balance).toBe(sum);
              expect(balanceOf(ctx, currency, account)).toBe(sum);
            }
          }
        });
      }),
      { numRuns: 50 },
    );
  });

  test('an entry that does not sum to zero is a mistake of the program, and leaves nothing behind', () => {
    const peer = testContext();
    expect(() =>
      peer.run((ctx) => post(ctx, thaler, cause, [{ account: 'assets:balance', amount: 1 }])),
    ).toThrow('sum to zero');
    expect(peer.run((ctx) => currenciesOf(ctx))).toEqual([]);
  });

  test('a sum past the range of whole numbers is refused, never rounded', () => {
    const peer = testContext();
    const all = Number.MAX_SAFE_INTEGER;
    book(peer, 'equity:issuance', 'assets:balance', all);
    expect(() => book(peer, 'equity:issuance', 'assets:balance', 1)).toThrow('leaves the range');
    expect(peer.run((ctx) => balanceOf(ctx, thaler, 'assets:balance'))).toBe(all);
  });

  test('zero postings are left out, and an entry of nothing else is not booked', () => {
    const peer = testContext();
    const nothing = peer.run((ctx) =>
      post(ctx, thaler, cause, transferred('assets:balance', 'assets:ordered', 0)),
    );
    expect(nothing).toBeUndefined();
    expect(peer.run((ctx) => journalOf(ctx, thaler, { limit: 10 }))).toEqual([]);
  });

  test('entries are numbered over all currencies and read newest first, a page at a time', () => {
    const peer = testContext();
    for (const n of [1, 2, 3, 4]) book(peer, 'income:sales', 'assets:balance', n);
    peer.run((ctx) => post(ctx, crown, cause, transferred('income:sales', 'assets:balance', 9)));
    peer.run((ctx) => {
      expect(journalOf(ctx, thaler, { limit: 2 }).map(({ id }) => id)).toEqual([4, 3]);
      expect(journalOf(ctx, thaler, { limit: 2, before: 3 }).map(({ id }) => id)).toEqual([2, 1]);
      expect(entryOf(ctx, 5)).toMatchObject({ currency: crown, cause });
    });
  });

  test('postings are found by the days they happened on', () => {
    const peer = testContext({ now: Date.UTC(2026, 0, 31, 23) });
    for (const n of [1, 2, 3]) {
      book(peer, 'income:sales', 'assets:balance', n);
      peer.now += 2 * hour;
    }
    const found = peer.run((ctx) =>
      postingsOf(ctx, thaler, 'assets:balance', { from: '2026-02-01', to: '2026-02-01' }),
    );
    expect(found.map(({ n, amount, balance }) => [n, amount, balance])).toEqual([
      [2, 2, 3],
      [3, 3, 6],
    ]);
  });

  test('postings of any days are those between them, also where the clock went back', () => {
    const when = fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 30 });
    const days = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(when, days, (steps, [first, last]) => {
        const peer = testContext({ now: Date.UTC(2026, 0, 10) });
        for (const hours of steps) {
          peer.now += hours * hour;
          book(peer, 'income:sales', 'assets:balance', 1);
        }
        const onDay = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10);
        const between = { from: onDay(first), to: onDay(last) };
        peer.run((ctx) => {
          const all = postingsOf(ctx, thaler, 'assets:balance', { from: '0000', to: '9999' });
          expect(all).toHaveLength(steps.length);
          const inOrder = all.map(({ day }) => day);
          expect(inOrder).toEqual(inOrder.toSorted());
          expect(postingsOf(ctx, thaler, 'assets:balance', between)).toEqual(
            all.filter(({ day }) => day >= between.from && day <= between.to),
          );
        });
      }),
      { numRuns: 100 },
    );
  });
});

function book(peer: TestContext, from: Account, to: Account, amount: number): void {
  peer.run((ctx) => post(ctx, thaler, cause, transferred(from, to, amount)));
}
