import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import type { RequestInput } from '../protocol/index.ts';
import { isExpected } from '../tabs/index.ts';
import { exchangeOf } from './exchanges.ts';
import { answerExchange } from './index.ts';
import { alice, bob, crowns, id, LoneSwap, self } from './lone-swap.suite.ts';

describe('whose rate is taken up on the tabs', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('maker');
    x.world.settings = { ...x.world.settings, creditLimit: 100 as Amount };
    list('primary');
  });

  const run: LoneSwap['world']['run'] = (work) => x.world.run(work);
  const list = (on: 'primary' | 'undesirable') => {
    const known = x.world.neighbors.get(alice);
    if (known) x.world.neighbors.put({ ...known, list: on });
  };
  /** Alice asks to give 40 crowns for 60 of the own money: what she got, or the code of the refusal. */
  const ask = (change: Partial<RequestInput<'exchange'>> = {}, from = alice) => {
    const asked = { id, give: crowns, get: self, amount: 40 as Amount, ...change };
    x.world.takeEffects();
    run((ctx) => answerExchange(ctx, 'x1', from, asked));
    for (const effect of x.world.effects) {
      if (effect.kind === 'refuse') return effect.problem.code;
      if (effect.kind === 'reply') return (effect.body as { got: number }).got;
    }
    return undefined;
  };
  const stands = (peer = alice) => run((ctx) => exchangeOf(ctx, peer, id)?.state);
  /** What is owed by exchanges and does not stand on the other's half yet. */
  const unshown = () => [
    run((ctx) => balanceOf(ctx, self, 'clearing:exchange')) + 0,
    run((ctx) => isExpected(ctx, alice, self, { kind: 'exchange', reference: id })),
  ];

  it('exchanges with no undesirable peer', () => {
    list('undesirable');
    expect([ask(), stands(), x.left]).toEqual(['undesirable', undefined, 1_000]);
  });

  it('does not carry out later what it refused once, though the rate has become better', () => {
    expect(ask({ least: 61 as Amount })).toBe('rate-changed');
    expect([stands(), x.left]).toEqual(['failed', 1_000]);
    const { exchange } = x.world.settings;
    const rates = exchange.rates.map((rate) => ({ ...rate, numerator: 4 as Amount }));
    x.world.settings = { ...x.world.settings, exchange: { ...exchange, rates } };
    expect([ask({ least: 61 as Amount }), x.left]).toEqual(['rate-changed', 1_000]);
  });

  it('keeps nothing of what it refused to a stranger', () => {
    expect([ask({ least: 61 as Amount }, bob), stands(bob)]).toEqual(['rate-changed', undefined]);
  });

  it('owes by it until the other shows that it stands on its half of the tab', () => {
    expect([ask(), unshown()]).toEqual([60, [-60, true]]);
    expect(ask({ tab: { currency: self, balance: 60, entries: 1 } })).toBe(60);
    expect(unshown()).toEqual([0, false]);
  });

  it('takes no tab in another currency for that', () => {
    ask();
    ask({ tab: { currency: crowns, balance: 60, entries: 1 } });
    expect(unshown()).toEqual([-60, true]);
  });
});
