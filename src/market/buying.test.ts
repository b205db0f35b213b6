import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { post, weOwe } from '../books/index.ts';
import { addCurrency } from '../money/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { expectedCharges, isExpected, mirrorOf } from '../tabs/index.ts';
import { receivedBid } from './bids.ts';
import { type Purchase, type PurchaseState, purchaseOf } from './deals.ts';
import { bytes, dave, LoneBuyer, own, refused } from './lone-buyer.suite.ts';
import { alice, behind, carol, deal, money, self, walden } from './lone-seller.suite.ts';
import { acceptWaiting, buy, payWaiting, startPurchase } from './purchase.ts';

const minute = 60_000;

describe('a bid', () => {
  let buyer: LoneBuyer;

  beforeEach(() => {
    buyer = new LoneBuyer();
  });

  const run: LoneBuyer['world']['run'] = (work) => buyer.world.run(work);
  const purchase = (id = behind) => run((ctx) => purchaseOf(ctx, id));
  const awaited = (currency = money) =>
    run((ctx) => isExpected(ctx, carol, currency, { kind: 'purchase', reference: behind }));

  describe('that a person accepts', () => {
    const bought = (id: string, chosen?: boolean) => {
      const result = run((ctx) => buy(ctx, id, chosen));
      return result.ok ? result.value : result.error.code;
    };

    it('is bought once, until that has come to nothing', () => {
      const id = buyer.bidOfCarol();
      const first = bought(id) as Purchase;
      expect(first).toMatchObject({ state: 'accepting', bidId: id, seller: carol, payments: 0 });
      expect(bought(id)).toEqual(first);
      expect(buyer.calls('acceptance')).toHaveLength(1);
      for (const state of ['retrieving', 'delivered'] as const) {
        buyer.putPurchase(state, { ...first, ...own });
        expect(bought(id)).toMatchObject({ deal: first.deal, state });
      }
      for (const state of ['failed', 'expired'] as const) {
        buyer.putPurchase(state, { ...first, ...own });
        const next = bought(id) as Purchase;
        expect(next.deal).not.toBe(first.deal);
        buyer.putPurchase('failed', { ...next, ...own });
      }
    });

    it('is bought beside the purchase that was made on it for a buyer', () => {
      const id = buyer.bidOfCarol();
      const resold = buyer.putPurchase('retrieving', { bidId: id });
      expect((bought(id) as Purchase).deal).not.toBe(resold.deal);
    });

    it('is refused where nobody made it, or it has expired', () => {
      expect(bought('DDDDDDDDDDDDDDDDDDDDDA')).toBe('unknown-bid');
      const id = buyer.bidOfCarol();
      buyer.world.now += 10 * minute;
      expect(bought(id)).toMatchObject({ state: 'accepting' });
      buyer.putPurchase('failed', { ...(bought(id) as Purchase), ...own });
      buyer.world.now += 1_000;
      expect(bought(id)).toBe('bid-expired');
      expect(bought(id, true)).toBe('bid-expired');
    });

    it('is asked for with its text for ten minutes, and its charge is expected', () => {
      const id = buyer.bidOfCarol();
      buyer.world.takeEffects();
      const { deal: made, bidText, deadlineAt, withinMs = 0 } = bought(id) as Purchase;
      const [call] = buyer.calls('acceptance');
      expect(call).toMatchObject({
        to: { peer: carol },
        request: { route: 'accept', body: { bid: bidText, deal: made } },
        purpose: { deal: made },
      });
      expect(call?.request.body).not.toHaveProperty('sealed');
      expect(call?.request.body).toMatchObject({ withinMs });
      expect(withinMs).toBeGreaterThanOrEqual(30_000);
      expect(deadlineAt).toBe(buyer.world.now + 10 * minute);
      expect(run((ctx) => expectedCharges(ctx, carol, money))).toBe(6);
    });
  });

  describe('that is accepted for a buyer', () => {
    const started = (how: { withinMs: number; sealed?: boolean }) => {
      const id = buyer.bidOfCarol();
      const bid = run((ctx) => receivedBid(ctx, id));
      if (!bid) throw new Error('The bid was not kept.');
      buyer.world.takeEffects();
      return run((ctx) =>
        startPurchase(ctx, bid, { kind: 'resale', buyer: alice, deal }, { ...how, deal: behind }),
      );
    };

    it('is asked for as long as that one waits, and no longer at a later step', () => {
      const { deadlineAt } = started({ withinMs: 24_000 });
      const end = buyer.world.now + 24_000;
      expect(deadlineAt).toBe(end);
      expect(purchase()?.withinMs).toBe(24_000);
      buyer.world.now += 10_000;
      buyer.putPurchase('paying', { withinMs: 24_000, at: end - 24_000 });
      run((ctx) => acceptWaiting(ctx, carol, money));
      expect(purchase()).toMatchObject({ state: 'accepting', deadlineAt: end });
    });

    it('against the key costs nothing on the tab, and says so to the seller', () => {
      expect(started({ withinMs: 24_000, sealed: true })).toMatchObject({ sealed: {} });
      expect(buyer.calls('acceptance')[0]?.request.body).toMatchObject({ sealed: true });
      expect(run((ctx) => expectedCharges(ctx, carol, money))).toBe(0);
    });
  });

  describe('whose seller wants to be paid first', () => {
    const wants = (needed: number, change: Partial<Purchase> = {}) => {
      buyer.putPurchase('accepting', { ...own, ...change });
      buyer.answer(refused('tab-limit', { needed }));
      return [purchase()?.state, purchase()?.payments, purchase()?.failure?.code];
    };
    /** What this peer pays in is its own money: it is paid at once. */
    const issue = () => {
      const issues = { name: 'Own', symbol: 'O', decimals: 0, redeemableFor: '' };
      const fee = { flat: 0 as Amount, perMillion: 0 as Amount };
      buyer.world.settings = { ...buyer.world.settings, issues: { ...issues, fee } };
      buyer.expectCharge(self);
    };
    const inOwn = { currency: self };

    it('is paid, and accepted again once the payment is on the tab', () => {
      issue();
      expect(wants(6, inOwn)).toEqual(['paying', 1, undefined]);
      expect(purchase()?.orders).toHaveLength(1);
      expect(purchase()?.deadlineAt).toBe(buyer.world.now + 10 * minute);
      buyer.world.takeEffects();
      run((ctx) => payWaiting(ctx, self));
      // The payment is still on its way.
      expect([purchase()?.state, buyer.calls('acceptance')]).toEqual(['paying', []]);
      run((ctx) => acceptWaiting(ctx, carol, self));
      expect(purchase()?.state).toBe('accepting');
    });

    it('is waited for where another payment is under way, without a second one', () => {
      issue();
      buyer.expectCharge(self, deal);
      wants(6, inOwn);
      expect(wants(6, { ...inOwn, payments: 3, orders: ['x'] })).toEqual(['paying', 3, undefined]);
      expect(purchase()?.orders).toEqual(['x']);
    });

    it('is paid three times at most', () => {
      issue();
      // What was asked for explains another payment each time.
      buyer.expectCharge(self, deal);
      expect(wants(6, { ...inOwn, payments: 3 })).toEqual(['failed', 3, 'tab-limit']);
      expect(buyer.calls('tab-entries')).toHaveLength(1);
      expect(wants(6, { ...inOwn, payments: 2 })).toEqual(['paying', 3, undefined]);
    });

    it('is accepted again where so much lies paid ahead, but not for ever', () => {
      const cause = { kind: 'correction', reason: 'A test.' } as const;
      run((ctx) =>
        post(ctx, money, cause, [
          { account: weOwe(carol), amount: 6 },
          { account: 'income:gifts', amount: -6 },
        ]),
      );
      expect(wants(6)).toEqual(['accepting', 1, undefined]);
      expect(wants(6, { payments: 2 })).toEqual(['accepting', 3, undefined]);
      expect(wants(6, { payments: 3 })).toEqual(['failed', 3, 'tab-limit']);
      expect(purchase()?.orders).toBeUndefined();
    });

    it('is paid later where the issuer’s terms are not known yet', () => {
      buyer.expectCharge();
      run((ctx) => addCurrency(ctx, { currency: money, endpoints: ['https://bank:1'] }));
      expect(wants(6)).toEqual(['paying', 0, undefined]);
      expect(purchase()?.orders).toBeUndefined();
      buyer.world.takeEffects();
      run((ctx) => payWaiting(ctx, money));
      expect([purchase()?.state, buyer.calls('acceptance').length]).toEqual(['accepting', 1]);
    });

    it('is not paid past what was asked for, nor in money that the wallet does not have', () => {
      issue();
      expect(wants(7, inOwn)).toEqual(['failed', 0, 'tab-limit']);
      buyer.expectCharge();
      expect(wants(6)).toEqual(['failed', 0, 'unknown-currency']);
    });

    it('is not paid for a caller that waits no more', () => {
      issue();
      const resale = (agoMs: number) => {
        const purpose = { kind: 'resale', buyer: alice, deal: behind } as const;
        const { now } = buyer.world;
        return wants(6, { currency: self, purpose, at: now - agoMs, withinMs: 24_000 });
      };
      expect(resale(24_000)).toEqual(['failed', 0, 'tab-limit']);
      expect(resale(23_999)).toEqual(['paying', 1, undefined]);
    });

    it('is never paid where the price is held against the key', () => {
      issue();
      buyer.expectCharge(self);
      expect(wants(6, { ...inOwn, sealed: {} })).toEqual(['failed', 0, 'tab-limit']);
    });
  });

  describe('whose seller agrees', () => {
    const accepting = (change: Partial<Purchase> = {}, state: PurchaseState = 'accepting') => {
      buyer.putPurchase(state, { ...own, ...change });
      buyer.expectCharge();
    };
    const outcome = () => [purchase()?.state, purchase()?.failure?.code];

    it('is charged, keeps what it was told, and goes to the serving peer', () => {
      accepting();
      buyer.agree(undefined, { contestWithinMs: 7_200_000 });
      expect(purchase()).toMatchObject({
        ...{ state: 'opening', serving: dave, contestWithinMs: 7_200_000 },
        instructions: { sub: walden.documentId, iss: dave },
      });
      expect(purchase()?.sealed).toBeUndefined();
      expect(run((ctx) => mirrorOf(ctx, carol, money)).entries).toBe(1);
      expect(buyer.calls('opening')).toMatchObject([
        { to: { peer: dave, endpoints: ['https://serves:1'] }, request: { route: 'open' } },
      ]);
    });

    it('also where it had said that it was not ready', () => {
      accepting({}, 'preparing');
      buyer.agree();
      expect(purchase()?.state).toBe('opening');
    });

    it('is not charged by a tab in another currency', () => {
      accepting();
      buyer.agree(undefined, { tab: { currency: alice, balance: 6, entries: 1 } });
      expect([purchase()?.state, awaited()]).toEqual(['opening', true]);
      expect(run((ctx) => mirrorOf(ctx, carol, money)).entries).toBe(0);
      expect(run((ctx) => mirrorOf(ctx, carol, alice)).entries).toBe(0);
    });

    const sealedBy = { documentId: walden.documentId, sha256: bytes };
    const terms = { transactionId: 'sealed-x', holdSeconds: 3_600 };
    it.each<[string, () => string, object, Partial<Purchase>]>([
      [
        'another document',
        () => buyer.instructions({ sub: testDocument('other').documentId }),
        {},
        {},
      ],
      ['another size', () => buyer.instructions({ size: walden.sizeBytes + 1 }), {}, {}],
      ['the card of another peer', () => buyer.instructions({ card: buyer.card(alice) }), {}, {}],
      ['no card', () => buyer.instructions({ card: 'x.y.z' }), {}, {}],
      ['no signature', () => `${buyer.instructions().slice(0, -8)}AAAAAAAA`, {}, {}],
      [
        'a sealed document that nobody asked for',
        () => buyer.instructions({ sealed: sealedBy }),
        { sealed: terms },
        {},
      ],
      [
        'a sealed document without its terms',
        () => buyer.instructions({ sealed: sealedBy }),
        {},
        {},
      ],
      [
        'no sealed document, though it was asked for',
        () => buyer.instructions(),
        {},
        { sealed: {} },
      ],
      ['terms of a seal alone', () => buyer.instructions(), { sealed: terms }, { sealed: {} }],
      ['no terms for its seal', () => buyer.instructions({ sealed: sealedBy }), {}, { sealed: {} }],
      [
        'a hold that is too short',
        () => buyer.instructions({ sealed: sealedBy }),
        { sealed: { ...terms, holdSeconds: 299 } },
        { sealed: {} },
      ],
      [
        'a hold that is too long',
        () => buyer.instructions({ sealed: sealedBy }),
        { sealed: { ...terms, holdSeconds: 24 * 3600 + 1 } },
        { sealed: {} },
      ],
    ])('fails where the instructions carry %s', (_what, text, more, change) => {
      accepting(change);
      buyer.agree(text(), more);
      const [state, code] = outcome();
      expect(state).toBe('failed');
      expect(['bad-statement', 'bad-signature']).toContain(code);
      // The seller has charged: whoever bought may contest.
      expect(run((ctx) => mirrorOf(ctx, carol, money)).entries).toBe(1);
      expect([buyer.calls('opening'), buyer.calls('tab-entries')]).toMatchObject([[], [{}]]);
    });

    it('fails where the instructions have ended, and not a second before', () => {
      const exp = Math.floor(buyer.world.now / 1000) + 60;
      const text = buyer.instructions({ exp });
      buyer.world.now = exp * 1000 + 999;
      accepting();
      buyer.agree(text);
      expect(outcome()).toEqual(['opening', undefined]);
      buyer.world.now = (exp + 1) * 1000;
      accepting();
      buyer.agree(text);
      expect(outcome()).toEqual(['failed', 'access-key-spent']);
    });

    it.each([300, 24 * 3600])('keeps the terms of a hold of %s seconds', (holdSeconds) => {
      accepting({ sealed: {} });
      const more = { sealed: { ...terms, holdSeconds } };
      buyer.agree(buyer.instructions({ sealed: sealedBy }), more);
      expect(purchase()).toMatchObject({
        ...{ state: 'opening' },
        sealed: { terms: { ...sealedBy, ...terms, holdSeconds } },
      });
    });
  });
});
