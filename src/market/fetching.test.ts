import { beforeEach, describe, expect, it } from 'vitest';
import { allDiscoveries } from '../trust/index.ts';
import { type Purchase, type PurchaseState, purchaseOf } from './deals.ts';
import { retrieved } from './fetching.ts';
import { keptCopyOf } from './kept.ts';
import { bytes, dave, LoneBuyer, own } from './lone-buyer.suite.ts';
import { alice, behind, carol, deal, fromCarol, walden } from './lone-seller.suite.ts';

const minute = 60_000;
const hours = 60 * minute;
const concealed = { kind: 'resale', buyer: alice, deal, conceal: true } as const;

describe('a document that was bought', () => {
  let x: LoneBuyer;

  beforeEach(() => {
    x = new LoneBuyer();
  });

  const run: LoneBuyer['world']['run'] = (work) => x.world.run(work);
  const purchase = () => run((ctx) => purchaseOf(ctx, behind));
  const accepted = (change: Partial<Purchase>, instructions = x.instructions()) => {
    x.putPurchase('accepting', change);
    x.expectCharge();
    x.agree(instructions);
  };
  const found = () =>
    run((ctx) => allDiscoveries(ctx).map(({ peer, way, via }) => [peer, way, via]));

  describe('for the person', () => {
    const opensUntil = (instructions?: string) => {
      accepted(own, instructions);
      return (purchase()?.deadlineAt ?? 0) - x.world.now;
    };

    it('is opened with the own card, and makes its server known', () => {
      accepted(own);
      expect(x.calls('opening')[0]?.request.body).toMatchObject({ accessKey: bytes });
      expect(purchase()).toMatchObject({ state: 'opening', serving: dave });
      expect(found()).toEqual([[dave, 'seller-by-buyer', carol]]);
    });

    it('is on its way until the instructions end, a day and their clock’s skew at most', () => {
      expect(opensUntil()).toBe(24 * hours);
      const now = Math.floor(x.world.now / 1000);
      expect(opensUntil(x.instructions({ exp: now + 60 }))).toBe(minute);
      expect(opensUntil(x.instructions({ exp: now + 48 * 3600 }))).toBe(24 * hours + 2 * minute);
    });
  });

  describe('for a buyer', () => {
    it('is not opened: its instructions are passed on, word for word', () => {
      x.put('buying', { supply: fromCarol, exchange: 'x1' });
      const text = x.instructions();
      accepted({}, text);
      expect(x.calls('opening')).toEqual([]);
      expect([purchase()?.state, purchase()?.deadlineAt]).toEqual(['passed-on', x.world.now]);
      expect(x.sale()).toMatchObject({ state: 'instructed', instructions: text });
      expect(found()).toEqual([[dave, 'seller-by-intermediary', carol]]);
    });

    it('that is concealed is opened, for six hours at most', () => {
      x.put('buying', { supply: fromCarol, exchange: 'x1' });
      accepted({ purpose: concealed });
      expect(x.calls('opening')).toHaveLength(1);
      expect(purchase()).toMatchObject({ state: 'opening', deadlineAt: x.world.now + 6 * hours });
      expect(x.sale()).toMatchObject({ state: 'retrieving', deadlineAt: x.world.now + 6 * hours });
      expect(x.sale()?.instructions).toBeUndefined();
    });

    it('that has waited long is opened for what is left of twelve hours', () => {
      x.put('buying', { supply: fromCarol, at: x.world.now - 11 * hours });
      accepted({ purpose: concealed });
      expect(purchase()?.deadlineAt).toBe(x.world.now + hours);
      expect(x.sale()?.deadlineAt).toBe(x.world.now + hours);
    });

    it.each(['refunded', 'instructed'] as const)('whose sale is %s changes nothing there', (at) => {
      x.put(at, { supply: fromCarol });
      accepted({ purpose: concealed });
      expect([purchase()?.state, x.sale()?.state]).toEqual(['opening', at]);
    });
  });

  describe('and is here', () => {
    const has = (at: PurchaseState, change: Partial<Purchase> = {}, kept?: string) => {
      const instructions = { endpoints: ['https://serves:1'], accessKey: bytes } as never;
      x.putPurchase(at, { ...own, serving: dave, instructions, ...change });
      x.world.takeEffects();
      const done = run((ctx) => retrieved(ctx, behind, '/walden.txt', kept));
      return done.ok ? done.value.state : done.error.code;
    };

    it('is delivered, and its server gets the word for it', () => {
      expect(has('retrieving')).toBe('delivered');
      const { path, delivery } = purchase() ?? {};
      expect(path).toBe('/walden.txt');
      expect(x.calls('delivery')).toMatchObject([
        {
          to: { peer: dave, endpoints: ['https://serves:1'] },
          request: { route: 'deliver', body: { delivery }, bearer: bytes },
          purpose: { deal: behind },
        },
      ]);
      expect(run((ctx) => keptCopyOf(ctx, walden.documentId))).toBeUndefined();
    });

    it('keeps who served it, unless the deal is contested', () => {
      const kept = (change: Partial<Purchase>) => {
        x = new LoneBuyer();
        x.world.settings = { ...x.world.settings, policy: 3 };
        accepted(own);
        const known = purchase();
        x.putPurchase('retrieving', { ...known, ...own, ...change });
        x.world.takeEffects();
        run((ctx) => retrieved(ctx, behind, '/walden.txt'));
        return x.world
          .takeEffects()
          .flatMap((effect) => (effect.kind === 'neighbor' ? [effect.neighbor.peer] : []));
      };
      const contest = { reason: 'corrupt', note: '', text: '', state: 'sent' } as const;
      expect(kept({})).toEqual([dave]);
      expect(kept({ contest: { ...contest, at: 0, since: 0, deadlineAt: 0 } })).toEqual([]);
    });

    it('is delivered though it was given up, or came too late', () => {
      expect([has('failed'), has('expired')]).toEqual(['delivered', 'delivered']);
    });

    it.each(['not-delivered', 'corrupt', 'not-as-described'] as const)(
      'though it was contested as %s: its server gets no word that would make the contest a lie',
      (reason) => {
        const contest = { reason, note: '', text: '', state: 'sent', at: 0, since: 0 } as const;
        expect(has('failed', { contest: { ...contest, deadlineAt: 0 } })).toBe('delivered');
        const said = reason === 'not-as-described';
        expect(purchase()?.path).toBe('/walden.txt');
        expect(purchase()?.delivery !== undefined).toBe(said);
        expect(x.calls('delivery')).toHaveLength(said ? 1 : 0);
      },
    );

    it('again is nothing new', () => {
      expect(has('delivered', { path: '/before' })).toBe('delivered');
      expect([purchase()?.path, x.calls()]).toEqual(['/before', []]);
    });

    it('was never bought', () => {
      expect(has('retrieving', { deal: deal as typeof behind })).toBe('unknown-deal');
      x = new LoneBuyer();
      x.putPurchase('retrieving', own);
      expect(run((ctx) => retrieved(ctx, behind, '/walden.txt'))).toMatchObject({
        error: { code: 'unknown-deal' },
      });
    });

    it('for a buyer stands on the shelf as a kept copy, and that one gets its instructions', () => {
      x.put('retrieving', {
        supply: { kind: 'supplier', purchase: behind, concealed: true },
        exchange: 'x1',
      });
      expect(has('retrieving', { purpose: concealed }, 'kept/walden')).toBe('delivered');
      expect(run((ctx) => keptCopyOf(ctx, walden.documentId))).toMatchObject({
        place: 'kept/walden',
        seller: carol,
      });
      expect(x.sale()).toMatchObject({ state: 'instructed', supply: { concealed: true } });
      expect(x.sale()?.supply.accessKey).toHaveLength(43);
      expect(x.books('income:commissions')).toBe(-4);
    });

    it.each(['opening', 'failed', 'expired', 'passed-on'] as const)(
      'for a buyer that does not wait any more is nothing: %s',
      (at) => {
        expect([has(at, { purpose: concealed }, 'kept/walden'), purchase()?.state]).toEqual([
          ...['unknown-deal', at],
        ]);
        expect(run((ctx) => keptCopyOf(ctx, walden.documentId))).toBeUndefined();
      },
    );

    it.each(['retrieving', 'holding', 'failed'] as const)(
      'is only noise before its key is known: %s',
      (at) => {
        expect(has(at, { sealed: {} })).toBe('unknown-deal');
        expect(has('unsealing', { sealed: {} })).toBe('delivered');
      },
    );
  });
});
