import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { Outcome } from '../kernel/index.ts';
import { depositsPerAnswerMax } from '../limits.ts';
import { askForTerms } from './currencies.ts';
import { askForOrders } from './deposits.ts';
import {
  addCurrency,
  forgetCurrency,
  startWallet,
  takeWalletOutcome,
  walletView,
} from './index.ts';
import {
  answered,
  bank,
  bob,
  carol,
  endpoints,
  LoneWallet,
  noProof,
  orderId,
  refused,
  self,
  unreachable,
} from './lone-wallet.suite.ts';

describe('a wallet that follows a currency', () => {
  let wallet: LoneWallet;

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
  });

  const run: LoneWallet['world']['run'] = (work) => wallet.world.run(work);
  const count = (kind: Parameters<LoneWallet['calls']>[0]) => wallet.calls(kind).length;

  describe('asks for its terms', () => {
    beforeEach(() => {
      wallet = new LoneWallet();
    });
    const add = () => run((ctx) => addCurrency(ctx, { currency: bank, endpoints }));
    const ask = () => run((ctx) => askForTerms(ctx, bank));

    it('once at a time, and of nobody whom it does not follow', () => {
      ask();
      expect(count('currency-terms')).toBe(0);
      add();
      ask();
      expect(wallet.calls('currency-terms')).toMatchObject([{ to: { peer: bank, endpoints } }]);
      wallet.answer('currency-terms', { currency: wallet.terms() });
      ask();
      expect(count('currency-terms')).toBe(2);
    });

    it('and shows what they say; whoever waits for money may go on', () => {
      add();
      expect(wallet.view()).toMatchObject({ state: 'connecting', decimals: 0 });
      expect(wallet.view()).not.toHaveProperty('name');
      wallet.answer('currency-terms', { currency: wallet.terms() });
      expect(wallet.view()).toMatchObject({
        ...{ name: 'Money', symbol: 'M', decimals: 2, fee: { flat: 2, perMillion: 0 } },
        ...{ redeemableFor: 'documents', own: false },
      });
      expect(wallet.world.takeFacts()).toEqual([{ kind: 'funds', currency: bank }]);
    });

    it('and keeps the newest of them', () => {
      add();
      const tell = (iat: number, name: string) => {
        ask();
        wallet.answer('currency-terms', { currency: wallet.terms({ iat, name }) });
        return wallet.view().name;
      };
      expect(tell(1_000, 'One')).toBe('One');
      expect(tell(999, 'Older')).toBe('One');
      expect(tell(1_000, 'Of the same second')).toBe('Of the same second');
      expect(tell(1_001, 'Newer')).toBe('Newer');
    });

    it.each<[string, () => Outcome, string]>([
      ['refuses', () => refused(false), 'no-currency'],
      ['answers something else', () => answered({}), 'bad-request'],
      [
        'shows those of another',
        () => answered({ currency: wallet.terms({}, carol) }),
        'bad-statement',
      ],
      ['shows some that are not signed', () => answered({ currency: 'x.y.z' }), 'bad-statement'],
    ])('and shows the trouble where the issuer %s', (_what, outcome, code) => {
      add();
      wallet.outcome('currency-terms', outcome());
      expect(wallet.view()).toMatchObject({ state: 'trouble', trouble: { code } });
      expect(wallet.view()).not.toHaveProperty('name');
      expect(wallet.world.takeFacts()).toEqual([]);
    });

    it.each([unreachable, refused(true)])(
      'and waits for an answer after none: $kind',
      (outcome) => {
        add();
        wallet.outcome('currency-terms', outcome);
        expect(wallet.view()).toMatchObject({ state: 'connecting' });
        ask();
        // The first is still to be answered.
        expect(count('currency-terms')).toBe(1);
      },
    );

    it('again with its deposits, as long as they are not known', () => {
      add();
      wallet.answer('currency-terms', {});
      wallet.deposits([], 0);
      wallet.poll();
      expect(count('currency-terms')).toBe(2);
      wallet.answer('currency-terms', { currency: wallet.terms() });
      wallet.poll();
      expect(count('currency-terms')).toBe(2);
    });
  });

  describe('asks which of its orders happened', () => {
    const ask = () => run((ctx) => askForOrders(ctx, bank));
    const mine = (sequence: number, order: string) =>
      wallet.receipt({
        payer: self,
        payee: bob,
        amount: 10 as Amount,
        fee: 2 as Amount,
        sequence,
        order,
      });
    const cursor = () => wallet.calls('orders-since').at(-1)?.request.search?.['after'];

    it('once at a time, behind the last that it knows', () => {
      ask();
      ask();
      expect(count('orders-since')).toBe(1);
      wallet.answer('orders-since', {
        transfers: [mine(4, orderId(1)), mine(3, orderId(2))],
        sequence: 4,
      });
      expect(wallet.books('assets:balance')).toBe(76);
      ask();
      expect(cursor()).toBe(4);
      wallet.answer('orders-since', { transfers: [mine(2, orderId(3))], sequence: 4 });
      ask();
      expect(cursor()).toBe(4);
    });

    it('asks on only where the answer was full', () => {
      wallet.book('assets:balance', 100_000);
      ask();
      const full = Array.from({ length: depositsPerAnswerMax }, (_, n) => mine(n + 1, orderId(n)));
      wallet.answer('orders-since', { transfers: full.slice(1), sequence: 1 });
      expect(count('orders-since')).toBe(1);
      ask();
      wallet.answer('orders-since', { transfers: full.slice(1), sequence: 1 });
      expect(count('orders-since')).toBe(2);
      ask();
      const more = full.map((_, n) => mine(n + 1_000, orderId(n + 1_000)));
      wallet.answer('orders-since', { transfers: more, sequence: 1 });
      expect([count('orders-since'), cursor()]).toEqual([4, 999 + depositsPerAnswerMax]);
    });

    it('books nothing that is not its own, or not as it ordered it: the person is told', () => {
      const order = wallet.order(10);
      ask();
      const theirs = wallet.receipt({ payer: carol, payee: bob, sequence: 7 });
      const other = wallet.receipt({ payer: self, payee: carol, order, sequence: 8 });
      wallet.answer('orders-since', { transfers: [theirs, other], sequence: 8 });
      expect([wallet.told(), wallet.newest().state]).toEqual([[noProof, noProof], 'ordered']);
      ask();
      expect(cursor()).toBe(0);
    });

    it('takes the receipt of an order that it knows as settled for known', () => {
      const order = wallet.order(10);
      wallet.answer('order', { receipt: mine(1, order) });
      wallet.world.takeEffects();
      ask();
      wallet.answer('orders-since', { transfers: [mine(1, order)], sequence: 1 });
      expect([wallet.told(), wallet.books('assets:balance')]).toEqual([[], 88]);
    });

    it('learns nothing from an issuer that does not tell', () => {
      ask();
      wallet.outcome('orders-since', refused(false));
      ask();
      wallet.answer('orders-since', { transfers: 'none' });
      expect([wallet.told(), wallet.books('assets:balance')]).toEqual([[], 100]);
      const purpose = { kind: 'orders-since', currency: carol } as const;
      const body = answered({ transfers: [], sequence: 0 });
      run((ctx) => takeWalletOutcome(ctx, { id: 'x', purpose }, body, wallet.rules));
    });
  });

  describe('is told where its issuer answers', () => {
    const again = (where: readonly string[]) =>
      run((ctx) => addCurrency(ctx, { currency: bank, endpoints: where }));
    const asked = () => {
      wallet.world.takeEffects();
      wallet.poll();
      return wallet.calls('deposits')[0]?.to.endpoints;
    };

    it('anew, but not that it answers nowhere', () => {
      again(['https://moved:1']);
      expect(asked()).toEqual(['https://moved:1']);
      again([]);
      expect(asked()).toEqual(['https://moved:1']);
      expect(count('currency-terms')).toBe(0);
    });

    it('when it takes up a currency that was forgotten, and keeps what it knew where it is not', () => {
      const forget = () => run((ctx) => forgetCurrency(ctx, bank, { leaveMoney: true }));
      expect(forget().ok).toBe(true);
      expect(asked()).toBeUndefined();
      again([]);
      expect(asked()).toEqual(endpoints);
      forget();
      wallet.world.takeEffects();
      again(['https://moved:1']);
      expect([count('currency-terms'), count('orders-since'), count('deposits')]).toEqual([
        1, 1, 1,
      ]);
      expect(asked()).toEqual(['https://moved:1']);
    });
  });

  it('asks for everything anew at a start, and compares anew', () => {
    run((ctx) => startWallet(ctx));
    expect([count('currency-terms'), count('orders-since'), count('deposits')]).toEqual([1, 1, 1]);
    expect(wallet.calls('deposits')[0]?.request.search).toMatchObject({ waitMs: 0 });
    expect(wallet.view().state).toBe('connecting');
  });

  it('never follows its own currency', () => {
    run((ctx) => addCurrency(ctx, { currency: self, endpoints }));
    expect(run(walletView).map(({ currency }) => currency)).toEqual([bank]);
  });

  it('calls back what it has asked of an issuer that is forgotten', () => {
    wallet.world.takeEffects();
    run((ctx) => startWallet(ctx));
    const [query] = wallet.calls('deposits');
    wallet.world.takeEffects();
    run((ctx) => forgetCurrency(ctx, bank, { leaveMoney: true }));
    expect(wallet.world.effects).toContainEqual({ kind: 'hang-up', callId: query?.id });
    expect(wallet.told()).toEqual(['forgotten']);
  });
});
