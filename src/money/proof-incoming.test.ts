import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, sealStatement } from '../identity/index.ts';
import type { HoldKey } from '../kernel/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { noteIncoming } from './incoming-state.ts';
import { claimHold, creditReceipt, incomingHold, lookAtHold, releaseHold } from './index.ts';
import {
  bank,
  bob,
  carol,
  LoneWallet,
  lock,
  otherReceipts,
  preimage,
  self,
  wrongPreimage,
} from './lone-wallet.suite.ts';

describe('what an issuer says of a hold for this peer', () => {
  let wallet: LoneWallet;
  let hold: { sha256: string; expires: number };
  const key: HoldKey = { currency: bank, payer: bob, order: 'BBBBBBBBBBBBBBBBBBBBBA' };

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open(0);
    hold = { sha256: lock, expires: wallet.expires };
  });

  const opened = (says: Partial<Receipt> = {}) => {
    const payload: Receipt = {
      ...{ iss: bank, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', payer: bob, payee: self },
      ...{ amount: 50 as Amount, fee: 0 as Amount, transactionId: 'x', sequence: 1 },
      ...{ order: key.order, state: 'held', hold, ...says },
    };
    return {
      payload,
      text: sealStatement(draft(receiptStatement, payload), testSigner(payload.iss)),
    };
  };
  const note = (says?: Partial<Receipt>) =>
    wallet.world.run((ctx) => noteIncoming(ctx, opened(says)));
  const look = () => wallet.world.run((ctx) => lookAtHold(ctx, key));
  const state = () => wallet.world.run((ctx) => incomingHold(ctx, key)?.state);
  const word = (of: 'held' | 'settled', says: Partial<Receipt> = {}) =>
    wallet.answer('hold-state', { state: of, receipt: opened({ state: of, ...says }).text });
  const facts = () =>
    wallet.world.takeFacts().map((fact) => ('state' in fact ? fact.state : fact.kind));
  const wrong = otherReceipts.filter(
    ([, says]) => says.fee === undefined && says.transactionId === undefined,
  );

  it('is asked for once a receipt of it was seen, of this peer’s and of a hold that stands', () => {
    expect(note({ payee: carol })).toBe('no-hold');
    expect(note({ state: 'settled' })).toBe('no-hold');
    expect([state(), facts()]).toEqual([undefined, []]);
    expect(note()).toBe('noted');
    expect(note()).toBe('known');
    expect([state(), facts()]).toEqual(['seen', []]);
  });

  it('confirms it, once', () => {
    note();
    look();
    word('held');
    word('held');
    expect([state(), facts(), wallet.told()]).toEqual(['held', ['held'], ['hold-held']]);
  });

  it.each(wrong)('confirms and settles nothing by a receipt %s', (_what, says) => {
    note();
    look();
    word('held', says);
    word('settled', says);
    expect([state(), facts(), wallet.books('assets:balance')]).toEqual(['seen', [], 0]);
  });

  it('confirms nothing without a receipt, or with one of another state', () => {
    note();
    look();
    wallet.answer('hold-state', { state: 'held' });
    word('held', { state: 'settled' });
    word('settled', { state: 'held' });
    expect([state(), facts()]).toEqual(['seen', []]);
  });

  it('may be that it has settled: the money is credited', () => {
    note();
    look();
    word('settled');
    expect([state(), wallet.books('assets:balance')]).toEqual(['settled', 50]);
    expect(facts()).toEqual(['deposited', 'settled', 'funds']);
  });

  it('may be that it went back; then it is not asked for any more', () => {
    note();
    look();
    wallet.answer('hold-state', { state: 'voided' });
    expect([state(), facts()]).toEqual(['voided', ['voided']]);
    wallet.world.takeEffects();
    look();
    expect(wallet.calls('hold-state')).toEqual([]);
  });

  it('is of no interest for a hold that nobody has noted', () => {
    look();
    expect(wallet.calls('hold-state')).toEqual([]);
  });

  describe('that is claimed or given back', () => {
    const claim = (shown = preimage) => wallet.world.run((ctx) => claimHold(ctx, key, shown));
    const release = () => wallet.world.run((ctx) => releaseHold(ctx, key));
    const confirmed = () => {
      note();
      look();
      word('held');
      facts();
      wallet.world.takeEffects();
    };

    it('is asked of the issuer until it answers, once', () => {
      expect([claim(), release()]).toMatchObject([
        { error: { code: 'unknown-transfer' } },
        { error: { code: 'unknown-transfer' } },
      ]);
      confirmed();
      expect(claim(wrongPreimage)).toMatchObject({ error: { code: 'wrong-preimage' } });
      for (const _again of [1, 2]) expect(claim()).toEqual({ ok: true, value: undefined });
      expect(release()).toMatchObject({
        error: { code: 'hold-closed', members: { state: 'settled' } },
      });
      expect(wallet.calls('claim-hold')).toMatchObject([
        {
          to: { peer: bank },
          request: { route: 'fulfilHold', params: { jti: key.order }, body: { preimage } },
        },
      ]);
    });

    it('is given back once, and not claimed after that', () => {
      confirmed();
      for (const _again of [1, 2]) expect(release()).toEqual({ ok: true, value: undefined });
      expect(claim()).toMatchObject({
        error: { code: 'hold-closed', members: { state: 'voided' } },
      });
      expect(wallet.calls('release-hold')).toMatchObject([
        { to: { peer: bank }, request: { route: 'voidHold', params: { jti: key.order } } },
      ]);
      wallet.answer('release-hold', { state: 'voided' });
      expect([state(), facts()]).toEqual(['voided', ['voided']]);
      expect(release().ok).toBe(true);
      expect(claim().ok).toBe(false);
      expect(wallet.calls('release-hold')).toHaveLength(1);
    });

    it('is credited by the receipt of its end, once', () => {
      confirmed();
      claim();
      const receipt = opened({ state: 'settled' }).text;
      for (const _again of [1, 2]) wallet.answer('claim-hold', { receipt });
      expect([state(), wallet.books('assets:balance')]).toEqual(['settled', 50]);
      expect(facts()).toEqual(['deposited', 'settled', 'funds']);
      expect(claim().ok).toBe(true);
      expect(release()).toMatchObject({ error: { members: { state: 'settled' } } });
      expect(wallet.calls('claim-hold')).toHaveLength(1);
    });

    it.each([...wrong, ['that it stands', { state: 'held' }] as [string, Partial<Receipt>]])(
      'is not credited by a receipt %s: the issuer is asked how it stands, and it may be claimed again',
      (_what, says) => {
        confirmed();
        claim();
        wallet.answer('claim-hold', { receipt: opened({ state: 'settled', ...says }).text });
        expect([state(), facts(), wallet.books('assets:balance')]).toEqual(['held', [], 0]);
        claim();
        expect(wallet.calls('claim-hold')).toHaveLength(2);
      },
    );

    it('is not credited without a receipt', () => {
      confirmed();
      claim();
      wallet.answer('claim-hold', {});
      expect([state(), facts()]).toEqual(['held', []]);
    });

    it('has gone back where the issuer says that it was too late', () => {
      confirmed();
      claim();
      wallet.outcome('claim-hold', {
        ...{ kind: 'refused', retryable: false, body: undefined },
        problem: { code: 'hold-closed', detail: 'Too late.', members: { state: 'voided' } },
      });
      expect([state(), facts()]).toEqual(['voided', ['voided']]);
    });

    it.each([
      { code: 'hold-closed', detail: 'It has settled.', members: { state: 'settled' } },
      { code: 'hold-closed', detail: 'It has settled.' },
      { code: 'unknown-transfer', detail: 'What hold?', members: { state: 'voided' } },
    ] as const)('is looked into where the issuer refuses otherwise: %o', (problem) => {
      confirmed();
      claim();
      wallet.outcome('claim-hold', { kind: 'refused', retryable: false, body: undefined, problem });
      expect([state(), facts()]).toEqual(['held', []]);
      claim();
      expect(wallet.calls('claim-hold')).toHaveLength(2);
    });
  });
});

describe('crediting', () => {
  let wallet: LoneWallet;

  beforeEach(() => {
    wallet = new LoneWallet();
  });

  const credit = (says: Partial<Receipt>) => () =>
    wallet.world.run((ctx) => {
      const opened = ctx.open(receiptStatement, wallet.receipt(says));
      if (opened.ok) creditReceipt(ctx, opened.value);
    });

  it.each([{ payee: carol }, { state: 'held' as const }])('takes no receipt with %o', (says) => {
    expect(credit(says)).toThrow('Only settled payments to this peer');
    expect(wallet.books('assets:balance')).toBe(0);
  });
});
