import { beforeEach, describe, expect, test } from 'vitest';
import type { PeerId } from '../identity/index.ts';
import { takeDueTimers } from '../kernel/index.ts';
import { dropWaitingPolls } from './ledger-deposits.ts';
import { alice, bob, testBank } from './test-bank.suite.ts';

const bank = testBank();
const { orderOf, ask, answerOf, bodyOf, pay, issue, fireTimers, last } = bank;

beforeEach(bank.open);

describe('the long poll', () => {
  const poll = (of: PeerId, after: number, waitMs: number) =>
    ask(of, { route: 'deposits', input: { after, waitMs } });

  test('answers at once where there are deposits, oldest first, from a sequence on', () => {
    issue(bob, 1);
    issue(alice, 1);
    issue(bob, 2);
    const answer = bodyOf(poll(bob, 1, 30_000));
    expect(answer).toMatchObject({ balance: 3, held: 0, sequence: 3 });
    expect(answer.deposits).toHaveLength(1);
  });

  test('waits until a deposit arrives', () => {
    expect(poll(bob, 0, 30_000)).toBeUndefined();
    const exchange = last();
    issue(bob, 5);
    expect(answerOf(exchange)?.body).toMatchObject({ balance: 5, sequence: 1 });
  });

  test('answers empty when its time is up', () => {
    poll(bob, 0, 30_000);
    bank.peer().now += 30_000;
    fireTimers();
    expect(answerOf(last())?.body).toEqual({ deposits: [], balance: 0, held: 0, sequence: 0 });
  });

  test('the fifth of one account answers the first', () => {
    poll(bob, 0, 30_000);
    const first = last();
    for (let n = 0; n < 3; n++) {
      bank.peer().now += 1;
      poll(bob, 0, 30_000);
    }
    expect(answerOf(first)).toBeUndefined();
    bank.peer().now += 1;
    poll(bob, 0, 30_000);
    expect(answerOf(first)?.body?.deposits).toEqual([]);
  });

  test('a restart forgets who waited', () => {
    poll(bob, 0, 30_000);
    const exchange = last();
    bank.peer().run(dropWaitingPolls);
    issue(bob, 5);
    expect(answerOf(exchange)).toBeUndefined();
    expect(bank.peer().run((ctx) => takeDueTimers({ ...ctx, now: ctx.now + 60_000 }, 10))).toEqual(
      [],
    );
  });

  test('a payer reads the receipts of its own orders after a sequence', () => {
    issue(alice, 100);
    pay(orderOf(alice));
    pay(orderOf(alice));
    const answer = bodyOf(ask(alice, { route: 'orders', input: { after: 2 } }));
    expect(answer.transfers).toHaveLength(1);
    expect(answer.sequence).toBe(3);
  });
});
