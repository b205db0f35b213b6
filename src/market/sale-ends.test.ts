import { beforeEach, describe, expect, it } from 'vitest';
import { draft, sealStatement } from '../identity/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { type Card, cardStatement, type Delivery, deliveryStatement } from '../protocol/index.ts';
import { discover } from '../trust/index.ts';
import { answerDelivery, answerOpening, saleDeadline } from './acceptance.ts';
import { type Sale, saleOf } from './deals.ts';
import {
  alice,
  carol,
  deal,
  endedSales,
  fromCarol,
  LoneSeller,
  self,
  waitingSales,
  walden,
} from './lone-seller.suite.ts';

describe('a sale that was made', () => {
  let seller: LoneSeller;

  beforeEach(() => {
    seller = new LoneSeller();
  });

  const run: LoneSeller['world']['run'] = (work) => seller.world.run(work);
  const meet = (peer: typeof carol) => {
    const payload: Card = {
      ...{ iss: peer, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Met' },
      ...{ sequence: 1, endpoints: ['https://met:1'], accepts: [] },
    };
    const card = { payload, text: sealStatement(draft(cardStatement, payload), testSigner(peer)) };
    run((ctx) => discover(ctx, card, { way: 'seller-by-buyer', documentId: walden.documentId }));
    return card;
  };
  /** Who was put on a list since the effects were last taken. */
  const listed = () =>
    seller.world
      .takeEffects()
      .flatMap((effect) => (effect.kind === 'neighbor' ? [effect.neighbor.peer] : []));

  describe('whose time is over', () => {
    const over = () => run((ctx) => saleDeadline(ctx, alice, deal));
    const instructed = (change: Partial<Sale> = {}) => {
      seller.putPurchase('passed-on', { serving: carol });
      seller.put('instructed', { supply: fromCarol, ...change });
      meet(carol);
      seller.world.takeEffects();
    };

    it('is closed then and not before, and whom it made known is kept', () => {
      instructed();
      seller.world.now += 60_000 - 1;
      over();
      expect([seller.sale()?.state, listed()]).toEqual(['instructed', []]);
      seller.world.now += 1;
      over();
      expect([seller.sale()?.state, listed()]).toEqual(['closed', [carol]]);
    });

    it('is closed without keeping anybody where it was contested', () => {
      const contest = { reason: 'corrupt', note: '', at: 0, text: '', outcome: 'refused' } as const;
      instructed({ contest });
      seller.world.now += 60_000;
      over();
      expect([seller.sale()?.state, listed()]).toEqual(['closed', []]);
    });

    it('is closed without keeping anybody where it came from the own shelf, or nobody served it', () => {
      instructed({ supply: { kind: 'shelf' } });
      seller.putPurchase('passed-on');
      seller.world.now += 60_000;
      over();
      expect([seller.sale()?.state, listed()]).toEqual(['closed', []]);
      seller.put('instructed', { supply: fromCarol });
      seller.world.now += 60_000;
      over();
      expect([seller.sale()?.state, listed()]).toEqual(['closed', []]);
    });

    it.each([...waitingSales, ...endedSales])('and that is %s stays as it is', (state) => {
      seller.put(state);
      seller.world.now += 60_000;
      over();
      expect(seller.sale()?.state).toBe(state);
      run((ctx) => saleDeadline(ctx, carol, deal));
    });
  });

  describe('of which the buyer says that it arrived', () => {
    const delivered = (iat = 1) => {
      const key = seller.sale()?.supply.accessKey ?? '';
      const payload: Delivery = {
        ...{ iss: carol, iat, jti: 'AAAAAAAAAAAAAAAAAAAAAA', aud: self },
        ...{ sub: walden.documentId, deal },
      };
      const text = sealStatement(draft(deliveryStatement, payload), testSigner(carol));
      const said = run((ctx) => answerDelivery(ctx, carol, key, { delivery: { payload, text } }));
      expect(said).toEqual({ ok: true, value: { documentId: walden.documentId } });
      return text;
    };
    /** The sale's instructions went on to Carol, who opens with them. */
    const opened = () => {
      seller.accept();
      const accessKey = seller.sale()?.supply.accessKey ?? '';
      const card = meet(carol);
      const answer = run((ctx) => answerOpening(ctx, carol, { accessKey, card }));
      expect(answer).toMatchObject({ ok: true, value: { size: walden.sizeBytes } });
      seller.world.takeEffects();
    };
    const change = (of: Partial<Sale>) => {
      const sale = run((ctx) => saleOf(ctx, alice, deal));
      if (sale) seller.put(of.state ?? sale.state, { ...sale, ...of });
      seller.world.takeEffects();
    };

    it('is delivered, and who retrieved it is kept, once', () => {
      opened();
      const text = delivered();
      expect(seller.sale()).toMatchObject({ state: 'delivered', delivery: text });
      expect(listed()).toEqual([carol]);
      delivered();
      expect(listed()).toEqual([]);
    });

    it('is shown to a buyer that had contested it, and nobody is kept', () => {
      opened();
      const contest = {
        reason: 'not-delivered',
        note: '',
        at: 0,
        text: '',
        outcome: 'refunded',
      } as const;
      change({ contest });
      const text = delivered();
      expect(seller.world.takeEffects()).toMatchObject([
        { kind: 'event' },
        {
          kind: 'call',
          call: {
            to: { peer: alice },
            request: { route: 'showDelivery', body: { delivery: text } },
          },
        },
      ]);
    });

    it('is not ended by it where it is paid against the key: that the payment does', () => {
      opened();
      change({ sealed: {} });
      const text = delivered();
      expect(seller.sale()).toMatchObject({ state: 'instructed', delivery: text });
      expect(listed()).toEqual([]);
      change({ sealed: {}, state: 'delivered' });
      delivered();
      expect(listed()).toEqual([carol]);
    });

    it('keeps its first word where it says so again, later as it claims', () => {
      opened();
      change({ sealed: {} });
      const text = delivered();
      delivered(2);
      expect(seller.sale()?.delivery).toBe(text);
    });

    it('is shown to a buyer that had contested it against the key', () => {
      opened();
      const contest = { reason: 'corrupt', note: '', at: 0, text: '', outcome: 'noted' } as const;
      change({ sealed: {}, state: 'delivered', contest });
      delivered();
      expect(seller.world.takeEffects()).toMatchObject([
        { kind: 'call', call: { to: { peer: alice }, request: { route: 'showDelivery' } } },
      ]);
    });
  });
});
