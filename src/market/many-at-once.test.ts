import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { entriesOf, tabView } from '../tabs/index.ts';
import type { Purchase, PurchaseState } from './deals.ts';
import { buy, purchaseOf, recentPurchases, searchOf, startSearch } from './index.ts';
import { dave, own, refused } from './lone-buyer.suite.ts';
import { LoneSealed } from './lone-sealed.suite.ts';
import { behind, money as currency, deal } from './lone-seller.suite.ts';

const third = 'DDDDDDDDDDDDDDDDDDDDDA' as typeof deal;
const titles = ['one', 'two', 'three', 'four', 'five', 'six'].map((n) => `walden ${n}`);

describe('who buys six documents at once of a seller that gives no credit', () => {
  /** Alice has so much, each costs 10; how her purchases ended, and what she paid on Bob's tab. */
  const buyAll = (money: number, seed: number) => {
    const market = new TestMarket(seed);
    const alice = market.trader('alice');
    const bob = market.trader('bob', {
      settings: {
        ...{ accepts: [market.accepted(0)], creditLimit: 0 },
        pricing: [{ flat: 10, perMebibyte: 0 }],
      },
      documents: titles.map((title) => testDocument(title)),
    });
    market.chain(alice, bob);
    market.open(money);
    const { bids } = market.search(alice, 'walden', 50);
    market.world.do(alice, (ctx) => {
      for (const { id } of bids) buy(ctx, id);
    });
    market.settle();
    const ends = market.world.read(alice, (ctx) =>
      recentPurchases(ctx, 9).map(({ state, failure }) => failure?.code ?? state),
    );
    const { payments, balance } = market.world.read(bob, (ctx) => ({
      payments: entriesOf(ctx, alice.id, market.currency, 0).filter(
        ({ kind }) => kind === 'payment',
      ),
      balance: tabView(ctx, alice.id, market.currency).balance,
    }));
    const left = market.world.read(alice, (ctx) =>
      balanceOf(ctx, market.currency, 'assets:balance'),
    );
    return { ends: ends.toSorted(), payments: payments.length, balance, left };
  };

  it.each([1, 2, 3, 4, 5])('gets all, and pays for all together: world %s', (seed) => {
    const { ends, payments, balance, left } = buyAll(500, seed);
    expect(ends).toEqual(titles.map(() => 'delivered'));
    expect([balance, left]).toEqual([0, 440]);
    expect(payments).toBeLessThanOrEqual(2);
  });

  it.each([1, 2, 3])('gets those that its money lasts for: world %s', (seed) => {
    const { ends, balance, left } = buyAll(25, seed);
    expect(ends.filter((end) => end === 'delivered')).toHaveLength(2);
    expect([balance, left]).toEqual([0, 5]);
  });
});

describe('who asks six questions at once of a neighbor that gives no credit', () => {
  it.each([1, 2, 3, 4, 5])('is answered each, and pays for all together: world %s', (seed) => {
    const market = new TestMarket(seed);
    const alice = market.trader('alice');
    const bob = market.trader('bob', {
      settings: { creditLimit: 0 },
      documents: titles.map((title) => testDocument(title)),
    });
    market.chain(alice, bob);
    market.open(500);
    const offers = [{ currency: market.currency, maxPrice: 50 as Amount }];
    const searches = market.world.do(alice, (ctx) =>
      titles.map((text) => startSearch(ctx, { query: { text }, offers })),
    );
    market.settle();
    const found = searches.map((each) =>
      market.world.read(alice, (ctx) => (each.ok ? searchOf(ctx, each.value.id)?.bids : undefined)),
    );
    expect(found).toEqual(titles.map(() => 1));
    const payments = market.world
      .read(bob, (ctx) => entriesOf(ctx, alice.id, market.currency, 0))
      .filter(({ kind }) => kind === 'payment');
    expect(payments.length).toBeLessThanOrEqual(2);
  });
});

describe('who has to pay first while another purchase of the same seller is under way', () => {
  it.each([
    ['pays for both', 12, 0],
    ['pays for the one where its money lasts for no more', 11, 5],
    ['pays nothing where it does not last for that', 5, 5],
  ])('%s', (_what, money, left) => {
    const x = new LoneSealed();
    x.fund(money);
    for (const each of [deal, behind]) {
      x.expectCharge(currency, each);
      x.putPurchase('accepting', { ...own, deal: each });
    }
    x.answer(refused('tab-limit', { needed: 6 }));
    expect(x.books('assets:balance')).toBe(left);
    const { state, failure } = x.world.run((ctx) => purchaseOf(ctx, behind)) ?? {};
    const short = left === money;
    expect([state, failure?.code]).toEqual(
      short ? ['failed', 'insufficient-funds'] : ['paying', undefined],
    );
  });

  /** This peer owes so much that any payment is explained; the other purchase costs 6, too. */
  const left = (state: PurchaseState, other: Partial<Purchase>) => {
    const x = new LoneSealed();
    x.fund(30);
    for (const each of [deal, behind, third]) x.expectCharge(currency, each);
    x.putPurchase(state, { ...own, deal, ...other });
    x.putPurchase('accepting', own);
    x.answer(refused('tab-limit', { needed: 6 }));
    return x.books('assets:balance');
  };

  it.each([
    ['another seller', { seller: dave }],
    ['another currency', { currency: dave }],
    ['money that is held against the key', { sealed: {} }],
  ])('pays nothing besides for a purchase of, or with, %s', (_what, other) => {
    expect([left('accepting', other), left('paying', other)]).toEqual([24, 24]);
  });

  it('pays for those that are being accepted, or wait for a payment, and for no others', () => {
    const states = ['accepting', 'paying', 'preparing', 'opening', 'failed', 'delivered'] as const;
    expect(states.map((state) => left(state, {}))).toEqual([18, 18, 24, 24, 24, 24]);
  });
});
