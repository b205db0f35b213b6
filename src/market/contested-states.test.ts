import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, sealStatement } from '../identity/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { type Contest, contestStatement } from '../protocol/index.ts';
import { entriesOf } from '../tabs/index.ts';
import { answerContest } from './contested.ts';
import { purchaseOf, type Sale, type SaleState } from './deals.ts';
import { alice, behind, carol, deal, LoneSeller, money, self } from './lone-seller.suite.ts';
import { contestLifetimeMs, sellerHearsMs } from './waiting.ts';

let seller: LoneSeller;

beforeEach(() => {
  seller = new LoneSeller();
});

const run: LoneSeller['world']['run'] = (work) => seller.world.run(work);

describe('a sale that its buyer contests', () => {
  const words = (says: Partial<Contest> = {}) => {
    const payload: Contest = {
      ...{ iss: alice, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', aud: self, deal },
      ...{ reason: 'corrupt', note: '', ...says },
    };
    return {
      payload,
      text: sealStatement(draft(contestStatement, payload), testSigner(payload.iss)),
    };
  };
  const complain = (says?: Partial<Contest>) => {
    seller.world.takeEffects();
    run((ctx) => answerContest(ctx, 'x1', alice, { contest: words(says) }));
    return seller.world.effects.flatMap((effect) => {
      if (effect.kind === 'refuse') return [effect.problem.code];
      return effect.kind === 'reply' ? [(effect.body as { outcome: string }).outcome] : [];
    });
  };
  const entries = () =>
    run((ctx) => entriesOf(ctx, alice, money, 0).map(({ kind, amount }) => [kind, amount]));
  const list = (on: 'primary' | 'secondary') => {
    const known = seller.world.neighbors.get(alice);
    if (known) seller.world.neighbors.put({ ...known, list: on });
  };
  const contestOf = (sale: Sale | undefined) => sale?.contest?.outcome;

  it('is its own, with this peer as the seller, and known', () => {
    expect(complain({ iss: carol })).toEqual(['wrong-audience']);
    expect(complain({ aud: carol })).toEqual(['wrong-audience']);
    expect(complain()).toEqual(['unknown-deal']);
  });

  it('is refunded to a primary neighbor, once, and told', () => {
    seller.accept();
    expect(complain()).toEqual(['refunded']);
    expect(seller.contestEvents()).toEqual(['sale refunded']);
    expect(entries()).toEqual([
      ['purchase', 10],
      ['refund', -10],
    ]);
    expect(complain()).toEqual(['refunded']);
    expect(entries()).toHaveLength(2);
    expect([seller.books('income:sales'), contestOf(seller.sale()), seller.marks(alice)]).toEqual([
      0,
      'refunded',
      0,
    ]);
  });

  it('is refused to anybody else, who is marked; the price stays paid', () => {
    seller.accept();
    list('secondary');
    expect(complain()).toEqual(['refused']);
    expect([entries(), seller.books('income:sales'), seller.marks(alice)]).toEqual([
      [['purchase', 10]],
      -10,
      1,
    ]);
  });

  it.each(['buying', 'retrieving', 'sealing'] as const)(
    'is not heard while it is %s',
    (state: SaleState) => {
      seller.put(state);
      expect(complain()).toEqual(['unavailable']);
      expect(contestOf(seller.sale())).toBeUndefined();
    },
  );

  it('is answered with the refund that it had before', () => {
    seller.put('refunded');
    expect(complain()).toEqual(['refunded']);
    expect(entries()).toEqual([]);
  });

  it.each([
    [undefined, contestLifetimeMs],
    [5 * 3_600_000, 5 * 3_600_000],
  ])('is heard for as long as was told (%s), to the millisecond', (contestWithinMs, lasts) => {
    const told = contestWithinMs === undefined ? {} : { contestWithinMs };
    const { at } = seller.put('closed', told);
    seller.world.now = at + lasts + 1;
    expect(complain()).toEqual(['contest-too-late']);
    seller.world.now = at + lasts;
    expect(complain()).toEqual(['refunded']);
    expect(sellerHearsMs(undefined)).toBe(contestLifetimeMs);
  });

  describe('and that a supplier is behind', () => {
    const sold = (concealed?: true) => {
      seller.putPurchase('passed-on', { serving: carol });
      const supply = {
        kind: 'supplier',
        purchase: behind,
        ...(concealed && { concealed }),
      } as const;
      seller.put('instructed', { supply });
    };
    const passedOn = () => run((ctx) => purchaseOf(ctx, behind)?.contest);

    it('is contested there in turn, with the words of the buyer that began it', () => {
      sold();
      expect(complain()).toEqual(['refunded']);
      expect(passedOn()).toMatchObject({
        reason: 'corrupt',
        state: 'sent',
        firstText: words().text,
      });
      expect(seller.marks(carol)).toBe(1);
    });

    it('is contested nowhere where the buyer was refused: nothing was lost', () => {
      sold();
      list('secondary');
      complain();
      expect(passedOn()).toBeUndefined();
    });

    it('and is concealed is contested there without the buyer’s words where it is not what it was sold as', () => {
      sold(true);
      complain({ reason: 'not-as-described' });
      expect(passedOn()).toMatchObject({ reason: 'not-as-described' });
      expect(passedOn()).not.toHaveProperty('firstText');
      expect(seller.marks(carol)).toBe(1);
    });

    it('and is concealed is the own loss where it broke on the own way to the buyer', () => {
      sold(true);
      complain();
      expect([passedOn(), seller.books('expense:purchases'), seller.marks(carol)]).toEqual([
        undefined,
        6,
        0,
      ]);
    });

    it('and is concealed and was free there is no loss', () => {
      seller.putPurchase('passed-on', { price: 0 as Amount });
      seller.put('instructed', { supply: { kind: 'supplier', purchase: behind, concealed: true } });
      complain();
      expect([
        run((ctx) => purchaseOf(ctx, behind)?.lost),
        seller.books('expense:purchases'),
      ]).toEqual([undefined, 0]);
    });
  });
});
