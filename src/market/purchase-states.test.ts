import { beforeEach, describe, expect, it } from 'vitest';
import { journalOf } from '../books/index.ts';
import { type Outcome, takeDueTimers } from '../kernel/index.ts';
import { problem } from '../problem.ts';
import { isExpected, mirrorOf } from '../tabs/index.ts';
import { type Purchase, type PurchaseState, purchaseOf } from './deals.ts';
import { resumeRetrievals, retrievalFailed, takeOpening } from './fetching.ts';
import { own, refused } from './lone-buyer.suite.ts';
import { alice, behind, carol, LoneSeller, money } from './lone-seller.suite.ts';
import { lookForRefund, lose, purchaseRefunded } from './loss.ts';
import {
  acceptWaiting,
  failWaiting,
  payWaiting,
  purchaseDeadline,
  purchaseEntered,
  takeAcceptanceAnswer,
} from './purchase.ts';

const minute = 60_000;
const open: readonly PurchaseState[] = [
  'accepting',
  'preparing',
  'paying',
  'agreed',
  'opening',
  'retrieving',
  'holding',
  'unsealing',
];
const ended: readonly PurchaseState[] = ['delivered', 'passed-on', 'failed', 'expired'];

describe('a purchase', () => {
  let seller: LoneSeller;

  beforeEach(() => {
    seller = new LoneSeller();
  });

  const run: LoneSeller['world']['run'] = (work) => seller.world.run(work);
  const purchase = () => run((ctx) => purchaseOf(ctx, behind));
  const state = () => purchase()?.state;
  const calls = () =>
    seller.world
      .takeEffects()
      .flatMap((effect) => (effect.kind === 'call' ? [effect.call.request.route] : []));
  const awaited = () =>
    run((ctx) => isExpected(ctx, carol, money, { kind: 'purchase', reference: behind }));

  describe('whose time is over', () => {
    const over = (inMs = minute) => {
      seller.world.now += inMs;
      run((ctx) => purchaseDeadline(ctx, behind));
      return [state(), purchase()?.failure?.code];
    };

    it.each([
      ['paying', 'failed', 'unavailable'],
      ['holding', 'failed', 'unreachable'],
      ['opening', 'expired', undefined],
      ['retrieving', 'expired', undefined],
      ['agreed', 'expired', undefined],
      ['unsealing', 'expired', undefined],
      // The acceptance ends with its last answer.
      ['accepting', 'accepting', undefined],
      ['preparing', 'preparing', undefined],
    ] as const)('while it is %s is %s (%s), and not before', (before, after, code) => {
      seller.putPurchase(before, own);
      expect(over(minute - 1)).toEqual([before, undefined]);
      expect(over(1)).toEqual([after, code]);
    });

    it.each(ended)('after it is %s stays so', (before) => {
      seller.putPurchase(before, own);
      expect(over()).toEqual([before, undefined]);
    });

    it('and was made for a buyer ends that sale as well', () => {
      seller.put('buying', { supply: { kind: 'supplier', purchase: behind } });
      seller.putPurchase('opening');
      over();
      expect([state(), seller.sale()?.state]).toEqual(['expired', 'refunded']);
      expect([purchase()?.lost, seller.books('expense:purchases')]).toEqual([undefined, 0]);
    });

    it('and stands on the tab is a loss where its buyer is refunded', () => {
      seller.charge();
      seller.put('buying', { supply: { kind: 'supplier', purchase: behind } });
      seller.putPurchase('opening');
      over();
      expect([purchase()?.lost, seller.books('expense:purchases')]).toEqual([true, 6]);
    });
  });

  describe('whose acceptance is answered', () => {
    const answer = (outcome: Outcome) => {
      seller.world.takeEffects();
      run((ctx) => takeAcceptanceAnswer(ctx, behind, outcome));
    };
    const accepting = () => {
      seller.putPurchase('accepting', own);
      seller.expectCharge();
    };

    it.each([
      'bid-expired',
      'unknown-bid',
      'document-gone',
      'undesirable',
      'currency-not-accepted',
      'not-sealed',
    ] as const)('with %s fails, and nothing is expected on the tab any more', (code) => {
      accepting();
      answer(refused(code));
      expect([state(), purchase()?.failure?.code, awaited(), calls()]).toEqual([
        'failed',
        code,
        false,
        [],
      ]);
    });

    it.each(['supplier-failed', 'internal', 'access-key-spent'] as const)(
      'with %s fails, and the tab is looked at for the charge',
      (code) => {
        accepting();
        answer(refused(code));
        expect([state(), awaited(), calls()]).toEqual(['failed', true, ['tab']]);
      },
    );

    it('by nobody fails, and the tab is looked at', () => {
      accepting();
      answer({ kind: 'unreachable', detail: '' });
      expect([state(), purchase()?.failure?.code, awaited(), calls()]).toEqual([
        'failed',
        'unreachable',
        true,
        ['tab'],
      ]);
    });

    it('with a refusal and the tab takes the tab in', () => {
      accepting();
      const other = { currency: alice, balance: 6, entries: 2 };
      answer(refused('bid-expired', { tab: other }));
      expect([awaited(), calls()]).toEqual([false, []]);
      accepting();
      answer(refused('bid-expired', { tab: { ...other, currency: money } }));
      expect([awaited(), calls()]).toEqual([true, ['tab']]);
    });

    it('with something else fails, and the tab is looked at', () => {
      accepting();
      answer({ kind: 'answered', status: 200, body: { instructions: 7 } });
      expect([state(), purchase()?.failure?.code, calls()]).toEqual([
        'failed',
        'bad-request',
        ['tab'],
      ]);
      accepting();
      const tab = { currency: money, balance: 6, entries: 1 };
      answer({ kind: 'answered', status: 200, body: { instructions: 'x.y.z', tab } });
      expect([state(), run((ctx) => mirrorOf(ctx, carol, money)).entries]).toEqual(['failed', 1]);
    });

    it.each([...open.slice(2), ...ended])('when it is %s already stays as it is', (before) => {
      seller.putPurchase(before, own);
      answer(refused('bid-expired'));
      expect(state()).toBe(before);
    });

    it('fails the sale behind it, too', () => {
      seller.put('buying', { supply: { kind: 'supplier', purchase: behind } });
      seller.putPurchase('accepting');
      answer(refused('document-gone'));
      expect([state(), seller.sale()?.state]).toEqual(['failed', 'refunded']);
    });

    it('with a limit that nobody can explain fails, and pays nothing', () => {
      accepting();
      answer(refused('tab-limit', { needed: 400 }));
      expect([state(), purchase()?.payments, calls()]).toEqual(['failed', 0, ['tab']]);
    });
  });

  it('that waits for a payment is asked again when the payment is there, and no other is', () => {
    const asks = (work: () => void) => {
      seller.putPurchase('paying', own);
      seller.world.takeEffects();
      work();
      return calls();
    };
    expect(asks(() => run((ctx) => acceptWaiting(ctx, carol, money)))).toEqual(['accept']);
    expect(asks(() => run((ctx) => acceptWaiting(ctx, alice, money)))).toEqual([]);
    expect(asks(() => run((ctx) => acceptWaiting(ctx, carol, alice)))).toEqual([]);
    expect(asks(() => run((ctx) => payWaiting(ctx, money)))).toEqual(['accept']);
    expect(asks(() => run((ctx) => payWaiting(ctx, alice)))).toEqual([]);
    const why = problem('insufficient-funds', 'No.');
    asks(() => run((ctx) => failWaiting(ctx, carol, alice, why)));
    expect(state()).toBe('paying');
    asks(() => run((ctx) => failWaiting(ctx, alice, money, why)));
    expect(state()).toBe('paying');
    asks(() => run((ctx) => failWaiting(ctx, carol, money, why)));
    expect([state(), purchase()?.failure]).toEqual(['failed', why]);
  });

  describe('that failed, and stands on the tab all the same', () => {
    const entered = (change: Partial<Purchase>) => {
      seller.putPurchase('failed', change);
      seller.world.takeEffects();
      run((ctx) => purchaseEntered(ctx, behind));
      return calls();
    };

    it.each(['unreachable', 'unavailable', 'internal', 'tab-limit', 'insufficient-funds'] as const)(
      'after %s is accepted again: the same deal gets the same answer',
      (code) => {
        expect(entered({ ...own, failure: problem(code, 'No.') })).toEqual(['accept']);
        expect(state()).toBe('accepting');
      },
    );

    it.each(['document-gone', 'given-up', 'bad-statement'] as const)('after %s is over', (code) => {
      expect(entered({ ...own, failure: problem(code, 'No.') })).toEqual([]);
      expect(entered(own)).toEqual([]);
      expect(state()).toBe('failed');
    });

    it('is a loss where it was made for a buyer, who was refunded; booked once', () => {
      expect(entered({})).toEqual([]);
      expect(purchase()?.lost).toBeUndefined();
      seller.charge();
      run((ctx) => purchaseEntered(ctx, behind));
      run((ctx) => purchaseEntered(ctx, behind));
      expect([
        purchase()?.lost,
        seller.books('expense:purchases'),
        seller.books('clearing:deals'),
      ]).toEqual([true, 6, 0]);
    });

    it('is a loss, too, where the document had not come in time before its charge was seen', () => {
      seller.charge();
      seller.putPurchase('expired');
      run((ctx) => purchaseEntered(ctx, behind));
      expect([purchase()?.lost, seller.books('expense:purchases')]).toEqual([true, 6]);
      seller.putPurchase('expired', own);
      seller.world.takeEffects();
      run((ctx) => purchaseEntered(ctx, behind));
      expect([state(), calls()]).toEqual(['expired', []]);
    });

    it.each(['delivered', 'passed-on'] as const)('is none where it is %s after all', (after) => {
      seller.charge();
      seller.putPurchase(after);
      run((ctx) => purchaseEntered(ctx, behind));
      expect([state(), seller.books('expense:purchases')]).toEqual([after, 0]);
    });
  });

  describe('that is a loss', () => {
    beforeEach(() => {
      const made = seller.putPurchase('failed');
      run((ctx) => lose(ctx, made));
    });
    const look = () => {
      seller.expectCharge();
      seller.world.takeEffects();
      run((ctx) => lookForRefund(ctx, behind));
      return calls();
    };

    it('is booked against the deal, and given back when the supplier refunds', () => {
      const causes = () =>
        run((ctx) => journalOf(ctx, money, { limit: 9 }).map(({ cause }) => cause));
      expect(causes()).toMatchObject([{ kind: 'bought', peer: carol, deal: behind }]);
      run((ctx) => purchaseRefunded(ctx, behind));
      run((ctx) => purchaseRefunded(ctx, behind));
      expect([seller.books('expense:purchases'), purchase()?.lost]).toEqual([0, false]);
      expect(causes()[0]).toMatchObject({ kind: 'refund', peer: carol, deal: behind });
      expect(look()).toEqual([]);
    });

    it('is looked after in two minutes, then more and more seldom, for thirteen hours', () => {
      expect(seller.nextInMs).toBe(2 * minute);
      seller.world.now += 2 * minute;
      const due = run((ctx) => takeDueTimers(ctx, 9));
      expect(due).toContainEqual({ kind: 'lost-purchase', deal: behind });
      expect([look(), seller.nextInMs]).toEqual([['tab'], 2 * minute]);
      seller.world.now += 58 * minute;
      look();
      expect(seller.nextInMs).toBe(0 - 56 * minute + 116 * minute);
      seller.world.now += 12 * 60 * minute;
      const planned = seller.nextInMs;
      run((ctx) => lookForRefund(ctx, behind));
      expect(seller.nextInMs).toBe(planned);
    });
  });

  describe('that is on its way', () => {
    it('is retrieved once it is opened, and again after a start', () => {
      seller.putPurchase('opening', own);
      seller.world.takeEffects();
      run((ctx) => takeOpening(ctx, behind, { kind: 'answered', status: 200, body: {} }));
      expect(state()).toBe('retrieving');
      expect(seller.world.takeEffects()).toContainEqual({ kind: 'retrieve', deal: behind });
      run((ctx) => resumeRetrievals(ctx));
      expect(seller.world.takeEffects()).toEqual([{ kind: 'retrieve', deal: behind }]);
      run((ctx) => takeOpening(ctx, behind, refused('access-key-spent')));
      expect(state()).toBe('retrieving');
    });

    it('fails where it cannot be opened, or not be retrieved', () => {
      seller.putPurchase('opening', own);
      run((ctx) => takeOpening(ctx, behind, refused('access-key-spent')));
      expect([state(), purchase()?.failure?.code]).toEqual(['failed', 'access-key-spent']);
      for (const before of ['opening', 'retrieving'] as const) {
        seller.putPurchase(before, own);
        run((ctx) => retrievalFailed(ctx, behind, problem('document-gone', 'No.')));
        expect(state()).toBe(before === 'opening' ? 'opening' : 'failed');
      }
    });
  });
});
