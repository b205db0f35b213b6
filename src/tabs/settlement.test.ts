import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { type Account, balanceOf, inTransit, journalOf, post, weOwe } from '../books/index.ts';
import { draft, sealStatement } from '../identity/index.ts';
import { nextTimerAt, type Outcome, takeDueTimers } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { addCurrency, knowsCurrency, ordersOf } from '../money/index.ts';
import { problem } from '../problem.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import {
  expectEntry,
  isExpected,
  mirrorOf,
  paymentFailed,
  paymentUnderWay,
  payTab,
  presentPayment,
  settleAtThreshold,
  settleNow,
  settleWaiting,
  takePaymentAnswer,
  takeTerms,
} from './index.ts';

const [self, bob, carol, dave, gold] = [0, 1, 2, 3, 9].map(testPeerId) as [
  never,
  never,
  never,
  never,
  never,
];
/** This peer's own currency: what is ordered in it is carried out at once. */
const money = self;
const endpoints = ['https://bob:1'];
const settleTimer = (currency = money) => ({ kind: 'settle', peer: bob, currency });

describe('a payment on a tab', () => {
  let world: TestContext;

  beforeEach(() => {
    const issues = { name: 'Mine', symbol: 'I' };
    world = testContext({
      self,
      settings: marketSettings.parse({ issues, creditLimit: 100, settleAt: 30 }),
    });
  });

  const owe = (amount: number, peer = bob, currency = money) =>
    world.run((ctx) => {
      expectEntry(ctx, { peer, endpoints }, currency, {
        ...{ kind: 'purchase', reference: 'd1', amount: 1 as Amount, counter: 'expense:purchases' },
        cause: { kind: 'bought', peer, reason: 'A test.' },
      });
      post(ctx, currency, { kind: 'correction', peer, reason: 'A test.' }, [
        { account: weOwe(peer), amount: -amount },
        { account: 'expense:purchases', amount },
      ]);
    });
  const learn = (
    terms: { settleAt: number; creditLimit: number },
    currency = money,
    payee = carol,
  ) => {
    const given = { currency, endpoints: ['https://issuer:1'], solicitationFee: 1, ...terms };
    const body = {
      standing: 'primary',
      currencies: [{ ...given, payment: { payee, transactionId: 'theirs' } }],
    };
    world.run((ctx) => takeTerms(ctx, bob, { kind: 'answered', status: 200, body }));
  };
  const ordered = (currency = money) =>
    world
      .run((ctx) => ordersOf(ctx, currency, { limit: 9 }))
      .map(({ payee, amount }) => [payee, amount]);
  const settle = () => {
    world.run((ctx) => settleAtThreshold(ctx, bob, money));
    return ordered().length;
  };
  const underWay = (currency = money) => world.run((ctx) => paymentUnderWay(ctx, bob, currency));
  const awaited = (reference: string, currency = money) =>
    world.run((ctx) => isExpected(ctx, bob, currency, { kind: 'payment', reference }));
  const balance = (account: Account) => world.run((ctx) => balanceOf(ctx, money, account));
  const calls = (route: string) =>
    world
      .takeEffects()
      .flatMap((effect) =>
        effect.kind === 'call' && effect.call.request.route === route ? [effect.call] : [],
      );
  const receipt = (order: string, amount: number) => {
    const payload: Receipt = {
      ...{ iss: money, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', payer: self, payee: bob },
      ...{ amount: amount as Amount, fee: 0 as Amount, transactionId: 'tab', order, sequence: 1 },
      state: 'settled',
    };
    return { payload, text: sealStatement(draft(receiptStatement, payload), testSigner(money)) };
  };
  const view = (entries: number, amount: number, currency = money) => ({
    tab: { currency, balance: amount, entries },
  });

  describe('is made by itself', () => {
    it('once the debt is at the threshold of the peer’s terms, and to whom they say', () => {
      learn({ settleAt: 20, creditLimit: 100 });
      owe(19);
      expect(settle()).toBe(0);
      owe(1);
      expect(settle()).toBe(1);
      const [order] = world.run((ctx) => ordersOf(ctx, money, { limit: 1 }));
      expect(order).toMatchObject({ payee: carol, amount: 20, transactionId: 'theirs' });
      expect(underWay()).toMatchObject({ order: order?.order, amount: 20, state: 'ordered' });
    });

    it('at the credit limit where the threshold of the terms is above it', () => {
      learn({ settleAt: 20, creditLimit: 10 });
      owe(9);
      expect(settle()).toBe(0);
      owe(1);
      expect(settle()).toBe(1);
    });

    it('at the threshold of the own settings where no terms are known, to the peer itself', () => {
      owe(29);
      expect(settle()).toBe(0);
      owe(1);
      expect(settle()).toBe(1);
      const [order] = world.run((ctx) => ordersOf(ctx, money, { limit: 1 }));
      expect(order).toMatchObject({ payee: bob, amount: 30, transactionId: 'tab' });
    });

    it('never of nothing, and never while another is under way', () => {
      learn({ settleAt: 0, creditLimit: 0 });
      expect(settle()).toBe(0);
      expect(world.run((ctx) => nextTimerAt(ctx))).toBeUndefined();
      owe(5);
      expect(settle()).toBe(1);
      owe(50);
      expect(settle()).toBe(1);
      expect(world.run((ctx) => nextTimerAt(ctx))).toBeUndefined();
    });

    it('half a minute later where it cannot be made now', () => {
      owe(30, bob, gold);
      world.run((ctx) => settleAtThreshold(ctx, bob, gold));
      world.now += 30_000 - 1;
      expect(world.run((ctx) => takeDueTimers(ctx, 9))).toEqual([]);
      world.now += 1;
      expect(world.run((ctx) => takeDueTimers(ctx, 9))).toEqual([settleTimer(gold)]);
    });

    it('for each debt in a currency when money of it comes in', () => {
      owe(30);
      owe(30, dave);
      owe(30, carol, gold);
      owe(29, carol);
      world.run((ctx) => settleWaiting(ctx, money));
      expect(ordered().toSorted()).toEqual(
        [
          [bob, 30],
          [dave, 30],
        ].toSorted(),
      );
      expect(ordered(gold)).toEqual([]);
    });
  });

  describe('at a person’s word', () => {
    it('is of all that is owed, below the threshold too; of nothing there is none', () => {
      const now = () => world.run((ctx) => settleNow(ctx, bob, money));
      expect(now()).toMatchObject({ error: { code: 'bad-request' } });
      expect(ordered()).toEqual([]);
      owe(3);
      expect(now()).toMatchObject({ ok: true, value: { amount: 3 } });
      owe(2);
      expect(now()).toMatchObject({ error: { code: 'unavailable' } });
    });

    it('is not made in a currency that the wallet does not know; it gets to know it from the terms', () => {
      owe(3, bob, gold);
      const now = () => world.run((ctx) => settleNow(ctx, bob, gold));
      const knows = () => world.run((ctx) => knowsCurrency(ctx, gold));
      expect([now(), knows()]).toMatchObject([{ error: { code: 'unknown-currency' } }, false]);
      learn({ settleAt: 1, creditLimit: 9 }, gold);
      world.takeEffects();
      expect([now(), knows()]).toMatchObject([{ error: { code: 'unknown-currency' } }, true]);
      expect(calls('deposits')).toMatchObject([
        { to: { peer: gold, endpoints: ['https://issuer:1'] } },
      ]);
      expect(underWay(gold)).toBeUndefined();
    });

    it('leaves nothing under way where the wallet refuses it', () => {
      world.run((ctx) => addCurrency(ctx, { currency: gold, endpoints: [] }));
      owe(3, bob, gold);
      expect(world.run((ctx) => settleNow(ctx, bob, gold))).toMatchObject({
        error: { code: 'unavailable' },
      });
      expect([underWay(gold), ordered(gold)]).toEqual([undefined, []]);
    });
  });

  describe('once it is carried out', () => {
    const present = (order: string, amount: number) =>
      world.run((ctx) => presentPayment(ctx, bob, receipt(order, amount)));

    it('is presented to the creditor with its receipt, until it answers', () => {
      owe(30);
      const paid = world.run((ctx) => payTab(ctx, bob, money, 30 as Amount));
      const order = paid.ok ? paid.value.order : '';
      expect(awaited(order)).toBe(true);
      present(order, 30);
      expect(underWay()).toEqual({
        peer: bob,
        currency: money,
        order,
        amount: 30,
        state: 'presenting',
      });
      expect(calls('payTab')).toMatchObject([
        {
          to: { peer: bob, endpoints },
          request: { params: { currency: money }, body: { receipt: receipt(order, 30).text } },
          purpose: { kind: 'tab-payment', peer: bob, currency: money, order },
        },
      ]);
    });

    it('is presented though nothing was known of it, as after a restore, where the peer is a neighbor', () => {
      present('o1', 7);
      expect(calls('payTab')).toMatchObject([{ to: { peer: bob, endpoints: [] } }]);
      const says = { peer: bob, name: 'Bob', since: 0, reason: '', list: 'primary' } as const;
      world.neighbors.put({ ...says, endpoints: ['https://listed:1'] });
      present('o1', 7);
      expect(calls('payTab')).toMatchObject([{ to: { endpoints: ['https://listed:1'] } }]);
      expect(underWay()).toMatchObject({ order: 'o1', amount: 7, state: 'presenting' });
      expect(awaited('o1')).toBe(true);
      owe(1);
      present('o1', 7);
      expect(calls('payTab')).toMatchObject([{ to: { endpoints } }]);
    });

    it('does not take the place of another that is under way', () => {
      owe(30);
      settle();
      const before = underWay();
      present('o2', 7);
      expect(underWay()).toEqual(before);
      expect(calls('payTab')).toHaveLength(1);
    });
  });

  describe('that the issuer refused', () => {
    const refusal = problem('insufficient-funds', 'No.');
    const fail = (order: string) =>
      world.run((ctx) => paymentFailed(ctx, bob, { currency: money, order, problem: refusal }));

    it('is not expected any more, is told, and is tried again in half a minute', () => {
      owe(30);
      settle();
      const order = underWay()?.order ?? '';
      world.takeFacts();
      fail(order);
      expect([underWay(), awaited(order)]).toEqual([undefined, false]);
      expect(world.takeFacts()).toEqual([
        { kind: 'tab-payment-failed', peer: bob, currency: money, problem: refusal },
      ]);
      expect(world.run((ctx) => nextTimerAt(ctx))).toBe(world.now + 30_000);
      world.now += 30_000;
      expect(world.run((ctx) => takeDueTimers(ctx, 9))).toEqual([settleTimer()]);
    });

    it('leaves the one alone that was made in its place', () => {
      fail('o9');
      owe(30);
      settle();
      const before = underWay();
      fail('o9');
      expect(underWay()).toEqual(before);
    });
  });

  describe('that the creditor answered', () => {
    const take = (order: string, outcome: Outcome) => {
      world.takeEffects();
      world.takeFacts();
      world.run((ctx) => takePaymentAnswer(ctx, { peer: bob, currency: money, order }, outcome));
    };
    const paid = () => {
      owe(30);
      settle();
      const order = underWay()?.order ?? '';
      world.run((ctx) => presentPayment(ctx, bob, receipt(order, 30)));
      return order;
    };
    const answered = (body: unknown): Outcome => ({ kind: 'answered', status: 200, body });

    it('stands on the tab, and another may follow', () => {
      const order = paid();
      // In this test the money was moved by nobody: it is on its way from the payment alone.
      const [before, owed] = [balance(inTransit(bob)), balance(weOwe(bob))];
      take(order, answered(view(1, -30)));
      expect(world.takeFacts()).toEqual([
        { kind: 'owing', peer: bob, currency: money },
        { kind: 'tab-paid', peer: bob, currency: money, amount: 30 },
      ]);
      expect([underWay(), awaited(order)]).toEqual([undefined, false]);
      expect([balance(inTransit(bob)) - before, balance(weOwe(bob)) - owed]).toEqual([-30, 30]);
      const [booked] = world.run((ctx) => journalOf(ctx, money, { limit: 99 }));
      expect(booked?.cause).toMatchObject({ kind: 'payment-out', peer: bob, reference: order });
      // It is forgotten: the same answer, come late, tells of no amount any more.
      take(order, answered(view(1, -30)));
      expect(world.takeFacts()).toMatchObject([{ kind: 'tab-paid', amount: 0 }]);
    });

    it('is looked for among the entries, and stays expected, where the answer says nothing of it', () => {
      const malformed = { code: 'bad-request' };
      const refusal = problem('wrong-payee', 'No.');
      const outcomes: [Outcome, object][] = [
        [answered({}), malformed],
        [answered(view(1, -30, gold)), malformed],
        [{ kind: 'refused', problem: refusal, retryable: false, body: view(1, -30) }, refusal],
      ];
      for (const [outcome, told] of outcomes) {
        const order = paid();
        take(order, outcome);
        expect(world.takeFacts()).toMatchObject([
          { kind: 'tab-payment-failed', peer: bob, currency: money, problem: told },
        ]);
        expect([underWay(), awaited(order)]).toEqual([undefined, true]);
        expect(world.run((ctx) => mirrorOf(ctx, bob, money)).asking).toBe(true);
      }
    });

    it('leaves the one alone that was made after it', () => {
      take('o1', answered(view(0, 0)));
      owe(30);
      settle();
      const before = underWay();
      take('o1', answered(view(0, 0)));
      expect(underWay()).toEqual(before);
    });
  });
});
