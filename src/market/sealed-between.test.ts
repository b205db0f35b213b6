import { beforeEach, describe, expect, it } from 'vitest';
import { type Purchase, type PurchaseState, purchaseOf, type SaleState } from './deals.ts';
import { LoneSealed, ours } from './lone-sealed.suite.ts';
import { behind, fromCarol } from './lone-seller.suite.ts';

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
    expect(x.holdOut('settled', x.key)).toEqual([]);
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
});
