import { beforeEach, describe, expect, it } from 'vitest';
import { isPending, nextResendAt, type Outcome, settleCall } from '../kernel/index.ts';
import { mirrorOf } from '../tabs/index.ts';
import { type Purchase, type PurchaseState, purchaseOf, type SaleState } from './deals.ts';
import { LoneBuyer, own, refused } from './lone-buyer.suite.ts';
import { alice, behind, carol, deal, fromCarol, money } from './lone-seller.suite.ts';
import { takeNotReady } from './preparing.ts';
import { acceptWaiting } from './purchase.ts';

const minute = 60_000;
const hours = 60 * minute;

describe('a seller that is not ready', () => {
  let x: LoneBuyer;
  let call: string;

  beforeEach(() => {
    x = new LoneBuyer();
  });

  const run: LoneBuyer['world']['run'] = (work) => x.world.run(work);
  const purchase = () => run((ctx) => purchaseOf(ctx, behind));
  /** The purchase is asked for, and what it is set to then. */
  const asked = (change: Partial<Purchase> = own, at: PurchaseState = 'accepting') => {
    x.putPurchase('paying', change);
    x.world.takeEffects();
    run((ctx) => acceptWaiting(ctx, carol, money));
    call = x.calls('acceptance')[0]?.id ?? '';
    if (at !== 'accepting') x.putPurchase(at, change);
  };
  const tab = { currency: money, balance: 6, entries: 1 };
  const notReady = (says: object = {}) =>
    refused('not-ready', { retryAfterMs: 1_000, endsInMs: hours, tab, ...says });
  const told = (outcome: Outcome = notReady(), which = call) =>
    run((ctx) => takeNotReady(ctx, which, behind, outcome));
  const againIn = () => (run((ctx) => nextResendAt(ctx)) ?? 0) - x.world.now;

  it('has charged, and is asked again when it says, until ten minutes after its own end', () => {
    asked();
    expect([told(), purchase()?.state]).toEqual([true, 'preparing']);
    expect(purchase()?.deadlineAt).toBe(x.world.now + hours + 10 * minute);
    expect(againIn()).toBe(1_000);
    expect(run((ctx) => mirrorOf(ctx, carol, money)).entries).toBe(1);
  });

  it('cannot put its end off by saying so again', () => {
    asked();
    told();
    const before = purchase();
    x.world.now += minute;
    expect(told(notReady({ retryAfterMs: 2_000 }))).toBe(true);
    expect([purchase(), againIn()]).toEqual([before, 2_000]);
    x.world.now = (before?.deadlineAt ?? 0) - 500;
    told();
    expect(againIn()).toBe(500);
  });

  it('is not believed any more once that end is there, however often it says so', () => {
    asked();
    told();
    x.world.now = purchase()?.deadlineAt ?? 0;
    expect(told()).toBe(false);
    expect(x.world.run((ctx) => settleCall(ctx, call, notReady()))).toBe(true);
    expect(x.world.run((ctx) => isPending(ctx, call))).toBe(false);
  });

  it('is waited for twelve hours and ten minutes from the beginning on at most', () => {
    asked({ ...own, at: x.world.now - 11 * hours });
    told(notReady({ endsInMs: 2 * hours }));
    expect(purchase()?.deadlineAt).toBe(x.world.now + hours + 10 * minute);
  });

  it.each([
    [0, 250],
    [249, 250],
    [251, 251],
    [60_000, 60_000],
    [61_000, 60_000],
  ])('that says %s ms is asked again after %s ms', (retryAfterMs, inMs) => {
    asked();
    told(notReady({ retryAfterMs }));
    expect(againIn()).toBe(inMs);
  });

  it('whose tab is in another currency is not charged by it', () => {
    asked();
    expect(told(notReady({ tab: { ...tab, currency: alice } }))).toBe(true);
    expect(run((ctx) => mirrorOf(ctx, carol, money)).entries).toBe(0);
  });

  it.each<[string, Outcome]>([
    ['another refusal', refused('internal', { retryAfterMs: 1, endsInMs: 1, tab })],
    ['an answer', { kind: 'answered', status: 200, body: { retryAfterMs: 1, endsInMs: 1, tab } }],
    ['no end', notReady({ endsInMs: undefined })],
    ['a negative end', notReady({ endsInMs: -1 })],
    ['a negative pause', notReady({ retryAfterMs: -1 })],
    ['no tab', notReady({ tab: undefined })],
  ])('is not what %s says', (_what, outcome) => {
    asked();
    expect([told(outcome), purchase()?.state]).toEqual([false, 'accepting']);
  });

  it('counts for nothing where nobody asks, or the purchase is not waiting', () => {
    asked();
    expect(told(notReady(), 'another')).toBe(false);
    for (const at of ['paying', 'opening', 'failed', 'passed-on'] as const) {
      asked(own, at);
      expect([told(), purchase()?.state]).toEqual([false, at]);
    }
  });

  describe('behind which a buyer waits', () => {
    const resold = (at: SaleState, purpose: object = {}, endsInMs = hours) => {
      x.put(at, { supply: fromCarol, exchange: 'x1' });
      asked({ withinMs: 24_000, purpose: { kind: 'resale', buyer: alice, deal, ...purpose } });
      x.world.takeEffects();
      told(notReady({ endsInMs }));
    };

    it('lets it wait half a minute longer at each link, and tells it so', () => {
      resold('buying');
      expect(purchase()?.deadlineAt).toBe(x.world.now + hours + 30_000);
      expect(x.sale()).toMatchObject({ state: 'buying', deadlineAt: x.world.now + hours + minute });
      const refusals = x.world.effects.filter(({ kind }) => kind === 'refuse');
      expect(refusals).toMatchObject([
        { exchange: 'x1', problem: { code: 'not-ready', members: { endsInMs: hours + minute } } },
      ]);
    });

    it('lets it wait for the own retrieval, too, where that is concealed', () => {
      resold('buying', { conceal: true });
      expect(purchase()?.deadlineAt).toBe(x.world.now + hours + 30_000);
      expect(x.sale()?.deadlineAt).toBe(x.world.now + hours + minute + 6 * hours);
    });

    it('lets it wait twelve hours at most', () => {
      resold('buying', {}, 13 * hours);
      expect(x.sale()?.deadlineAt).toBe(x.world.now + 12 * hours);
      expect(purchase()?.deadlineAt).toBe(x.world.now + 12 * hours - 30_000);
    });

    it('is waited for no longer where that one waits no more', () => {
      resold('refunded');
      expect(purchase()?.deadlineAt).toBe(x.world.now + 24_000);
      expect(x.sale()?.state).toBe('refunded');
    });
  });
});
