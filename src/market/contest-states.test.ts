import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { type Outcome, takeDueTimers } from '../kernel/index.ts';
import { contestWindowMs } from '../limits.ts';
import { problem } from '../problem.ts';
import { mirrorOf } from '../tabs/index.ts';
import {
  contest,
  contestableUntil,
  contestDeadline,
  contestedEntered,
  contestRefunded,
  contestSupplier,
  takeContestAnswer,
} from './contest.ts';
import { type Purchase, purchaseOf } from './deals.ts';
import { alice, behind, carol, LoneSeller, money } from './lone-seller.suite.ts';

const own = { purpose: { kind: 'self' } } as const;
const complaint = { reason: 'corrupt', note: 'Half a file.' } as const;
const paid = { ...own, payments: 1 };

let seller: LoneSeller;

beforeEach(() => {
  seller = new LoneSeller();
});

const run: LoneSeller['world']['run'] = (work) => seller.world.run(work);

describe('a purchase that a person contests', () => {
  const purchase = () => run((ctx) => purchaseOf(ctx, behind));
  const made = () => purchase()?.contest?.state;
  const complain = () => run((ctx) => contest(ctx, behind, complaint));

  it.each(['opening', 'retrieving'] as const)(
    'while it is %s is given up, and its seller is asked and marked',
    (state) => {
      seller.putPurchase(state, paid);
      seller.world.takeEffects();
      expect(complain()).toMatchObject({ ok: true });
      expect(purchase()).toMatchObject({ state: 'failed', failure: { code: 'given-up' } });
      expect(purchase()?.contest).toMatchObject({ ...complaint, state: 'sent' });
      expect([seller.contestEvents(), seller.marks(carol)]).toEqual([
        ['contest', 'purchase sent'],
        1,
      ]);
    },
  );

  it.each(['delivered', 'failed', 'expired'] as const)('after it was %s stays so', (state) => {
    seller.putPurchase(state, { ...paid, serving: alice });
    expect(complain()).toMatchObject({ ok: true, value: { state } });
  });

  it.each([
    'accepting',
    'preparing',
    'paying',
    'agreed',
    'holding',
    'unsealing',
    'passed-on',
  ] as const)('while it is %s cannot be', (state) => {
    seller.putPurchase(state, paid);
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
    expect(seller.marks(carol)).toBe(0);
  });

  it('is one for which something was paid, charged or given', () => {
    seller.putPurchase('failed', own);
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
    seller.charge();
    expect(complain().ok).toBe(true);
  });

  it('is one of the person’s own, or a loss for an intermediary', () => {
    expect(complain()).toMatchObject({ error: { code: 'unknown-deal' } });
    seller.putPurchase('failed', { payments: 1 });
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
    seller.putPurchase('failed', { payments: 1, lost: true });
    expect(complain().ok).toBe(true);
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
  });

  it('is passed on for the own buyer once', () => {
    const resold = seller.putPurchase('passed-on');
    seller.world.takeEffects();
    run((ctx) => contestSupplier(ctx, resold, complaint));
    const contested = purchase();
    if (contested) run((ctx) => contestSupplier(ctx, contested, complaint));
    expect(seller.contestEvents()).toEqual(['contest', 'purchase sent']);
  });

  it('may be for the whole window, to the millisecond', () => {
    const { at } = seller.putPurchase('delivered', paid);
    const until = () => {
      const found = purchase();
      return found && run((ctx) => contestableUntil(ctx, found));
    };
    const end = at + contestWindowMs;
    expect(until()).toBe(end);
    seller.world.now = end;
    expect(until()).toBe(end);
    seller.world.now = end + 1;
    expect(until()).toBeUndefined();
    expect(complain()).toMatchObject({ error: { code: 'not-contestable' } });
  });

  describe('is answered', () => {
    const send = (change: Partial<Purchase> = {}) => {
      seller.putPurchase('delivered', { ...paid, ...change });
      complain();
      seller.world.takeEffects();
    };
    const answer = (outcome: Outcome) => run((ctx) => takeContestAnswer(ctx, behind, outcome));
    const word = (outcome: 'refunded' | 'refused' | 'noted', entries = 0, currency = money) =>
      answer({
        kind: 'answered',
        status: 200,
        body: { outcome, tab: { currency, balance: 0, entries } },
      });
    const no = problem('not-contestable', 'No.');

    it('with a refusal, which stays', () => {
      send();
      word('refused');
      word('refunded');
      expect([made(), seller.contestEvents()]).toEqual(['refused', ['purchase refused']]);
    });

    it('with a problem, which is kept', () => {
      send();
      answer({ kind: 'refused', problem: no, retryable: false, body: undefined });
      expect(purchase()?.contest).toMatchObject({ state: 'refused', failure: no });
    });

    it('with something else: a refusal', () => {
      send();
      answer({ kind: 'answered', status: 200, body: {} });
      expect(purchase()?.contest).toMatchObject({
        state: 'refused',
        failure: { code: 'bad-request' },
      });
    });

    it('by nobody, at last', () => {
      send();
      answer({ kind: 'unreachable', detail: '' });
      expect(made()).toBe('unanswered');
      send();
      const { deadlineAt = 0 } = purchase()?.contest ?? {};
      const timers = () =>
        run((ctx) => takeDueTimers(ctx, 9)).filter(({ kind }) => kind === 'contest-deadline');
      seller.world.now = deadlineAt - 1;
      expect(timers()).toEqual([]);
      seller.world.now = deadlineAt;
      expect(timers()).toEqual([{ kind: 'contest-deadline', deal: behind }]);
      run((ctx) => contestDeadline(ctx, behind));
      expect(made()).toBe('unanswered');
    });

    it('before the last moment, which is not waited for any more', () => {
      send();
      word('refused');
      seller.world.now = purchase()?.contest?.deadlineAt ?? 0;
      const timers = run((ctx) => takeDueTimers(ctx, 9)).map(({ kind }) => kind);
      expect(timers).not.toContain('contest-deadline');
    });

    it('as noted, which is a refusal of what was paid on the tab', () => {
      send();
      word('noted');
      expect(made()).toBe('refused');
    });

    it('with a refund, which counts at once where nothing was charged or nothing was to pay', () => {
      send({ price: 0 as Amount });
      word('refunded');
      expect(made()).toBe('refunded');
      send();
      word('refunded');
      expect(made()).toBe('refunded');
    });

    it('with a refund, which counts once the tab shows it', () => {
      send();
      seller.charge();
      seller.world.takeEffects();
      word('refunded', 1);
      expect([made(), seller.contestEvents()]).toEqual(['sent', ['tab']]);
      run((ctx) => contestRefunded(ctx, behind));
      run((ctx) => contestRefunded(ctx, behind));
      expect([made(), seller.contestEvents()]).toEqual(['refunded', ['purchase refunded']]);
    });

    it('with a refund, and with the tab that shows it', () => {
      const entries = () => run((ctx) => mirrorOf(ctx, carol, money).entries);
      send();
      seller.charge();
      word('refunded', 2, alice);
      expect(entries()).toBe(1);
      word('refunded', 2);
      expect(entries()).toBe(2);
    });

    it('with a refund of a charge that was not seen yet, which the tab has to show, too', () => {
      send();
      seller.expectCharge();
      seller.world.takeEffects();
      word('refunded', 2);
      expect([made(), seller.contestEvents()]).toEqual(['sent', ['tab']]);
      run((ctx) => contestDeadline(ctx, behind));
      expect(made()).toBe('unanswered');
    });

    it('where nothing was contested, with nothing', () => {
      seller.putPurchase('delivered', paid);
      seller.world.takeEffects();
      word('refunded');
      run((ctx) => contestRefunded(ctx, behind));
      run((ctx) => contestDeadline(ctx, behind));
      expect([made(), seller.contestEvents()]).toEqual([undefined, []]);
    });

    it.each([
      ['refunded', true, 6],
      ['refunded', false, 0],
      ['refused', true, 0],
    ] as const)(
      'with no to an intermediary that %s its buyer, charged: %s, which loses %s',
      (outcome, wasCharged, loss) => {
        const taken = { ...complaint, at: 0, text: '', outcome };
        seller.put('instructed', {
          supply: { kind: 'supplier', purchase: behind },
          contest: taken,
        });
        const sent = {
          ...complaint,
          at: 0,
          text: '',
          state: 'sent',
          since: 0,
          deadlineAt: 0,
        } as const;
        seller.putPurchase('passed-on', { contest: sent });
        if (wasCharged) seller.charge();
        word('refused');
        expect([made(), seller.books('expense:purchases')]).toEqual(['refused', loss]);
      },
    );

    it.each([
      ['sent', 0],
      ['refunded', 0],
      ['noted', 0],
      ['refused', 6],
      ['unanswered', 6],
    ] as const)('(%s) before its charge came to light: then %s are lost', (state, loss) => {
      const taken = { ...complaint, at: 0, text: '', outcome: 'refunded' } as const;
      seller.put('instructed', {
        supply: { kind: 'supplier', purchase: behind },
        contest: taken,
      });
      const contested = { ...complaint, at: 0, text: '', state, since: 0, deadlineAt: 0 };
      const failed = seller.putPurchase('failed', { contest: contested });
      seller.charge();
      run((ctx) => contestedEntered(ctx, failed));
      expect(seller.books('expense:purchases')).toBe(loss);
    });
  });
});
