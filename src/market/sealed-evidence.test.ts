import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, sealStatement } from '../identity/index.ts';
import { testPeerId, testSigner } from '../kernel/test-context.ts';
import { orders } from '../money/wallet-state.ts';
import { testDocument } from '../peer/test-world-library.ts';
import {
  type Contest,
  contestStatement,
  type Instructions,
  instructionsStatement,
  type Receipt,
  type RequestInput,
  receiptStatement,
} from '../protocol/index.ts';
import { contestSupplier } from './contest.ts';
import { answerContest } from './contested.ts';
import { type Purchase, purchaseOf, type Sale, type SaleState } from './deals.ts';
import { dave, own } from './lone-buyer.suite.ts';
import { LoneSealed, ours, theirs } from './lone-sealed.suite.ts';
import { alice, behind, carol, deal, money, self, walden } from './lone-seller.suite.ts';
import { contestableFrom, hearsContestsUntil, sealedProof } from './sealed-contest.ts';
import { contestLifetimeMs } from './waiting.ts';

const id = 'DDDDDDDDDDDDDDDDDDDDDA';
const another = testDocument('another').documentId;
const otherMoney = testPeerId(9);

describe('the evidence of a sealed deal', () => {
  let x: LoneSealed;

  beforeEach(() => {
    x = new LoneSealed();
  });

  const run: LoneSealed['world']['run'] = (work) => x.world.run(work);

  describe('with which a buyer contests', () => {
    const sealed = (change: object = {}) => ({
      ...{ documentId: walden.documentId, sha256: x.lock, ...change },
    });
    const instructions = (says: Partial<Instructions> = {}) => {
      const payload: Instructions = {
        ...{ iss: dave, iat: 1, jti: id, sub: walden.documentId, size: walden.sizeBytes },
        ...{ endpoints: [], accessKey: x.key, card: '', exp: 1, sealed: sealed(), ...says },
      };
      const text = sealStatement(draft(instructionsStatement, payload), testSigner(payload.iss));
      return { payload, text };
    };
    const hold = (says: Partial<Receipt> = {}) => {
      const payload: Receipt = {
        ...{ iss: money, iat: 1, jti: id, payer: alice, payee: self, amount: 10 as Amount },
        ...{ fee: 0 as Amount, transactionId: 'x', order: theirs, sequence: 1, state: 'held' },
        ...says,
      };
      const text = sealStatement(draft(receiptStatement, payload), testSigner(payload.iss));
      return { payload, text };
    };
    type Evidence = Partial<Omit<RequestInput<'contest'>, 'contest'>>;
    /** What Alice is answered: the outcome, or the code of a problem. */
    const complain = (
      change: Evidence = {},
      reason: Contest['reason'] = 'corrupt',
    ): string | undefined => {
      const payload: Contest = {
        ...{ iss: alice, iat: 2, jti: id, aud: self, deal, reason, note: '' },
      };
      const text = sealStatement(draft(contestStatement, payload), testSigner(alice));
      const evidence = { instructions: instructions(), key: x.key, hold: hold(), ...change };
      x.world.takeEffects();
      run((ctx) =>
        answerContest(ctx, 'x1', alice, {
          contest: { payload, text },
          ...evidence,
        } as RequestInput<'contest'>),
      );
      for (const effect of x.world.effects) {
        if (effect.kind === 'refuse') return effect.problem.code;
        if (effect.kind === 'reply') return (effect.body as { outcome: string }).outcome;
      }
      return undefined;
    };

    it('is kept as it came, and the contest is noted', () => {
      x.putSealed('delivered');
      expect(complain()).toBe('noted');
      expect(x.sale()?.contest?.proof).toEqual({
        ...{ instructions: instructions().text, key: x.key, hold: hold().text },
      });
      expect(x.sale()?.contest).not.toHaveProperty('contradicted');
    });

    it('shows by its key that the document had come', () => {
      x.putSealed('delivered');
      expect(complain({}, 'not-delivered')).toBe('noted');
      expect(x.sale()?.contest).toMatchObject({ contradicted: true });
    });

    it.each(['buying', 'retrieving', 'sealing', 'holding', 'claiming'] as const)(
      'is not heard while the sale is %s',
      (state: SaleState) => {
        x.putSealed(state);
        expect([complain(), x.sale()?.contest]).toEqual(['unavailable', undefined]);
      },
    );

    it.each(['instructed', 'lapsed'] as const)(
      'is none where the sale is %s: nothing was paid',
      (state) => {
        x.putSealed(state);
        expect([complain(), x.sale()?.contest]).toEqual(['not-contestable', undefined]);
      },
    );

    it.each(['instructions', 'key', 'hold'] as const)('has to have the %s', (what) => {
      x.putSealed('delivered');
      expect([complain({ [what]: undefined }), x.sale()?.contest]).toEqual([
        'bad-request',
        undefined,
      ]);
    });

    it.each<[string, () => Evidence]>([
      [
        'instructions for another document',
        () => ({ instructions: instructions({ sub: another }) }),
      ],
      [
        'instructions for another encrypted document',
        () => ({ instructions: instructions({ sealed: sealed({ documentId: another }) }) }),
      ],
      [
        'instructions with another lock',
        () => ({ instructions: instructions({ sealed: sealed({ sha256: x.otherKey }) }) }),
      ],
      ['a key that does not open the lock', () => ({ key: x.otherKey })],
      ['the receipt of another issuer', () => ({ hold: hold({ iss: otherMoney }) })],
      ['the hold of another payer', () => ({ hold: hold({ payer: carol }) })],
      ['a hold for another payee', () => ({ hold: hold({ payee: carol }) })],
      ['another hold', () => ({ hold: hold({ order: ours }) })],
    ])('is not of this deal where it is %s; nobody is marked', (_, change) => {
      x.putSealed('delivered');
      expect(complain(change())).toBe('bad-statement');
      expect([x.sale()?.contest, x.marks(alice)]).toEqual([undefined, 0]);
    });

    it('is not of this deal where the instructions are of one that is not sealed', () => {
      x.putSealed('delivered');
      const { sealed: _, ...plain } = instructions().payload;
      expect(complain({ instructions: { payload: plain, text: '' } })).toBe('bad-statement');
    });

    it('is not of this deal where no hold of it is known', () => {
      const { sealed: kept } = x.putSealed('delivered');
      const { hold: _, ...unpaid } = kept ?? {};
      x.putSealed('delivered', { sealed: unpaid });
      expect(complain()).toBe('bad-statement');
    });
  });

  describe('that a buyer has', () => {
    /** A purchase whose key was shown, and the issuer's receipt of its hold. */
    const bought = (change: Partial<Purchase> = {}, receipt: string | undefined = 'a receipt') => {
      run((ctx) =>
        ctx.tx.put(orders, {
          ...{ currency: money, order: ours, payee: carol, amount: 6 as Amount },
          ...{ maxFee: 0 as Amount, transactionId: 'x', purpose: { kind: 'gift', note: '' } },
          ...{ at: 0, state: 'held', ...(receipt && { receipt }) },
        }),
      );
      const sealed = { terms: x.soldTerms(), key: x.key, order: ours };
      return x.putPurchase('delivered', { ...own, instructionsText: 'text', sealed, ...change });
    };
    const proof = (purchase: Purchase) => run((ctx) => sealedProof(ctx, purchase));

    it('is what was promised, paid and revealed', () => {
      const shown = { instructions: 'text', key: x.key, hold: 'a receipt' };
      expect(proof(bought())).toEqual(shown);
    });

    it.each(['corrupt', 'not-delivered'] as const)(
      'goes with a contest that is passed on for its own buyer (%s)',
      (reason) => {
        const { instructionsText = '' } = bought();
        const resold = bought({ purpose: { kind: 'resale', buyer: alice, deal } });
        x.world.takeEffects();
        run((ctx) => contestSupplier(ctx, resold, { reason, note: '' }));
        const proof = { instructions: instructionsText, key: x.key, hold: 'a receipt' };
        expect(x.calls('contest')).toMatchObject([{ request: { body: proof } }]);
        const made = run((ctx) => purchaseOf(ctx, behind)?.contest);
        expect(made).toMatchObject({ proof });
        expect(made?.contradicted).toBe(reason === 'corrupt' ? undefined : true);
      },
    );

    it('is whole or none', () => {
      const { instructionsText: _, ...unpromised } = bought();
      expect([
        proof(unpromised),
        proof(bought({ sealed: { order: ours } })),
        proof(bought({ sealed: { key: x.key } })),
        proof(bought({}, '')),
        proof(x.putPurchase('delivered', { ...own, instructionsText: 'text' })),
      ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    });
  });

  describe('says from when on a contest counts', () => {
    const from = (of: Purchase | Sale) => run((ctx) => contestableFrom(ctx, of));
    const later = () => x.nowSeconds + 10_000;

    it('for the buyer: from when its hold was to begin', () => {
      const sealed = { terms: x.soldTerms(3_600), expires: later() };
      expect(from(x.putPurchase('delivered', { sealed }))).toBe((later() - 3_600) * 1000);
    });

    it('for the seller: the same, by the hold that the issuer told it of', () => {
      x.hold({}, { expires: later() });
      const sale = x.putSealed('delivered');
      expect(from(sale)).toBe((later() - 3_600) * 1000);
      expect(run((ctx) => hearsContestsUntil(ctx, sale))).toBe(from(sale) + contestLifetimeMs);
    });

    it('and before there is a hold, or without one, from the beginning of the deal', () => {
      const purchases = [{ terms: x.soldTerms() }, { expires: later() }, undefined];
      for (const sealed of purchases) {
        const purchase = x.putPurchase('retrieving', { ...(sealed && { sealed }) });
        expect(from(purchase)).toBe(purchase.at);
      }
      const sales = [x.putSealed('delivered'), x.putSealed('instructed'), x.put('delivered')];
      expect(sales.map(from)).toEqual(sales.map(({ at }) => at));
    });
  });
});
