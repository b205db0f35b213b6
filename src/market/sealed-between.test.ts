import { beforeEach, describe, expect, it } from 'vitest';
import { takeDueTimers } from '../kernel/index.ts';
import { cardStatement } from '../protocol/index.ts';
import { discover } from '../trust/index.ts';
import { saleDeadline } from './acceptance.ts';
import {
  noteSale,
  type Purchase,
  type PurchaseState,
  purchaseOf,
  type SaleState,
} from './deals.ts';
import { takeHoldOut } from './index.ts';
import { dave } from './lone-buyer.suite.ts';
import { LoneSealed, ours } from './lone-sealed.suite.ts';
import { alice, behind, carol, deal, fromCarol, money } from './lone-seller.suite.ts';
import { purchaseDeadline } from './purchase.ts';

const minute = 60_000;

describe('who sells against the key what a supplier sells so', () => {
  let x: LoneSealed;

  beforeEach(() => {
    x = new LoneSealed();
    x.fund();
  });

  const state = () => x.sale()?.state;
  const bought = () => x.world.run((ctx) => purchaseOf(ctx, behind));
  const sells = (at: SaleState, from: PurchaseState, change: Partial<Purchase> = {}) => {
    x.putPurchase(from, { sealed: { terms: x.soldTerms(), order: ours }, ...change });
    return x.putSealed(at, { supply: fromCarol });
  };
  const margin = 3_600 + 50 * 60;
  const orders = () =>
    x.world.effects.filter(
      (effect) => effect.kind === 'call' && effect.call.purpose.kind === 'order',
    );

  it('holds for that one as soon as its buyer holds', () => {
    sells('instructed', 'agreed', { sealed: { terms: x.soldTerms() } });
    x.hold({}, { expires: x.nowSeconds + margin });
    expect(x.holdIn('held')).toEqual([]);
    expect(orders()).toHaveLength(1);
    expect([state(), bought()?.state]).toEqual(['holding', 'holding']);
    expect(x.sale()?.deadlineAt).toBe((x.nowSeconds + margin) * 1000 + 10 * minute);
    expect(bought()?.sealed?.expires).toBe(x.nowSeconds + 3_600);
  });

  it('gives back a hold in which it could not be paid any more', () => {
    sells('instructed', 'agreed');
    x.hold({}, { expires: x.nowSeconds + margin - 1 });
    expect(x.holdIn('held')).toEqual(['release-hold']);
    expect([state(), bought()?.state, orders()]).toEqual(['instructed', 'agreed', []]);
  });

  it.each(['accepting', 'holding', 'failed', 'expired'] as const)(
    'gives a hold back where its own purchase is %s',
    (from) => {
      sells('instructed', from);
      x.hold();
      expect([x.holdIn('held'), state()]).toEqual([['release-hold'], 'instructed']);
    },
  );

  it('gives a hold back where it has not the money itself', () => {
    x = new LoneSealed();
    x.fund(5);
    sells('instructed', 'agreed');
    x.hold();
    expect(x.holdIn('held')).toEqual(['release-hold']);
    expect([state(), bought()?.state, bought()?.failure?.code]).toEqual([
      ...['lapsed', 'failed', 'insufficient-funds'],
    ]);
  });

  it('takes its buyer’s hold by the key that its own was paid for', () => {
    sells('holding', 'holding');
    x.hold();
    expect(x.holdOut('settled', x.key)).toEqual(['claim-hold']);
    expect([state(), bought()?.state]).toEqual(['claiming', 'passed-on']);
    expect(x.standing()?.counter?.account).toBe('clearing:deals');
    expect(bought()?.lost).toBeUndefined();
    expect(bought()?.sealed).toMatchObject({ key: x.key, order: ours });
    // The same again costs nothing: it has claimed already.
    expect(x.holdOut('settled', x.key)).toEqual([]);
    expect(bought()?.lost).toBeUndefined();
    x.holdIn('settled');
    expect(x.books('income:commissions')).toBe(-4);
    expect(state()).toBe('delivered');
  });

  it.each(['instructed', 'lapsed'] as const)('loses where its sale is %s by then', (at) => {
    sells(at, 'holding');
    x.hold();
    expect(x.holdOut('settled', x.key)).toEqual([]);
    expect([bought()?.state, bought()?.lost]).toEqual(['passed-on', true]);
    expect(x.books('expense:purchases')).toBe(6);
  });

  it('loses where its buyer’s hold has ended', () => {
    sells('holding', 'holding');
    x.hold({ state: 'voided' });
    x.holdOut('settled', x.key);
    expect([state(), bought()?.lost]).toEqual(['lapsed', true]);
  });

  it('gives its buyer’s money back once its own is', () => {
    sells('holding', 'holding');
    x.hold();
    expect(x.holdOut('voided')).toEqual(['release-hold']);
    expect([state(), bought()?.state]).toEqual(['lapsed', 'failed']);
  });

  it.each(['passed-on', 'failed'] as const)(
    'whose own purchase is %s bears it where its buyer’s money went back',
    (from) => {
      sells('claiming', from);
      x.hold();
      x.holdIn('voided');
      expect([state(), bought()?.lost]).toEqual([
        'lapsed',
        from === 'passed-on' ? true : undefined,
      ]);
    },
  );

  it('bears it, too, where that shows only after its own claim was given up', () => {
    sells('claiming', 'passed-on');
    x.hold();
    x.world.now = x.sale()?.deadlineAt ?? 0;
    x.world.run((ctx) => saleDeadline(ctx, alice, deal));
    expect([state(), bought()?.lost]).toEqual(['lapsed', undefined]);
    x.holdIn('voided');
    x.holdIn('voided');
    expect([bought()?.lost, x.books('expense:purchases')]).toEqual([true, 6]);
  });

  it('gives its buyer’s money back also where the issuer said long after the end that its own is', () => {
    sells('holding', 'holding');
    x.hold();
    x.world.now = bought()?.deadlineAt ?? 0;
    x.world.run((ctx) => purchaseDeadline(ctx, behind));
    expect([state(), bought()?.state]).toEqual(['holding', 'failed']);
    expect(x.holdOut('voided')).toEqual(['release-hold']);
    expect([state(), bought()?.failure?.code]).toEqual(['lapsed', 'unreachable']);
    expect(bought()?.history.filter((step) => step.state === 'failed')).toHaveLength(1);
  });

  it.each(['agreed', 'passed-on', 'expired'] as const)(
    'gives nothing back where its own purchase is %s',
    (from) => {
      sells('holding', from);
      x.hold();
      expect([x.holdOut('voided'), state(), bought()?.state]).toEqual([[], 'holding', from]);
    },
  );

  it('bears nothing where it was paid, whatever is said of the hold then', () => {
    sells('delivered', 'passed-on');
    x.hold();
    x.holdIn('voided');
    expect([state(), bought()?.lost]).toEqual(['delivered', undefined]);
  });

  it('passes its supplier’s instructions on, and waits for a hold that lasts an hour longer', () => {
    x.put('buying', { supply: fromCarol, exchange: 'x1', sealed: {} });
    x.putPurchase('accepting', { sealed: {} });
    const { documentId, sha256 } = x.terms();
    const text = x.instructions({ sealed: { documentId, sha256 } });
    x.agree(text, { sealed: { transactionId: 'sealed-x', holdSeconds: 3_600 } });
    expect(x.answers()).toEqual([['x1', ['instructions', 'tab', 'contestWithinMs', 'sealed']]]);
    const deadlineAt = x.world.now + 25 * 60 * minute;
    expect(x.sale()).toMatchObject({
      ...{ state: 'instructed', instructions: text, deadlineAt },
      sealed: { terms: { documentId, sha256, holdSeconds: 7_200 } },
    });
    expect(bought()).toMatchObject({ state: 'agreed', deadlineAt, serving: dave });
  });

  it('passes them on to nobody whose deal is over', () => {
    x.put('lapsed', { supply: fromCarol, sealed: {} });
    x.putPurchase('accepting', { sealed: {} });
    const { documentId, sha256 } = x.terms();
    x.agree(x.instructions({ sealed: { documentId, sha256 } }), {
      sealed: { transactionId: 'sealed-x', holdSeconds: 3_600 },
    });
    expect([state(), bought()?.state, x.answers()]).toEqual(['lapsed', 'agreed', []]);
  });

  it('keeps whom it met once nobody can contest the deal any more, and not before', () => {
    x.hold();
    sells('claiming', 'passed-on', { serving: dave, sealed: { terms: x.soldTerms() } });
    const sale = x.sale();
    const { documentId } = x.terms();
    x.world.run((ctx) => {
      const card = ctx.open(cardStatement, x.card(dave));
      if (card.ok) discover(ctx, card.value, { way: 'seller-by-intermediary', documentId });
      if (sale) noteSale(ctx, sale, { contestWithinMs: 66 * 60 * minute });
    });
    // From the hold on, which was to last an hour and ends in three.
    const from = x.world.now + 2 * 60 * minute;
    x.holdIn('settled');
    const listed = (ms: number) => {
      x.world.now = ms;
      const due = x.world.run((ctx) => takeDueTimers(ctx, 99));
      x.world.takeEffects();
      x.world.run((ctx) => saleDeadline(ctx, alice, deal));
      const kept = x.world.takeEffects().filter(({ kind }) => kind === 'neighbor').length;
      return [due.filter(({ kind }) => kind === 'sale-deadline').length, kept];
    };
    listed(x.world.now + 3 * 60 * minute);
    expect(listed(from + 66 * 60 * minute)).toEqual([0, 0]);
    expect([listed(from + 66 * 60 * minute + 1), state()]).toEqual([[1, 1], 'delivered']);
  });

  it('hears nothing of holds that are for something else', () => {
    sells('holding', 'holding');
    x.hold();
    const purpose = { kind: 'hold', use: 'exchange', peer: carol, reference: behind } as const;
    const fact = { kind: 'hold-out', state: 'voided', currency: money, order: ours } as const;
    x.world.run((ctx) =>
      takeHoldOut(ctx, { ...fact, purpose: { ...purpose, account: 'equity:exchange' } }),
    );
    x.world.run((ctx) => takeHoldOut(ctx, { ...fact, purpose: { kind: 'gift', note: '' } }));
    expect([state(), bought()?.state]).toEqual(['holding', 'holding']);
  });
});
