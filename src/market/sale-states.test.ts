import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { journalOf, owesUs } from '../books/index.ts';
import { entriesOf } from '../tabs/index.ts';
import {
  alice,
  carol,
  deal,
  endedSales,
  fromCarol,
  LoneSeller,
  money,
  waitingSales,
} from './lone-seller.suite.ts';
import { expectPatience, saleFailed, salePatience, takeSaleBack } from './supply.ts';

describe('a sale', () => {
  let seller: LoneSeller;

  beforeEach(() => {
    seller = new LoneSeller();
  });

  const run: LoneSeller['world']['run'] = (work) => seller.world.run(work);
  const entries = () =>
    run((ctx) => entriesOf(ctx, alice, money, 0).map(({ kind, amount }) => [kind, amount]));
  const causes = () => run((ctx) => journalOf(ctx, money, { limit: 9 }).map(({ cause }) => cause));

  describe('from the shelf', () => {
    it('is charged, booked as sold, and answered with its instructions', () => {
      expect(seller.accept()).toMatchObject([
        ['x2', expect.arrayContaining(['instructions', 'tab'])],
      ]);
      expect(entries()).toEqual([['purchase', 10]]);
      expect([seller.books('income:sales'), seller.books(owesUs(alice))]).toEqual([-10, 10]);
      expect(causes()).toMatchObject([{ kind: 'sold', peer: alice, deal }]);
      expect(seller.sale()).toMatchObject({
        state: 'instructed',
        charged: { entry: 1, balance: 10 },
      });
    });

    it('has no entry on the tab where it is free', () => {
      seller.accept({ price: 0 as Amount });
      expect(seller.sale()).toMatchObject({ state: 'instructed', price: 0 });
      expect(seller.sale()).not.toHaveProperty('charged');
      expect(entries()).toEqual([]);
    });

    it('is not made past the limit of the tab', () => {
      expect(seller.accept({ price: 101 as Amount })).toEqual([['x2', 'tab-limit']]);
      expect([seller.sale(), entries()]).toEqual([undefined, []]);
    });

    it('is not made on a bid of another peer, nor on one that is over, nor with an undesirable peer', () => {
      expect(seller.accept({ iss: carol })).toEqual([['x2', 'unknown-bid']]);
      const { exp } = seller.bid().payload;
      seller.world.now = exp * 1000 + 1_000;
      expect(seller.accept({ exp })).toEqual([['x2', 'bid-expired']]);
      const known = seller.world.neighbors.get(alice);
      if (known) seller.world.neighbors.put({ ...known, list: 'undesirable' });
      expect(seller.accept()).toEqual([['x2', 'undesirable']]);
      expect([seller.sale(), entries()]).toEqual([undefined, []]);
    });

    it('is not made of a document that is gone, nor against the key where the bid does not offer that', () => {
      expect(seller.accept({}, { sealed: true })).toEqual([['x2', 'not-sealed']]);
      seller.shelf.clear();
      expect(seller.accept()).toEqual([['x2', 'document-gone']]);
      expect([seller.sale(), entries()]).toEqual([undefined, []]);
    });
  });

  describe('that is accepted again', () => {
    it.each(waitingSales)(
      'while it is %s waits in the newest exchange, as long as its buyer says',
      (state) => {
        seller.put(state, { exchange: 'x1', supply: fromCarol });
        expect(seller.accept({}, { withinMs: 40_000 })).toEqual([]);
        expect(seller.sale()).toMatchObject({
          state,
          exchange: 'x2',
          waitsUntil: seller.world.now + 40_000,
        });
        seller.accept({}, {}, 'x3');
        expect(seller.sale()).toMatchObject({
          exchange: 'x3',
          waitsUntil: seller.world.now + 40_000,
        });
        expect(entries()).toEqual([]);
      },
    );

    it.each([
      ['buying', 'accepting', undefined],
      ['buying', 'preparing', 25_000],
      ['retrieving', 'accepting', 25_000],
      ['sealing', 'accepting', 25_000],
    ] as const)(
      'while it is %s and its supplier is %s is told to wait after %s ms',
      (state, supplied, patience) => {
        seller.put(state, { supply: fromCarol });
        seller.putPurchase(supplied);
        seller.accept();
        expect(seller.nextInMs).toBe(patience ?? 60_000);
      },
    );

    it('while it is buying waits for the supplier alone where nobody supplies it', () => {
      seller.put('buying');
      seller.putPurchase('preparing');
      seller.accept();
      expect(seller.nextInMs).toBe(60_000);
    });

    it.each(['refunded', 'lapsed'] as const)('after it was %s is told so', (state) => {
      seller.put(state);
      expect(seller.accept()).toEqual([['x2', 'supplier-failed']]);
    });

    it.each(['instructed', 'holding', 'claiming', 'delivered', 'closed'] as const)(
      'while it is %s gets its instructions',
      (state) => {
        seller.put(state, { instructions: 'x.y.z' });
        const members = ['instructions', 'tab', 'contestWithinMs'];
        expect(seller.accept()).toEqual([['x2', members]]);
        seller.put(state, { instructions: 'x.y.z', sealed: {} });
        expect(seller.accept({}, { sealed: true })).toEqual([['x2', [...members, 'sealed']]]);
      },
    );

    it('is refused where it is about another bid, or another way of paying', () => {
      seller.put('instructed');
      expect(seller.accept({ jti: 'DDDDDDDDDDDDDDDDDDDDDA' })).toEqual([['x2', 'deal-id-reused']]);
      expect(seller.accept({}, { sealed: true })).toEqual([['x2', 'deal-id-reused']]);
      seller.put('instructed', { sealed: {} });
      expect(seller.accept()).toEqual([['x2', 'deal-id-reused']]);
    });
  });

  describe('whose buyer waits for a document that is not here yet', () => {
    const patience = (leftMs?: number, again?: boolean) => {
      const sale = seller.put(
        'retrieving',
        leftMs === undefined ? {} : { waitsUntil: seller.world.now + leftMs },
      );
      run((ctx) => expectPatience(ctx, sale, again));
      return seller.nextInMs;
    };

    it.each([
      [undefined, false, 5_000],
      [undefined, true, 25_000],
      [11_000, false, 5_000],
      [9_000, false, 4_500],
      [30_000, true, 15_000],
      [0, false, 0],
      [-5_000, false, 0],
    ])(
      'tells one that waits for %s ms, again: %s, after %s ms to ask again',
      (left, again, after) => {
        expect(patience(left, again)).toBe(after);
      },
    );

    it('is told by when that ends, once for each time it asks', () => {
      const patient = () => run((ctx) => salePatience(ctx, alice, deal));
      seller.put('retrieving', { exchange: 'x1' });
      seller.world.now += 20_000;
      seller.world.takeEffects();
      patient();
      patient();
      expect(seller.world.takeEffects()).toMatchObject([
        {
          kind: 'refuse',
          exchange: 'x1',
          problem: { code: 'not-ready', members: { retryAfterMs: 1_000, endsInMs: 40_000 } },
        },
      ]);
      seller.put('retrieving', { exchange: 'x2' });
      seller.world.now += 90_000;
      seller.world.takeEffects();
      patient();
      expect(seller.world.takeEffects()).toMatchObject([{ problem: { members: { endsInMs: 0 } } }]);
    });

    it('is told nothing once the sale is another', () => {
      for (const state of ['instructed', ...endedSales] as const) {
        seller.put(state, { exchange: 'x1' });
        seller.world.takeEffects();
        run((ctx) => salePatience(ctx, alice, deal));
        expect(seller.world.takeEffects()).toEqual([]);
      }
      run((ctx) => salePatience(ctx, carol, deal));
      expect(seller.world.takeEffects()).toEqual([]);
    });
  });

  describe('whose supplier failed', () => {
    const fails = () => run((ctx) => saleFailed(ctx, alice, deal));

    it.each(waitingSales)('while it was %s is refunded once, and its buyer is told', (state) => {
      seller.put(state, { exchange: 'x1', supply: fromCarol });
      seller.world.takeEffects();
      fails();
      fails();
      expect(seller.answers()).toEqual([['x1', 'supplier-failed']]);
      expect([seller.sale()?.state, entries()]).toEqual(['refunded', [['refund', -10]]]);
      expect([seller.books('clearing:deals'), seller.books(owesUs(alice))]).toEqual([10, -10]);
      expect(causes()).toMatchObject([{ kind: 'refund', peer: alice, deal }]);
    });

    it('is refunded where nobody waits for the answer now', () => {
      seller.put('buying', { supply: fromCarol });
      seller.world.takeEffects();
      fails();
      expect([seller.answers(), seller.sale()?.state]).toEqual([[], 'refunded']);
    });

    it('lapses where it was against the key: nothing was charged', () => {
      seller.put('sealing', { exchange: 'x1', sealed: {} });
      seller.world.takeEffects();
      fails();
      expect([seller.answers(), seller.sale()?.state]).toEqual([
        [['x1', 'supplier-failed']],
        'lapsed',
      ]);
      seller.put('sealing', { sealed: {} });
      seller.world.takeEffects();
      fails();
      expect([seller.answers(), entries()]).toEqual([[], []]);
    });

    it.each(['instructed', ...endedSales] as const)('after it was %s stays as it is', (state) => {
      seller.put(state, { exchange: 'x1' });
      seller.world.takeEffects();
      fails();
      expect([seller.answers(), seller.sale()?.state, entries()]).toEqual([[], state, []]);
      run((ctx) => saleFailed(ctx, carol, deal));
    });
  });

  it('that is taken back gives up the commission, or the whole price of what was its own', () => {
    seller.putPurchase('passed-on');
    const sale = seller.put('instructed', { supply: fromCarol });
    run((ctx) => takeSaleBack(ctx, sale));
    expect([
      seller.books('income:commissions'),
      seller.books('clearing:deals'),
      seller.books(owesUs(alice)),
    ]).toEqual([4, 6, -10]);
    expect(causes().map(({ kind, via }) => [kind, via])).toContainEqual(['refund', carol]);
    const own = seller.put('instructed');
    run((ctx) => takeSaleBack(ctx, own));
    expect([seller.books('income:sales'), seller.books('income:commissions')]).toEqual([10, 4]);
  });
});
