import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { withdrawCall } from '../kernel/index.ts';
import { testPeerId } from '../kernel/test-context.ts';
import { addCurrency, ordersOf, pay, takeWalletOutcome } from './index.ts';
import { gift, MoneyWorld, rules } from './money-world.suite.ts';

const [alice, bob] = [testPeerId(1), testPeerId(2)];
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.start();
});

describe('paying', () => {
  test('reserves amount and fee when it orders, and books them when the issuer answers', () => {
    world.order(0, alice, 100);
    world.settle();
    expect(world.order(1, bob, 50, { kind: 'tab', peer: bob }, 'tab').ok).toBe(true);
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 52, spendable: 48 });
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 0, inTransit: 50 });
    expect(world.books(1, 'expense:transfer-fees')).toBe(2);
    expect(world.facts(1, 'paid')[0]).toMatchObject({ purpose: { kind: 'tab', peer: bob } });
    expect(world.books(2, `assets:tab:${alice}`)).toBe(-50);
    expect(world.books(0, 'income:transfer-fees')).toBe(-2);
    world.audit();
  });

  test.each<[string, string, () => ReturnType<typeof world.order>]>([
    ['more than there is with the fee', 'insufficient-funds', () => world.order(1, bob, 99)],
    ['nothing', 'bad-request', () => world.order(1, bob, 0)],
    ['oneself', 'bad-request', () => world.order(1, alice, 5)],
    [
      'in a currency nobody told it of',
      'unknown-currency',
      () =>
        world.run(1, (ctx) =>
          pay(ctx, {
            currency: testPeerId(9),
            payee: bob,
            amount: 1 as Amount,
            transactionId: 'x',
            purpose: gift,
          }),
        ),
    ],
    [
      'in a currency whose terms are not known',
      'unavailable',
      () =>
        world.run(1, (ctx) => {
          addCurrency(ctx, { currency: testPeerId(9), endpoints: [] });
          return pay(ctx, {
            currency: testPeerId(9),
            payee: bob,
            amount: 1 as Amount,
            transactionId: 'x',
            purpose: gift,
          });
        }),
    ],
  ])('paying %s is refused as %s, and nothing moves', (_, code, attempt) => {
    world.order(0, alice, 100);
    world.settle();
    const refused = attempt();
    expect(refused.ok ? undefined : refused.error.code).toBe(code);
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 100, ordered: 0 });
  });

  test('an order outlives an unreachable issuer and is paid once', () => {
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 50);
    world.step({ loseRequest: true });
    world.pass(2_000);
    world.step({ loseAnswer: true });
    world.restart(1);
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 0 });
    expect(world.books(2, 'assets:balance')).toBe(50);
    expect(world.facts(1, 'paid')).toHaveLength(1);
  });

  test('an order that is said again is the same payment, whatever became of it', () => {
    world.order(0, alice, 100);
    world.settle();
    const orderOf = (payer: number) => `${'AB'.charAt(payer).repeat(21)}A`;
    const said = (payer: number, payee = bob, amount = 20) => {
      const currency = world.bank.self;
      const payment = { currency, payee, amount: amount as Amount, transactionId: `x${payer}` };
      const order = orderOf(payer);
      return world.run(payer, (ctx) => pay(ctx, { ...payment, purpose: gift, order }));
    };
    for (const payer of [0, 1]) {
      const first = said(payer);
      expect(first).toEqual({ ok: true, value: { order: orderOf(payer) } });
      expect(said(payer)).toEqual(first);
      world.settle();
      expect(said(payer)).toEqual(first);
      expect(said(payer, bob, 21)).toMatchObject({ error: { code: 'order-id-reused' } });
      world.settle();
    }
    expect(world.view(1)).toMatchObject({ balance: 78, ordered: 0 });
    expect(world.books(2, 'assets:balance')).toBe(40);
    world.audit();
  });

  test('an order that its issuer refused stays refused when it is said again', () => {
    world.order(0, alice, 100);
    world.settle();
    const issues = world.bank.settings.issues!;
    const fee = { flat: 9 as Amount, perMillion: 0 as Amount };
    world.bank.settings = { ...world.bank.settings, issues: { ...issues, fee } };
    const said = () =>
      world.run(1, (ctx) =>
        pay(ctx, {
          ...{ currency: world.bank.self, payee: bob, amount: 50 as Amount, transactionId: 'x' },
          ...{ purpose: gift, order: 'BBBBBBBBBBBBBBBBBBBBBA' },
        }),
      );
    expect(said().ok).toBe(true);
    world.pass(1_000);
    world.settle();
    expect(said()).toMatchObject({ ok: false, error: { code: 'fee-too-high' } });
    expect(world.view(1)).toMatchObject({ balance: 100, ordered: 0 });
  });

  test('a fee that rose frees the money, fails the payment and brings the new terms', () => {
    world.order(0, alice, 100);
    world.settle();
    const issues = world.bank.settings.issues!;
    world.bank.settings = {
      ...world.bank.settings,
      issues: { ...issues, fee: { flat: 9 as Amount, perMillion: 0 as Amount } },
    };
    world.order(1, bob, 50);
    world.pass(1_000);
    world.settle();
    expect(world.facts(1, 'payment-failed')[0]).toMatchObject({
      problem: { code: 'fee-too-high', members: { fee: 9 } },
    });
    expect(world.view(1)).toMatchObject({ balance: 100, ordered: 0, fee: { flat: 9 } });
  });

  test('a fee that fell gives the difference back', () => {
    world.order(0, alice, 100);
    world.settle();
    const issues = world.bank.settings.issues!;
    world.bank.settings = {
      ...world.bank.settings,
      issues: { ...issues, fee: { flat: 0 as Amount, perMillion: 0 as Amount } },
    };
    world.order(1, bob, 50);
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 50, ordered: 0 });
  });

  test('an order that the issuer first sees past its end frees the money', () => {
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 50);
    world.step({ loseRequest: true });
    world.pass(2 * 24 * 3_600_000);
    world.settle();
    expect(world.facts(1, 'payment-failed')[0]?.problem.code).toBe('order-expired');
    expect(world.view(1)).toMatchObject({ balance: 100, ordered: 0 });
  });

  test('an order that stays unanswered raises no doubt about the balance', () => {
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 50);
    world.step({ loseAnswer: true });
    world.peer(1).run((ctx) => {
      for (const { call } of ordersOf(ctx, world.currency, { limit: 1 })) {
        if (call !== undefined) withdrawCall(ctx, call);
      }
    });
    for (let n = 0; n < 4; n++) {
      world.pass(35_000);
      world.settle();
    }
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 52 });
    expect(world.view(1)).not.toHaveProperty('discrepancy');
    world.restart(1);
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 0 });
  });

  test('a second answer to an order changes nothing', () => {
    world.order(0, alice, 100);
    world.settle();
    const made = world.order(1, bob, 50);
    if (!made.ok) throw new Error(made.error.detail);
    const purpose = { kind: 'order', currency: world.currency, order: made.value.order } as const;
    const refused = {
      kind: 'refused',
      problem: { code: 'order-expired', detail: 'Too late.' },
      retryable: false,
      body: undefined,
    } as const;
    world.settle();
    const settled = world.view(1);
    world.run(1, (ctx) => takeWalletOutcome(ctx, { id: 'late', purpose }, refused, rules));
    expect(world.view(1)).toEqual(settled);
    expect(world.facts(1, 'payment-failed')).toEqual([]);
  });

  test('an answer that proves nothing leaves the money reserved and tells the person', () => {
    world.order(0, alice, 100);
    world.settle();
    const made = world.order(1, bob, 50);
    if (!made.ok) throw new Error(made.error.detail);
    const purpose = { kind: 'order', currency: world.currency, order: made.value.order } as const;
    const other = world.facts(0, 'paid')[0]!.receipt.text;
    const events = world.peer(1).run((ctx) => {
      const told: string[] = [];
      takeWalletOutcome(
        { ...ctx, effect: (effect) => told.push(effect.kind) },
        { id: 'x', purpose },
        { kind: 'answered', status: 201, body: { receipt: other } },
        rules,
      );
      return told;
    });
    expect(events).toContain('event');
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 52 });
  });
});
