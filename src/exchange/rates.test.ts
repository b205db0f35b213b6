import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { addCurrency } from '../money/index.ts';
import type { ExchangeRate } from '../settings/index.ts';
import {
  conversionRates,
  costAt,
  drawOnRate,
  mostAt,
  offeredRates,
  ownRates,
  rateKey,
  restoreRate,
} from './index.ts';
import { bob, crowns, LoneSwap, self } from './lone-swap.suite.ts';
import { quoteExchange, rateFor } from './rates.ts';

const pair = { give: crowns, get: self };

describe('a rate that a person set', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('maker');
  });

  const run: LoneSwap['world']['run'] = (work) => x.world.run(work);
  /** Sets the rate anew: three of the own money for two crowns, 1,000 crowns in all, where it is not said otherwise. */
  const set = (change: Partial<ExchangeRate>) => {
    const { exchange } = x.world.settings;
    const rates = exchange.rates.map((rate) => ({ ...rate, ...change }));
    x.world.settings = { ...x.world.settings, exchange: { ...exchange, rates } };
  };
  const convert = (to: boolean) => {
    const { exchange } = x.world.settings;
    x.world.settings = { ...x.world.settings, exchange: { ...exchange, convert: to } };
  };
  const offered = () => run((ctx) => offeredRates(ctx).map(({ max }) => max));
  const converted = (give = crowns) => run((ctx) => conversionRates(ctx, give)).length;
  const code = (result: { ok: true } | { ok: false; error: { code: string } }) =>
    result.ok ? 'ok' : result.error.code;
  const held = () => code(run((ctx) => rateFor(ctx, pair)));
  const use = (value: number) => run((ctx) => drawOnRate(ctx, pair, value as Amount));
  const restore = (value: number, since: string) =>
    run((ctx) => restoreRate(ctx, pair, value as Amount, since));
  const key = () => run((ctx) => rateKey(ctx, pair)) ?? '';

  it('is offered with where both issuers answer, and what is left of it', () => {
    use(300);
    expect(run(offeredRates)).toMatchObject([
      {
        ...{ give: crowns, get: self, numerator: 3, denominator: 2, max: 700, swaps: true },
        ...{ giveEndpoints: ['https://bank:1'], getEndpoints: x.world.settings.endpoints },
      },
    ]);
    expect(run(ownRates)).toMatchObject([{ max: 1_000, left: 700, expired: false }]);
    expect(run(ownRates)[0]).not.toHaveProperty('idle');
  });

  it('is offered until it has expired, to the second', () => {
    convert(true);
    set({ expires: x.nowSeconds + 1 });
    expect([offered(), held(), converted()]).toEqual([[1_000], 'ok', 1]);
    set({ expires: x.nowSeconds });
    expect([offered(), held(), converted()]).toEqual([[], 'rate-expired', 0]);
    expect(run(ownRates)).toMatchObject([{ expired: true }]);
    expect(run((ctx) => rateFor(ctx, pair))).toMatchObject({
      error: { members: { expires: x.nowSeconds } },
    });
  });

  it('is one of several, each for its two currencies and with its own room', () => {
    run((ctx) => addCurrency(ctx, { currency: bob, endpoints: ['https://bob:1'] }));
    const { exchange } = x.world.settings;
    const [first] = exchange.rates;
    if (!first) throw new Error('There is no rate.');
    const [toBob, ofOwn] = [
      { ...first, get: bob },
      { ...first, give: self, get: bob },
    ];
    const rates = [toBob, ofOwn, first];
    x.world.settings = { ...x.world.settings, exchange: { ...exchange, rates } };
    use(300);
    expect(run(ownRates).map(({ left }) => left)).toEqual([1_000, 1_000, 700]);
    const found = run((ctx) => rateFor(ctx, pair));
    expect(found).toMatchObject({ value: { ...pair, left: 700 } });
    const keys = rates.map((rate) => run((ctx) => rateKey(ctx, rate)));
    expect(new Set(keys).size).toBe(3);
    restore(100, key());
    expect(run(ownRates).map(({ left }) => left)).toEqual([1_000, 1_000, 800]);
  });

  it('is offered to nobody while this peer does not take the one currency, or know the other', () => {
    convert(true);
    set({ give: bob });
    expect([offered(), held(), converted(bob)]).toEqual([[], 'no-rate', 0]);
    expect(run(ownRates)).toMatchObject([{ idle: 'not-accepted' }]);
    set({ give: crowns, get: bob });
    expect(run(ownRates)).toMatchObject([{ idle: 'unknown-currency' }]);
    expect(code(run((ctx) => rateFor(ctx, { give: crowns, get: bob })))).toBe('no-rate');
    expect([offered(), converted()]).toEqual([[], 0]);
    run((ctx) => addCurrency(ctx, { currency: bob, endpoints: ['https://bob:1'] }));
    expect(run(offeredRates)).toMatchObject([{ getEndpoints: ['https://bob:1'] }]);
  });

  it('converts only where the person wants that, and for those who pay in its currency', () => {
    convert(false);
    expect(converted()).toBe(0);
    convert(true);
    expect([converted(), converted(self)]).toEqual([1, 0]);
    use(1_000);
    expect(converted()).toBe(0);
  });

  it('is used up to its end, and not past it', () => {
    use(999);
    expect(offered()).toEqual([1]);
    use(2);
    expect([offered(), run(ownRates)[0]?.left]).toEqual([[], 0]);
    expect(held()).toBe('ok');
  });

  it('is whole again where what was taken came to nothing, and never more than whole', () => {
    use(300);
    restore(200, key());
    expect(run(ownRates)[0]?.left).toBe(900);
    restore(200, key());
    expect(run(ownRates)[0]?.left).toBe(1_000);
  });

  it('that was changed is a new one: whole, and nothing is given back to it', () => {
    use(300);
    const before = key();
    set({ numerator: 4 as Amount });
    expect(run(ownRates)[0]?.left).toBe(1_000);
    use(300);
    restore(300, before);
    expect(run(ownRates)[0]?.left).toBe(700);
    for (const change of [{ denominator: 3 as Amount }, { max: 999 as Amount }, { expires: 1 }]) {
      const named = key();
      set(change);
      expect(key()).not.toBe(named);
    }
    set({ numerator: 1 as Amount, denominator: 12 as Amount });
    const oneForTwelve = key();
    set({ numerator: 11 as Amount, denominator: 2 as Amount });
    expect(key()).not.toBe(oneForTwelve);
    expect(run((ctx) => rateKey(ctx, { give: self, get: crowns }))).toBeUndefined();
    run((ctx) => drawOnRate(ctx, { give: self, get: crowns }, 5 as Amount));
  });

  it('says what would be got, or why nothing is', () => {
    const quoted = (amount: number, least?: number) => {
      const wanted = { ...pair, amount: amount as Amount, least: least as Amount | undefined };
      const quote = run((ctx) => quoteExchange(ctx, wanted));
      return quote.ok ? quote.value : [quote.error.code, quote.error.members];
    };
    use(900);
    expect([quoted(100), quoted(100, 150)]).toEqual([150, 150]);
    expect(quoted(101)).toEqual(['exchange-limit', { left: 100 }]);
    expect(quoted(100, 151)).toEqual(['rate-changed', { got: 150 }]);
    expect(quoted(0)).toEqual(['exchange-limit', undefined]);
  });

  it('says what must be given for a price, and the most that may be asked for', () => {
    const cost = (get: number) => run((ctx) => costAt(ctx, pair, get as Amount));
    const most = (give: number) => run((ctx) => mostAt(ctx, pair, give as Amount));
    use(900);
    expect([cost(3), cost(4), cost(150), cost(151)]).toEqual([2, 3, 100, undefined]);
    expect([most(3), most(100), most(101), most(0)]).toEqual([4, 150, 150, undefined]);
    set({ expires: 1 });
    expect([cost(3), most(3)]).toEqual([undefined, undefined]);
  });
});
