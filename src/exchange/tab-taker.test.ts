import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { problem } from '../problem.ts';
import { isExpected, netOwed } from '../tabs/index.ts';
import { exchangeOf, putExchange, recentExchanges, type TabExchange } from './exchanges.ts';
import {
  allOffers,
  askRates,
  quoteTake,
  takeExchangeAnswer,
  takeRate,
  takeRates,
  wayFor,
} from './index.ts';
import { alice, bob, crowns, LoneSwap, self } from './lone-swap.suite.ts';
import { startTabExchange } from './tab-exchange.ts';

describe('who takes a rate up', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('taker');
    const known = x.world.neighbors.get(alice);
    if (known) x.world.neighbors.put({ ...known, list: 'primary' });
    x.world.settings = { ...x.world.settings, creditLimit: 100 as Amount };
  });

  const run: LoneSwap['world']['run'] = (work) => x.world.run(work);
  const wanted = { give: self, get: crowns, amount: 40 as Amount, least: 60 as Amount };
  const start = (change: Partial<typeof wanted> = {}, peer = alice) =>
    run((ctx) => startTabExchange(ctx, peer, { ...wanted, ...change }));
  const begun = () => {
    const started = start();
    if (!started.ok) throw new Error(started.error.detail);
    return started.value.id;
  };
  const answered = (body: unknown): Outcome => ({ kind: 'answered', status: 200, body });
  const answer = (id: string, outcome: Outcome) =>
    run((ctx) => takeExchangeAnswer(ctx, { peer: alice, id }, outcome));
  const stands = (id: string) => run((ctx) => exchangeOf(ctx, alice, id));
  const awaited = (reference: string) =>
    run((ctx) => isExpected(ctx, alice, self, { kind: 'exchange', reference }));
  const tab = { currency: self, balance: 40, entries: 1 };

  describe('on the tabs', () => {
    it.each([
      ['of one currency for itself', { give: crowns }, alice],
      ['with itself', {}, self],
      ['of nothing', { amount: 0 as Amount }, alice],
      ['for nothing', { least: 0 as Amount }, alice],
    ])('asks for none %s', (_what, change, peer) => {
      expect(start(change, peer)).toMatchObject({ error: { code: 'bad-request' } });
      expect(x.calls('exchange')).toEqual([]);
    });

    it('asks for as little as there is', () => {
      expect(start({ amount: 1 as Amount, least: 1 as Amount }).ok).toBe(true);
    });

    it('enters what it got and shows it, once', () => {
      const id = begun();
      expect(awaited(id)).toBe(true);
      for (const _again of [1, 2]) answer(id, answered({ got: 61, tab }));
      expect(stands(id)).toMatchObject({ state: 'exchanged', got: 61 });
      expect(run((ctx) => balanceOf(ctx, crowns, 'equity:exchange'))).toBe(-61);
      // What it gave stands on the other's tab, which came with the answer.
      expect([awaited(id), run((ctx) => netOwed(ctx, alice, self))]).toEqual([false, 40]);
      expect(x.calls('tab-entries')).toEqual([]);
      expect(x.calls('exchange-shown')).toMatchObject([
        { to: { peer: alice }, request: { body: { id, give: self, get: crowns, amount: 40 } } },
      ]);
    });

    it('enters twice what was agreed on at most', () => {
      const [one, other] = [begun(), start({ least: 20 as Amount })];
      answer(one, answered({ got: 120, tab }));
      expect(stands(one)).toMatchObject({ got: 120 });
      if (other.ok) answer(other.value.id, answered({ got: 41, tab }));
      expect(other.ok && stands(other.value.id)).toMatchObject({ got: 20 });
    });

    it.each<[string, Outcome, string, boolean]>([
      ['less than was agreed on', answered({ got: 59, tab }), 'bad-request', true],
      ['something else', answered({ got: 'much' }), 'bad-request', true],
      ['nothing', { kind: 'unreachable', detail: '' }, 'unreachable', true],
      [
        'a refusal',
        { kind: 'refused', problem: problem('no-rate', 'No.'), retryable: false, body: undefined },
        'no-rate',
        false,
      ],
    ])(
      'gives up where the answer is %s, and there is room again',
      (_what, outcome, code, looks) => {
        const id = begun();
        expect(start({ least: 41 as Amount })).toMatchObject({ error: { code: 'tab-limit' } });
        answer(id, outcome);
        expect(stands(id)).toMatchObject({ state: 'failed', failure: { code } });
        // Only a refusal says that nothing was charged; else the tab is looked at.
        expect([awaited(id), x.calls('tab-entries').length]).toEqual(
          looks ? [true, 1] : [false, 0],
        );
        expect(start({ least: 100 as Amount }).ok).toBe(true);
        answer(id, answered({ got: 60, tab }));
        expect(stands(id)?.state).toBe('failed');
      },
    );
  });

  describe('of a peer whose rates it has learned', () => {
    const rate = (change: object = {}) => ({
      ...{ give: self, get: crowns, numerator: 3, denominator: 2, max: 100 },
      ...{ expires: x.nowSeconds + 60, swaps: true },
      ...{ giveEndpoints: [], getEndpoints: ['https://bank:1'], ...change },
    });
    const learn = (...rates: object[]) => run((ctx) => takeRates(ctx, alice, answered(rates)));
    const take = { peer: alice, give: self, get: crowns, amount: 40 as Amount };
    const quoted = (amount = 40) => {
      const quote = run((ctx) => quoteTake(ctx, { ...take, amount: amount as Amount }));
      return quote.ok ? quote.value : quote.error.code;
    };

    it('asks for them every ten seconds at most, and nobody of whom no address is known', () => {
      const ask = () => run((ctx) => askRates(ctx, [alice, bob]));
      expect(ask()).toEqual([alice]);
      expect(x.calls('rates')).toMatchObject([{ to: { peer: alice }, purpose: { peer: alice } }]);
      x.world.now += 9_999;
      expect(ask()).toEqual([]);
      x.world.now += 1;
      expect(ask()).toEqual([alice]);
    });

    it('keeps what was offered last where no answer comes', () => {
      expect(run(allOffers)).toEqual([]);
      learn(rate());
      run((ctx) => takeRates(ctx, alice, { kind: 'unreachable', detail: '' }));
      run((ctx) => takeRates(ctx, alice, answered('none')));
      expect(run(allOffers)).toMatchObject([{ peer: alice, rates: [{ max: 100 }] }]);
      x.world.takeEffects();
      learn();
      // Who watches sees it change.
      expect(x.world.takeEffects()).toEqual([
        { kind: 'event', event: { type: 'rates', peer: alice } },
      ]);
      expect(run(allOffers)).toMatchObject([{ rates: [] }]);
    });

    it('sees what it gives, and where it does not hold', () => {
      expect(quoted()).toBe('no-rate');
      const others = { numerator: 9 };
      learn(rate({ ...others, give: bob }), rate({ ...others, get: bob }), rate());
      expect([quoted(), quoted(100), quoted(101)]).toEqual([60, 150, 'exchange-limit']);
      x.world.now += 59_999;
      expect(quoted()).toBe(60);
      x.world.now += 1;
      expect(quoted()).toBe('rate-expired');
      expect(run((ctx) => takeRate(ctx, take))).toMatchObject({ error: { code: 'rate-expired' } });
    });

    it('goes by holds where it has no room on the tabs, unless it says how', () => {
      const way = (change: object = {}) =>
        run((ctx) => wayFor(ctx, { ...take, ...change }, 60 as Amount));
      // The other's terms are not known: nobody can tell whether there is room.
      expect(way()).toBe('swap');
      expect([way({ way: 'tab' }), way({ way: 'swap' })]).toEqual(['tab', 'swap']);
      learn(rate());
      expect(run((ctx) => takeRate(ctx, take))).toMatchObject({ value: { way: 'swap', got: 60 } });
      expect(run((ctx) => takeRate(ctx, { ...take, way: 'tab' }))).toMatchObject({
        value: { way: 'tab', got: 60 },
      });
    });
  });

  it('sees its exchanges, the newest first', () => {
    const one = begun();
    x.world.now += 1;
    const other = start({ least: 1 as Amount });
    x.world.takeEffects();
    const known = stands(one);
    if (known) run((ctx) => putExchange(ctx, known as TabExchange));
    expect(x.world.takeEffects()).toEqual([
      { kind: 'event', event: { type: 'exchange', peer: alice, id: one, state: 'asking' } },
    ]);
    const ids = (limit: number) => run((ctx) => recentExchanges(ctx, limit).map((each) => each.id));
    expect(ids(9)).toEqual([other.ok && other.value.id, one]);
    expect(ids(1)).toHaveLength(1);
    expect(stands(one)?.changedAt).toBe(x.world.now);
  });
});
