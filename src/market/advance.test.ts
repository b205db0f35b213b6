import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { inTransit, owesUs, post, weOwe } from '../books/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { problem } from '../problem.ts';
import { expectEntry, takeTabView } from '../tabs/index.ts';
import { isPaidAhead, neededPayment } from './advance.ts';

const [bob, gold] = [testPeerId(1), testPeerId(2)];
const cause = { kind: 'bought', peer: bob, reason: 'A test.' } as const;

describe('what a peer pays before it is served', () => {
  let alice: TestContext;

  beforeEach(() => {
    alice = testContext();
  });

  const asked = (needed: number) =>
    alice.run((ctx) => neededPayment(ctx, bob, gold, problem('tab-limit', '', { needed })));
  const expectPurchase = (reference: string, price: number) =>
    alice.run((ctx) =>
      expectEntry(ctx, { peer: bob, endpoints: [] }, gold, {
        ...{ kind: 'purchase', reference, amount: price as Amount },
        ...{ counter: 'expense:purchases', cause },
      }),
    );
  const paid = (value: number) =>
    alice.run((ctx) =>
      post(ctx, gold, { ...cause, kind: 'payment-out' }, [
        { account: 'assets:balance', amount: -value },
        { account: inTransit(bob), amount: value },
      ]),
    );
  const debt = (value: number) =>
    alice.run((ctx) =>
      post(ctx, gold, cause, [
        { account: 'expense:purchases', amount: value },
        { account: weOwe(bob), amount: -value },
      ]),
    );

  it('is its debt and what it has asked for, and no unit more', () => {
    debt(5);
    expectPurchase('d1', 24);
    expect(asked(29)).toBe(29);
    expect(asked(30)).toBeUndefined();
  });

  it('is not paid a second time to a seller that asks again once it has the money', () => {
    expectPurchase('d1', 24);
    expect(asked(24)).toBe(24);
    paid(24);
    expect(asked(24)).toBeUndefined();
    expect(asked(1)).toBeUndefined();
  });

  it('is not paid again for a charge that stands on the tab already', () => {
    expectPurchase('d1', 24);
    const view = { currency: gold, balance: 24, entries: 1 };
    alice.run((ctx) =>
      takeTabView(ctx, bob, view, { kind: 'purchase', amount: 24, reference: 'd1' }),
    );
    expect(asked(48)).toBeUndefined();
    expect(asked(24)).toBe(24);
  });

  it('counts what else was asked for, which may have drawn down what was paid ahead', () => {
    paid(24);
    expectPurchase('d1', 24);
    expectPurchase('d2', 10);
    expect(asked(10)).toBe(10);
    expect(asked(11)).toBeUndefined();
  });

  it('has been paid where so much lies ahead, whatever the seller owes besides', () => {
    const ahead = (price: number) =>
      alice.run((ctx) => isPaidAhead(ctx, bob, gold, price as Amount));
    expect([ahead(0), ahead(1)]).toEqual([true, false]);
    paid(24);
    alice.run((ctx) =>
      post(ctx, gold, cause, [
        { account: owesUs(bob), amount: 9 },
        { account: 'income:sales', amount: -9 },
      ]),
    );
    expect([ahead(24), ahead(25)]).toEqual([true, false]);
  });

  it('is nothing where no amount is named', () => {
    expectPurchase('d1', 24);
    expect([asked(0), asked(-1), asked(1.5)]).toEqual([undefined, undefined, undefined]);
  });
});
