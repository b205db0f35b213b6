import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, sealStatement } from '../identity/index.ts';
import type { Effect } from '../kernel/index.ts';
import { testPeerId, testSigner } from '../kernel/test-context.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import {
  creditReceipt,
  hasReceipt,
  ordersOf,
  pay,
  pollDeposits,
  takeWalletOutcome,
} from './index.ts';
import { gift, MoneyWorld, rules } from './money-world.suite.ts';

const [alice, bob] = [testPeerId(1), testPeerId(2)];
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.start();
});

describe('following a currency', () => {
  test('learns the terms and then waits for deposits', () => {
    expect(world.view(1)).toMatchObject({
      name: 'Thalers',
      balance: 0,
      state: 'ready',
      fee: { flat: 1, perMillion: 10_000 },
    });
  });

  test('credits a deposit once, against what the rules say, and tells of it', () => {
    world.order(0, alice, 100);
    expect(world.books(1, 'assets:balance')).toBe(100);
    expect(world.books(1, 'income:gifts')).toBe(-100);
    expect(world.facts(1, 'deposited')).toHaveLength(1);
    expect(world.facts(1, 'funds').length).toBeGreaterThan(0);
    world.audit();
  });

  test('more deposits than one answer holds are all credited', () => {
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
    expect(world.view(2)).toMatchObject({ balance: 1_100 });
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
    expect(world.view(1)).toMatchObject({ state: 'trouble', trouble: { code: 'unreachable' } });
    expect(asked.filter((second) => second < 20).length).toBeGreaterThan(
      asked.filter((second) => second >= 180).length,
    );
    world.pass(120_000);
    world.settle();
    expect(world.view(1)).toMatchObject({ state: 'ready' });
    expect(world.view(1)).not.toHaveProperty('trouble');
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
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 50, { kind: 'tab', peer: bob }, 'tab');
    world.step();
    const receipt = world.facts(1, 'paid')[0]!.receipt;
    const bobHas = () => world.run(2, (ctx) => hasReceipt(ctx, receipt.payload));
    expect(bobHas()).toBe(true);
    const again = world.run(2, (ctx) =>
      creditReceipt(ctx, receipt, rules.incoming(ctx, receipt.payload)),
    );
    expect(again).toBe('already');
    expect(world.books(2, 'assets:balance')).toBe(50);
  });

  test('a wallet that lost its disk learns its balance from deposits and its own orders', () => {
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 30, { kind: 'tab', peer: bob }, 'tab');
    world.order(1, bob, 10);
    world.settle();
    const before = world.view(1);
    world.wipe(1);
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: before.balance, inTransit: 30, ordered: 0 });
    expect(world.books(1, 'expense:gifts')).toBe(10);
    world.restart(1);
    world.settle();
    expect(world.view(1).balance).toBe(before.balance);
    expect(world.run(1, (ctx) => ordersOf(ctx, world.currency, { limit: 10 }))).toHaveLength(2);
  });

  test('a balance that nothing explains is told, and the books stay as they are', () => {
    world.order(0, alice, 100);
    world.settle();
    world.run(1, (ctx) => {
      const payload: Receipt = {
        ...world.facts(1, 'deposited')[0]!.receipt,
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
    expect(world.view(1)).toMatchObject({ balance: 107, discrepancy: { books: 107, issuer: 100 } });
  });
});
