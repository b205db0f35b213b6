import { beforeEach, describe, expect, it } from 'vitest';
import { journalOf } from '../books/index.ts';
import { allDiscrepancies, allMirrors, takeTabView } from './index.ts';
import {
  bob,
  book,
  carol,
  entry,
  fee,
  gold,
  type Known,
  LoneMirror,
  money,
  owing,
  tabEvent,
} from './lone-mirror.suite.ts';
import { mirrorsIn } from './mirror-record.ts';

const second = 1_000;

describe('the mirror of a tab', () => {
  let mirror: LoneMirror;

  beforeEach(() => {
    mirror = new LoneMirror();
  });

  it('is one for each peer and currency, and is found by its currency', () => {
    mirror.expectCharge(fee);
    mirror.expectCharge(['solicitation', 's2', 1], carol);
    mirror.expectCharge(['solicitation', 's3', 1], bob, gold);
    const all = mirror.world.run((ctx) => allMirrors(ctx));
    expect(all).toHaveLength(3);
    const inMoney = mirror.world.run((ctx) => mirrorsIn(ctx, money).map(({ peer }) => peer));
    expect(inMoney.toSorted()).toEqual([bob, carol].toSorted());
  });

  it('books an entry against what it is for, and whoever waits for it hears of it', () => {
    mirror.expectCharge(book);
    mirror.see(5, 1, book);
    expect(mirror.world.takeEffects()).toEqual([tabEvent]);
    expect(mirror.world.takeFacts()).toEqual([
      { kind: 'purchase-entered', peer: bob, reference: 'd1' },
      owing,
    ]);
    mirror.answer([entry(1, book), entry(2, ['refund', 'd1', -5])], 0);
    expect(mirror.world.takeFacts()).toEqual([
      { kind: 'purchase-refunded', peer: bob, reference: 'd1' },
      owing,
    ]);
    const causes = mirror.world.run((ctx) =>
      journalOf(ctx, money, { limit: 99 }).map(({ cause }) => cause.kind),
    );
    expect(causes.toSorted()).toEqual(['bought', 'refund']);
    expect([mirror.owed, mirror.half.disputed, mirror.noted()]).toEqual([0, 0, []]);
  });

  it('takes a purchase back once: the second refund is disputed', () => {
    mirror.expectCharge(book);
    const [back, again]: Known[] = [
      ['refund', 'd1', -5],
      ['refund', 'd1', -5],
    ];
    mirror.answer([entry(1, book), entry(2, back!), entry(3, again!)], -5);
    expect([mirror.owed, mirror.half.disputed]).toEqual([0, -5]);
  });

  it('books a payment that stands on the tab once, however it is shown', () => {
    const payment: Known = ['payment', 'p1', -3];
    mirror.expectCharge(['payment', 'p1', 3]);
    mirror.answer([entry(1, payment), entry(2, payment)], -6);
    expect([mirror.owed, mirror.half.disputed]).toEqual([-3, -3]);
  });

  it('does not expect a payment again that stands there, though its receipt is presented once more', () => {
    mirror.expectCharge(['payment', 'p1', 3]);
    mirror.answer([entry(1, ['payment', 'p1', -3])], -3);
    mirror.expectCharge(['payment', 'p1', 3]);
    mirror.answer([entry(2, ['payment', 'p1', -3])], -6);
    expect([mirror.owed, mirror.half.disputed]).toEqual([-3, -3]);
  });

  it('notes what it cannot explain once, each time that it is another thing, for each tab by itself', () => {
    mirror.expectCharge(fee);
    for (const balance of [2, 2, 3]) mirror.answer([entry(1, fee)], balance);
    const view = { currency: money, balance: 3, entries: 0 };
    mirror.world.run((ctx) => takeTabView(ctx, carol, view));
    expect(mirror.noted().toSorted()).toEqual([
      'The tab says 2; its entries say 1.',
      'The tab says 3; its entries say 0.',
      'The tab says 3; its entries say 1.',
    ]);
    const numbers = mirror.world.run((ctx) =>
      allDiscrepancies(ctx).map(({ peer, n }) => [peer, n]),
    );
    expect(numbers).toContainEqual([carol, 1]);
  });

  describe('with the view that came with an answer', () => {
    const booked = () => {
      mirror.expectCharge(book);
      mirror.see(5, 1, book);
      mirror.world.takeEffects();
      mirror.expectCharge(fee);
    };

    it('is left as it is where the view is the same', () => {
      booked();
      mirror.see(5, 1);
      mirror.see(5, 1, fee);
      expect([mirror.half.entries, mirror.asked(), mirror.noted()]).toEqual([1, [], []]);
    });

    it('is doubted where the view has the same entries and another balance', () => {
      booked();
      mirror.see(6, 1);
      expect(mirror.noted()).toEqual(['The tab says 6; its entries say 5.']);
      expect([mirror.half.entries, mirror.asked()]).toEqual([1, []]);
    });

    it('asks for entries where the new one is of another amount, or was not expected', () => {
      booked();
      mirror.see(7, 2, fee);
      expect([mirror.half.entries, mirror.asked()]).toEqual([1, [1]]);
      mirror.answer([], 5, 1);
      mirror.see(6, 2, ['solicitation', 's9', 1]);
      expect([mirror.half.entries, mirror.asked()]).toEqual([1, [1]]);
      mirror.answer([], 5, 1);
      mirror.see(6, 2);
      expect([mirror.half.entries, mirror.asked()]).toEqual([1, [1]]);
    });

    it('asks for entries where there are two new ones, though the balance fits one', () => {
      booked();
      mirror.see(6, 3, fee);
      expect([mirror.half.entries, mirror.asked()]).toEqual([1, [1]]);
    });

    it('looks back where the view has fewer entries, and its own are not from these ten seconds', () => {
      mirror.expectCharge(book);
      mirror.answer([entry(1, book)], 5);
      mirror.world.takeEffects();
      mirror.world.now += 10 * second;
      mirror.see(0, 0);
      expect(mirror.asked()).toEqual([]);
      mirror.world.now += 1;
      mirror.see(0, 0);
      expect([mirror.half.entries, mirror.asked(), mirror.noted()]).toEqual([1, [1], []]);
    });
  });
});
