import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, owesUs, post, weOwe } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { tabEntriesPerAnswerMax } from '../limits.ts';
import type { TabEntryView } from '../protocol/index.ts';
import {
  allDiscrepancies,
  askForEntries,
  debtTo,
  expectEntry,
  mirrorOf,
  sweepExpected,
  takeEntries,
  takeTabView,
} from './index.ts';

const bob = testPeerId(1);
const money = testPeerId(2);
const service = { peer: bob, endpoints: ['https://bob:1'] };
const minute = 60_000;

type Known = [kind: 'solicitation' | 'purchase', reference: string, amount: number];

describe('the mirror of a tab', () => {
  let alice: TestContext;

  beforeEach(() => {
    alice = testContext();
  });

  const expectOne = ([kind, reference, amount]: Known) =>
    alice.run((ctx) =>
      expectEntry(ctx, service, money, {
        ...{ kind, reference, amount: amount as Amount, counter: 'expense:purchases' },
        cause: { kind: 'bought', peer: bob, reason: 'A test.' },
      }),
    );
  const entry = (
    n: number,
    [kind, reference, amount]: Known | [TabEntryView['kind'], string, number],
  ) => ({
    ...{ n, at: 0, kind, amount, reference },
  });
  const answer = (entries: TabEntryView[], balance: number, count = entries.at(-1)?.n ?? 0) => {
    const body = { tab: { currency: money, balance, entries: count }, entries };
    const outcome: Outcome = { kind: 'answered', status: 200, body };
    alice.run((ctx) => takeEntries(ctx, bob, money, outcome));
  };
  const ask = () => alice.run((ctx) => askForEntries(ctx, bob, money));
  const asked = () => alice.takeEffects().filter(({ kind }) => kind === 'call').length;
  const half = () => alice.run((ctx) => mirrorOf(ctx, bob, money));
  const owed = () => 0 - alice.run((ctx) => balanceOf(ctx, money, weOwe(bob)));
  const noted = () => alice.run((ctx) => allDiscrepancies(ctx).length);
  const see = (known: Known, balance: number, entries: number) => {
    const [kind, reference, amount] = known;
    const view = { currency: money, balance, entries };
    alice.run((ctx) => takeTabView(ctx, bob, view, { kind, reference, amount }));
  };

  const fee: Known = ['solicitation', 's1', 1];
  const book: Known = ['purchase', 'd1', 1];

  it('books the one new entry that an answer tells of, without asking', () => {
    expectOne(fee);
    see(fee, 1, 1);
    expect([owed(), half().entries, asked()]).toEqual([1, 1, 0]);
  });

  it('asks where an answer tells of more than one', () => {
    expectOne(fee);
    see(fee, 2, 2);
    expect([owed(), half().entries, asked()]).toEqual([0, 0, 1]);
  });

  it('does not take another entry of the same amount for the one it has booked already', () => {
    expectOne(book);
    see(book, 1, 1);
    expectOne(fee);
    // The same acceptance is answered again; meanwhile the fee has been charged.
    see(book, 2, 2);
    expect([half().entries, noted(), asked()]).toEqual([1, 0, 1]);
    answer([entry(2, fee)], 2);
    expect(half()).toMatchObject({ entries: 2, disputed: 0 });
    expect(owed()).toBe(2);
  });

  it('asks again where there was reason to while the answer was on its way', () => {
    expectOne(fee);
    ask();
    expect(asked()).toBe(1);
    ask();
    ask();
    expect(asked()).toBe(0);
    answer([], 0);
    expect(asked()).toBe(1);
    answer([entry(1, fee)], 1);
    expect(asked()).toBe(0);
    expect(owed()).toBe(1);
  });

  it('takes each entry once, however often it is shown', () => {
    expectOne(fee);
    answer([entry(1, fee)], 1);
    answer([entry(1, fee)], 1);
    expect([owed(), noted()]).toEqual([1, 0]);
  });

  it('does not expect a second time what stands on the tab, and lets it be refunded', () => {
    expectOne(book);
    see(book, 1, 1);
    expectOne(book);
    answer([entry(2, book)], 2);
    expect(half().disputed).toBe(1);
    answer([entry(3, ['refund', 'd1', -1])], 1);
    expect(half().disputed).toBe(1);
    expect(owed()).toBe(0);
  });

  it('disputes a purchase at another price than the one agreed on, lower ones too', () => {
    expectOne(['purchase', 'd1', 10]);
    answer([entry(1, ['purchase', 'd1', 9])], 9);
    expect([owed(), half().disputed]).toEqual([0, 9]);
  });

  it('keeps the newest of what it cannot explain, however much a service makes up', () => {
    const madeUp = (first: number) =>
      Array.from({ length: 300 }, (_, i) => entry(first + i, ['purchase', `x${first + i}`, 1]));
    answer(madeUp(1), 300);
    answer(madeUp(301), 600);
    expect(noted()).toBe(200);
    const details = alice.run((ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));
    expect(details.at(-1)).toContain('Entry 600');
    expect(half()).toMatchObject({ entries: 600, disputed: 600 });
  });

  it('takes no answer with more entries than one may have', () => {
    const count = tabEntriesPerAnswerMax + 1;
    answer(
      Array.from({ length: count }, (_, i) => entry(i + 1, ['purchase', `x${i}`, 1])),
      count,
    );
    expect(half().entries).toBe(0);
  });

  it('looks for a charge that it was never told of, and forgets it when it can no longer come', () => {
    expectOne(fee);
    const sweepAfter = (minutes: number) => {
      alice.now += minutes * minute;
      alice.run((ctx) => sweepExpected(ctx));
    };
    sweepAfter(1);
    expect(asked()).toBe(0);
    sweepAfter(2);
    expect(asked()).toBe(1);
    answer([], 0);
    sweepAfter(1);
    expect(asked()).toBe(0);
    sweepAfter(18);
    expect(asked()).toBe(1);
    answer([], 0);
    sweepAfter(1);
    expect(asked()).toBe(0);
    answer([entry(1, fee)], 1);
    expect(half().disputed).toBe(1);
  });

  it('does not take for a debt what the peer has paid ahead', () => {
    alice.run((ctx) =>
      post(ctx, money, { kind: 'payment-in', reason: 'A test.' }, [
        { account: 'assets:balance', amount: 50 },
        { account: owesUs(bob), amount: -50 },
      ]),
    );
    const debt = () => alice.run((ctx) => debtTo(ctx, bob, money));
    expect(debt()).toBe(0);
    expectOne(fee);
    see(fee, 1, 1);
    expect(debt()).toBe(1);
  });

  it('sets off what the peer owes on the other half', () => {
    alice.run((ctx) =>
      post(ctx, money, { kind: 'sold', reason: 'A test.' }, [
        { account: owesUs(bob), amount: 50 },
        { account: 'income:sales', amount: -50 },
      ]),
    );
    expectOne(['purchase', 'd1', 60]);
    answer([entry(1, ['purchase', 'd1', 60])], 60);
    expect(alice.run((ctx) => debtTo(ctx, bob, money))).toBe(10);
  });
});
