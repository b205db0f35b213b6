import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { IncomingHold } from '../money/wallet-state.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { problem } from '../problem.ts';
import { saleDeadline } from './acceptance.ts';
import type { Sale, SaleState } from './deals.ts';
import { resumeSealing, sealed, sealingFailed } from './index.ts';
import { LoneSealed, theirs } from './lone-sealed.suite.ts';
import { alice, carol, deal, endedSales, fromCarol, money, walden } from './lone-seller.suite.ts';
import { offersSealed, sealOf, tooManySealed } from './sealed-sale.ts';

const minute = 60_000;
const all: readonly SaleState[] = [
  ...(['buying', 'retrieving', 'sealing', 'instructed', 'holding', 'claiming'] as const),
  ...endedSales,
];
const but = (...some: readonly SaleState[]) => all.filter((state) => !some.includes(state));

describe('who sells against the key', () => {
  let x: LoneSealed;

  beforeEach(() => {
    x = new LoneSealed();
    x.fund();
  });

  const run: LoneSealed['world']['run'] = (work) => x.world.run(work);
  const state = () => x.sale()?.state;
  const put = (at: SaleState, change: Partial<Sale> = {}) => x.putSealed(at, change);

  describe('offers it', () => {
    const offered = (
      offer: 'nobody' | 'others' | 'everybody',
      list: 'primary' | 'secondary',
      price = 1,
    ) => {
      x.world.settings = { ...x.world.settings, sealed: { offer, buy: 'prefer' } };
      const known = x.world.neighbors.get(alice);
      if (known) x.world.neighbors.put({ ...known, list });
      const bid = { currency: money, price: price as Amount };
      return run((ctx) => offersSealed(ctx, alice, bid));
    };

    it('to whom the settings say, and not for nothing', () => {
      expect([offered('everybody', 'primary'), offered('everybody', 'secondary')]).toEqual([
        true,
        true,
      ]);
      expect([offered('others', 'primary'), offered('others', 'secondary')]).toEqual([false, true]);
      expect([offered('nobody', 'primary'), offered('nobody', 'secondary')]).toEqual([
        false,
        false,
      ]);
      expect(offered('everybody', 'secondary', 0)).toBe(false);
    });

    it('in no currency whose issuer does not hold', () => {
      x = new LoneSealed();
      x.fund(100, []);
      expect(offered('everybody', 'secondary')).toBe(false);
    });
  });

  describe('begins no more of it', () => {
    const busy = (buyer = alice) => run((ctx) => tooManySealed(ctx, buyer))?.code;
    const begin = (n: number, at: SaleState, buyer = alice) => {
      for (let made = 0; made < n; made++) put(at, { deal: `${at} ${made}` as never, buyer });
    };
    const trust = (peer: typeof alice) =>
      x.world.neighbors.put({
        ...{ peer, name: 'Trusted', since: 0, reason: '', endpoints: [] },
        list: 'primary',
      });

    it.each(['buying', 'sealing', 'instructed'] as const)('than four for a buyer: %s', (at) => {
      begin(3, at);
      expect(busy()).toBeUndefined();
      begin(4, at);
      expect([busy(), busy(carol)]).toEqual(['rate-limited', undefined]);
    });

    it('where they are paid, or not sealed, it does not count', () => {
      for (const at of but('buying', 'sealing', 'instructed')) begin(9, at);
      for (let n = 0; n < 9; n++) x.put('instructed', { deal: `plain ${n}` as never });
      expect(busy()).toBeUndefined();
    });

    it('than sixteen for a primary neighbor', () => {
      trust(alice);
      begin(15, 'instructed');
      expect(busy()).toBeUndefined();
      begin(16, 'instructed');
      expect(busy()).toBe('rate-limited');
    });

    it('than 64 for all others, who take no place of the primary neighbors’', () => {
      begin(63, 'instructed', carol);
      expect(busy()).toBeUndefined();
      begin(64, 'instructed', carol);
      expect(busy()).toBe('rate-limited');
      trust(alice);
      expect(busy()).toBeUndefined();
    });

    it('without reading the other deals, of which a busy seller has thousands', () => {
      for (let n = 0; n < 200; n++) x.put('instructed', { deal: `plain ${n}` as never });
      for (const at of but('buying', 'sealing', 'instructed')) begin(20, at);
      begin(3, 'instructed');
      let read = 0;
      run((ctx) => {
        const scan: typeof ctx.tx.scan = (of, how) => {
          const found = ctx.tx.scan(of, how);
          read += found.length;
          return found;
        };
        return tooManySealed({ ...ctx, tx: { ...ctx.tx, scan } }, alice);
      });
      expect(read).toBeLessThanOrEqual(6);
    });

    it('until one of them is paid, or has lapsed', () => {
      begin(4, 'instructed');
      for (const at of ['holding', 'claiming', 'lapsed'] as const) {
        put('instructed', { deal: 'instructed 0' as never });
        expect(busy()).toBe('rate-limited');
        put(at, { deal: 'instructed 0' as never });
        expect(busy()).toBeUndefined();
      }
    });
  });

  it('is accepted again under the same bid while the document is encrypted', () => {
    expect(x.accept({ sealed: true }, { sealed: true })).toEqual([]);
    const { payload, text } = x.bid({ sealed: true });
    const began = { state: 'sealing', exchange: 'x2', bidId: payload.jti, bidText: text };
    expect(x.sale()).toMatchObject(began);
    expect(x.accept({ sealed: true }, { sealed: true }, 'x3')).toEqual([]);
    expect(x.sale()).toMatchObject({ state: 'sealing', exchange: 'x3', supply: { kind: 'shelf' } });
  });

  describe('encrypts the document', () => {
    const other = testDocument('another').documentId;
    const done = () => run((ctx) => sealed(ctx, alice, deal, other));
    const failed = () =>
      run((ctx) => sealingFailed(ctx, alice, deal, problem('document-gone', 'No.')));

    it('and tells its buyer where it is, and the lock', () => {
      put('sealing', { exchange: 'x1', sealed: { key: x.key } });
      x.world.takeEffects();
      done();
      expect(x.answers()).toEqual([['x1', ['instructions', 'tab', 'contestWithinMs', 'sealed']]]);
      expect(x.sale()).toMatchObject({
        ...{ state: 'instructed', deadlineAt: x.nowSeconds * 1000 + 25 * 60 * minute },
        sealed: { key: x.key, terms: { documentId: other, sha256: x.lock, holdSeconds: 3_600 } },
      });
      expect(run((ctx) => sealOf(ctx, alice, deal))).toMatchObject({
        ...{ documentId: walden.documentId, key: x.key, state: 'instructed' },
      });
    });

    it('for nobody who waits at the moment', () => {
      put('sealing');
      x.world.takeEffects();
      done();
      expect([state(), x.answers()]).toEqual(['instructed', []]);
    });

    it('in vain, as it is gone: nobody pays', () => {
      put('sealing', { exchange: 'x1' });
      x.world.takeEffects();
      failed();
      expect([state(), x.answers()]).toEqual(['lapsed', [['x1', 'document-gone']]]);
      put('sealing');
      x.world.takeEffects();
      failed();
      expect([state(), x.answers()]).toEqual(['lapsed', []]);
    });

    it.each(but('sealing'))('when it is %s: nothing', (at) => {
      put(at);
      done();
      failed();
      expect(state()).toBe(at);
      run((ctx) => sealed(ctx, carol, deal, other));
    });

    it('anew after a start', () => {
      put('sealing');
      x.world.takeEffects();
      run((ctx) => resumeSealing(ctx));
      expect(x.world.takeEffects()).toEqual([{ kind: 'seal', buyer: alice, deal }]);
    });

    it('of a sale that has no key of its own for nobody', () => {
      put('instructed', { supply: fromCarol });
      expect(run((ctx) => sealOf(ctx, alice, deal))).toBeUndefined();
      x.put('instructed');
      expect(run((ctx) => sealOf(ctx, alice, deal))).toBeUndefined();
      expect(run((ctx) => sealOf(ctx, carol, deal))).toBeUndefined();
    });
  });

  describe('sees the hold of its buyer', () => {
    const sees = (change: Partial<IncomingHold> = {}, terms = {}) => {
      x.hold(change, terms);
      return x.holdIn('held');
    };

    it('and shows the key to the issuer, once', () => {
      put('instructed');
      expect(sees()).toEqual(['claim-hold']);
      const expiresMs = (x.nowSeconds + 3 * 3_600) * 1000;
      expect(x.sale()).toMatchObject({
        ...{ state: 'claiming', deadlineAt: expiresMs + 10 * minute },
        sealed: { key: x.key, hold: { currency: money, payer: alice, order: theirs } },
      });
      expect(x.standing()).toMatchObject({ counter: { account: 'income:sales', cause: { deal } } });
      expect(x.holdIn('held')).toEqual([]);
      expect(state()).toBe('claiming');
    });

    it('and takes one that lasts just long enough', () => {
      put('instructed');
      expect(sees({}, { expires: x.nowSeconds + 300 })).toEqual(['claim-hold']);
    });

    it.each<[string, () => readonly string[]]>([
      ['of less', () => sees({ amount: 9 as Amount })],
      ['of more', () => sees({ amount: 11 as Amount })],
      ['under another lock', () => sees({}, { sha256: 'x' })],
      ['that ends too soon', () => sees({}, { expires: x.nowSeconds + 299 })],
    ])('and gives back one %s', (_what, see) => {
      put('instructed');
      expect([see(), state()]).toEqual([['release-hold'], 'instructed']);
    });

    it('and gives back one in another currency', () => {
      put('instructed');
      x.hold({ currency: carol });
      expect([x.holdIn('held', carol), state()]).toEqual([['release-hold'], 'instructed']);
    });

    it.each(but('instructed'))('when it is %s: it goes back', (at) => {
      put(at, { sealed: { terms: x.terms(), key: x.key } });
      expect([sees(), state()]).toEqual([['release-hold'], at]);
    });

    it('for a deal that is not sealed, or of nobody: it goes back', () => {
      x.put('instructed');
      expect(sees()).toEqual(['release-hold']);
      x.put('instructed', { sealed: { terms: x.terms() } });
      x.hold();
      expect(x.holdIn('held')).toEqual(['release-hold']);
      put('instructed', { buyer: carol });
      x.put('instructed', { deal: 'GGGGGGGGGGGGGGGGGGGGGA' as never });
      x.hold({ transactionId: 'sealed-nothing' });
      expect(x.holdIn('held')).toEqual(['release-hold']);
    });

    it('of another part, and leaves it alone', () => {
      put('instructed');
      expect(sees({ transactionId: `swap:${deal}` })).toEqual([]);
      expect(x.holdIn('voided')).toEqual([]);
    });

    it('which has ended already: nobody pays', () => {
      put('instructed');
      // What is refused at once is given back as well, in vain.
      expect([sees({ state: 'voided' }), state()]).toEqual([[], 'lapsed']);
    });
  });

  describe('hears of the hold of its buyer', () => {
    it.each(['holding', 'claiming', 'lapsed'] as const)('that it was taken, when %s', (at) => {
      x.hold();
      put(at);
      x.holdIn('settled');
      expect(state()).toBe('delivered');
      x.holdIn('settled');
      expect(x.sale()?.history.at(-2)?.state).toBe(at);
    });

    it.each(all)('that it went back, when %s', (at) => {
      x.hold();
      put(at);
      x.holdIn('voided');
      expect(state()).toBe(at === 'holding' || at === 'claiming' ? 'lapsed' : at);
    });
  });

  describe('whose buyer does not pay', () => {
    const over = () => run((ctx) => saleDeadline(ctx, alice, deal));

    it.each(['sealing', 'instructed', 'holding', 'claiming'] as const)(
      'and that is %s ends then, not before',
      (at) => {
        put(at, { exchange: 'x1' });
        x.world.takeEffects();
        x.world.now += minute - 1;
        over();
        expect([state(), x.answers()]).toEqual([at, []]);
        x.world.now += 1;
        over();
        const told = at === 'sealing' ? [['x1', 'document-gone']] : [];
        expect([state(), x.answers()]).toEqual(['lapsed', told]);
      },
    );

    it.each(['buying', 'delivered', 'lapsed'] as const)('and that is %s stays so', (at) => {
      put(at);
      x.world.now += minute;
      over();
      expect(state()).toBe(at);
    });
  });
});
