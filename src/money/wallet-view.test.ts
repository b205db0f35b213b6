import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { journalOf, owesUs, weOwe } from '../books/index.ts';
import type { PeerId } from '../identity/index.ts';
import { testContext } from '../kernel/test-context.ts';
import type { Receipt } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import {
  addCurrency,
  creditedReceipt,
  forgetCurrency,
  incomingHolds,
  isForgotten,
  issuerEndpoints,
  knowsCurrency,
  lookAtHold,
  orderHold,
  ordersOf,
  pay,
  quote,
  receiptOf,
  supportsHolds,
  walletView,
} from './index.ts';
import {
  bank,
  bob,
  carol,
  endpoints,
  LoneWallet,
  lock,
  preimage,
  self,
} from './lone-wallet.suite.ts';

describe('a wallet, as a person sees it,', () => {
  let wallet: LoneWallet;

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
  });

  const run: LoneWallet['world']['run'] = (work) => wallet.world.run(work);
  const view = () => run(walletView)[0];
  const settle = (order: string, says: Partial<Receipt> = {}) => {
    const amount = wallet.newest().amount;
    const receipt = wallet.receipt({
      payer: self,
      payee: bob,
      amount,
      fee: 2 as Amount,
      order,
      ...says,
    });
    wallet.answer('order', { receipt });
    return receipt;
  };

  it('shows what its tabs come to, by their sign: who paid ahead is owed', () => {
    wallet.book(owesUs(bob), 5);
    wallet.book(owesUs(carol), -7);
    wallet.book(weOwe(bob), -11);
    wallet.book(weOwe(carol), 13);
    wallet.book('income:sales', 999);
    expect(view()).toMatchObject({ tabsOwedToUs: 5 + 13, tabsWeOwe: 7 + 11, balance: 100 });
  });

  it('shows what is on its way, and what is held for it', () => {
    settle(wallet.order(20, { kind: 'tab', peer: bob }));
    wallet.order(10);
    expect(view()).toMatchObject({
      balance: 66,
      ordered: 12,
      inTransit: 20,
      spendable: 66,
      held: 0,
    });
    expect(view()).toMatchObject({ arriving: 0, own: false, lastSeenAt: wallet.world.now });
  });

  it('shows as arriving what the issuer said that it holds for it', () => {
    const hold = { sha256: lock, expires: wallet.expires };
    const receipts = [30, 12].map((amount, n) =>
      wallet.receipt({
        state: 'held',
        hold,
        amount: amount as Amount,
        payer: n === 0 ? bob : carol,
      }),
    );
    wallet.deposits(receipts, 100);
    expect(view()).toMatchObject({ arriving: 0 });
    const look = { currency: bank, payer: bob, order: 'BBBBBBBBBBBBBBBBBBBBBA' };
    run((ctx) => {
      const all = incomingHolds(ctx);
      expect(all).toHaveLength(2);
      expect(incomingHolds(ctx, bank)).toEqual(all);
      expect(incomingHolds(ctx, carol)).toEqual([]);
      expect(creditedReceipt(ctx, look)).toBeUndefined();
    });
  });

  it('shows its orders, the newest first, page by page', () => {
    const made = [1, 2, 3].map((amount) => {
      wallet.world.now += 1_000;
      return wallet.order(amount);
    });
    const page = (before?: number) =>
      run((ctx) =>
        ordersOf(ctx, bank, { limit: 2, ...(before !== undefined && { before }) }).map(
          ({ order }) => order,
        ),
      );
    expect(page()).toEqual([made[2], made[1]]);
    expect(page(wallet.world.now)).toEqual([made[1], made[0]]);
    expect(run((ctx) => ordersOf(ctx, carol, { limit: 9 }))).toEqual([]);
  });

  it('keeps the proof of what was paid, and of what came in', () => {
    const order = wallet.order(10);
    const proof = () =>
      run((ctx) => [receiptOf(ctx, bank, order), receiptOf(ctx, bank, 'unknown')]);
    expect(proof()).toEqual([undefined, undefined]);
    const receipt = settle(order);
    expect(proof()).toEqual([receipt, undefined]);
    const came = wallet.receipt();
    wallet.deposits([came], 138);
    const key = { currency: bank, payer: bob, order: 'BBBBBBBBBBBBBBBBBBBBBA' };
    expect(run((ctx) => creditedReceipt(ctx, key))).toBe(came);
  });

  it('knows a currency that it follows, until it is forgotten', () => {
    const about = (currency: PeerId) =>
      run((ctx) => [
        knowsCurrency(ctx, currency),
        isForgotten(ctx, currency),
        issuerEndpoints(ctx, currency),
        supportsHolds(ctx, currency),
      ]);
    expect(about(bank)).toEqual([true, false, endpoints, true]);
    expect(about(carol)).toEqual([false, false, undefined, false]);
    run((ctx) => addCurrency(ctx, { currency: carol, endpoints: [] }));
    expect(about(carol)).toEqual([true, false, [], false]);
    wallet.answer('currency-terms', { currency: wallet.terms({ features: [] }, carol) });
    expect(about(carol)).toEqual([true, false, [], false]);
    run((ctx) => forgetCurrency(ctx, bank, { leaveMoney: true }));
    expect(about(bank)).toEqual([false, true, endpoints, true]);
  });

  it('knows its own currency where it issues one', () => {
    const about = (settings: object) => {
      const world = testContext({ self, settings: marketSettings.parse(settings) });
      return world.run((ctx) => [
        knowsCurrency(ctx, self),
        issuerEndpoints(ctx, self),
        supportsHolds(ctx, self),
        ...walletView(ctx).map(({ own, state, spendable }) => ({ own, state, spendable })),
      ]);
    };
    const mine = { endpoints, issues: { name: 'Mine', symbol: 'I' } };
    const view = { own: true, state: 'ready', spendable: Number.MAX_SAFE_INTEGER };
    expect(about(mine)).toEqual([true, endpoints, true, view]);
    expect(about({ endpoints })).toEqual([false, endpoints, false]);
  });

  describe('says before a payment', () => {
    const costs = (currency: PeerId, value = 10) =>
      run((ctx) => quote(ctx, currency, value as Amount));

    it('what it costs, and what there is', () => {
      expect(costs(bank)).toEqual({ ok: true, value: { fee: 2, total: 12, balance: 100 } });
      // Of a fee that cannot be told in one amount nothing can be paid.
      run((ctx) => addCurrency(ctx, { currency: carol, endpoints }));
      const fee = { flat: 1 as Amount, perMillion: Number.MAX_SAFE_INTEGER as Amount };
      wallet.answer('currency-terms', { currency: wallet.terms({ fee }, carol) });
      expect(costs(carol, Number.MAX_SAFE_INTEGER)).toMatchObject({
        value: { fee: Number.MAX_SAFE_INTEGER, balance: 0 },
      });
    });

    it('that there is no fee in the own currency', () => {
      expect(costs(self)).toEqual({ ok: true, value: { fee: 0, total: 10, balance: 0 } });
    });

    it('why it cannot be told', () => {
      expect(costs(carol)).toMatchObject({ error: { code: 'unknown-currency' } });
      run((ctx) => addCurrency(ctx, { currency: carol, endpoints }));
      expect(costs(carol)).toMatchObject({ error: { code: 'unavailable' } });
    });

    it('what is lacking, where it is more than there is', () => {
      const made = run((ctx) =>
        pay(ctx, {
          ...{ currency: bank, payee: bob, amount: 99 as Amount, transactionId: 'x' },
          purpose: { kind: 'gift', note: '' },
        }),
      );
      expect(made).toMatchObject({
        error: { code: 'insufficient-funds', members: { balance: 100, needed: 101 } },
      });
    });

    it.each([
      [0, false],
      [1, true],
      [7 * 24 * 3600, true],
      [7 * 24 * 3600 + 1, false],
    ])('whether a hold may end in %s seconds: %s', (inSeconds, may) => {
      const expires = Math.floor(wallet.world.now / 1000) + inSeconds;
      const ordered = run((ctx) =>
        orderHold(ctx, {
          ...{ currency: bank, payee: bob, amount: 1 as Amount, transactionId: 'x' },
          ...{ hold: { sha256: lock, expires }, purpose: { kind: 'gift', note: '' } },
        }),
      );
      expect(ordered).toMatchObject(
        may ? { ok: true } : { error: { code: 'bad-request', members: { expires } } },
      );
    });

    it('and begins no hold after the moment that its part has named, nor after its end', () => {
      const now = Math.floor(wallet.world.now / 1000);
      const expOf = (lasts: number, beginBy?: number) => {
        run((ctx) =>
          orderHold(ctx, {
            ...{ currency: bank, payee: bob, amount: 1 as Amount, transactionId: 'x' },
            ...{
              hold: { sha256: lock, expires: now + lasts },
              purpose: { kind: 'gift', note: '' },
            },
            ...(beginBy !== undefined && { beginBy: now + beginBy }),
          }),
        );
        const body = wallet.calls('order').at(-1)?.request.body as {
          order: { payload: { exp: number } };
        };
        return body.order.payload.exp - now;
      };
      expect([expOf(60), expOf(60, 20), expOf(60, 90)]).toEqual([60, 20, 60]);
    });
  });

  describe('writes into its books', () => {
    const causes = () => run((ctx) => journalOf(ctx, bank, { limit: 9 }).map(({ cause }) => cause));

    it('whom a payment was for: the owner of the tab, or the payee', () => {
      settle(wallet.order(5, { kind: 'tab', peer: carol }));
      const [paid, ordered] = causes();
      for (const cause of [paid, ordered])
        expect(cause).toMatchObject({ kind: 'payment-out', peer: carol });
      settle(wallet.order(5));
      expect(causes()[0]).toMatchObject({
        kind: 'payment-out',
        peer: bob,
        reference: wallet.newest().order,
      });
    });

    it.each([
      [{ use: 'exchange', account: 'equity:exchange' } as const, 'exchange'],
      [{ use: 'delivery', deal: 'a-deal' as never } as const, 'bought'],
    ])('what a hold was for, and its deal: %o', (purpose, kind) => {
      const order = wallet.hold(10, purpose);
      const hold = wallet.newest().hold;
      settle(order, { state: 'held', ...(hold && { hold }) });
      const [held, ordered] = causes();
      const about = {
        peer: carol,
        reference: 'd1',
        ...('deal' in purpose && { deal: purpose.deal }),
      };
      for (const cause of [held, ordered])
        expect(cause).toMatchObject({ kind: 'payment-out', ...about });
      if (!('deal' in purpose)) expect(held).not.toHaveProperty('deal');
      const text = settleHold(order);
      expect(causes()[0]).toMatchObject({ kind, ...about });
      expect(run((ctx) => receiptOf(ctx, bank, order))).toBe(text);
    });
    const settleHold = (order: string) => {
      const { hold } = wallet.newest();
      const receipt = wallet.receipt({
        ...{ payer: self, payee: bob, amount: 10 as Amount, fee: 2 as Amount, order },
        ...(hold && { hold }),
      });
      run((ctx) => lookAtHold(ctx, { currency: bank, payer: self, order }));
      wallet.answer('hold-state', { state: 'settled', receipt, preimage });
      return receipt;
    };

    it('what was refused, which is free again; new terms are asked for where the fee was too low', () => {
      const refuse = (code: 'fee-too-high' | 'order-expired' | 'insufficient-funds') => {
        wallet.order(10);
        wallet.world.takeEffects();
        wallet.order(10);
        wallet.outcome('order', {
          ...{ kind: 'refused', retryable: false, body: undefined },
          problem: { code, detail: 'No.' },
        });
        return [
          wallet.calls('currency-terms').length,
          wallet.world.takeFacts().map(({ kind }) => kind),
          wallet.books('assets:balance'),
        ];
      };
      expect(refuse('fee-too-high')).toEqual([1, ['payment-failed'], 88]);
      wallet.answer('currency-terms', { currency: wallet.terms() });
      wallet.world.takeFacts();
      // One that came too late may be made anew at once; others would fail in the same way.
      expect(refuse('order-expired')).toEqual([0, ['payment-failed', 'funds'], 76]);
      expect(refuse('insufficient-funds')).toEqual([0, ['payment-failed'], 64]);
      expect(causes()[0]).toMatchObject({ kind: 'payment-out', peer: bob });
    });

    it('what came in unasked as a gift', () => {
      wallet.deposits([wallet.receipt({ order: 'CCCCCCCCCCCCCCCCCCCCCA' })], 150);
      expect(causes()[0]).toMatchObject({
        ...{ kind: 'payment-in', peer: bob, reference: 'CCCCCCCCCCCCCCCCCCCCCA' },
      });
      expect(wallet.books('income:gifts')).toBe(-150);
      expect(wallet.told()).toEqual(['payment-in']);
    });
  });
});
