import { base64urlnopad } from '@scure/base';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Opened, PeerId } from '../identity/index.ts';
import type { TransferOrder } from '../protocol/index.ts';
import { alice, bob, carol, lock, preimage, testBank } from './test-bank.suite.ts';

const bank = testBank();
const { now, orderOf, ask, bodyOf, pay, issue, balance, supply, fireTimers } = bank;

beforeEach(bank.open);

describe('holds', () => {
  const hold = (fields: Partial<TransferOrder> = {}) =>
    orderOf(alice, { hold: { sha256: lock, expires: now() + 60 }, ...fields });
  const fulfil = (order: Opened<TransferOrder>, from = bob, key = preimage) =>
    ask(from, { route: 'fulfilHold', input: { jti: order.payload.jti, preimage: key } });
  const voidIt = (order: Opened<TransferOrder>, from = bob) =>
    ask(from, { route: 'voidHold', input: { jti: order.payload.jti } });
  const look = (order: Opened<TransferOrder>, from: PeerId) =>
    ask(from, { route: 'order', input: { jti: order.payload.jti } });

  beforeEach(() => {
    issue(alice, 100);
  });

  test('the amount and fee leave the balance at once and wait', () => {
    expect(pay(hold())?.body?.receipt.payload.state).toBe('held');
    expect(balance(alice)).toMatchObject({ balance: 88, held: 12 });
    expect(balance(bob).balance).toBe(0);
    expect(supply()).toMatchObject({ destroyed: 0, sumOfBalances: 88, sumOfHeld: 12 });
  });

  test('the preimage settles it, under a new receipt, and the payer learns the preimage', () => {
    const order = hold();
    const held = pay(order);
    const settled = fulfil(order);
    expect(settled?.body?.receipt.payload).toMatchObject({ state: 'settled', sequence: 3 });
    expect(fulfil(order)?.body).toEqual(settled?.body);
    expect(pay(order)?.body).toEqual(held?.body);
    expect(balance(alice)).toMatchObject({ balance: 88, held: 0 });
    expect(balance(bob).balance).toBe(10);
    expect(supply()).toMatchObject({ destroyed: 2, sumOfHeld: 0 });
    expect(look(order, alice)?.body).toMatchObject({ state: 'settled', preimage });
    expect(look(order, bob)?.body).not.toHaveProperty('preimage');
    expect(look(order, carol)?.problem?.code).toBe('unknown-transfer');
    expect(voidIt(order)?.problem).toMatchObject({
      code: 'hold-closed',
      members: { state: 'settled' },
    });
  });

  test('another preimage or another caller settles nothing', () => {
    const order = hold();
    pay(order);
    const wrong = base64urlnopad.encode(new Uint8Array(32).fill(8));
    expect(fulfil(order, bob, wrong)?.problem?.code).toBe('wrong-preimage');
    expect(fulfil(order, carol)?.problem?.code).toBe('unknown-transfer');
    expect(fulfil(order, alice)?.problem?.code).toBe('unknown-transfer');
    expect(balance(alice)).toMatchObject({ balance: 88, held: 12 });
  });

  test('the payee may give it back; again gives the same answer', () => {
    const order = hold();
    pay(order);
    expect(voidIt(order)?.body).toEqual({ state: 'voided' });
    expect(voidIt(order)?.body).toEqual({ state: 'voided' });
    expect(balance(alice)).toMatchObject({ balance: 100, held: 0 });
    expect(look(order, alice)?.body).toEqual({ state: 'voided' });
    expect(fulfil(order)?.problem).toMatchObject({
      code: 'hold-closed',
      members: { state: 'voided' },
    });
  });

  test('past its end it is closed, and goes back by itself', () => {
    const order = hold();
    pay(order);
    bank.peer().now += 60_000;
    expect(fulfil(order)?.problem?.code).toBe('hold-closed');
    fireTimers();
    expect(balance(alice)).toMatchObject({ balance: 100, held: 0 });
    expect(look(order, alice)?.body).toEqual({ state: 'voided' });
  });

  test("the issuer's own hold creates money that a void destroys", () => {
    const order = orderOf(bank.peer().self, { hold: { sha256: lock, expires: now() + 60 } });
    pay(order);
    expect(supply()).toMatchObject({ issued: 110, destroyed: 0, sumOfHeld: 10 });
    voidIt(order);
    expect(supply()).toMatchObject({ issued: 110, destroyed: 10, sumOfHeld: 0 });
  });

  test('no other payer makes a hold of the same id for the same payee', () => {
    issue(carol, 100);
    const order = hold();
    pay(order);
    const twin = orderOf(carol, { ...hold().payload, iss: carol, jti: order.payload.jti });
    // Claimed, given back and looked up by the id alone, the one would be taken for the other.
    expect(pay(twin)?.problem?.code).toBe('order-id-reused');
    expect(balance(carol)).toMatchObject({ balance: 100, held: 0 });
    expect(voidIt(order)?.body).toEqual({ state: 'voided' });
    expect(pay(twin)?.problem?.code).toBe('order-id-reused');
    expect(balance(alice)).toMatchObject({ balance: 100, held: 0 });
  });

  test('who was paid under an id makes no hold of that id for the payer', () => {
    issue(bob, 100);
    const paid = orderOf(alice);
    pay(paid);
    const back = orderOf(bob, { ...hold().payload, iss: bob, payee: alice, jti: paid.payload.jti });
    expect(pay(back)?.problem?.code).toBe('order-id-reused');
    expect(look(paid, alice)?.body).toMatchObject({ state: 'settled' });
  });

  test('a held transfer stands among the deposits as held, and again as settled', () => {
    const order = hold();
    pay(order);
    fulfil(order);
    const { deposits } = bodyOf(ask(bob, { route: 'deposits', input: { after: 0, waitMs: 0 } }));
    expect(deposits.map(({ payload }) => [payload.state, payload.sequence])).toEqual([
      ['held', 2],
      ['settled', 3],
    ]);
  });
});
