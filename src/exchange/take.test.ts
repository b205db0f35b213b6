import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { owesUs, post, weOwe } from '../books/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import { addCurrency, issuerEndpoints } from '../money/index.ts';
import { takeTerms } from '../tabs/index.ts';
import { type Exchange, quoteTake, takeRate, takeRates, wayFor } from './index.ts';
import { alice, bob, crowns, LoneSwap, self } from './lone-swap.suite.ts';

describe('a rate of a neighbor that is taken up', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('taker');
    list('primary');
    x.world.settings = { ...x.world.settings, creditLimit: 100 as Amount };
  });

  const run: LoneSwap['world']['run'] = (work) => x.world.run(work);
  const list = (on: 'primary' | 'secondary') => {
    const known = x.world.neighbors.get(alice);
    if (known) x.world.neighbors.put({ ...known, list: on });
  };
  /** Alice offers three crowns for two of the own money, and tells where the crowns' issuer answers. */
  const offer = (change: object = {}) => {
    const rate = {
      ...{ give: self, get: crowns, numerator: 3, denominator: 2, max: 100 },
      ...{ expires: x.nowSeconds + 60, swaps: true },
      ...{ giveEndpoints: [], getEndpoints: ['https://bank:1'], ...change },
    };
    const answered = { kind: 'answered', status: 200, body: [rate] } as const;
    run((ctx) => takeRates(ctx, alice, answered));
  };
  /** Alice lets this peer's tab go so far in each of these currencies. */
  const letOwe = (...limits: readonly (readonly [CurrencyId, number])[]) => {
    const payment = { payee: alice, transactionId: 'tab' };
    const currencies = limits.map(([currency, creditLimit]) => ({
      ...{ currency, endpoints: [], solicitationFee: 0, creditLimit, settleAt: 0, payment },
    }));
    const body = { standing: 'primary', currencies };
    run((ctx) => takeTerms(ctx, alice, { kind: 'answered', status: 200, body }));
  };
  /** So much stands on a half of the tab already. */
  const owed = (half: typeof weOwe, amount: number, currency = self) =>
    run((ctx) =>
      post(ctx, currency, { kind: 'correction', reason: 'A test.' }, [
        { account: half(alice), amount },
        { account: 'equity:exchange', amount: -amount },
      ]),
    );
  const order = { peer: alice, give: self, get: crowns, amount: 40 as Amount };
  const way = (got = 60) => run((ctx) => wayFor(ctx, order, got as Amount));
  const take = (how?: Exchange['way']) => {
    const taken = run((ctx) => takeRate(ctx, { ...order, way: how }));
    return taken.ok ? taken.value.way : taken.error.code;
  };
  const places = () => run((ctx) => issuerEndpoints(ctx, crowns));

  describe('goes on the tabs', () => {
    it('where the other lets this peer owe what it gives, to the unit', () => {
      letOwe([crowns, 0], [bob, 0], [self, 40]);
      expect(way()).toBe('tab');
      letOwe([crowns, 100], [bob, 100], [self, 39]);
      expect(way()).toBe('swap');
      letOwe([crowns, 100], [bob, 100]);
      expect(way()).toBe('swap');
    });

    it('where there is room beside what is owed already, and more where the other owes, too', () => {
      letOwe([self, 40]);
      owed(weOwe, -1);
      expect(way()).toBe('swap');
      owed(owesUs, 1);
      expect(way()).toBe('tab');
    });

    it('where the other may owe this peer what is got, to the unit', () => {
      letOwe([self, 40]);
      expect([way(100), way(101)]).toEqual(['tab', 'swap']);
    });

    it('with a primary neighbor: with nobody else, not even where that one has paid ahead', () => {
      letOwe([self, 40]);
      owed(owesUs, -100, crowns);
      expect(way(200)).toBe('tab');
      list('secondary');
      expect(way()).toBe('swap');
    });
  });

  it('says until when it held, and for how much it holds', () => {
    const quoted = (amount: number) => {
      const quote = run((ctx) => quoteTake(ctx, { ...order, amount: amount as Amount }));
      return quote.ok ? quote.value : quote.error.members;
    };
    offer();
    expect([quoted(100), quoted(101)]).toEqual([150, { left: 100 }]);
    const expires = x.nowSeconds;
    offer({ expires });
    expect(quoted(40)).toEqual({ expires });
  });

  describe('tells where the issuer answers of what is got', () => {
    it.each(['tab', 'swap'] as const)('which is followed from then on (%s)', (how) => {
      offer();
      expect([places(), take(how), places()]).toEqual([undefined, how, ['https://bank:1']]);
    });

    it.each(['tab', 'swap'] as const)('but not where that is known (%s)', (how) => {
      run((ctx) => addCurrency(ctx, { currency: crowns, endpoints: ['https://known:1'] }));
      offer({ getEndpoints: ['https://elsewhere:1'] });
      expect([take(how), places()]).toEqual([how, ['https://known:1']]);
    });

    it('or it cannot be got by holds, and is not followed', () => {
      offer({ getEndpoints: [] });
      expect([take('swap'), places()]).toEqual(['unknown-currency', undefined]);
    });
  });
});
