import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import type { IncomingHold } from '../money/wallet-state.ts';
import type { RequestInput } from '../protocol/index.ts';
import { putExchange, type Swap } from './exchanges.ts';
import { answerSwap, swapDeadline, swapGave } from './index.ts';
import {
  alice,
  bob,
  crowns,
  id,
  LoneSwap,
  ours,
  preimage,
  self,
  swapStates,
  theirs,
  wrongPreimage,
} from './lone-swap.suite.ts';
import { purposeOf } from './swap.ts';

const minuteMs = 60_000;
const states = (...but: readonly Swap['state'][]) =>
  swapStates.maker.filter((state) => !but.includes(state));

describe('who offers a rate', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('maker');
  });

  describe('is asked for a swap', () => {
    const ask = (change: Partial<RequestInput<'swap'>> = {}, from = alice) => {
      const asked: RequestInput<'swap'> = {
        ...{ id, give: crowns, get: self, amount: 40 as Amount, sha256: x.lock },
        expires: x.nowSeconds + 7_200,
        ...change,
      };
      const answer = x.world.run((ctx) => answerSwap(ctx, from, asked));
      return answer.ok ? answer.value.got : answer.error.code;
    };

    it('and promises it for eight minutes, of what is left of the rate', () => {
      expect([ask(), x.state, x.left]).toEqual([60, 'promised', 960]);
      const over = () => x.world.run((ctx) => swapDeadline(ctx, { peer: alice, id }));
      x.world.now += 8 * minuteMs;
      over();
      expect(x.swap()).toMatchObject({ state: 'failed', failure: { code: 'unavailable' } });
      expect(x.left).toBe(1_000);
      over();
      expect(x.left).toBe(1_000);
    });

    it('again and gives the same answer, once', () => {
      expect([ask(), ask(), x.left]).toEqual([60, 60, 960]);
      expect(ask({ sha256: x.lockOf(wrongPreimage) })).toBe('exchange-id-reused');
      expect(ask({ amount: 41 as Amount })).toBe('exchange-id-reused');
      expect(ask({ give: bob })).toBe('exchange-id-reused');
      expect(ask({ get: bob })).toBe('exchange-id-reused');
      expect(x.left).toBe(960);
    });

    it('under the id of another exchange, and refuses', () => {
      const { sha256: _, preimage: __, way: ___, ...swap } = x.put('promised', { rate: 'x' });
      x.world.run((ctx) => putExchange(ctx, { ...swap, way: 'tab', state: 'exchanged' } as never));
      expect(ask()).toBe('exchange-id-reused');
      x.put('asking', { side: 'taker' });
      expect(ask()).toBe('exchange-id-reused');
    });

    it('by an undesirable peer, and refuses', () => {
      const known = x.world.neighbors.get(alice);
      if (known) x.world.neighbors.put({ ...known, list: 'undesirable' });
      expect([ask(), x.left]).toEqual(['undesirable', 1_000]);
    });

    it('by a stranger, and promises it where the person wants that', () => {
      expect(ask({}, bob)).toBe(60);
      const { exchange } = x.world.settings;
      x.world.settings = { ...x.world.settings, exchange: { ...exchange, swaps: false } };
      expect(ask({ id: 'EEEEEEEEEEEEEEEEEEEEEA' }, bob)).toBe('no-rate');
      expect(ask()).toBe(60);
    });

    it('with a hold that ends too soon for its own, and refuses', () => {
      const least = 3_600 + 120 + 600;
      expect(ask({ expires: x.nowSeconds + least - 1 })).toBe('bad-request');
      expect(ask({ expires: x.nowSeconds + least })).toBe(60);
    });

    it('too often by one peer, which takes no place of others', () => {
      const ids = [1, 2, 3, 4].map((n) => `${n}AAAAAAAAAAAAAAAAAAAAA`);
      expect(ids.map((each) => ask({ id: each, amount: 10 as Amount }))).toEqual([15, 15, 15, 15]);
      expect(ask()).toBe('rate-limited');
      expect(ask({}, bob)).toBe(60);
      // What is not only promised any more takes no place.
      const [first = ''] = ids;
      x.put('holding', { id: first });
      expect(ask()).toBe(60);
    });

    it('too often by many', () => {
      for (let n = 0; n < 64; n++) x.put('promised', { id: `many ${n}`, peer: bob });
      expect(ask()).toBe('rate-limited');
    });
  });

  describe('sees the hold of the other', () => {
    const sees = (change: Partial<IncomingHold> = {}, terms = {}) => {
      x.hold(change, terms);
      x.world.takeEffects();
      x.received('held', theirs, change.currency ?? crowns);
    };

    it('and holds its part under the same lock, an hour less long', () => {
      x.promise();
      sees();
      expect(x.swap()).toMatchObject({ state: 'holding', first: theirs });
      expect(x.swap().secondExpires).toBe(x.nowSeconds + 1_800);
      const [held] = x.world.takeFacts();
      expect(held).toMatchObject({ kind: 'hold-out', state: 'held', order: x.swap().second });
      expect(x.world.run((ctx) => balanceOf(ctx, self, 'assets:held'))).toBe(60);
      // The same again is no second one.
      sees();
      expect([x.state, x.asked()]).toEqual(['holding', []]);
    });

    it('and holds less long where the other ends earlier, down to ten minutes', () => {
      x.promise();
      sees({ amount: 41 as Amount }, { expires: x.nowSeconds + 3_600 + 120 + 600 });
      expect([x.state, x.swap().secondExpires]).toEqual(['holding', x.nowSeconds + 600]);
    });

    it.each<[string, () => void]>([
      ['in another currency', () => sees({ currency: bob })],
      ['of less', () => sees({ amount: 39 as Amount })],
      ['under another lock', () => sees({}, { sha256: x.lockOf(wrongPreimage) })],
      ['that ends too soon', () => sees({}, { expires: x.nowSeconds + 3_600 + 120 + 599 })],
    ])('and gives back one %s: nothing is exchanged', (_what, see) => {
      x.promise();
      expect(x.left).toBe(960);
      see();
      expect([x.state, x.asked(), x.left]).toEqual(['failed', ['release-hold'], 1_000]);
      expect(x.swap().failure?.code).toBe('bad-request');
      expect(x.world.takeFacts()).toEqual([]);
    });

    it.each(states('promised'))('that is another when it is %s: that goes back', (state) => {
      x.put(state, { first: ours });
      sees();
      expect([x.state, x.asked()]).toEqual([state, ['release-hold']]);
    });

    it('and keeps its word at a rate that has expired, but not at one that was changed', () => {
      x.promise();
      x.world.now = Date.UTC(2027, 0, 1);
      sees();
      expect(x.state).toBe('holding');
      x.promise();
      const { exchange } = x.world.settings;
      const rates = exchange.rates.map((rate) => ({ ...rate, numerator: 4 as Amount }));
      x.world.settings = { ...x.world.settings, exchange: { ...exchange, rates } };
      sees();
      expect([x.state, x.asked()]).toEqual(['failed', ['release-hold']]);
      expect(x.swap().failure?.code).toBe('rate-expired');
    });

    it('and gives it back where its own cannot be ordered', () => {
      x.promise();
      const { issues: _, ...settings } = x.world.settings;
      x.world.settings = settings;
      sees();
      expect([x.state, x.asked()]).toEqual(['failed', ['release-hold']]);
    });
  });

  describe('hears of its own hold', () => {
    beforeEach(() => x.hold());

    it.each(states('exchanged'))('that it settled, and takes by its key, be it %s', (state) => {
      x.put(state);
      x.gave('settled', preimage);
      expect(x.swap()).toMatchObject({ state: 'claiming', preimage, secondState: 'settled' });
      expect(x.asked()).toEqual(['claim-hold']);
    });

    it('that it settled when all is exchanged, or no hold of the other is known: nothing', () => {
      x.put('exchanged');
      x.gave('settled', preimage);
      expect([x.state, x.asked()]).toEqual(['exchanged', []]);
      x.put('holding', {}, ['first']);
      x.gave('settled', preimage);
      x.gave('settled');
      expect([x.state, x.asked()]).toEqual(['holding', []]);
    });

    it('that it settled when the other’s had ended: that is lost', () => {
      x.hold({ state: 'voided' });
      x.put('holding');
      x.gave('settled', preimage);
      expect([x.state, x.asked()]).toEqual(['lost', []]);
    });

    it.each(['holding', 'returning'] as const)('that it went back when it is %s', (state) => {
      x.put(state, { rate: x.promise().rate ?? '' });
      x.gave('voided');
      expect([x.state, x.asked(), x.left]).toEqual(['returning', ['release-hold'], 1_000]);
      x.gave('voided');
      expect([x.asked(), x.left]).toEqual([[], 1_000]);
    });

    it('that it went back after the other’s had', () => {
      x.hold({ state: 'voided' });
      x.put('holding');
      x.gave('voided');
      expect([x.state, x.asked()]).toEqual(['returned', []]);
    });

    it.each(states('holding', 'returning'))('that it went back when it is %s: nothing', (state) => {
      x.put(state);
      x.gave('voided');
      expect([x.state, x.asked()]).toEqual([state, []]);
    });

    it.each(swapStates.maker)('that it was refused when it is %s', (state) => {
      x.put(state);
      x.refused('insufficient-funds', theirs);
      expect([x.state, x.swap().failure]).toEqual([state, undefined]);
      x.refused('insufficient-funds');
      const held = state === 'holding';
      // A copy of the order may still begin it: the other's goes back only when that cannot be any more.
      expect([x.state, x.asked()]).toEqual([held ? 'returning' : state, []]);
      expect(x.swap().failure?.code).toBe(held ? 'insufficient-funds' : undefined);
      x.put(state);
      x.refused('order-expired');
      expect(x.asked()).toEqual(held ? ['release-hold'] : []);
    });
  });

  describe('hears of the hold of the other', () => {
    beforeEach(() => x.hold());

    it.each(swapStates.maker)('that it is its own money now, be it %s', (state) => {
      x.put(state);
      x.received('settled');
      expect(x.swap()).toMatchObject({ state: 'exchanged', firstState: 'settled' });
    });

    it.each(swapStates.maker)('that it went back, be it %s', (state) => {
      x.put(state, { rate: x.promise().rate ?? '' });
      x.received('voided');
      const end = { claiming: 'lost', returning: 'returned' } as Partial<Record<string, string>>;
      expect([x.state, x.left]).toEqual([end[state] ?? state, state === 'returning' ? 1_000 : 960]);
    });

    it.each(['settled', 'voided'] as const)(
      'that another one of its name is %s: nothing',
      (state) => {
        const order = 'DDDDDDDDDDDDDDDDDDDDDA';
        x.put('claiming');
        x.hold({ order });
        x.received(state, order);
        expect([x.state, x.swap().firstState]).toEqual(['claiming', undefined]);
      },
    );
  });

  describe('who has forgotten the swap, as after a restore from a backup,', () => {
    const learns = (shown?: string, use: 'exchange' | 'delivery' = 'exchange') => {
      const purpose = { ...purposeOf(alice, 'forgotten'), use };
      const fact = { kind: 'hold-out', state: 'settled', purpose, currency: self } as const;
      x.world.takeEffects();
      x.world.run((ctx) =>
        swapGave(ctx, { ...fact, order: ours, ...(shown && { preimage: shown }) }),
      );
      return x.asked();
    };

    it('takes the other’s hold by what its own was settled with', () => {
      x.hold();
      expect([learns(preimage, 'delivery'), learns(preimage)]).toEqual([[], ['claim-hold']]);
    });

    it('takes none of another lock, of another peer or of another part', () => {
      x.hold({ payer: bob });
      x.hold({ order: 'DDDDDDDDDDDDDDDDDDDDDA', transactionId: `sealed-${id}` });
      x.hold({ order: 'EEEEEEEEEEEEEEEEEEEEEA' }, { sha256: x.lockOf(wrongPreimage) });
      expect([learns(preimage), learns()]).toEqual([[], []]);
    });
  });
});
