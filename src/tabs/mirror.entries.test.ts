import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf, journalOf } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { problem } from '../problem.ts';
import { acceptDisputed, askForUnanswered, sweepExpected } from './index.ts';
import {
  bob,
  book,
  endpoints,
  entry,
  fee,
  gold,
  LoneMirror,
  money,
  owing,
  tabEvent,
} from './lone-mirror.suite.ts';

const minute = 60_000;

describe('the mirror of a tab whose service is asked for entries', () => {
  let mirror: LoneMirror;

  beforeEach(() => {
    mirror = new LoneMirror();
  });

  describe('with the answer', () => {
    it('has nobody to ask where the peer’s address is not known', () => {
      mirror.ask();
      expect([mirror.asked(), mirror.half.asking]).toEqual([[], false]);
    });

    it('asks until there is an answer, behind the last entry that it has', () => {
      mirror.expectCharge(book);
      mirror.answer([entry(1, book)], 5);
      mirror.world.takeEffects();
      mirror.ask();
      expect(mirror.world.takeEffects()).toMatchObject([
        {
          kind: 'call',
          call: {
            to: { peer: bob, endpoints },
            request: { route: 'tab', params: { currency: money }, search: { after: 1 } },
            purpose: { kind: 'tab-entries', peer: bob, currency: money },
          },
        },
      ]);
    });

    it('asks on while an answer brought some and the tab has more', () => {
      mirror.expectCharge(fee);
      mirror.expectCharge(book);
      mirror.ask();
      mirror.answer([entry(1, fee)], 6, 2);
      expect(mirror.asked()).toEqual([0, 1]);
      mirror.answer([entry(2, book)], 6);
      expect([mirror.asked(), mirror.owed, mirror.noted()]).toEqual([[], 6, []]);
    });

    it('asks no more where an answer brought nothing new, though the tab has more', () => {
      mirror.expectCharge(fee);
      mirror.ask();
      mirror.world.takeEffects();
      mirror.answer([], 6, 2);
      expect([mirror.asked(), mirror.half.entries, mirror.noted()]).toEqual([[], 0, []]);
    });

    it('asks on a hundred times in a minute, however much a tab has, and goes on with the next reason', () => {
      mirror.expectCharge(fee);
      mirror.ask();
      let n = 0;
      const answered = (from = mirror.asked().length) => {
        let questions = from;
        while (n < 1_000 && mirror.half.asking) {
          n += 1;
          mirror.answer([entry(n, ['correction', `${n}`, 0])], 0, 1_000_000);
          questions += mirror.asked().length;
        }
        return questions;
      };
      expect(answered()).toBe(101);
      mirror.ask();
      expect(answered()).toBe(1);
      mirror.world.now += minute;
      mirror.ask();
      expect([answered(), mirror.half.entries]).toEqual([101, 203]);
    });

    it('asks no more than so often where a tab goes back again and again', () => {
      mirror.expectCharge(fee);
      mirror.ask();
      let questions = mirror.asked().length;
      for (let round = 0; round < 1_000 && mirror.half.asking; round++) {
        if (mirror.half.entries === 0) mirror.answer([entry(1, book)], 5, 2);
        else mirror.answer([], 0, 0);
        questions += mirror.asked().length;
      }
      expect(questions).toBe(101);
    });

    it.each([1, -1])('takes no entry that leads past what can be counted: %s', (sign) => {
      const most = sign * Number.MAX_SAFE_INTEGER;
      mirror.expectCharge(fee);
      mirror.ask();
      mirror.answer([entry(1, ['correction', 'a', most]), entry(2, ['correction', 'b', most])], 0);
      expect([mirror.half.entries, mirror.half.balance, mirror.half.asking]).toEqual([
        1,
        most,
        false,
      ]);
      expect(mirror.noted().at(-1)).toBe('Entry 2 leads past what can be counted.');
      mirror.ask();
      mirror.answer([entry(2, fee)], most, 2);
      expect([mirror.owed, mirror.half.entries]).toEqual(sign > 0 ? [0, 1] : [1, 2]);
    });

    it('takes none either that leads past it together with what the books say', () => {
      mirror.expectCharge(book);
      mirror.ask();
      mirror.answer([entry(1, book), entry(2, fee)], 6);
      mirror.ask();
      mirror.answer([], 0, 0);
      mirror.answer([entry(1, ['correction', 'a', -Number.MAX_SAFE_INTEGER])], 0);
      expect([mirror.owed, mirror.half.entries]).toEqual([5, 0]);
      expect(mirror.noted().at(-1)).toBe('Entry 1 leads past what can be counted.');
    });

    it('takes no entry out of its turn', () => {
      mirror.expectCharge(fee);
      mirror.expectCharge(book);
      mirror.answer([entry(2, book)], 6);
      expect([mirror.half.entries, mirror.owed]).toEqual([0, 0]);
    });

    it('is doubted where the entries do not add up to the balance', () => {
      mirror.expectCharge(fee);
      mirror.answer([entry(1, fee)], 2);
      expect(mirror.noted()).toEqual(['The tab says 2; its entries say 1.']);
    });

    it('is not doubted while some are still to come', () => {
      mirror.expectCharge(fee);
      mirror.answer([entry(1, fee)], 6, 2);
      expect(mirror.noted()).toEqual([]);
    });

    const failures: [string, Outcome][] = [
      [
        'refuses',
        {
          kind: 'refused',
          problem: problem('undesirable', 'No.'),
          retryable: false,
          body: { tab: { currency: money, balance: 0, entries: 0 }, entries: [] },
        },
      ],
      ['answers nothing', { kind: 'answered', status: 200, body: undefined }],
      [
        'answers another tab',
        {
          kind: 'answered',
          status: 200,
          body: { tab: { currency: gold, balance: 0, entries: 0 }, entries: [] },
        },
      ],
    ];
    it.each(failures)('tells the person where the peer %s, and may ask again', (_what, outcome) => {
      mirror.expectCharge(fee);
      mirror.ask();
      mirror.ask();
      mirror.world.takeEffects();
      mirror.take(outcome);
      expect(mirror.noted()).toEqual(['The peer did not show the entries of its tab.']);
      expect(mirror.half).toMatchObject({ asking: false, askAgain: false, checkedAt: 0 });
      mirror.ask();
      expect(mirror.asked()).toEqual([0]);
      mirror.answer([], 0);
      expect(mirror.asked()).toEqual([]);
    });
  });

  describe('that lacks a charge that was expected', () => {
    const sweep = () => {
      mirror.world.run((ctx) => sweepExpected(ctx));
      return mirror.asked();
    };

    it('asks after a start', () => {
      mirror.expectCharge(fee);
      mirror.world.run((ctx) => askForUnanswered(ctx));
      expect(mirror.asked()).toEqual([0]);
    });

    it('asks once the charge is two minutes old, and again five minutes after an answer', () => {
      mirror.expectCharge(fee);
      mirror.world.now += 2 * minute - 1;
      expect(sweep()).toEqual([]);
      mirror.world.now += 1;
      expect(sweep()).toEqual([0]);
      expect(sweep()).toEqual([]);
      expect(mirror.half.askAgain).toBe(false);
      mirror.answer([], 0);
      mirror.world.now += 5 * minute;
      expect(sweep()).toEqual([]);
      mirror.world.now += 1;
      expect(sweep()).toEqual([0]);
    });

    it.each([
      ['solicitation', false],
      ['purchase', false],
      ['payment', true],
      ['exchange', true],
    ] as const)('looks for a %s for more than twenty minutes: %s', (kind, lasting) => {
      mirror.expectCharge([kind, 'r1', 1]);
      const looksAgain = () => {
        const found = sweep().length > 0;
        mirror.answer([], 0);
        mirror.world.now += 6 * minute;
        return found;
      };
      mirror.world.now += 20 * minute;
      // The answer of the twentieth minute counts still, the next one is conclusive.
      expect([looksAgain(), looksAgain(), looksAgain()]).toEqual([true, true, lasting]);
      mirror.answer(
        [entry(1, [kind, 'r1', kind === 'payment' ? -1 : 1])],
        kind === 'payment' ? -1 : 1,
      );
      expect(mirror.half.disputed !== 0).toBe(!lasting);
    });
  });

  describe('of which something is disputed', () => {
    const accept = () => mirror.world.run((ctx) => acceptDisputed(ctx, bob, money));

    it('owes it once the person accepts it, with a reason in the books', () => {
      mirror.answer([entry(1, book)], 5);
      mirror.world.takeEffects();
      mirror.world.takeFacts();
      expect([mirror.owed, mirror.half.disputed]).toEqual([0, 5]);
      expect(accept()).toEqual({ ok: true, value: { amount: 5 } });
      expect([mirror.owed, mirror.half.disputed]).toEqual([5, 0]);
      const corrections = () =>
        mirror.world.run((ctx) => balanceOf(ctx, money, 'expense:corrections'));
      expect(corrections()).toBe(5);
      const [made] = mirror.world.run((ctx) => journalOf(ctx, money, { limit: 99 }));
      expect(made?.cause).toMatchObject({ kind: 'correction', peer: bob });
      expect([mirror.world.takeEffects(), mirror.world.takeFacts()]).toEqual([[tabEvent], [owing]]);
      expect(accept()).toMatchObject({ error: { code: 'bad-request' } });
      expect(corrections()).toBe(5);
    });
  });
});
