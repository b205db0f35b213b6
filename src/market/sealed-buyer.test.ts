import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { takeDueTimers } from '../kernel/index.ts';
import { ordersOf } from '../money/index.ts';
import { problem } from '../problem.ts';
import { receivedBid } from './bids.ts';
import { type Purchase, type PurchaseState, purchaseOf } from './deals.ts';
import { retrieved } from './fetching.ts';
import {
  holdRefused,
  resumeUnsealing,
  sealedOrderOver,
  sealedRetrieved,
  unsealFailed,
} from './index.ts';
import { dave, own } from './lone-buyer.suite.ts';
import { LoneSealed, ours } from './lone-sealed.suite.ts';
import { behind, carol, money, self } from './lone-seller.suite.ts';
import { wantsSealed } from './sealed-purchase.ts';

const minute = 60_000;
const all: readonly PurchaseState[] = [
  ...(['accepting', 'preparing', 'paying', 'agreed', 'opening', 'retrieving'] as const),
  ...(['holding', 'unsealing', 'delivered', 'passed-on', 'failed', 'expired'] as const),
];

describe('who buys against the key', () => {
  let x: LoneSealed;
  let made: number;
  let told: unknown;

  beforeEach(() => {
    made = 0;
    x = new LoneSealed();
    x.fund();
  });

  const run: LoneSealed['world']['run'] = (work) => x.world.run(work);
  const purchase = () => run((ctx) => purchaseOf(ctx, behind));
  const state = () => purchase()?.state;
  const failure = () => purchase()?.failure?.code;
  const put = (at: PurchaseState, change: Partial<Purchase> = {}, sealed = {}) =>
    x.putPurchase(at, {
      ...own,
      serving: dave,
      sealed: { terms: x.soldTerms(), ...sealed },
      ...change,
    });

  describe('takes a bid so', () => {
    const wanted = (
      list: 'primary' | 'secondary',
      buy: 'never' | 'prefer' | 'require',
      {
        chosen,
        offered = true,
        price = 6,
      }: { chosen?: boolean; offered?: boolean; price?: number } = {},
    ) => {
      x.world.neighbors.put({
        ...{ name: 'Carol', since: 0, reason: '', endpoints: ['https://carol:1'] },
        ...{ peer: carol, list },
      });
      x.world.settings = { ...x.world.settings, sealed: { offer: 'everybody', buy } };
      const bidId = x.bidOfCarol({
        ...{ jti: `${++made}`.padStart(4, 'D').padEnd(22, 'A'), price: price as Amount },
        ...(offered && { sealed: true }),
      });
      const bid = run((ctx) => receivedBid(ctx, bidId));
      const want = run((ctx) => wantsSealed(ctx, bid!, chosen));
      told = want.ok ? undefined : want.error.members;
      return want.ok ? want.value : want.error.code;
    };
    it.each([
      ['secondary', 'prefer', true],
      ['secondary', 'require', true],
      ['secondary', 'never', false],
      ['primary', 'prefer', false],
      ['primary', 'require', false],
    ] as const)('of a %s neighbor, as the settings say: %s', (list, buy, so) => {
      expect(wanted(list, buy)).toBe(so);
      // The person's own word counts more.
      expect(wanted(list, buy, { chosen: !so })).toBe(!so);
    });

    it('where it is not offered: not at all, or not so', () => {
      expect(wanted('secondary', 'prefer', { offered: false })).toBe(false);
      expect(wanted('secondary', 'require', { offered: false })).toBe('not-sealed');
      expect(wanted('secondary', 'prefer', { offered: false, chosen: true })).toBe('not-sealed');
      expect(wanted('primary', 'require', { offered: false })).toBe(false);
      x = new LoneSealed();
      x.fund(100, []);
      expect(wanted('secondary', 'require')).toBe('not-sealed');
    });

    it('where there is money for it, to the last unit', () => {
      expect(wanted('secondary', 'prefer', { price: 100 })).toBe(true);
      x = new LoneSealed();
      x.fund(99);
      expect(wanted('secondary', 'prefer', { price: 100 })).toBe('insufficient-funds');
      expect(told).toEqual({ balance: 99, needed: 100 });
    });
  });

  describe('has the encrypted document', () => {
    const came = () => {
      x.world.takeEffects();
      const held = run((ctx) => sealedRetrieved(ctx, behind, '/sealed/x', 65_536));
      return held.ok ? held.value.state : held.error.code;
    };

    it('and holds its price for the key, for as long as the seller says', () => {
      put('retrieving');
      expect(came()).toBe('holding');
      const expires = x.nowSeconds + 3_600;
      const [order] = run((ctx) => ordersOf(ctx, money, { limit: 1 }));
      expect(purchase()).toMatchObject({
        deadlineAt: expires * 1000 + 10 * minute,
        sealed: {
          ...{ path: '/sealed/x', pieceLengthBytes: 65_536, expires, order: order?.order },
          beginBy: x.nowSeconds + 600,
        },
      });
      expect(order).toMatchObject({
        ...{ payee: carol, amount: 6, transactionId: x.soldTerms().transactionId },
        ...{ hold: { sha256: x.lock, expires } },
        purpose: {
          ...{ kind: 'hold', use: 'delivery', peer: carol, reference: behind, deal: behind },
          account: 'expense:purchases',
        },
      });
    });

    it('and has not the money any more: it fails', () => {
      x = new LoneSealed();
      x.fund(5);
      put('retrieving');
      expect([came(), state(), failure()]).toEqual([
        'insufficient-funds',
        'failed',
        'insufficient-funds',
      ]);
    });

    it.each(all.filter((each) => each !== 'retrieving'))('when it is %s: nothing', (before) => {
      put(before);
      expect([came(), state()]).toEqual(['unknown-deal', before]);
    });

    it('of a deal that is not sealed: nothing', () => {
      x.putPurchase('retrieving', own);
      expect([came(), state()]).toEqual(['unknown-deal', 'retrieving']);
    });
  });

  describe('whose hold the issuer refuses', () => {
    const why = problem('insufficient-funds', 'No.');
    const beginBy = () => x.nowSeconds + 600;
    const over = () => run((ctx) => sealedOrderOver(ctx, behind));
    const due = () =>
      run((ctx) => takeDueTimers(ctx, 9)).filter(({ kind }) => kind === 'sealed-order');

    it('waits until no copy of the order can begin it any more', () => {
      put('holding', {}, { beginBy: beginBy(), order: ours });
      run((ctx) => holdRefused(ctx, behind, why));
      expect([state(), failure()]).toEqual(['holding', 'insufficient-funds']);
      expect(purchase()?.sealed).toMatchObject({ refused: true, order: ours });
      x.world.now += 600_000 + 240_000 - 1;
      expect(due()).toEqual([]);
      x.world.now += 1;
      expect(due()).toEqual([{ kind: 'sealed-order', deal: behind }]);
      over();
      expect([state(), failure()]).toEqual(['failed', 'insufficient-funds']);
    });

    it('knows at once that it was too late', () => {
      put('holding', {}, { beginBy: beginBy() });
      run((ctx) => holdRefused(ctx, behind, problem('order-expired', 'Late.')));
      expect(due()).toEqual([{ kind: 'sealed-order', deal: behind }]);
    });

    it('goes on where a copy has begun it after all', () => {
      put('holding', {}, { beginBy: beginBy(), order: ours });
      run((ctx) => holdRefused(ctx, behind, why));
      x.holdOut('held');
      expect(purchase()?.sealed).not.toHaveProperty('refused');
      over();
      expect(state()).toBe('holding');
    });

    it('fails by nothing else', () => {
      put('holding', {}, { order: ours });
      over();
      x.holdOut('held');
      expect(state()).toBe('holding');
      x.putPurchase('holding', own);
      run((ctx) => holdRefused(ctx, behind, why));
      expect([state(), failure()]).toEqual(['holding', undefined]);
    });

    it.each(all.filter((each) => each !== 'holding'))('when it is %s: nothing', (before) => {
      put(before, {}, { beginBy: beginBy() });
      run((ctx) => holdRefused(ctx, behind, why));
      expect([state(), failure(), purchase()?.sealed?.refused]).toEqual([
        before,
        undefined,
        undefined,
      ]);
    });
  });

  describe('hears of its hold', () => {
    it('that it went back: the deal has failed, and nothing was paid', () => {
      put('holding', {}, { order: ours });
      x.holdOut('voided');
      expect([state(), failure()]).toEqual(['failed', 'supplier-failed']);
    });

    it.each(all.filter((each) => each !== 'holding'))(
      'that it went back when it is %s',
      (before) => {
        put(before, {}, { order: ours });
        x.holdOut('voided');
        expect(state()).toBe(before);
      },
    );

    it.each(all.filter((each) => each !== 'unsealing' && each !== 'delivered'))(
      'that it paid, by the key, and decrypts, be it %s',
      (before) => {
        put(before, {}, { order: ours });
        x.holdOut('settled', x.key);
        expect(purchase()).toMatchObject({
          state: 'unsealing',
          sealed: { key: x.key, order: ours },
        });
        expect(purchase()?.deadlineAt).toBe(x.world.now + 7 * 24 * 60 * minute);
        expect(x.world.takeEffects()).toContainEqual({ kind: 'unseal', deal: behind });
      },
    );

    it.each(['unsealing', 'delivered'] as const)('again when it is %s: nothing', (before) => {
      put(before, {}, { order: ours });
      x.holdOut('settled', x.key);
      expect([state(), x.world.takeEffects()]).toEqual([before, []]);
    });

    it('of another order nothing, and by the first that it hears of knows its own', () => {
      put('holding', {}, { order: 'GGGGGGGGGGGGGGGGGGGGGA' });
      x.holdOut('voided');
      expect(state()).toBe('holding');
      put('holding');
      x.holdOut('held');
      expect(purchase()?.sealed).toMatchObject({ order: ours, terms: x.soldTerms() });
      x.holdOut('settled');
      expect(state()).toBe('holding');
      x.putPurchase('holding', own);
      x.holdOut('voided');
      expect(state()).toBe('holding');
    });
  });

  describe('decrypts', () => {
    const fails = (code: 'corrupt-document' | 'disk-full') =>
      run((ctx) => unsealFailed(ctx, behind, problem(code, 'No.')));

    it('anew after a start', () => {
      put('unsealing');
      x.world.takeEffects();
      run((ctx) => resumeUnsealing(ctx));
      expect(x.world.takeEffects()).toEqual([{ kind: 'unseal', deal: behind }]);
    });

    it('a fake: it fails, and whoever took part is undesirable', () => {
      put('unsealing');
      fails('corrupt-document');
      expect([state(), failure()]).toEqual(['failed', 'corrupt-document']);
      expect([x.marks(carol), x.marks(dave), x.marks(self)]).toEqual([1, 1, 0]);
    });

    it('nothing, for a reason of its own: nobody is undesirable', () => {
      put('unsealing');
      fails('disk-full');
      expect([state(), failure(), x.marks(carol)]).toEqual(['failed', 'disk-full', 0]);
    });

    it.each(all.filter((each) => each !== 'unsealing'))('nothing when it is %s', (before) => {
      put(before);
      fails('corrupt-document');
      expect([state(), x.marks(carol)]).toEqual([before, 0]);
    });

    it('and has the document then, and not before its key is known', () => {
      put('retrieving', { instructions: { endpoints: [], accessKey: x.key } as never });
      const has = () => run((ctx) => retrieved(ctx, behind, '/walden')).ok;
      expect(has()).toBe(false);
      put('unsealing', { instructions: { endpoints: [], accessKey: x.key } as never });
      expect([has(), state(), purchase()?.path]).toEqual([true, 'delivered', '/walden']);
      expect(x.calls('delivery')).toHaveLength(1);
    });
  });
});
