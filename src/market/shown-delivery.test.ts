import { beforeEach, describe, expect, it } from 'vitest';
import { draft, sealStatement } from '../identity/index.ts';
import { settleCall } from '../kernel/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import {
  type Contest,
  contestStatement,
  type Delivery,
  deliveryStatement,
} from '../protocol/index.ts';
import type { ContestMade, ContestTaken } from './contest-record.ts';
import { type Purchase, purchaseOf, type Sale } from './deals.ts';
import { dave, LoneBuyer, own } from './lone-buyer.suite.ts';
import { alice, behind, carol, deal, fromCarol, self, walden } from './lone-seller.suite.ts';
import { takeShownDelivery } from './shown-delivery.ts';

const hours = 60 * 60_000;
const other = 'DDDDDDDDDDDDDDDDDDDDDA';

describe('a delivery that is shown against a contest', () => {
  let x: LoneBuyer;

  beforeEach(() => {
    x = new LoneBuyer();
  });

  const run: LoneBuyer['world']['run'] = (work) => x.world.run(work);

  /** What Alice signed toward Dave, who served her: that the document arrived, under this peer's sale to her. */
  const word = (says: Partial<Delivery> = {}) => {
    const payload: Delivery = {
      ...{ iss: alice, iat: 1, jti: other, aud: dave, sub: walden.documentId, deal, ...says },
    };
    const text = sealStatement(draft(deliveryStatement, payload), testSigner(payload.iss));
    return { payload, text };
  };
  const complaint = (says: Partial<Contest> = {}): string => {
    const payload: Contest = {
      ...{ iss: alice, iat: 2, jti: other, aud: self, deal, reason: 'corrupt', note: '', ...says },
    };
    return sealStatement(draft(contestStatement, payload), testSigner(payload.iss));
  };
  const kept = { reason: 'corrupt', note: '', at: 0 } as const;
  const made = (): ContestMade => ({
    ...{ ...kept, state: 'sent', since: 0, deadlineAt: 0 },
    ...{ text: complaint({ iss: self, aud: carol, deal: behind }), firstText: complaint() },
  });
  const taken = (change: Partial<ContestTaken> = {}): ContestTaken => ({
    ...{ ...kept, text: complaint(), outcome: 'refunded', ...change },
  });

  /** Alice bought what Dave serves and Carol sold, and contested it. */
  const resold = (purchase: Partial<Purchase> = {}, sale: Partial<Sale> = {}) => {
    x.putPurchase('passed-on', { serving: dave, contest: made(), ...purchase });
    const sold = x.put('instructed', { supply: fromCarol, contest: taken(), ...sale });
    x.world.takeEffects();
    return sold;
  };
  const show = (delivery = word(), from = carol) => {
    const result = run((ctx) => takeShownDelivery(ctx, from, { deal: behind, delivery }));
    return result.ok ? 'taken' : result.error.code;
  };
  const known = () => run((ctx) => purchaseOf(ctx, behind)?.contest?.delivery);
  const shownOn = () => x.calls('shown-delivery').map(({ request }) => request.body?.['delivery']);

  it('is kept, and shown to the buyer that contested', () => {
    resold();
    expect(show()).toBe('taken');
    const { text } = word();
    expect([known(), x.sale()?.contest?.delivery]).toEqual([text, text]);
    expect(x.calls()).toMatchObject([
      {
        to: { peer: alice, endpoints: ['https://alice:1'] },
        request: { route: 'showDelivery', params: { deal }, body: { delivery: text } },
        purpose: { kind: 'shown-delivery', deal },
      },
    ]);
  });

  const contradicted = () => [
    run((ctx) => purchaseOf(ctx, behind)?.contest?.contradicted),
    x.sale()?.contest?.contradicted,
  ];

  // Who contested first signs none any more: a liar would date its contest before its word.
  it.each([1, 2, 3])(
    'contradicts the contest on both sides of the deal where its buyer signed it, however the two are dated: %s',
    (iat) => {
      resold();
      show(word({ iat }));
      expect(contradicted()).toEqual([true, true]);
    },
  );

  it('contradicts no contest of what the document is worth', () => {
    const said = { reason: 'not-as-described' } as const;
    resold({ contest: { ...made(), ...said } }, { contest: taken(said) });
    show();
    expect(known()).toBe(word().text);
    expect(contradicted()).toEqual([undefined, undefined]);
  });

  it.each([
    ['of another buyer', { iss: carol }],
    ['of another deal', { deal: behind }],
  ])('contradicts nothing where it is one %s', (_, says) => {
    resold();
    show(word(says));
    expect([known(), x.sale()?.contest?.delivery]).toEqual([word(says).text, word(says).text]);
    expect(x.sale()?.contest).not.toHaveProperty('contradicted');
  });

  it('is taken from the seller of a purchase that was contested, and from nobody else', () => {
    expect(show()).toBe('unknown-deal');
    x.putPurchase('passed-on', { serving: dave });
    expect(show()).toBe('unknown-deal');
    resold();
    expect(show(word(), alice)).toBe('unknown-deal');
    expect([known(), shownOn()]).toEqual([undefined, []]);
  });

  it.each([
    ['another document', { sub: testDocument('another').documentId }],
    ['another serving peer', { aud: carol }],
  ])('is neither kept nor shown on where it is about %s', (_, says) => {
    resold();
    expect(show(word(says))).toBe('taken');
    expect([known(), x.sale()?.contest?.delivery, x.world.effects]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  it('may name any serving peer where none is known, as no instructions came', () => {
    x.putPurchase('failed', { ...own, contest: made() });
    show(word({ aud: alice }));
    expect(known()).toBe(word({ aud: alice }).text);
  });

  it('is the first that is shown, and goes on once', () => {
    resold();
    show();
    show(word({ jti: behind }));
    expect([known(), shownOn()]).toEqual([word().text, [word().text]]);
  });

  it('does not take the place of what the buyer was shown before', () => {
    const delivery = word({ jti: behind }).text;
    resold({}, { contest: taken({ delivery }) });
    show();
    expect([known(), x.sale()?.contest?.delivery]).toEqual([word().text, delivery]);
    expect(shownOn()).toEqual([]);
  });

  it('is shown to no buyer that did not contest: the loss was this peer’s own', () => {
    const sale = resold({ lost: true });
    const { contest: _, ...uncontested } = sale;
    x.put('refunded', uncontested);
    x.world.takeEffects();
    show();
    expect(x.sale()).not.toHaveProperty('contest');
    expect(shownOn()).toEqual([]);
  });

  it('is shown to no buyer from whom the source is concealed, which it names', () => {
    resold({ purpose: { kind: 'resale', buyer: alice, deal, conceal: true } });
    show();
    expect([known(), x.sale()?.contest?.delivery, shownOn()]).toEqual([word().text, undefined, []]);
  });

  it('goes no further than to the person who bought for itself, or where the sale is not known', () => {
    x.putPurchase('failed', { ...own, contest: made() });
    show();
    x.putPurchase('failed', { contest: made() });
    show();
    expect([known(), shownOn()]).toEqual([word().text, []]);
  });

  describe('is shown until its buyer answers', () => {
    /** Whether it is tried again where Alice was not reached by then. */
    const isTriedAgain = (): boolean => {
      const [call] = x.calls('shown-delivery');
      const nobody = { kind: 'unreachable', detail: '' } as const;
      return !run((ctx) => settleCall(ctx, call?.id ?? '', nobody));
    };

    it('but three days after the deal no longer', () => {
      const { at } = resold();
      x.world.now = at + 48 * hours - 1;
      show();
      x.world.now = at + 72 * hours - 1;
      expect(isTriedAgain()).toBe(true);
      x.world.now = at + 72 * hours;
      expect(isTriedAgain()).toBe(false);
    });

    it('and for a day where it came when nobody could contest any more', () => {
      const { at } = resold();
      x.world.now = at + 72 * hours;
      show();
      x.world.now = at + 96 * hours - 1;
      expect(isTriedAgain()).toBe(true);
      x.world.now = at + 96 * hours;
      expect(isTriedAgain()).toBe(false);
    });
  });
});
