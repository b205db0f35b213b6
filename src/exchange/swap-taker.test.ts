import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { settleCall } from '../kernel/index.ts';
import { walletView } from '../money/index.ts';
import type { IncomingHold } from '../money/wallet-state.ts';
import { problem } from '../problem.ts';
import type { Swap } from './exchanges.ts';
import { takeSwapAnswer } from './index.ts';
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
import { startSwap } from './swap-taker.ts';

const to = { peer: alice, endpoints: ['https://alice:1'] };
const states = (...but: readonly Swap['state'][]) =>
  swapStates.taker.filter((state) => !but.includes(state));

describe('who takes a swap up', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('taker');
  });

  const start = (
    change: { give?: typeof self; get?: typeof self; getEndpoints?: string[] } = {},
    { amount = 40, least = 60, peer = alice } = {},
  ) => {
    const rate = { give: self, get: crowns, getEndpoints: ['https://bank:1'], ...change };
    const wanted = { amount: amount as Amount, least: least as Amount };
    const started = x.world.run((ctx) => startSwap(ctx, { ...to, peer }, rate, wanted));
    return started.ok ? started.value.state : started.error.code;
  };

  it('asks the other to promise, for two minutes, with the lock of a key that it keeps', () => {
    expect(start()).toBe('asking');
    const [call] = x.calls('swap');
    const { id: made = '', sha256 } = (call?.request.body ?? {}) as {
      id?: string;
      sha256?: string;
    };
    expect(call).toMatchObject({
      to,
      request: {
        route: 'swap',
        body: { give: self, get: crowns, amount: 40, least: 60, expires: x.nowSeconds + 7_200 },
      },
      purpose: { kind: 'swap', peer: alice, id: made },
    });
    expect(sha256).toHaveLength(43);
    const nobody = { kind: 'unreachable', detail: '' } as const;
    const isOver = () => x.world.run((ctx) => settleCall(ctx, call?.id ?? '', nobody));
    x.world.now += 2 * 60_000 - 1;
    expect(isOver()).toBe(false);
    x.world.now += 1;
    expect(isOver()).toBe(true);
    // The money that is got is followed from now on.
    expect(x.world.run(walletView).map(({ currency }) => currency)).toContain(crowns);
  });

  it.each([
    ['one currency for itself', () => start({ give: crowns }), 'bad-request'],
    ['with itself', () => start({}, { peer: self }), 'bad-request'],
    ['of nothing', () => start({}, { amount: 0 }), 'bad-request'],
    ['for nothing', () => start({}, { least: 0 }), 'bad-request'],
    ['for money whose issuer nobody named', () => start({ getEndpoints: [] }), 'unknown-currency'],
    ['of money that it does not know', () => start({ give: bob }), 'unknown-currency'],
    ['of as little as there is', () => start({}, { amount: 1, least: 1 }), 'asking'],
  ])('begins none %s', (_what, began, code) => {
    expect(began()).toBe(code);
    expect(x.calls('swap')).toHaveLength(code === 'asking' ? 1 : 0);
  });

  it('begins none for its own money once it issues none any more', () => {
    const { issues: _, ...settings } = x.world.settings;
    x.world.settings = settings;
    expect(start({ give: crowns, get: self })).toBe('unknown-currency');
    expect(start({ give: self })).not.toBe('asking');
  });

  describe('is answered', () => {
    const answer = (body: unknown) =>
      x.world.run((ctx) =>
        takeSwapAnswer(ctx, { peer: alice, id }, { kind: 'answered', status: 200, body }),
      );

    it('with a promise, and holds its part', () => {
      x.put('asking', {}, ['first', 'second']);
      answer({ got: 61 });
      expect(x.swap()).toMatchObject({ state: 'holding', got: 61 });
      expect(x.swap().first).toHaveLength(22);
      const [held] = x.world.takeFacts();
      expect(held).toMatchObject({
        ...{ kind: 'hold-out', state: 'held', order: x.swap().first, currency: self },
        purpose: { use: 'exchange', peer: alice, reference: id, account: 'equity:exchange' },
      });
    });

    it.each([
      ['less than was agreed on', { got: 59 }],
      ['something else', { got: 'much' }],
    ])('with %s, and gives up', (_what, body) => {
      x.put('asking');
      answer(body);
      expect(x.swap()).toMatchObject({ state: 'failed', failure: { code: 'bad-request' } });
      expect(x.world.takeFacts()).toEqual([]);
    });

    it('with a refusal, or by nobody, and gives up', () => {
      const refused = problem('no-rate', 'No.');
      for (const [outcome, code] of [
        [{ kind: 'refused', problem: refused, retryable: false, body: undefined }, 'no-rate'],
        [{ kind: 'unreachable', detail: '' }, 'unreachable'],
      ] as const) {
        x.put('asking');
        x.world.run((ctx) => takeSwapAnswer(ctx, { peer: alice, id }, outcome));
        expect(x.swap()).toMatchObject({ state: 'failed', failure: { code } });
      }
    });

    it('and cannot hold its part', () => {
      x.put('asking', { give: bob });
      answer({ got: 60 });
      expect(x.swap()).toMatchObject({ state: 'failed', failure: { code: 'unknown-currency' } });
    });

    it.each(states('asking'))('when it is %s already, and nothing changes', (state) => {
      x.put(state);
      answer({ got: 60 });
      expect([x.state, x.world.takeFacts()]).toEqual([state, []]);
    });
  });

  describe('sees the hold of the other', () => {
    const sees = (change: Partial<IncomingHold> = {}, terms = {}) => {
      x.hold(change, terms);
      x.world.takeEffects();
      x.received('held', theirs, change.currency ?? crowns);
    };
    const holding = () => x.put('holding', {}, ['second']);

    it('and takes it by the key where it is what was promised', () => {
      holding();
      sees();
      const [claim] = x.calls('claim-hold');
      expect(claim?.request).toMatchObject({ params: { jti: theirs }, body: { preimage } });
      expect(x.swap()).toMatchObject({ state: 'claiming', second: theirs });
      expect(x.swap().secondExpires).toBe(x.nowSeconds + 7_200);
    });

    it('and takes more than was promised, and one that lasts just long enough', () => {
      holding();
      sees({ amount: 61 as Amount }, { expires: x.nowSeconds + 180 });
      expect([x.state, x.asked()]).toEqual(['claiming', ['claim-hold']]);
    });

    it.each<[string, () => void]>([
      ['in another currency', () => sees({ currency: bob })],
      ['of less', () => sees({ amount: 59 as Amount })],
      ['under another lock', () => sees({}, { sha256: x.lockOf(wrongPreimage) })],
      ['that ends too soon to be taken', () => sees({}, { expires: x.nowSeconds + 179 })],
    ])('and gives back one %s: the own comes back, too', (_what, see) => {
      holding();
      see();
      expect([x.state, x.asked()]).toEqual(['returning', ['release-hold']]);
    });

    it('and gives back a second one', () => {
      x.put('holding', { second: 'DDDDDDDDDDDDDDDDDDDDDA' });
      sees();
      expect([x.state, x.asked()]).toEqual(['holding', ['release-hold']]);
    });

    it.each(states('holding', 'claiming', 'exchanged'))('when it is %s: it goes back', (state) => {
      x.put(state);
      sees();
      expect([x.state, x.asked()]).toEqual([state, ['release-hold']]);
    });

    it.each(['claiming', 'exchanged'] as const)('again when it is %s: nothing', (state) => {
      x.put(state);
      sees();
      expect([x.state, x.asked()]).toEqual([state, []]);
    });

    it('gets its own back where the claim is refused at once', () => {
      holding();
      sees({ asked: 'release' });
      expect([x.state, x.asked()]).toEqual(['returning', []]);
    });
  });

  describe('hears of the hold of the other', () => {
    beforeEach(() => x.hold());

    it.each(swapStates.taker)('that it is settled, and has exchanged, be it %s before', (state) => {
      x.put(state);
      x.received('settled');
      expect(x.swap()).toMatchObject({ state: 'exchanged', secondState: 'settled' });
    });

    it.each([
      ['returned', 'voided'],
      ['lost', 'settled'],
      ['returning', 'held'],
      ['returning', undefined],
    ] as const)(
      'that it went back as it was claimed: it is %s where its own is %s',
      (end, first) => {
        x.put('claiming', first ? { firstState: first } : {});
        x.received('voided');
        expect(x.swap()).toMatchObject({ state: end, secondState: 'voided' });
      },
    );

    it.each(states('claiming'))('that it went back, and stays %s', (state) => {
      x.put(state);
      x.received('voided');
      expect(x.state).toBe(state);
    });

    it('nothing where it is not the one of the swap, or of none', () => {
      x.put('claiming', { second: ours });
      x.received('settled');
      x.received('settled', 'DDDDDDDDDDDDDDDDDDDDDA');
      x.hold({ transactionId: id });
      x.put('claiming');
      x.received('settled');
      expect([x.state, x.swap().secondState]).toEqual(['claiming', undefined]);
    });
  });

  describe('hears of its own hold', () => {
    it.each(['exchanged', 'claiming'] as const)('however it ended when it is %s', (state) => {
      x.put(state);
      x.gave('settled');
      x.gave('voided');
      expect(x.swap()).toMatchObject({ state, firstState: 'voided' });
    });

    it.each(states('exchanged', 'claiming'))('when it is %s', (state) => {
      x.put(state);
      x.gave('held');
      expect(x.swap()).toMatchObject({ state, firstState: 'held' });
      x.gave('voided');
      expect(x.swap()).toMatchObject({ state: 'returned', firstState: 'voided' });
      x.put(state);
      x.gave('settled');
      expect(x.swap()).toMatchObject({ state: 'lost', firstState: 'settled' });
    });

    it('nothing where it is another one, or of another part', () => {
      x.put('holding');
      x.gave('voided', undefined, theirs);
      expect([x.state, x.swap().firstState]).toEqual(['holding', undefined]);
    });

    it.each(swapStates.taker)('that it was refused, when it is %s', (state) => {
      x.put(state);
      x.refused('insufficient-funds', theirs);
      expect(x.state).toBe(state);
      x.refused('insufficient-funds');
      expect(x.state).toBe(state === 'holding' ? 'failed' : state);
      expect(x.swap().failure?.code).toBe(state === 'holding' ? 'insufficient-funds' : undefined);
    });
  });
});
