import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { TabEntryKind } from '../protocol/index.ts';
import {
  type Expected,
  expectedFor,
  forgetPayment,
  paymentAmount,
  settleExpected,
  waitingEntries,
} from './expected.ts';
import { expectEntry, expectedCharges, forgetExpected, hasEntered, isExpected } from './index.ts';

const [bob, carol, money, gold] = [1, 2, 8, 9].map(testPeerId) as [never, never, never, never];
type Kind = Expected['kind'];

describe('what is expected on a tab', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const expectOne = (kind: Kind, reference: string, amount: number, peer = bob, currency = money) =>
    world.run((ctx) =>
      expectEntry(ctx, { peer, endpoints: ['https://bob:1'] }, currency, {
        ...{ kind, reference, amount: amount as Amount, counter: 'expense:purchases' },
        cause: { kind: 'bought', peer, reason: 'A test.' },
      }),
    );
  const explains = (kind: TabEntryKind, reference: string, amount: number) =>
    world.run((ctx) =>
      expectedFor(ctx, { peer: bob, currency: money }, { n: 1, at: 0, kind, amount, reference }),
    );
  const enter = (kind: Kind, reference: string, amount: number) => {
    const expected = explains(kind, reference, kind === 'payment' ? -amount : amount);
    if (!expected) throw new Error('It was not expected.');
    world.run((ctx) => settleExpected(ctx, expected, true));
  };
  const about = (kind: Kind, reference: string) =>
    world.run((ctx) => [
      isExpected(ctx, bob, money, { kind, reference }),
      hasEntered(ctx, bob, money, { kind, reference }),
    ]);

  it('is nothing of a request that is free', () => {
    expectOne('solicitation', 's1', 0);
    expect(about('solicitation', 's1')).toEqual([false, false]);
  });

  it('is expected until it stands there, and then no second time', () => {
    expectOne('purchase', 'd1', 5);
    expect(about('purchase', 'd1')).toEqual([true, false]);
    enter('purchase', 'd1', 5);
    expect(about('purchase', 'd1')).toEqual([false, true]);
    expectOne('purchase', 'd1', 5);
    expect(about('purchase', 'd1')).toEqual([false, true]);
  });

  it.each([
    ['solicitation', 4, [0, 1, 4], [-1, 5]],
    ['purchase', 4, [4], [3, 5, -4, 0]],
    ['exchange', 4, [4], [3, 5, -4, 0]],
    ['payment', 4, [-4], [4, -3, -5]],
  ] as const)('as a %s of %s explains %j and not %j', (kind, amount, explained, unexplained) => {
    expectOne(kind, 'r1', amount);
    for (const entry of explained) expect(explains(kind, 'r1', entry)).toBeDefined();
    for (const entry of unexplained) expect(explains(kind, 'r1', entry)).toBeUndefined();
    expect(explains(kind, 'r2', explained[0])).toBeUndefined();
    const others = (
      ['solicitation', 'purchase', 'exchange', 'payment', 'correction'] as const
    ).filter((other) => other !== kind);
    for (const other of others) expect(explains(other, 'r1', explained[0])).toBeUndefined();
  });

  it('explains a refund of a purchase that stands on the tab, of its price exactly', () => {
    expectOne('purchase', 'd1', 4);
    expect(explains('refund', 'd1', -4)).toBeUndefined();
    enter('purchase', 'd1', 4);
    expect(explains('refund', 'd1', -4)).toBeDefined();
    for (const amount of [4, -3, -5]) expect(explains('refund', 'd1', amount)).toBeUndefined();
    expect(explains('purchase', 'd1', 4)).toBeUndefined();
  });

  it('adds up to what a peer may still charge in a currency: no payments, and nothing that it has charged', () => {
    expectOne('solicitation', 's1', 1);
    expectOne('purchase', 'd1', 20);
    expectOne('exchange', 'x1', 300);
    expectOne('payment', 'p1', 4_000);
    expectOne('purchase', 'd2', 50_000);
    expectOne('purchase', 'd3', 600_000, carol);
    expectOne('purchase', 'd4', 600_000, bob, gold);
    enter('purchase', 'd2', 50_000);
    expect(world.run((ctx) => expectedCharges(ctx, bob, money))).toBe(321);
  });

  it('is found by its age', () => {
    expectOne('purchase', 'd1', 1);
    world.now += 1_000;
    expectOne('purchase', 'd2', 1);
    const waiting = (to?: number) =>
      world.run((ctx) => waitingEntries(ctx, to).map(({ reference }) => reference));
    expect(waiting()).toEqual(['d1', 'd2']);
    expect(waiting(world.now)).toEqual(['d1', 'd2']);
    expect(waiting(world.now - 1)).toEqual(['d1']);
  });

  it('is forgotten where the request was refused, but not once it stands on the tab', () => {
    expectOne('purchase', 'd1', 1);
    expectOne('purchase', 'd2', 1);
    enter('purchase', 'd2', 1);
    world.run((ctx) => {
      for (const reference of ['d1', 'd2', 'd3'])
        forgetExpected(ctx, bob, money, 'purchase', reference);
    });
    expect(about('purchase', 'd1')).toEqual([false, false]);
    expect(about('purchase', 'd2')).toEqual([false, true]);
  });

  it('tells of a payment how much it is until it was answered, seen on the tab or not', () => {
    const amount = () => world.run((ctx) => paymentAmount(ctx, bob, money, 'p1'));
    const answered = () => world.run((ctx) => forgetPayment(ctx, bob, money, 'p1'));
    expect(amount()).toBe(0);
    expectOne('payment', 'p1', 7);
    expect(amount()).toBe(7);
    // Answered before it was seen: it is still looked for.
    answered();
    expect(amount()).toBe(7);
    enter('payment', 'p1', 7);
    expect(amount()).toBe(7);
    answered();
    expect(amount()).toBe(0);
  });
});
