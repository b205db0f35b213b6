import { beforeEach, describe, expect, it } from 'vitest';
import { owesUs, weOwe } from '../books/index.ts';
import { noFaults } from '../simulation/faults.ts';
import { netOwed, settleNow } from '../tabs/index.ts';
import { ownRates } from './index.ts';
import { ExchangeMarket } from './test-exchange.suite.ts';

let x: ExchangeMarket;
const { settle, ask } = {
  settle: () => x.market.settle(),
  ask: (body: Record<string, unknown>) =>
    x.market.ask(x.alice, x.bob, { route: 'exchange', body: { ...asked(), ...body } }),
};
const asked = () => ({ id: 'AAAAAAAAAAAAAAAAAAAAAA', give: x.crowns, get: x.sols, amount: 40 });
const left = () => x.market.world.read(x.bob, (ctx) => ownRates(ctx)[0]?.left);

beforeEach(() => {
  x = new ExchangeMarket();
});

describe('An exchange on tabs', () => {
  it('books both sides on both tabs, and every currency sums to zero by itself', () => {
    expect(x.take(40)).toMatchObject({ ok: true, value: { way: 'tab', got: 60 } });
    settle();
    expect(x.newest(x.alice)).toMatchObject({ state: 'exchanged', side: 'taker', got: 60 });
    expect(x.newest(x.bob)).toMatchObject({ state: 'exchanged', side: 'maker', got: 60 });
    expect(x.books(x.bob, x.crowns, owesUs(x.alice.id))).toBe(40);
    expect(x.books(x.alice, x.crowns, weOwe(x.bob.id))).toBe(-40);
    expect(x.books(x.alice, x.crowns, 'equity:exchange')).toBe(40);
    expect(x.books(x.alice, x.sols, 'equity:exchange')).toBe(-60);
    expect(x.books(x.bob, x.crowns, 'equity:exchange')).toBe(-40);
    expect(x.books(x.bob, x.sols, 'equity:exchange')).toBe(60);
    expect(x.books(x.bob, x.sols, 'clearing:exchange')).toBe(0);
  });

  it('leaves a debt on each tab that settles as any other', () => {
    x.take(40);
    settle();
    // The debt of 60 has passed the threshold of 50: Bob paid it by himself.
    expect(x.purse(x.alice)).toEqual([500, 70]);
    x.market.world.do(x.alice, (ctx) => settleNow(ctx, x.bob.id, x.crowns));
    settle();
    expect(x.purse(x.alice)).toEqual([460, 70]);
    expect(x.purse(x.bob)).toEqual([40, 639]);
    for (const currency of [x.crowns, x.sols]) {
      expect(x.market.world.read(x.alice, (ctx) => netOwed(ctx, x.bob.id, currency)) + 0).toBe(0);
    }
  });

  it('is carried out once, however often it is asked for', () => {
    expect(ask({})).toMatchObject({ ok: true, value: { got: 60, tab: { balance: 40 } } });
    expect(ask({})).toMatchObject({ ok: true, value: { got: 60, tab: { balance: 40 } } });
    expect(ask({ amount: 41 })).toMatchObject({ error: { code: 'exchange-id-reused' } });
    expect(left()).toBe(960);
  });

  it('enters what was agreed on where the maker says that far more was got', () => {
    x.bob.forge = (effect) =>
      effect.kind === 'reply' && effect.body !== null && 'got' in (effect.body as object)
        ? { ...effect, body: { ...(effect.body as object), got: Number.MAX_SAFE_INTEGER } }
        : effect;
    x.take(40);
    settle();
    // An account with the largest amount on it would take no further exchange of this currency, with nobody.
    expect(x.books(x.alice, x.sols, 'equity:exchange')).toBe(-60);
    expect(x.newest(x.alice)).toMatchObject({ state: 'exchanged', got: 60 });
  });

  it('uses up what the rate holds for, and no more', () => {
    x = new ExchangeMarket({ rate: { max: 50 } });
    expect(x.take(40)).toMatchObject({ ok: true });
    settle();
    expect(left()).toBe(10);
    expect(ask({ amount: 11 })).toMatchObject({
      error: { code: 'exchange-limit', members: { left: 10 } },
    });
    expect(ask({ id: 'AAAAAAAAAAAAAAAAAAAAAQ', amount: 10 })).toMatchObject({ value: { got: 15 } });
    expect(left()).toBe(0);
  });

  it('is refused past its end, by the name of the reason', () => {
    x = new ExchangeMarket({ lastsMs: 20_000 });
    x.market.world.pass(20_000);
    expect(ask({})).toMatchObject({ error: { code: 'rate-expired' } });
    expect(x.take(40)).toMatchObject({ error: { code: 'no-rate' } });
  });

  it.each([
    ['a pair that is not offered', { give: 'sols', get: 'crowns' }, 'no-rate'],
    ['less than the caller counts on', { least: 61 }, 'rate-changed'],
    ['so little that it gives nothing', { amount: 0 }, 'bad-request'],
    ['more than the caller may owe', { amount: 101 }, 'tab-limit'],
  ])('of %s moves nothing', (_, change, code) => {
    const named = Object.fromEntries(
      Object.entries(change).map(([key, value]) => [
        key,
        value === 'sols' ? x.sols : value === 'crowns' ? x.crowns : value,
      ]),
    );
    expect(ask(named)).toMatchObject({ error: { code } });
    expect(left()).toBe(1_000);
    expect(x.books(x.bob, x.sols, 'equity:exchange')).toBe(0);
  });

  it('is not even asked for where the other would owe more than it may', () => {
    expect(x.take(80, 'tab')).toMatchObject({ error: { code: 'tab-limit' } });
    expect(x.newest(x.alice)).toBeUndefined();
  });

  it('keeps room on the tab while it is asked for', () => {
    x.learn();
    x.market.world.crash(x.bob);
    expect(x.takeKnown(40, 'tab')).toMatchObject({ ok: true });
    expect(x.takeKnown(40, 'tab')).toMatchObject({ error: { code: 'tab-limit' } });
    expect(x.takeKnown(20, 'tab')).toMatchObject({ ok: true });
    settle();
    expect(x.books(x.alice, x.sols, 'equity:exchange')).toBe(-90);
    expect(x.takeKnown(6, 'tab')).toMatchObject({ ok: true });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'comes about once through losses, repeats and crashes of both (%i)',
    (seed) => {
      x = new ExchangeMarket({ seed });
      x.learn();
      x.market.world.faults = {
        ...noFaults,
        ...{ loseRequest: 300, loseAnswer: 300, repeat: 100, delayMsMax: 500 },
        crash: 20,
      };
      x.takeKnown(10, 'tab');
      x.takeKnown(20, 'tab');
      x.market.world.pass(30_000);
      settle();
      expect(x.books(x.alice, x.crowns, 'equity:exchange')).toBe(30);
      expect(x.books(x.bob, x.crowns, 'equity:exchange')).toBe(-30);
      expect(x.books(x.alice, x.sols, 'equity:exchange')).toBe(-45);
      expect(x.books(x.bob, x.sols, 'equity:exchange')).toBe(45);
      expect(x.books(x.bob, x.sols, 'clearing:exchange')).toBe(0);
    },
  );
});
