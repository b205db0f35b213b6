import { beforeEach, describe, expect, it } from 'vitest';
import { takeDueTimers } from '../kernel/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import {
  isConcealed,
  noteSale,
  openPurchases,
  type PurchaseState,
  postponeSale,
  purchasesOfDocument,
  purchasesOn,
  recentPurchases,
  recentSales,
  type SaleState,
  salesIn,
  salesOf,
  salesOfDocument,
} from './deals.ts';
import {
  alice,
  behind,
  carol,
  deal,
  endedSales,
  fromCarol,
  LoneSeller,
  waitingSales,
  walden,
} from './lone-seller.suite.ts';

const minute = 60_000;
const openStates = [
  'accepting',
  'preparing',
  'paying',
  'agreed',
  'opening',
  'retrieving',
  'holding',
  'unsealing',
] as const;
const endedStates = ['delivered', 'passed-on', 'failed', 'expired'] as const;
const otherSales: readonly SaleState[] = ['instructed', 'holding', 'claiming'];

describe('the deals of a peer', () => {
  let x: LoneSeller;

  beforeEach(() => {
    x = new LoneSeller();
  });

  const run: LoneSeller['world']['run'] = (work) => x.world.run(work);
  const due = (inMs: number) => {
    x.world.now += inMs;
    return run((ctx) => takeDueTimers(ctx, 9));
  };
  const named = (n: number) => `${n}`.padEnd(22, 'A') as typeof deal;

  it.each(openStates)('end by a timer while a purchase is %s', (state) => {
    x.putPurchase('failed');
    x.putPurchase(state);
    expect(due(minute - 1)).toEqual([]);
    expect(due(1)).toEqual([{ kind: 'purchase-deadline', deal: behind }]);
  });

  it.each(endedStates)('end by no timer once a purchase is %s', (state) => {
    x.putPurchase(state);
    expect(due(minute)).toEqual([]);
  });

  it.each([...waitingSales, ...otherSales, ...endedSales])(
    'end by a timer or not, while a sale is %s',
    (state) => {
      x.put(state);
      const timer = { kind: 'sale-deadline', buyer: alice, deal };
      expect(due(minute - 1)).toEqual([]);
      expect(due(1)).toEqual(endedSales.includes(state) ? [] : [timer]);
    },
  );

  it('end each by its own timer, the newest of it', () => {
    x.putPurchase('opening');
    x.putPurchase('opening', { deal: named(1) });
    x.put('instructed');
    x.put('instructed', { buyer: carol });
    x.put('instructed', { deal: named(1) });
    x.world.now += 1;
    x.putPurchase('retrieving');
    expect(due(minute - 1)).toHaveLength(4);
    expect(due(1)).toEqual([{ kind: 'purchase-deadline', deal: behind }]);
  });

  it('are told to the person, and remember each state with its time', () => {
    const first = x.putPurchase('accepting');
    x.world.takeEffects();
    x.world.now += 5;
    const { history, since } = x.putPurchase('opening', first);
    expect(x.world.takeEffects()).toEqual([
      { kind: 'event', event: { type: 'deal', deal: behind, side: 'purchase', state: 'opening' } },
    ]);
    expect(history).toEqual([
      { state: 'accepting', at: since - 5 },
      { state: 'opening', at: since },
    ]);
    x.put('buying');
    expect(x.world.takeEffects()).toEqual([
      { kind: 'event', event: { type: 'deal', deal, side: 'sale', state: 'buying' } },
    ]);
  });

  it('that are under way are found, whatever their state', () => {
    const all: readonly PurchaseState[] = [...openStates, ...endedStates];
    for (const [n, state] of all.entries()) x.putPurchase(state, { deal: named(n) });
    const found = run((ctx) => openPurchases(ctx).map(({ state }) => state));
    expect(found.toSorted()).toEqual(openStates.toSorted());
  });

  it('are listed from the newest on, or from a time on', () => {
    for (let n = 0; n < 4; n++) {
      x.putPurchase('failed', { deal: named(n) });
      x.put('closed', { deal: named(n) });
      x.world.now += 10;
    }
    const at = x.world.now - 30;
    const of = (deals: readonly { readonly deal: string }[]) =>
      deals.map((each) => Number(each.deal[0]));
    expect(of(run((ctx) => recentPurchases(ctx, 3)))).toEqual([3, 2, 1]);
    expect(of(run((ctx) => recentPurchases(ctx, 9, at)))).toEqual([1, 0]);
    expect(of(run((ctx) => recentSales(ctx, 3)))).toEqual([3, 2, 1]);
    expect(of(run((ctx) => recentSales(ctx, 9, at - 1)))).toEqual([0]);
  });

  it('are found by bid, by document, by state and by id', () => {
    const other = testDocument('other').documentId;
    const { bidId = '' } = x.putPurchase('failed');
    x.putPurchase('failed', { deal: named(1), bidId: 'another', documentId: other });
    x.put('closed');
    x.put('buying', { buyer: carol, documentId: other });
    expect(run((ctx) => purchasesOn(ctx, bidId)).map((each) => each.deal)).toEqual([behind]);
    const { documentId } = walden;
    expect(run((ctx) => purchasesOfDocument(ctx, documentId)).map((each) => each.deal)).toEqual([
      behind,
    ]);
    expect(run((ctx) => salesOfDocument(ctx, documentId)).map(({ buyer }) => buyer)).toEqual([
      alice,
    ]);
    expect(run((ctx) => salesIn(ctx, 'buying')).map(({ buyer }) => buyer)).toEqual([carol]);
    expect(run((ctx) => salesOf(ctx, deal))).toHaveLength(2);
    expect(run((ctx) => salesOf(ctx, behind))).toEqual([]);
  });

  it('of a buyer that waits keep its exchange until it is answered', () => {
    const answered = (state: SaleState) => {
      const before = x.put('buying');
      const waits = run((ctx) => noteSale(ctx, before, { exchange: 'x1' }));
      return x.put(state, waits).exchange;
    };
    expect(waitingSales.map(answered)).toEqual(['x1', 'x1', 'x1']);
    expect(otherSales.map(answered)).toEqual([undefined, undefined, undefined]);
    const sale = x.put('buying');
    const later = run((ctx) => postponeSale(ctx, sale, x.world.now + 2 * minute));
    expect(x.sale()).toEqual(later);
    expect(later).toEqual({ ...sale, deadlineAt: x.world.now + 2 * minute });
  });

  it('are concealed where a supplier’s document is served as an own one', () => {
    const concealed = { kind: 'supplier', purchase: behind, concealed: true } as const;
    const sales = [
      x.put('buying', { supply: concealed }),
      x.put('buying', { supply: fromCarol }),
      x.put('buying'),
    ];
    expect(sales.map(isConcealed)).toEqual([true, false, false]);
  });
});
