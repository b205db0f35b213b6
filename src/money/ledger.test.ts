import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { testPeerId } from '../kernel/test-context.ts';
import { clockSkewSeconds, orderLifetimeSeconds } from '../limits.ts';
import { type Answered, alice, bob, carol, lock, newId, testBank } from './test-bank.suite.ts';

const bank = testBank();
const dave = testPeerId(4);
const { now, orderOf, ask, pay, issue, balance, supply } = bank;

beforeEach(bank.open);

describe('transfers', () => {
  test('a payment from the issuer creates money and costs no fee', () => {
    const answer = issue(alice, 100);
    expect(answer?.status).toBe(201);
    expect(answer?.body?.receipt.payload).toMatchObject({
      payer: bank.peer().self,
      payee: alice,
      amount: 100,
      fee: 0,
      sequence: 1,
      state: 'settled',
    });
    expect(supply()).toEqual({
      issued: 100,
      destroyed: 0,
      sumOfBalances: 100,
      sumOfHeld: 0,
      holders: 1,
    });
  });

  test('the payer pays amount and fee, and the fee is destroyed', () => {
    issue(alice, 100);
    expect(pay(orderOf(alice))?.body?.receipt.payload).toMatchObject({ amount: 10, fee: 2 });
    expect(balance(alice).balance).toBe(88);
    expect(balance(bob).balance).toBe(10);
    expect(supply()).toMatchObject({ issued: 100, destroyed: 2, sumOfBalances: 98 });
  });

  test('a payment to the issuer destroys money', () => {
    issue(alice, 100);
    pay(orderOf(alice, { payee: bank.peer().self }));
    expect(supply()).toMatchObject({ issued: 100, destroyed: 12, sumOfBalances: 88, holders: 1 });
  });

  test('the same bytes give the same receipt, even after the order expired', () => {
    issue(alice, 100);
    const order = orderOf(alice);
    const first = pay(order);
    bank.peer().now += 10 * 24 * 3600_000;
    expect(pay(order)?.body).toEqual(first?.body);
    expect(balance(alice).balance).toBe(88);
  });

  test('other bytes under a used id are refused', () => {
    issue(alice, 100);
    const order = orderOf(alice);
    pay(order);
    const other = orderOf(alice, { ...order.payload, amount: 11 as Amount });
    expect(pay(other)?.problem?.code).toBe('order-id-reused');
    expect(balance(alice).balance).toBe(88);
  });

  test('two payers may use the same id, but not toward the same payee', () => {
    issue(alice, 100);
    issue(carol, 100);
    const jti = newId();
    pay(orderOf(alice, { jti }));
    expect(pay(orderOf(carol, { jti }))?.problem?.code).toBe('order-id-reused');
    expect(pay(orderOf(carol, { jti, payee: dave }))?.status).toBe(201);
    expect([balance(bob).balance, balance(dave).balance]).toEqual([10, 10]);
  });

  test('a refused order can be carried out later under its id', () => {
    const order = orderOf(alice);
    expect(pay(order)?.problem).toMatchObject({
      code: 'insufficient-funds',
      members: { balance: 0, needed: 12 },
    });
    issue(alice, 12);
    expect(pay(order)?.status).toBe(201);
    expect(balance(alice).balance).toBe(0);
  });

  test.each<[string, string, () => Answered | undefined]>([
    ['for another issuer', 'wrong-audience', () => pay(orderOf(alice, { aud: bob }))],
    ['sent by somebody else', 'bad-signature', () => pay(orderOf(alice), bob)],
    [
      'past its end',
      'order-expired',
      () => pay(orderOf(alice, { exp: now() - clockSkewSeconds - 1 })),
    ],
    [
      'with an end far away',
      'bad-statement',
      () => pay(orderOf(alice, { exp: now() + orderLifetimeSeconds + clockSkewSeconds + 1 })),
    ],
    ['to oneself', 'bad-statement', () => pay(orderOf(alice, { payee: alice }))],
    [
      'of the issuer to itself',
      'bad-statement',
      () => pay(orderOf(bank.peer().self, { payee: bank.peer().self })),
    ],
    [
      'that allows too small a fee',
      'fee-too-high',
      () => pay(orderOf(alice, { maxFee: 1 as Amount })),
    ],
    [
      'for more than there is',
      'insufficient-funds',
      () => pay(orderOf(alice, { amount: 99 as Amount })),
    ],
    [
      'for more than can be counted',
      'amount-out-of-range',
      () =>
        pay(
          orderOf(alice, {
            amount: Number.MAX_SAFE_INTEGER as Amount,
            maxFee: Number.MAX_SAFE_INTEGER as Amount,
          }),
        ),
    ],
    [
      'that would issue past the range of amounts',
      'amount-out-of-range',
      () => issue(bob, Number.MAX_SAFE_INTEGER),
    ],
    [
      'with a hold that is over',
      'order-expired',
      () => pay(orderOf(alice, { hold: { sha256: lock, expires: now() } })),
    ],
    [
      'with a hold without end',
      'bad-statement',
      () => pay(orderOf(alice, { hold: { sha256: lock, expires: now() + 10 ** 8 } })),
    ],
  ])('an order %s is refused as %s and leaves no trace', (_, code, attempt) => {
    issue(alice, 100);
    const before = supply();
    expect(attempt()?.problem?.code).toBe(code);
    expect(supply()).toEqual(before);
    expect(balance(alice)).toEqual({ balance: 100, held: 0, sequence: 1 });
  });

  test('a peer without a currency answers no-currency', () => {
    bank.peer().settings = { ...bank.peer().settings, issues: undefined as never };
    expect(issue(alice, 1)?.problem?.code).toBe('no-currency');
    expect(
      ask(alice, { route: 'deposits', input: { after: 0, waitMs: 1000 } })?.problem?.code,
    ).toBe('no-currency');
  });

  test('the terms tell schedule, supply and features', () => {
    issue(alice, 7);
    expect(ask(bob, { route: 'currency', input: {} })?.body?.currency.payload).toMatchObject({
      iss: bank.peer().self,
      symbol: 'T',
      fee: { flat: 1, perMillion: 10_000 },
      queryFee: 0,
      supply: { issued: 7, destroyed: 0 },
      features: ['holds'],
    });
  });
});
