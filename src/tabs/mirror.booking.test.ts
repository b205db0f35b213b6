import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, journalOf, weOwe } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { TabEntryKind, TabEntryView } from '../protocol/index.ts';
import type { Expected } from './expected.ts';
import {
  allDiscrepancies,
  allMirrors,
  expectEntry,
  mirrorOf,
  takeEntries,
  takeTabView,
} from './index.ts';
import { mirrorsIn } from './mirror.ts';

const [bob, carol, money, gold] = [1, 2, 8, 9].map(testPeerId) as [never, never, never, never];
const endpoints = ['https://bob:1'];
const second = 1_000;
const tabEvent = { kind: 'event', event: { type: 'tab', peer: bob, currency: money } };
const owing = { kind: 'owing', peer: bob, currency: money };

type Known = readonly [kind: TabEntryKind, reference: string, amount: number];

describe('the mirror of a tab', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const expectOne = ([kind, reference, amount]: Known, peer = bob, currency = money) =>
    world.run((ctx) =>
      expectEntry(ctx, { peer, endpoints }, currency, {
        ...{ kind: kind as Expected['kind'], reference, amount: amount as Amount },
        counter: 'expense:purchases',
        cause: { kind: 'bought', peer, reference, reason: 'A test.' },
      }),
    );
  const entry = (n: number, [kind, reference, amount]: Known): TabEntryView => ({
    ...{ n, at: 0, kind, amount, reference },
  });
  const see = (balance: number, entries: number, about?: Known) => {
    const [kind, reference, amount] = about ?? [];
    const known = kind && { kind, reference: reference ?? '', amount: amount ?? 0 };
    const view = { currency: money, balance, entries };
    world.run((ctx) => takeTabView(ctx, bob, view, known));
  };
  const take = (outcome: Outcome) => world.run((ctx) => takeEntries(ctx, bob, money, outcome));
  const answer = (entries: TabEntryView[], balance: number, count = entries.at(-1)?.n ?? 0) => {
    const body = { tab: { currency: money, balance, entries: count }, entries };
    take({ kind: 'answered', status: 200, body });
  };
  /** After which entry the peer was asked for more, since the last look. */
  const asked = () =>
    world
      .takeEffects()
      .flatMap((effect) =>
        effect.kind === 'call' ? [Number(effect.call.request.search?.['after'])] : [],
      );
  const half = () => world.run((ctx) => mirrorOf(ctx, bob, money));
  const owed = () => 0 - world.run((ctx) => balanceOf(ctx, money, weOwe(bob)));
  const noted = () => world.run((ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));

  const fee: Known = ['solicitation', 's1', 1];
  const book: Known = ['purchase', 'd1', 5];

  it('is one for each peer and currency, and is found by its currency', () => {
    expectOne(fee);
    expectOne(['solicitation', 's2', 1], carol);
    expectOne(['solicitation', 's3', 1], bob, gold);
    const all = world.run((ctx) => allMirrors(ctx));
    expect(all).toHaveLength(3);
    const inMoney = world.run((ctx) => mirrorsIn(ctx, money).map(({ peer }) => peer));
    expect(inMoney.toSorted()).toEqual([bob, carol].toSorted());
  });

  it('books an entry against what it is for, and whoever waits for it hears of it', () => {
    expectOne(book);
    see(5, 1, book);
    expect(world.takeEffects()).toEqual([tabEvent]);
    expect(world.takeFacts()).toEqual([
      { kind: 'purchase-entered', peer: bob, reference: 'd1' },
      owing,
    ]);
    answer([entry(1, book), entry(2, ['refund', 'd1', -5])], 0);
    expect(world.takeFacts()).toEqual([
      { kind: 'purchase-refunded', peer: bob, reference: 'd1' },
      owing,
    ]);
    const causes = world.run((ctx) =>
      journalOf(ctx, money, { limit: 99 }).map(({ cause }) => cause.kind),
    );
    expect(causes.toSorted()).toEqual(['bought', 'refund']);
    expect([owed(), half().disputed, noted()]).toEqual([0, 0, []]);
  });

  it('takes a purchase back once: the second refund is disputed', () => {
    expectOne(book);
    const [back, again]: Known[] = [
      ['refund', 'd1', -5],
      ['refund', 'd1', -5],
    ];
    answer([entry(1, book), entry(2, back!), entry(3, again!)], -5);
    expect([owed(), half().disputed]).toEqual([0, -5]);
  });

  it('books a payment that stands on the tab once, however it is shown', () => {
    const payment: Known = ['payment', 'p1', -3];
    expectOne(['payment', 'p1', 3]);
    answer([entry(1, payment), entry(2, payment)], -6);
    expect([owed(), half().disputed]).toEqual([-3, -3]);
  });

  it('does not expect a payment again that stands there, though its receipt is presented once more', () => {
    expectOne(['payment', 'p1', 3]);
    answer([entry(1, ['payment', 'p1', -3])], -3);
    expectOne(['payment', 'p1', 3]);
    answer([entry(2, ['payment', 'p1', -3])], -6);
    expect([owed(), half().disputed]).toEqual([-3, -3]);
  });

  it('notes what it cannot explain once, each time that it is another thing, for each tab by itself', () => {
    expectOne(fee);
    for (const balance of [2, 2, 3]) answer([entry(1, fee)], balance);
    const view = { currency: money, balance: 3, entries: 0 };
    world.run((ctx) => takeTabView(ctx, carol, view));
    expect(noted().toSorted()).toEqual([
      'The tab says 2; its entries say 1.',
      'The tab says 3; its entries say 0.',
      'The tab says 3; its entries say 1.',
    ]);
    const numbers = world.run((ctx) => allDiscrepancies(ctx).map(({ peer, n }) => [peer, n]));
    expect(numbers).toContainEqual([carol, 1]);
  });

  describe('with the view that came with an answer', () => {
    const booked = () => {
      expectOne(book);
      see(5, 1, book);
      world.takeEffects();
      expectOne(fee);
    };

    it('is left as it is where the view is the same', () => {
      booked();
      see(5, 1);
      see(5, 1, fee);
      expect([half().entries, asked(), noted()]).toEqual([1, [], []]);
    });

    it('is doubted where the view has the same entries and another balance', () => {
      booked();
      see(6, 1);
      expect(noted()).toEqual(['The tab says 6; its entries say 5.']);
      expect([half().entries, asked()]).toEqual([1, []]);
    });

    it('asks for entries where the new one is of another amount, or was not expected', () => {
      booked();
      see(7, 2, fee);
      expect([half().entries, asked()]).toEqual([1, [1]]);
      answer([], 5, 1);
      see(6, 2, ['solicitation', 's9', 1]);
      expect([half().entries, asked()]).toEqual([1, [1]]);
      answer([], 5, 1);
      see(6, 2);
      expect([half().entries, asked()]).toEqual([1, [1]]);
    });

    it('asks for entries where there are two new ones, though the balance fits one', () => {
      booked();
      see(6, 3, fee);
      expect([half().entries, asked()]).toEqual([1, [1]]);
    });

    it('looks back where the view has fewer entries, and its own are not from these ten seconds', () => {
      expectOne(book);
      answer([entry(1, book)], 5);
      world.takeEffects();
      world.now += 10 * second;
      see(0, 0);
      expect(asked()).toEqual([]);
      world.now += 1;
      see(0, 0);
      expect([half().entries, asked(), noted()]).toEqual([1, [1], []]);
    });
  });
});
