import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, journalOf, weOwe } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { problem } from '../problem.ts';
import type { TabEntryKind, TabEntryView } from '../protocol/index.ts';
import type { Expected } from './expected.ts';
import {
  acceptDisputed,
  allDiscrepancies,
  askForEntries,
  askForUnanswered,
  expectEntry,
  mirrorOf,
  sweepExpected,
  takeEntries,
} from './index.ts';

const [bob, money, gold] = [1, 8, 9].map(testPeerId) as [never, never, never];
const endpoints = ['https://bob:1'];
const minute = 60_000;
const tabEvent = { kind: 'event', event: { type: 'tab', peer: bob, currency: money } };
const owing = { kind: 'owing', peer: bob, currency: money };

type Known = readonly [kind: TabEntryKind, reference: string, amount: number];

describe('the mirror of a tab whose service is asked for entries', () => {
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
  const take = (outcome: Outcome) => world.run((ctx) => takeEntries(ctx, bob, money, outcome));
  const answer = (entries: TabEntryView[], balance: number, count = entries.at(-1)?.n ?? 0) => {
    const body = { tab: { currency: money, balance, entries: count }, entries };
    take({ kind: 'answered', status: 200, body });
  };
  const ask = () => world.run((ctx) => askForEntries(ctx, bob, money));
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

  describe('with the answer', () => {
    it('has nobody to ask where the peer’s address is not known', () => {
      ask();
      expect([asked(), half().asking]).toEqual([[], false]);
    });

    it('asks until there is an answer, behind the last entry that it has', () => {
      expectOne(book);
      answer([entry(1, book)], 5);
      world.takeEffects();
      ask();
      expect(world.takeEffects()).toMatchObject([
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
      expectOne(fee);
      expectOne(book);
      ask();
      answer([entry(1, fee)], 6, 2);
      expect(asked()).toEqual([0, 1]);
      answer([entry(2, book)], 6);
      expect([asked(), owed(), noted()]).toEqual([[], 6, []]);
    });

    it('asks no more where an answer brought nothing new, though the tab has more', () => {
      expectOne(fee);
      ask();
      world.takeEffects();
      answer([], 6, 2);
      expect([asked(), half().entries, noted()]).toEqual([[], 0, []]);
    });

    it('takes no entry out of its turn', () => {
      expectOne(fee);
      expectOne(book);
      answer([entry(2, book)], 6);
      expect([half().entries, owed()]).toEqual([0, 0]);
    });

    it('is doubted where the entries do not add up to the balance', () => {
      expectOne(fee);
      answer([entry(1, fee)], 2);
      expect(noted()).toEqual(['The tab says 2; its entries say 1.']);
    });

    it('is not doubted while some are still to come', () => {
      expectOne(fee);
      answer([entry(1, fee)], 6, 2);
      expect(noted()).toEqual([]);
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
      expectOne(fee);
      ask();
      ask();
      world.takeEffects();
      take(outcome);
      expect(noted()).toEqual(['The peer did not show the entries of its tab.']);
      expect(half()).toMatchObject({ asking: false, askAgain: false, checkedAt: 0 });
      ask();
      expect(asked()).toEqual([0]);
      answer([], 0);
      expect(asked()).toEqual([]);
    });
  });

  describe('that lacks a charge that was expected', () => {
    const sweep = () => {
      world.run((ctx) => sweepExpected(ctx));
      return asked();
    };

    it('asks after a start', () => {
      expectOne(fee);
      world.run((ctx) => askForUnanswered(ctx));
      expect(asked()).toEqual([0]);
    });

    it('asks once the charge is two minutes old, and again five minutes after an answer', () => {
      expectOne(fee);
      world.now += 2 * minute - 1;
      expect(sweep()).toEqual([]);
      world.now += 1;
      expect(sweep()).toEqual([0]);
      expect(sweep()).toEqual([]);
      expect(half().askAgain).toBe(false);
      answer([], 0);
      world.now += 5 * minute;
      expect(sweep()).toEqual([]);
      world.now += 1;
      expect(sweep()).toEqual([0]);
    });

    it.each([
      ['solicitation', false],
      ['purchase', false],
      ['payment', true],
      ['exchange', true],
    ] as const)('looks for a %s for more than twenty minutes: %s', (kind, lasting) => {
      expectOne([kind, 'r1', 1]);
      const looksAgain = () => {
        const found = sweep().length > 0;
        answer([], 0);
        world.now += 6 * minute;
        return found;
      };
      world.now += 20 * minute;
      // The answer of the twentieth minute counts still, the next one is conclusive.
      expect([looksAgain(), looksAgain(), looksAgain()]).toEqual([true, true, lasting]);
      answer([entry(1, [kind, 'r1', kind === 'payment' ? -1 : 1])], kind === 'payment' ? -1 : 1);
      expect(half().disputed !== 0).toBe(!lasting);
    });
  });

  describe('of which something is disputed', () => {
    const accept = () => world.run((ctx) => acceptDisputed(ctx, bob, money));

    it('owes it once the person accepts it, with a reason in the books', () => {
      answer([entry(1, book)], 5);
      world.takeEffects();
      world.takeFacts();
      expect([owed(), half().disputed]).toEqual([0, 5]);
      expect(accept()).toEqual({ ok: true, value: { amount: 5 } });
      expect([owed(), half().disputed]).toEqual([5, 0]);
      const corrections = () => world.run((ctx) => balanceOf(ctx, money, 'expense:corrections'));
      expect(corrections()).toBe(5);
      const [made] = world.run((ctx) => journalOf(ctx, money, { limit: 99 }));
      expect(made?.cause).toMatchObject({ kind: 'correction', peer: bob });
      expect([world.takeEffects(), world.takeFacts()]).toEqual([[tabEvent], [owing]]);
      expect(accept()).toMatchObject({ error: { code: 'bad-request' } });
      expect(corrections()).toBe(5);
    });
  });
});
