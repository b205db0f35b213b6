import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { nextTimerAt, type Outcome, takeDueTimers } from '../kernel/index.ts';
import { depositsPerAnswerMax, depositWaitMsMax, requestTimeoutMs } from '../limits.ts';
import { problem } from '../problem.ts';
import { addCurrency, incomingHold, takeWalletOutcome } from './index.ts';
import {
  answered,
  bank,
  bob,
  carol,
  endpoints,
  LoneWallet,
  lock,
  noProof,
  orderId,
  refused,
  self,
  unreachable,
} from './lone-wallet.suite.ts';

describe('a wallet that asks for what was paid to it', () => {
  let wallet: LoneWallet;

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
  });

  const run: LoneWallet['world']['run'] = (work) => wallet.world.run(work);
  const count = (kind: Parameters<LoneWallet['calls']>[0]) => wallet.calls(kind).length;
  /** How long from now the next question for deposits is. */
  const nextInMs = () => (run((ctx) => nextTimerAt(ctx)) ?? 0) - wallet.world.now;

  describe('asks its issuer', () => {
    it('at once at first, and then as long as the issuer waits', () => {
      wallet = new LoneWallet();
      run((ctx) => addCurrency(ctx, { currency: bank, endpoints }));
      const search = () => wallet.calls('deposits').at(-1);
      expect(search()).toMatchObject({
        ...{ to: { peer: bank, endpoints }, timeoutMs: requestTimeoutMs },
        request: { search: { after: 0, waitMs: 0 } },
      });
      wallet.deposits([], 0);
      expect(search()).toMatchObject({
        timeoutMs: depositWaitMsMax + requestTimeoutMs,
        request: { search: { after: 0, waitMs: depositWaitMsMax } },
      });
      expect(wallet.view()).toMatchObject({ lastSeenAt: wallet.world.now });
      // Where the answer is lost at a commit that fails, it asks again by itself.
      expect(nextInMs()).toBe(depositWaitMsMax + requestTimeoutMs + 10_000);
    });

    it('and credits each receipt once, and asks on behind the newest', () => {
      wallet.poll();
      const receipts = [3, 5, 4].map((n) => wallet.receipt({ sequence: n, order: orderId(n) }));
      wallet.deposits(receipts, 250);
      expect(wallet.books('assets:balance')).toBe(250);
      expect(wallet.calls('deposits').at(-1)?.request.search).toMatchObject({ after: 5 });
      wallet.deposits(receipts, 250);
      expect(wallet.books('assets:balance')).toBe(250);
      expect(wallet.told()).toEqual(['payment-in', 'payment-in', 'payment-in']);
    });

    it('and asks on behind what the issuer says that it has shown, and never back', () => {
      const cursor = () => wallet.calls('deposits').at(-1)?.request.search?.['after'];
      wallet.poll();
      wallet.deposits([wallet.receipt({ sequence: 3 })], 150, 0, 9);
      expect(cursor()).toBe(9);
      wallet.deposits([wallet.receipt({ sequence: 4, order: orderId(4) })], 200, 0, 4);
      expect(cursor()).toBe(9);
      // With nothing to show its newest number says nothing of what was shown.
      wallet.world.now += 2_000;
      wallet.deposits([], 200, 0, 12);
      expect(cursor()).toBe(9);
    });

    it('and credits nothing that is not for it: the person is told', () => {
      wallet.poll();
      wallet.deposits(
        [
          wallet.receipt({ payee: carol, sequence: 7 }),
          wallet.receipt({ iss: carol, sequence: 8 }),
          'not.a.receipt',
        ],
        100,
        0,
        0,
      );
      expect(wallet.books('assets:balance')).toBe(100);
      expect(wallet.told()).toEqual([noProof, noProof, noProof]);
      expect(wallet.calls('deposits').at(-1)?.request.search).toMatchObject({ after: 0 });
    });

    it('and notes a hold among them, crediting nothing', () => {
      wallet.poll();
      const hold = { sha256: lock, expires: wallet.expires };
      wallet.deposits([wallet.receipt({ state: 'held', hold })], 100);
      const key = { currency: bank, payer: bob, order: 'BBBBBBBBBBBBBBBBBBBBBA' };
      expect(run((ctx) => incomingHold(ctx, key)?.state)).toBe('seen');
      expect([wallet.books('assets:balance'), wallet.told()]).toEqual([100, []]);
    });

    it('and takes no answer but that to its newest question', () => {
      wallet.poll();
      const [old] = wallet.calls('deposits');
      wallet.poll();
      const body = { deposits: [wallet.receipt()], balance: 150, held: 0, sequence: 1 };
      const purpose = { kind: 'deposits', currency: bank } as const;
      run((ctx) =>
        takeWalletOutcome(ctx, { id: old?.id ?? '', purpose }, answered(body), wallet.rules),
      );
      expect(wallet.books('assets:balance')).toBe(100);
      run((ctx) =>
        takeWalletOutcome(
          ctx,
          { id: 'x', purpose: { ...purpose, currency: carol } },
          answered(body),
          wallet.rules,
        ),
      );
      wallet.answer('deposits', body);
      expect(wallet.books('assets:balance')).toBe(150);
    });

    it('and not more often than each second an issuer that neither waits nor has anything', () => {
      wallet.poll();
      wallet.world.takeEffects();
      wallet.world.effects.push({ kind: 'event', event: { type: 'neighbor', peer: bank } });
      const answer = (afterMs: number) => {
        wallet.poll();
        wallet.world.now += afterMs;
        const before = count('deposits');
        wallet.deposits([], 100);
        return [count('deposits') - before, nextInMs()];
      };
      expect(answer(999)).toEqual([0, 1_000]);
      expect(answer(1_000)[0]).toBe(1);
    });

    it.each<[string, Outcome, string]>([
      ['cannot be reached', unreachable, 'unreachable'],
      ['refuses', refused(false), 'no-currency'],
      ['answers something else', answered({ deposits: 'none' }), 'bad-request'],
    ])('later where the issuer %s, and says why', (_what, outcome, code) => {
      wallet.poll();
      wallet.outcome('deposits', outcome);
      expect(wallet.view()).toMatchObject({ state: 'trouble', trouble: { code } });
      expect(nextInMs()).toBeGreaterThanOrEqual(500);
      expect(nextInMs()).toBeLessThanOrEqual(1_000);
      wallet.poll();
      wallet.deposits([], 100);
      expect(wallet.view()).toMatchObject({ state: 'ready' });
      expect(wallet.view()).not.toHaveProperty('trouble');
    });

    it('later and later after failures, a minute apart in the end', () => {
      const waits = Array.from({ length: 14 }, () => {
        wallet.poll();
        wallet.outcome('deposits', unreachable);
        return nextInMs();
      });
      const doubled = [
        1_000,
        2_000,
        4_000,
        8_000,
        16_000,
        32_000,
        ...Array<number>(8).fill(60_000),
      ];
      waits.forEach((wait, n) => {
        expect(wait).toBeGreaterThanOrEqual((doubled[n] ?? 0) / 2);
        expect(wait).toBeLessThanOrEqual(doubled[n] ?? 0);
      });
      const [timer] = run((ctx) => {
        const due = nextTimerAt(ctx) ?? 0;
        return takeDueTimers({ ...ctx, now: due }, 9);
      });
      expect(timer).toEqual({ kind: 'poll-deposits', currency: bank });
    });
  });

  describe('compares the issuer’s balance with its books', () => {
    const differ = (balance = 70, held = 0) => {
      wallet.poll();
      wallet.deposits([], balance, held);
    };
    const orders = (transfers: string[] = []) =>
      wallet.answer('orders-since', { transfers, sequence: transfers.length });

    it('looks into a difference first, and tells it when it lasts', () => {
      differ();
      expect([count('orders-since'), wallet.told()]).toEqual([1, []]);
      // While the orders are asked for nothing is compared.
      differ();
      expect(wallet.view()).not.toHaveProperty('discrepancy');
      orders();
      differ();
      const since = wallet.world.now;
      expect(wallet.view().discrepancy).toEqual({ books: 100, issuer: 70, since });
      expect(wallet.told()).toEqual(['The issuer says 70, your books say 100.']);
      wallet.world.now += 5_000;
      differ();
      expect(wallet.told()).toHaveLength(1);
      differ(60);
      expect(wallet.told()).toHaveLength(2);
      expect(wallet.view().discrepancy).toEqual({ books: 100, issuer: 60, since });
      wallet.book('assets:balance', 5);
      differ(60);
      expect(wallet.view().discrepancy).toMatchObject({ books: 105, issuer: 60 });
    });

    it('forgets a difference that is gone, and looks into the next one anew', () => {
      differ();
      orders();
      differ();
      differ(100);
      expect(wallet.view()).not.toHaveProperty('discrepancy');
      differ();
      expect([count('orders-since'), wallet.view().discrepancy]).toEqual([2, undefined]);
    });

    it('compares nothing while an order is under way, or where one was answered meanwhile', () => {
      wallet.order(10);
      differ();
      expect(count('orders-since')).toBe(0);
      wallet.answer('order', {});
      wallet.poll();
      wallet.outcome('order', {
        ...refused(false),
        problem: problem('insufficient-funds', 'No.'),
      } as Outcome);
      wallet.deposits([], 70);
      expect(count('orders-since')).toBe(0);
      differ();
      expect(count('orders-since')).toBe(1);
    });

    it('compares nothing where money came in meanwhile, or more is to come than one answer holds', () => {
      wallet.poll();
      const full = Array.from({ length: depositsPerAnswerMax }, (_, n) =>
        wallet.receipt({ order: orderId(n), amount: 1 as Amount }),
      );
      wallet.deposits(full.slice(1), 70);
      expect(count('orders-since')).toBe(1);
      orders();
      wallet.deposits(full, 70);
      expect(wallet.view()).not.toHaveProperty('discrepancy');
    });

    it('asks after its holds where the issuer binds less than the books', () => {
      const order = wallet.hold(30);
      const hold = { sha256: lock, expires: wallet.expires };
      const receipt = {
        payer: self,
        payee: bob,
        amount: 30 as Amount,
        fee: 2 as Amount,
        order,
        hold,
      };
      wallet.answer('order', { receipt: wallet.receipt({ ...receipt, state: 'held' }) });
      run((ctx) => takeDueTimers({ ...ctx, now: ctx.now + 60_000 }, 9));
      differ(68, 32);
      expect(run((ctx) => takeDueTimers(ctx, 9))).toEqual([]);
      differ(68, 31);
      expect(run((ctx) => takeDueTimers(ctx, 9))).toEqual([
        { kind: 'hold-look', currency: bank, payer: self, order },
      ]);
    });
  });
});
