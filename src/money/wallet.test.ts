import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, openStatement, type PeerId, sealStatement } from '../identity/index.ts';
import { type Effect, type Fact, type PaymentPurpose, withdrawCall } from '../kernel/index.ts';
import { testPeerId, testSigner, testVerifier } from '../kernel/test-context.ts';
import { type Receipt, receiptStatement, transferStatement } from '../protocol/index.ts';
import {
  addCurrency,
  creditReceipt,
  handleLcp,
  hasReceipt,
  ordersOf,
  pay,
  pollDeposits,
  takeWalletOutcome,
  walletView,
} from './index.ts';
import { MoneyWorld, rules } from './money-world.suite.ts';

const [alice, bob] = [testPeerId(1), testPeerId(2)];
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.restart(0);
  world.restart(1);
  world.restart(2);
  world.settle();
});

const gift: PaymentPurpose = { kind: 'gift', note: 'Thanks.' };
const order = (
  from: number,
  payee: PeerId,
  amount: number,
  purpose: PaymentPurpose = gift,
  transactionId = 'x',
) =>
  world.run(from, (ctx) =>
    pay(ctx, {
      currency: world.currency,
      payee,
      amount: amount as Amount,
      transactionId,
      purpose,
    }),
  );
const view = (n: number) =>
  world.run(n, (ctx) => walletView(ctx).find((each) => each.currency === world.currency))!;
const facts = <K extends Fact['kind']>(n: number, kind: K) =>
  world.peer(n).facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

describe('a wallet', () => {
  test('learns the terms and then waits for deposits', () => {
    expect(view(1)).toMatchObject({
      name: 'Thalers',
      balance: 0,
      state: 'ready',
      fee: { flat: 1, perMillion: 10_000 },
    });
  });

  test('credits a deposit once, against what the rules say, and tells of it', () => {
    order(0, alice, 100);
    expect(world.books(1, 'assets:balance')).toBe(100);
    expect(world.books(1, 'income:gifts')).toBe(-100);
    expect(facts(1, 'deposited')).toHaveLength(1);
    expect(facts(1, 'funds').length).toBeGreaterThan(0);
    world.audit();
  });

  test('reserves amount and fee when it orders, and books them when the issuer answers', () => {
    order(0, alice, 100);
    world.settle();
    expect(order(1, bob, 50, { kind: 'tab', peer: bob }, 'tab').ok).toBe(true);
    expect(view(1)).toMatchObject({ balance: 48, ordered: 52, spendable: 48 });
    world.settle();
    expect(view(1)).toMatchObject({ balance: 48, ordered: 0, inTransit: 50 });
    expect(world.books(1, 'expense:transfer-fees')).toBe(2);
    expect(facts(1, 'paid')[0]).toMatchObject({ purpose: { kind: 'tab', peer: bob } });
    expect(world.books(2, `assets:tab:${alice}`)).toBe(-50);
    expect(world.books(0, 'income:transfer-fees')).toBe(-2);
    world.audit();
  });

  test.each<[string, string, () => ReturnType<typeof order>]>([
    ['more than there is with the fee', 'insufficient-funds', () => order(1, bob, 99)],
    ['nothing', 'bad-request', () => order(1, bob, 0)],
    ['oneself', 'bad-request', () => order(1, alice, 5)],
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
    order(0, alice, 100);
    world.settle();
    const refused = attempt();
    expect(refused.ok ? undefined : refused.error.code).toBe(code);
    world.settle();
    expect(view(1)).toMatchObject({ balance: 100, ordered: 0 });
  });

  test('an order outlives an unreachable issuer and is paid once', () => {
    order(0, alice, 100);
    world.settle();
    order(1, bob, 50);
    world.step({ loseRequest: true });
    world.pass(2_000);
    world.step({ loseAnswer: true });
    world.restart(1);
    world.settle();
    expect(view(1)).toMatchObject({ balance: 48, ordered: 0 });
    expect(world.books(2, 'assets:balance')).toBe(50);
    expect(facts(1, 'paid')).toHaveLength(1);
  });

  test('a fee that rose frees the money, fails the payment and brings the new terms', () => {
    order(0, alice, 100);
    world.settle();
    const issues = world.bank.settings.issues!;
    world.bank.settings = {
      ...world.bank.settings,
      issues: { ...issues, fee: { flat: 9 as Amount, perMillion: 0 as Amount } },
    };
    order(1, bob, 50);
    world.pass(1_000);
    world.settle();
    expect(facts(1, 'payment-failed')[0]).toMatchObject({
      problem: { code: 'fee-too-high', members: { fee: 9 } },
    });
    expect(view(1)).toMatchObject({ balance: 100, ordered: 0, fee: { flat: 9 } });
  });

  test('a fee that fell gives the difference back', () => {
    order(0, alice, 100);
    world.settle();
    const issues = world.bank.settings.issues!;
    world.bank.settings = {
      ...world.bank.settings,
      issues: { ...issues, fee: { flat: 0 as Amount, perMillion: 0 as Amount } },
    };
    order(1, bob, 50);
    world.settle();
    expect(view(1)).toMatchObject({ balance: 50, ordered: 0 });
  });

  test('an order that the issuer first sees past its end frees the money', () => {
    order(0, alice, 100);
    world.settle();
    order(1, bob, 50);
    world.step({ loseRequest: true });
    world.pass(2 * 24 * 3_600_000);
    world.settle();
    expect(facts(1, 'payment-failed')[0]?.problem.code).toBe('order-expired');
    expect(view(1)).toMatchObject({ balance: 100, ordered: 0 });
  });

  test('an order that stays unanswered raises no doubt about the balance', () => {
    order(0, alice, 100);
    world.settle();
    order(1, bob, 50);
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
    expect(view(1)).toMatchObject({ balance: 48, ordered: 52 });
    expect(view(1)).not.toHaveProperty('discrepancy');
    world.restart(1);
    world.settle();
    expect(view(1)).toMatchObject({ balance: 48, ordered: 0 });
  });

  test('a second answer to an order changes nothing', () => {
    order(0, alice, 100);
    world.settle();
    const made = order(1, bob, 50);
    if (!made.ok) throw new Error(made.error.detail);
    const purpose = { kind: 'order', currency: world.currency, order: made.value.order } as const;
    const refused = {
      kind: 'refused',
      problem: { code: 'order-expired', detail: 'Too late.' },
      retryable: false,
      body: undefined,
    } as const;
    world.settle();
    const settled = view(1);
    world.run(1, (ctx) => takeWalletOutcome(ctx, { id: 'late', purpose }, refused, rules));
    expect(view(1)).toEqual(settled);
    expect(facts(1, 'payment-failed')).toEqual([]);
  });

  test('an answer that proves nothing leaves the money reserved and tells the person', () => {
    order(0, alice, 100);
    world.settle();
    const made = order(1, bob, 50);
    if (!made.ok) throw new Error(made.error.detail);
    const purpose = { kind: 'order', currency: world.currency, order: made.value.order } as const;
    const other = facts(0, 'paid')[0]!.receipt.text;
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
    expect(view(1)).toMatchObject({ balance: 48, ordered: 52 });
  });

  test('more deposits than one answer holds are all credited', () => {
    world.restart(1);
    world.peer(0).run((ctx) => {
      for (let n = 0; n < 1_100; n++) {
        pay(ctx, {
          currency: world.currency,
          payee: bob,
          amount: 1 as Amount,
          transactionId: 'x',
          purpose: gift,
        });
      }
    });
    world.restart(2);
    world.settle();
    expect(view(2)).toMatchObject({ balance: 1_100 });
  });

  test('an issuer that does not answer is asked again, less and less often', () => {
    world.restart(1);
    const asked: number[] = [];
    for (let second = 0; second < 200; second++) {
      while (world.inFlight > 0) {
        asked.push(second);
        world.step({ loseRequest: true });
      }
      world.pass(1_000);
    }
    expect(view(1)).toMatchObject({ state: 'trouble', trouble: { code: 'unreachable' } });
    expect(asked.filter((second) => second < 20).length).toBeGreaterThan(
      asked.filter((second) => second >= 180).length,
    );
    world.pass(120_000);
    world.settle();
    expect(view(1)).toMatchObject({ state: 'ready' });
    expect(view(1)).not.toHaveProperty('trouble');
  });

  test('an issuer that answers at once with nothing is asked once a second at most', () => {
    const purpose = { kind: 'deposits', currency: world.currency } as const;
    const nothing = { deposits: [], balance: 0, held: 0, sequence: 0 };
    let calls = 0;
    for (let n = 0; n < 20; n++) {
      world.peer(1).run((ctx) => {
        const collect: Effect[] = [];
        const inner = { ...ctx, effect: (effect: Effect) => collect.push(effect) };
        pollDeposits(inner, world.currency);
        const sent = collect.flatMap((effect) => (effect.kind === 'call' ? [effect.call.id] : []));
        const before = collect.length;
        const outcome = { kind: 'answered', status: 200, body: nothing } as const;
        takeWalletOutcome(inner, { id: sent[0]!, purpose }, outcome, rules);
        calls += collect.length - before;
      });
    }
    expect(calls).toBe(0);
  });

  test('a receipt that a debtor presents first is credited once', () => {
    order(0, alice, 100);
    world.settle();
    order(1, bob, 50, { kind: 'tab', peer: bob }, 'tab');
    world.step();
    const receipt = facts(1, 'paid')[0]!.receipt;
    const bobHas = () => world.run(2, (ctx) => hasReceipt(ctx, receipt.payload));
    expect(bobHas()).toBe(true);
    const again = world.run(2, (ctx) =>
      creditReceipt(ctx, receipt, rules.incoming(ctx, receipt.payload)),
    );
    expect(again).toBe('already');
    expect(world.books(2, 'assets:balance')).toBe(50);
  });

  test('a wallet that lost its disk learns its balance from deposits and its own orders', () => {
    order(0, alice, 100);
    world.settle();
    order(1, bob, 30, { kind: 'tab', peer: bob }, 'tab');
    order(1, bob, 10);
    world.settle();
    const before = view(1);
    world.wipe(1);
    world.settle();
    expect(view(1)).toMatchObject({ balance: before.balance, inTransit: 30, ordered: 0 });
    expect(world.books(1, 'expense:gifts')).toBe(10);
    world.restart(1);
    world.settle();
    expect(view(1).balance).toBe(before.balance);
    expect(world.run(1, (ctx) => ordersOf(ctx, world.currency, { limit: 10 }))).toHaveLength(2);
  });

  test('a balance that nothing explains is told, and the books stay as they are', () => {
    order(0, alice, 100);
    world.settle();
    world.run(1, (ctx) => {
      const payload: Receipt = {
        ...facts(1, 'deposited')[0]!.receipt,
        amount: 7 as Amount,
        order: 'AAAAAAAAAAAAAAAAAAAAAA',
        sequence: 0,
      };
      const text = sealStatement(draft(receiptStatement, payload), testSigner(world.currency));
      creditReceipt(ctx, { payload, text });
    });
    for (let n = 0; n < 4; n++) {
      world.pass(30_000);
      world.settle();
    }
    expect(view(1)).toMatchObject({ balance: 107, discrepancy: { books: 107, issuer: 100 } });
  });

  test("the issuer's own payments are created and what comes back is destroyed", () => {
    order(0, alice, 100, { kind: 'tab', peer: alice }, 'tab');
    expect(facts(0, 'paid')).toHaveLength(1);
    world.settle();
    order(1, world.currency, 40, { kind: 'tab', peer: world.currency }, 'tab');
    world.settle();
    expect(world.supply()).toMatchObject({ issued: 100, destroyed: 42 });
    expect(view(0)).toMatchObject({ own: true, outstanding: 58, inTransit: 100, balance: 0 });
    expect(world.books(0, `assets:tab:${alice}`)).toBe(-40);
    expect(facts(0, 'deposited')[0]).toMatchObject({ currency: world.currency });
    world.audit();
  });

  test('the evidence of an own payment is the receipt that the payee gets', () => {
    order(0, alice, 100);
    const { text, payload } = facts(0, 'paid')[0]!.receipt;
    expect(openStatement(receiptStatement, text, testVerifier)).toMatchObject({ ok: true });
    world.settle();
    expect(facts(1, 'deposited')[0]).toMatchObject({ text, receipt: payload });
  });

  test("an order under the issuer's key from elsewhere stands in its books too, held or settled", () => {
    const at = Math.floor(world.bank.now / 1000);
    const lock = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const give = (jti: string, held: boolean) => {
      const payload = {
        iss: world.currency,
        iat: at,
        jti,
        aud: world.currency,
        payee: alice,
        amount: 10 as Amount,
        transactionId: 'x',
        maxFee: 0 as Amount,
        exp: at + 60,
        ...(held ? { hold: { sha256: lock, expires: at + 30 } } : {}),
      };
      const unsigned = draft(transferStatement, payload);
      const text = sealStatement(unsigned, testSigner(world.currency));
      world.run(0, (ctx) =>
        handleLcp(
          ctx,
          jti,
          ctx.self,
          { route: 'transfer', input: { order: { payload, text } } },
          rules,
        ),
      );
      world.audit();
    };
    give('BAAAAAAAAAAAAAAAAAAAAA', false);
    expect(world.books(0, 'expense:gifts')).toBe(10);
    give('CAAAAAAAAAAAAAAAAAAAAA', true);
    expect(world.books(0, 'assets:held')).toBe(10);
    world.pass(30_000);
    expect(world.books(0, 'assets:held')).toBe(0);
    world.audit();
  });
});
