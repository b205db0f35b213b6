import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { HoldKey } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import { lookAtHold } from './index.ts';
import {
  bank,
  bob,
  LoneWallet,
  lock,
  otherReceipts,
  preimage,
  self,
  wrongPreimage,
} from './lone-wallet.suite.ts';

describe('what an issuer answers to a payment', () => {
  let wallet: LoneWallet;
  let order: string;

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
    order = wallet.order(50);
  });

  const receipt = (says: Partial<Receipt> = {}) =>
    wallet.receipt({ payer: self, payee: bob, fee: 2 as Amount, order, ...says });
  const ordered = () => [wallet.newest().state, wallet.books('assets:ordered')];

  it('settles it where it is the receipt of the order, also at a lower fee', () => {
    wallet.answer('order', { receipt: receipt({ fee: 1 as Amount }) });
    expect(wallet.newest()).toMatchObject({ state: 'settled', fee: 1 });
    expect(wallet.books('assets:balance')).toBe(49);
    // What was reserved in vain can be spent: whatever waits for money may go on.
    expect(wallet.world.takeFacts()).toMatchObject([
      { kind: 'paid' },
      { kind: 'funds', currency: bank },
    ]);
    expect(wallet.told()).toEqual(['payment-out']);
  });

  it('frees nothing where the fee is the one that was allowed', () => {
    wallet.answer('order', { receipt: receipt() });
    expect(wallet.world.takeFacts().map(({ kind }) => kind)).toEqual(['paid']);
    expect([wallet.books('assets:balance'), wallet.books('expense:transfer-fees')]).toEqual([
      48, 2,
    ]);
  });

  const wrong: [string, Partial<Receipt>][] = [
    ...otherReceipts,
    ['that is only held', { state: 'held' }],
    ['with a hold that was not ordered', { hold: { sha256: lock, expires: 9 } }],
  ];
  it.each(wrong)(
    'settles nothing by a receipt %s: the money stays reserved, the person is told',
    (_what, says) => {
      wallet.answer('order', { receipt: receipt(says) });
      expect(ordered()).toEqual(['ordered', 52]);
      expect(wallet.newest().problem?.code).toBe('bad-statement');
      expect(wallet.world.takeFacts()).toEqual([]);
      expect(wallet.told()).toHaveLength(1);
      // The same again is told no second time.
      wallet.answer('order', { receipt: receipt(says) });
      expect(wallet.told()).toHaveLength(1);
    },
  );

  it('settles nothing by an answer without a receipt, or with one that is not signed', () => {
    for (const body of [{}, { receipt: `${receipt().slice(0, -6)}AAAAAA` }]) {
      wallet.answer('order', body);
      expect(ordered()).toEqual(['ordered', 52]);
    }
    expect(wallet.told()).toHaveLength(2);
  });

  it('is told as a discrepancy with the issuer', () => {
    wallet.answer('order', {});
    expect(wallet.world.effects.at(-1)).toMatchObject({
      event: { type: 'discrepancy', peer: bank, currency: bank },
    });
    expect(wallet.newest().problem?.code).toBe('bad-request');
  });
});

describe('what an issuer says of a hold that this peer pays', () => {
  let wallet: LoneWallet;
  let key: HoldKey;
  let hold: { sha256: string; expires: number };

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
    hold = { sha256: lock, expires: wallet.expires };
    key = { currency: bank, payer: self, order: wallet.hold(50) };
  });

  const receipt = (says: Partial<Receipt> = {}) =>
    wallet.receipt({
      payer: self,
      payee: bob,
      fee: 2 as Amount,
      order: key.order,
      hold,
      state: 'held',
      ...says,
    });
  const look = () => wallet.world.run((ctx) => lookAtHold(ctx, key));
  const begin = () => {
    wallet.answer('order', { receipt: receipt() });
    look();
    wallet.world.takeFacts();
  };
  const standing = () => [
    wallet.newest().state,
    wallet.books('assets:ordered'),
    wallet.books('assets:held'),
    wallet.books('assets:balance'),
  ];

  it('binds what was reserved, and tells who ordered it', () => {
    wallet.answer('order', { receipt: receipt({ fee: 1 as Amount }) });
    expect(standing()).toEqual(['held', 0, 51, 49]);
    expect(wallet.world.takeFacts()).toMatchObject([
      { kind: 'hold-out', state: 'held', order: key.order },
    ]);
    expect(wallet.told()).toEqual(['payment-out']);
  });

  const wrong: [string, Partial<Receipt>][] = [
    ...otherReceipts,
    ['of another lock', { hold: { sha256: wrongPreimage, expires: 0 } }],
    ['of another end', { hold: { sha256: lock, expires: 9 } }],
  ];
  it.each(wrong)('begins nothing by a receipt %s', (_what, says) => {
    const end = says.hold?.expires === 0 ? { hold: { ...says.hold, expires: hold.expires } } : {};
    wallet.answer('order', { receipt: receipt({ ...says, ...end }) });
    expect(standing()).toEqual(['ordered', 52, 0, 48]);
    expect(wallet.world.takeFacts()).toEqual([]);
  });

  it.each(wrong)('ends nothing by a receipt %s, though the preimage is shown', (_what, says) => {
    begin();
    const end = says.hold?.expires === 0 ? { hold: { ...says.hold, expires: hold.expires } } : {};
    const settled = receipt({ state: 'settled', ...says, ...end });
    wallet.answer('hold-state', { state: 'settled', receipt: settled, preimage });
    expect(standing()).toEqual(['held', 0, 52, 48]);
    expect(wallet.world.takeFacts()).toEqual([]);
    expect(wallet.newest().problem?.code).toBe('bad-statement');
  });

  it.each([
    ['without the preimage', () => ({ state: 'settled', receipt: receipt({ state: 'settled' }) })],
    [
      'with another preimage',
      () => ({ state: 'settled', receipt: receipt({ state: 'settled' }), preimage: wrongPreimage }),
    ],
    ['without the receipt', () => ({ state: 'settled', preimage })],
    [
      'with the receipt of its beginning',
      () => ({ state: 'settled', receipt: receipt(), preimage }),
    ],
    [
      'that it stands, with the receipt of its end',
      () => ({ state: 'held', receipt: receipt({ state: 'settled' }) }),
    ],
  ])('ends nothing %s', (_what, body) => {
    begin();
    wallet.answer('hold-state', body());
    expect(standing()).toEqual(['held', 0, 52, 48]);
    expect(wallet.world.takeFacts()).toEqual([]);
  });

  it('pays once by the receipt of its end and the preimage, which the part that ordered it learns', () => {
    begin();
    const settled = { state: 'settled', receipt: receipt({ state: 'settled' }), preimage };
    for (const _again of [1, 2]) wallet.answer('hold-state', settled);
    expect(standing()).toEqual(['settled', 0, 0, 48]);
    expect(wallet.books('expense:purchases')).toBe(50);
    expect(wallet.world.takeFacts()).toMatchObject([
      { kind: 'paid', order: key.order },
      { kind: 'hold-out', state: 'settled', order: key.order, preimage },
    ]);
  });

  it('gives it back once where it is void, and the money can be spent again', () => {
    begin();
    for (const _again of [1, 2]) wallet.answer('hold-state', { state: 'voided' });
    expect(standing()).toEqual(['voided', 0, 0, 100]);
    expect(wallet.world.takeFacts()).toMatchObject([
      { kind: 'hold-out', state: 'voided', order: key.order },
      { kind: 'funds', currency: bank },
    ]);
  });

  it('gives an order back that was void before its answer came', () => {
    look();
    wallet.answer('hold-state', { state: 'voided' });
    expect(standing()).toEqual(['voided', 0, 0, 100]);
    // The answer to the order, which is on its way still, begins nothing.
    wallet.answer('order', { receipt: receipt() });
    expect(standing()).toEqual(['voided', 0, 0, 100]);
  });

  it('counts for nothing where it is malformed, or the issuer cannot be reached', () => {
    begin();
    wallet.world.takeFacts();
    wallet.answer('hold-state', { state: 'lost' });
    wallet.outcome('hold-state', { kind: 'unreachable', detail: '' });
    expect(standing()).toEqual(['held', 0, 52, 48]);
    expect([wallet.newest().problem, wallet.world.takeFacts()]).toEqual([undefined, []]);
  });

  it('is not asked for any more once the hold has ended', () => {
    begin();
    wallet.answer('hold-state', { state: 'voided' });
    wallet.world.takeEffects();
    look();
    expect(wallet.calls('hold-state')).toEqual([]);
    key = { ...key, order: wallet.order(1) };
    look();
    expect(wallet.calls('hold-state')).toEqual([]);
  });
});
