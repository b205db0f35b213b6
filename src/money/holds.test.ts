import { base64urlnopad } from '@scure/base';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Opened, PeerId } from '../identity/index.ts';
import { nextTimerAt } from '../kernel/index.ts';
import type { TransferOrder } from '../protocol/index.ts';
import { expireHold, fulfilHold, voidHold } from './holds.ts';
import { onLedgerTimer } from './lcp.ts';
import { type LedgerWatch, transfers } from './ledger-state.ts';
import { keyOf } from './money-world.suite.ts';
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

  test('each of several goes back at its own end, to the millisecond', () => {
    const ends = [60, 90].map((inSeconds) => {
      const order = hold({ hold: { sha256: lock, expires: now() + inSeconds } });
      pay(order);
      return order;
    });
    const firstMs = now() * 1000 + 60_000;
    bank.peer().now = firstMs - 1;
    expect(bank.bodyOf(look(ends[0]!, bob))).toMatchObject({ state: 'held' });
    fireTimers();
    expect(balance(alice)).toMatchObject({ balance: 76, held: 24 });
    bank.peer().now = firstMs;
    // Also before its timer has fired, for whoever looks.
    expect(bank.bodyOf(look(ends[0]!, bob))).toEqual({ state: 'voided' });
    fireTimers();
    expect(balance(alice)).toMatchObject({ balance: 88, held: 12 });
    bank.peer().now = firstMs + 30_000;
    fireTimers();
    expect(balance(alice)).toMatchObject({ balance: 100, held: 0 });
  });

  test('a timer that is late, or fires early, moves nothing', () => {
    const [order, other] = [hold(), hold()];
    pay(order);
    pay(other);
    fulfil(other);
    const expire = () =>
      [order, other].forEach(({ payload: { iss: payer, jti } }) => {
        bank
          .peer()
          .run((ctx) => onLedgerTimer(ctx, { kind: 'hold-expiry', payer, order: jti }, () => {}));
      });
    expire();
    expect(balance(alice)).toMatchObject({ balance: 76, held: 12 });
    bank.peer().now += 60_000;
    expire();
    expire();
    expect(balance(alice)).toMatchObject({ balance: 88, held: 0 });
  });

  test('what has settled stays so past its end, and no timer of it is left', () => {
    const order = hold();
    pay(order);
    const settled = fulfil(order);
    expect(bank.peer().run(nextTimerAt)).toBeUndefined();
    bank.peer().now += 60_000;
    expect(fulfil(order)?.body).toEqual(settled?.body);
    expect(look(order, alice)?.body).toMatchObject({ state: 'settled', preimage });
    const other = hold();
    pay(other);
    voidIt(other);
    expect(bank.peer().run(nextTimerAt)).toBeUndefined();
  });

  test('whoever waits for deposits is told of its money at once', () => {
    const order = hold();
    pay(order);
    ask(bob, { route: 'deposits', input: { after: 2, waitMs: 30_000 } });
    const waits = bank.last();
    expect(bank.answerOf(waits)).toBeUndefined();
    fulfil(order);
    expect(bodyOf(bank.answerOf(waits)).deposits).toMatchObject([
      { payload: { state: 'settled' } },
    ]);
  });

  test('a payment without a hold is neither claimed nor given back', () => {
    const plain = orderOf(alice);
    pay(plain);
    expect(fulfil(plain)?.problem?.members).toEqual({ state: 'settled' });
    expect(voidIt(plain)?.problem?.members).toEqual({ state: 'settled' });
    expect(balance(bob).balance).toBe(10);
  });

  test('what ended is told to be so, whatever is shown for it', () => {
    const wrong = base64urlnopad.encode(new Uint8Array(32).fill(8));
    const [settled, voided] = [hold(), hold()];
    pay(settled);
    pay(voided);
    fulfil(settled);
    expect(fulfil(settled, bob, wrong)?.problem?.members).toEqual({ state: 'settled' });
    voidIt(voided);
    expect(fulfil(voided, bob, wrong)?.problem?.members).toEqual({ state: 'voided' });
    expect(voidIt(voided, carol)?.problem?.code).toBe('unknown-transfer');
  });

  test('the issuer learns of each step once, and what was held before', () => {
    const steps: unknown[] = [];
    const watch: LedgerWatch = (_, { step, wasHeld, transfer, receipt }) =>
      steps.push([step, wasHeld, transfer.state, receipt.state, receipt.sequence]);
    const [one, two, three] = [
      hold(),
      hold(),
      hold({ hold: { sha256: lock, expires: now() + 9 } }),
    ];
    for (const order of [one, two, three]) pay(order);
    const run = bank.peer().run;
    const { jti } = one.payload;
    run((ctx) => fulfilHold(ctx, bob, { jti, preimage }, watch));
    run((ctx) => fulfilHold(ctx, bob, { jti, preimage }, watch));
    run((ctx) => voidHold(ctx, bob, { jti: two.payload.jti }, watch));
    run((ctx) => voidHold(ctx, bob, { jti: two.payload.jti }, watch));
    bank.peer().now += 9_000;
    run((ctx) => expireHold(ctx, alice, three.payload.jti, watch));
    expect(steps).toEqual([
      ['settled', true, 'settled', 'settled', 5],
      ['voided', true, 'voided', 'held', 3],
      ['voided', true, 'voided', 'held', 4],
    ]);
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

  describe('of two payers under one id, as ledgers of the first versions have them,', () => {
    let [mine, theirs]: Opened<TransferOrder>[] = [];
    const { lock: otherLock, preimage: key } = keyOf(8);
    const states = () => [alice, carol].map((from) => bodyOf(look(mine!, from)).state);

    beforeEach(() => {
      issue(carol, 100);
      mine = hold();
      theirs = orderOf(carol, { hold: { sha256: otherLock, expires: now() + 60 } });
      pay(mine);
      pay(theirs);
      const { jti } = theirs.payload;
      bank.peer().run((ctx) => {
        const stored = ctx.tx.get(transfers, carol, jti)!;
        ctx.tx.remove(transfers, carol, jti);
        ctx.tx.put(transfers, { ...stored, order: mine!.payload.jti });
      });
    });

    test('each preimage settles its own', () => {
      expect(bodyOf(fulfil(mine!)).receipt.payload.payer).toBe(alice);
      expect(states()).toEqual(['settled', 'held']);
      expect(bodyOf(fulfil(mine!, bob, key)).receipt.payload.payer).toBe(carol);
      expect(states()).toEqual(['settled', 'settled']);
    });

    test('the older goes back first, and none that has ended', () => {
      voidIt(mine!);
      expect(states()).toEqual(['voided', 'held']);
      voidIt(mine!);
      expect(states()).toEqual(['voided', 'voided']);
      expect([balance(alice), balance(carol)]).toMatchObject([{ balance: 100 }, { balance: 100 }]);
    });
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
