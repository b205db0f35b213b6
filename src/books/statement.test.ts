import { expect, test } from 'vitest';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { inTransit, owesUs } from './accounts.ts';
import { type Cause, post } from './journal.ts';
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
