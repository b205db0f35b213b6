import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import {
  type Account,
  balanceOf,
  inTransit,
  journalOf,
  owesUs,
  post,
  weOwe,
} from '../books/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import {
  charge,
  debtTo,
  enterExchange,
  entriesOf,
  keepRoom,
  netOwed,
  pastLimit,
  refund,
  tabView,
} from './index.ts';
import { exposure } from './tab.ts';

const [bob, carol, money, gold] = [1, 2, 8, 9].map(testPeerId) as [never, never, never, never];
const told = { kind: 'event', event: { type: 'tab', peer: bob, currency: money } };

describe('this peer’s half of a tab', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
    const says = { name: 'Bob', since: 0, reason: '', endpoints: [] };
    world.neighbors.put({ ...says, peer: bob, list: 'primary', creditLimit: 10 as Amount });
  });

  const due = (amount: number, reference = 'd1') => ({
    ...{ amount: amount as Amount, reference, counter: 'income:sales' as const },
    cause: { kind: 'sold', peer: bob, reference, reason: 'A test.' } as const,
  });
  const sell = (amount: number, reference?: string) =>
    world.run((ctx) => charge(ctx, bob, money, { kind: 'purchase', ...due(amount, reference) }));
  const tab = (currency = money) => world.run((ctx) => tabView(ctx, bob, currency));
  const entries = () =>
    world
      .run((ctx) => entriesOf(ctx, bob, money, 0))
      .map(({ n, kind, amount }) => [n, kind, amount]);
  const balance = (account: Account) => world.run((ctx) => balanceOf(ctx, money, account));
  const journal = () => world.run((ctx) => journalOf(ctx, money, { limit: 99 })).length;
  const book = (account: Account, amount: number) =>
    world.run((ctx) =>
      post(ctx, money, { kind: 'correction', reason: 'A test.' }, [
        { account, amount },
        { account: 'income:gifts', amount: -amount },
      ]),
    );

  it('takes a charge up to the limit, to the unit, and tells the screen', () => {
    expect(sell(9)).toEqual({ ok: true, value: { currency: money, balance: 9, entries: 1 } });
    expect(world.takeEffects()).toEqual([told]);
    expect(sell(1).ok).toBe(true);
    expect(tab()).toEqual({ currency: money, balance: 10, entries: 2 });
    expect(entries()).toEqual([
      [1, 'purchase', 9],
      [2, 'purchase', 1],
    ]);
    expect([balance(owesUs(bob)), balance('income:sales')]).toEqual([10, -10]);
  });

  it('refuses a charge of one unit more, and says what must be paid first and how', () => {
    sell(4);
    world.takeEffects();
    expect(sell(7)).toMatchObject({
      error: {
        code: 'tab-limit',
        members: {
          ...{ currency: money, balance: 4, limit: 10, needed: 1 },
          payment: { payee: world.self, transactionId: 'tab' },
        },
      },
    });
    expect(tab()).toEqual({ currency: money, balance: 4, entries: 1 });
    expect(world.takeEffects()).toEqual([]);
  });

  it('counts the room that is kept for what is on its way, until it is given back', () => {
    const fits = (amount: number) =>
      world.run((ctx) => pastLimit(ctx, bob, money, amount as Amount)) === undefined;
    const keep = (change: number) => world.run((ctx) => keepRoom(ctx, bob, money, change));
    sell(2);
    keep(3);
    expect([fits(5), fits(6)]).toEqual([true, false]);
    keep(4);
    expect([fits(1), fits(2)]).toEqual([true, false]);
    keep(-4);
    expect([fits(5), fits(6)]).toEqual([true, false]);
    expect(world.run((ctx) => pastLimit(ctx, bob, gold, 10 as Amount))).toBeUndefined();
  });

  it('enters nothing for what is free', () => {
    expect(sell(0)).toEqual({ ok: true, value: { currency: money, balance: 0, entries: 0 } });
    const back = world.run((ctx) => refund(ctx, bob, money, due(0)));
    expect(back).toEqual({ currency: money, balance: 0, entries: 0 });
    expect([journal(), world.takeEffects()]).toEqual([0, []]);
  });

  it('takes a charge back, and the income with it', () => {
    sell(6);
    const back = world.run((ctx) => refund(ctx, bob, money, due(6)));
    expect(back).toEqual({ currency: money, balance: 0, entries: 2 });
    expect(entries().at(-1)).toEqual([2, 'refund', -6]);
    expect([balance(owesUs(bob)), balance('income:sales')]).toEqual([0, 0]);
  });

  it('enters what an exchange has brought, past the limit too: it was carried out already', () => {
    const view = world.run((ctx) => enterExchange(ctx, bob, money, due(25)));
    expect(view).toEqual({ currency: money, balance: 25, entries: 1 });
    expect(entries()).toEqual([[1, 'exchange', 25]]);
    expect([balance(owesUs(bob)), balance('income:sales')]).toEqual([25, -25]);
  });

  it('is one for each peer and currency', () => {
    sell(5);
    expect(tab(gold)).toEqual({ currency: gold, balance: 0, entries: 0 });
    expect(world.run((ctx) => tabView(ctx, carol, money))).toMatchObject({ entries: 0 });
    expect(world.run((ctx) => entriesOf(ctx, carol, money, 0))).toEqual([]);
  });

  it.each([
    // What this peer owes, has under way, and is owed; what it owes in all, and what it is to pay.
    { weOwe: 10, underWay: 0, owesUs: 0, net: 10, debt: 10 },
    { weOwe: 10, underWay: 4, owesUs: 0, net: 6, debt: 6 },
    { weOwe: 10, underWay: 4, owesUs: 3, net: 3, debt: 3 },
    { weOwe: 10, underWay: 4, owesUs: 5, net: 1, debt: 1 },
    { weOwe: 10, underWay: 4, owesUs: 6, net: 0, debt: 0 },
    { weOwe: 10, underWay: 4, owesUs: 8, net: -2, debt: 0 },
    // Paid ahead: it stands to the peer's credit, and is no debt.
    { weOwe: 10, underWay: 4, owesUs: -5, net: 11, debt: 6 },
    { weOwe: 0, underWay: 0, owesUs: -5, net: 5, debt: 0 },
    { weOwe: 0, underWay: 7, owesUs: 0, net: -7, debt: 0 },
  ])('with $weOwe owed, $underWay under way and $owesUs on the other half owes $net', (of) => {
    book(weOwe(bob), -of.weOwe);
    book(inTransit(bob), of.underWay);
    book(owesUs(bob), of.owesUs);
    expect(world.run((ctx) => netOwed(ctx, bob, money))).toBe(of.net);
    expect(world.run((ctx) => exposure(ctx, bob, money))).toBe(0 - of.net);
    expect(world.run((ctx) => debtTo(ctx, bob, money))).toBe(of.debt);
  });
});
