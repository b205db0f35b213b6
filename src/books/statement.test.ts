import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { inTransit, owesUs } from './accounts.ts';
import { balanceBefore, balances, type Cause, journalOf, post } from './journal.ts';
import { statement } from './statement.ts';

const thaler = testPeerId(1);
const bob = testPeerId(2);
const cause: Cause = { kind: 'sold', peer: bob, reason: 'A map.' };

test('a row tells what an entry changed: money, claims, what was issued, and the result', () => {
  const peer = testContext();
  peer.run((ctx) => {
    post(ctx, thaler, cause, [
      { account: owesUs(bob), amount: 7 },
      { account: 'income:sales', amount: -7 },
    ]);
    post(ctx, thaler, { ...cause, kind: 'payment-in' }, [
      { account: 'assets:balance', amount: 7 },
      { account: owesUs(bob), amount: -7 },
    ]);
    post(ctx, thaler, { ...cause, kind: 'issued' }, [
      { account: 'equity:issuance', amount: -5 },
      { account: inTransit(bob), amount: 5 },
    ]);
    post(ctx, thaler, { ...cause, kind: 'payment-out' }, [
      { account: 'assets:balance', amount: -3 },
      { account: 'assets:ordered', amount: 3 },
    ]);
    post(ctx, thaler, { ...cause, kind: 'bought' }, [
      { account: 'expense:purchases', amount: 2 },
      { account: 'clearing:deals', amount: -2 },
    ]);
  });
  const { rows } = peer.run((ctx) => statement(ctx, thaler, { limit: 10 }));
  expect(
    rows.map(({ id, cause: { kind }, money, claims, issued, result }) => [
      id,
      kind,
      money,
      claims,
      issued,
      result,
    ]),
  ).toEqual([
    [5, 'bought', 0, -2, 0, -2],
    [4, 'payment-out', 0, 0, 0, 0],
    [3, 'issued', 0, 5, 5, 0],
    [2, 'payment-in', 7, -7, 0, 0],
    [1, 'sold', 0, 7, 0, 7],
  ]);
  for (const { money, claims, issued, result } of rows)
    expect(money + claims - issued).toBe(result);
});

test('pages follow on each other without a gap, and the last one says so', () => {
  const peer = testContext();
  peer.run((ctx) => {
    for (let amount = 1; amount <= 5; amount++) {
      post(ctx, thaler, cause, [
        { account: 'assets:balance', amount },
        { account: 'income:sales', amount: -amount },
      ]);
    }
  });
  const pageBefore = (before?: number) =>
    peer.run((ctx) =>
      statement(ctx, thaler, { limit: 2, ...(before === undefined ? {} : { before }) }),
    );
  const first = pageBefore();
  const second = pageBefore(first.before);
  const last = pageBefore(second.before);
  expect([first, second, last].map(({ rows }) => rows.map(({ money }) => money))).toEqual([
    [5, 4],
    [3, 2],
    [1],
  ]);
  expect(last.before).toBeUndefined();
});

test('a row tells what stood after it, on every page alike, and the newest what stands now', () => {
  const accounts = ['assets:balance', owesUs(bob), 'equity:issuance', 'income:sales'] as const;
  const move = fc.record({
    from: fc.constantFrom(...accounts),
    to: fc.constantFrom(...accounts),
    amount: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(
      fc.array(move, { maxLength: 25 }),
      fc.integer({ min: 1, max: 7 }),
      (moves, limit) => {
        const peer = testContext();
        for (const { from, to, amount } of moves) {
          peer.run((ctx) =>
            post(ctx, thaler, cause, [
              { account: from, amount: -amount },
              { account: to, amount },
            ]),
          );
        }
        const rows: ReturnType<typeof statement>['rows'][number][] = [];
        for (let before: number | undefined, more = true; more; more = before !== undefined) {
          const page = peer.run((ctx) =>
            statement(ctx, thaler, { limit, ...(before === undefined ? {} : { before }) }),
          );
          rows.push(...page.rows);
          before = page.before;
        }
        expect(rows).toHaveLength(moves.length);
        let [money, claims, issued] = [0, 0, 0];
        for (const row of rows.toReversed()) {
          [money, claims, issued] = [money + row.money, claims + row.claims, issued + row.issued];
          expect(row.after).toEqual({ money, claims, issued });
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('what is newer than a row is found from it on, and nothing else', () => {
  const peer = testContext();
  const sell = () =>
    peer.run((ctx) =>
      post(ctx, thaler, cause, [
        { account: 'assets:balance', amount: 1 },
        { account: 'income:sales', amount: -1 },
      ]),
    );
  for (let n = 0; n < 3; n++) sell();
  const since = (id: number) =>
    peer.run((ctx) => statement(ctx, thaler, { limit: 10, since: id }).rows.map((row) => row.id));
  expect(since(3)).toEqual([]);
  sell();
  expect(since(3)).toEqual([4]);
  expect(since(1)).toEqual([4, 3, 2]);
});

test('the balance before an entry is the sum of the postings before it', () => {
  const peer = testContext();
  for (let amount = 1; amount <= 9; amount++) {
    peer.run((ctx) =>
      post(ctx, thaler, cause, [
        { account: amount % 3 === 0 ? owesUs(bob) : 'assets:balance', amount },
        { account: 'income:sales', amount: -amount },
      ]),
    );
  }
  peer.run((ctx) => {
    for (const account of balances(ctx, thaler).keys()) {
      for (let entry = 1; entry <= 10; entry++) {
        const before = journalOf(ctx, thaler, { limit: 100, before: entry });
        const sum = before
          .flatMap(({ postings }) => postings)
          .reduce((total, each) => total + (each.account === account ? each.amount : 0), 0);
        expect(balanceBefore(ctx, thaler, account, entry)).toBe(sum);
      }
    }
  });
});
