import { createHash } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { type Timer, takeDueTimers } from '../kernel/index.ts';
import {
  seededChance,
  type TestContext,
  testContext,
  testPeerId,
  testSigner,
} from '../kernel/test-context.ts';
import { clockSkewSeconds, orderLifetimeSeconds } from '../limits.ts';
import type { Receipt, TransferOrder } from '../protocol/index.ts';
import { transferStatement } from '../protocol/index.ts';
import { answerLcp, type LcpRequest, onLedgerTimer } from './lcp.ts';
import { dropWaitingPolls } from './ledger-deposits.ts';
import { supplyStatement } from './ledger-queries.ts';

const [alice, bob, carol] = [1, 2, 3].map(testPeerId) as [PeerId, PeerId, PeerId];
const chance = seededChance(99);
const newId = () => base64urlnopad.encode(chance.bytes(16));
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const preimage = base64urlnopad.encode(new Uint8Array(32).fill(7));
const lock = base64urlnopad.encode(sha256(new Uint8Array(32).fill(7)));
const ignore = () => undefined;

let bank: TestContext;

beforeEach(() => {
  bank = testContext({
    sha256,
    settings: {
      issues: {
        name: 'Thalers',
        symbol: 'T',
        decimals: 2,
        fee: { flat: 1 as Amount, perMillion: 10_000 as Amount },
        redeemableFor: 'documents',
      },
    },
  });
});

const now = () => Math.floor(bank.now / 1000);

function orderOf(payer: PeerId, fields: Partial<TransferOrder> = {}): Opened<TransferOrder> {
  const payload: TransferOrder = {
    iss: payer,
    iat: now(),
    jti: newId(),
    aud: bank.self,
    payee: bob,
    amount: 10 as Amount,
    transactionId: 'tab',
    maxFee: 5 as Amount,
    exp: now() + 3600,
    ...fields,
  };
  return { payload, text: sealStatement(draft(transferStatement, payload), testSigner(payer)) };
}

/** The members that any of the routes may answer. */
interface Body {
  readonly receipt: { readonly payload: Receipt };
  readonly deposits: readonly { readonly payload: Receipt }[];
  readonly transfers: readonly object[];
  readonly currency: { readonly payload: object };
  readonly balance: number;
  readonly held: number;
  readonly sequence: number;
}

interface Answered {
  readonly status?: number;
  readonly problem?: { readonly code: string; readonly members?: Record<string, unknown> };
  readonly body?: Body;
}

let exchanges = 0;
function ask(from: PeerId, request: LcpRequest): Answered | undefined {
  exchanges += 1;
  const exchange = `x${exchanges}`;
  bank.run((ctx) => answerLcp(ctx, exchange, from, request, ignore));
  return answerOf(exchange);
}

function bodyOf(answered: Answered | undefined): Body {
  if (!answered?.body) throw new Error('There is no answer yet.');
  return answered.body;
}

function answerOf(exchange: string): Answered | undefined {
  const found = bank.effects.findLast(
    (effect) => 'exchange' in effect && effect.exchange === exchange,
  );
  return found as Answered | undefined;
}

const pay = (order: Opened<TransferOrder>, from = order.payload.iss) =>
  ask(from, { route: 'transfer', input: { order } });
const issue = (payee: PeerId, amount: number) =>
  pay(orderOf(bank.self, { payee, amount: amount as Amount }));
const balance = (of: PeerId) => bodyOf(ask(of, { route: 'account', input: {} }));
const supply = () => bank.run((ctx) => supplyStatement(ctx));

function fireTimers(): void {
  bank.run((ctx) => {
    for (const timer of takeDueTimers(ctx, 100)) {
      onLedgerTimer(ctx, timer as Extract<Timer, { kind: 'hold-expiry' | 'poll-answer' }>, ignore);
    }
  });
}

describe('transfers', () => {
  test('a payment from the issuer creates money and costs no fee', () => {
    const answer = issue(alice, 100);
    expect(answer?.status).toBe(201);
    expect(answer?.body?.receipt.payload).toMatchObject({
      payer: bank.self,
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
    pay(orderOf(alice, { payee: bank.self }));
    expect(supply()).toMatchObject({ issued: 100, destroyed: 12, sumOfBalances: 88, holders: 1 });
  });

  test('the same bytes give the same receipt, even after the order expired', () => {
    issue(alice, 100);
    const order = orderOf(alice);
    const first = pay(order);
    bank.now += 10 * 24 * 3600_000;
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

  test('two payers may use the same id', () => {
    issue(alice, 100);
    issue(carol, 100);
    const jti = newId();
    pay(orderOf(alice, { jti }));
    expect(pay(orderOf(carol, { jti }))?.status).toBe(201);
    expect(balance(bob).balance).toBe(20);
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
      () => pay(orderOf(bank.self, { payee: bank.self })),
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
    bank.settings = { ...bank.settings, issues: undefined as never };
    expect(issue(alice, 1)?.problem?.code).toBe('no-currency');
    expect(
      ask(alice, { route: 'deposits', input: { after: 0, waitMs: 1000 } })?.problem?.code,
    ).toBe('no-currency');
  });

  test('the terms tell schedule, supply and features', () => {
    issue(alice, 7);
    expect(ask(bob, { route: 'currency', input: {} })?.body?.currency.payload).toMatchObject({
      iss: bank.self,
      symbol: 'T',
      fee: { flat: 1, perMillion: 10_000 },
      queryFee: 0,
      supply: { issued: 7, destroyed: 0 },
      features: ['holds'],
    });
  });
});

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
    bank.now += 60_000;
    expect(fulfil(order)?.problem?.code).toBe('hold-closed');
    fireTimers();
    expect(balance(alice)).toMatchObject({ balance: 100, held: 0 });
    expect(look(order, alice)?.body).toEqual({ state: 'voided' });
  });

  test("the issuer's own hold creates money that a void destroys", () => {
    const order = orderOf(bank.self, { hold: { sha256: lock, expires: now() + 60 } });
    pay(order);
    expect(supply()).toMatchObject({ issued: 110, destroyed: 0, sumOfHeld: 10 });
    voidIt(order);
    expect(supply()).toMatchObject({ issued: 110, destroyed: 10, sumOfHeld: 0 });
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

describe('the long poll', () => {
  const poll = (of: PeerId, after: number, waitMs: number) =>
    ask(of, { route: 'deposits', input: { after, waitMs } });
  const last = () => `x${exchanges}`;

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
    bank.now += 30_000;
    fireTimers();
    expect(answerOf(last())?.body).toEqual({ deposits: [], balance: 0, held: 0, sequence: 0 });
  });

  test('the fifth of one account answers the first', () => {
    poll(bob, 0, 30_000);
    const first = last();
    for (let n = 0; n < 3; n++) {
      bank.now += 1;
      poll(bob, 0, 30_000);
    }
    expect(answerOf(first)).toBeUndefined();
    bank.now += 1;
    poll(bob, 0, 30_000);
    expect(answerOf(first)?.body?.deposits).toEqual([]);
  });

  test('a restart forgets who waited', () => {
    poll(bob, 0, 30_000);
    const exchange = last();
    bank.run(dropWaitingPolls);
    issue(bob, 5);
    expect(answerOf(exchange)).toBeUndefined();
    expect(bank.run((ctx) => takeDueTimers({ ...ctx, now: ctx.now + 60_000 }, 10))).toEqual([]);
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
