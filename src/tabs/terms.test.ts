import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import type { NeighborList, Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { problem } from '../problem.ts';
import { marketSettings } from '../settings/index.ts';
import {
  acceptedCurrencies,
  acceptedCurrency,
  creditLimitOf,
  knowsTerms,
  refreshTerms,
  takeTerms,
  termsFor,
  termsIn,
  termsOf,
} from './index.ts';

const [bob, money, gold] = [1, 8, 9].map(testPeerId) as [never, never, never];
const minute = 60_000;
const endpoints = ['https://bank:1'];
const accepted = (currency: never, solicitationFee = 1) => ({
  currency,
  endpoints,
  solicitationFee,
});

describe('the terms that this peer gives', () => {
  const limitOf = (list?: NeighborList, creditLimit?: number) => {
    const world = testContext({ settings: { creditLimit: 100 as Amount } });
    if (list) {
      const says = { peer: bob, name: 'Bob', since: 0, reason: '', endpoints: [], list };
      const limit = creditLimit === undefined ? {} : { creditLimit: creditLimit as Amount };
      world.neighbors.put({ ...says, ...limit });
    }
    return world.run((ctx) => creditLimitOf(ctx, bob));
  };

  it('lend to primary neighbors as the settings say, and to others what a person set by hand', () => {
    expect([limitOf('primary'), limitOf('primary', 7), limitOf('primary', 0)]).toEqual([100, 7, 0]);
    expect([limitOf('secondary'), limitOf('secondary', 7)]).toEqual([0, 7]);
    expect(limitOf()).toBe(0);
  });

  it('lend nothing to an undesirable peer, whatever a person lent it before', () => {
    expect([limitOf('undesirable'), limitOf('undesirable', 7)]).toEqual([0, 0]);
  });

  it('name the own currency first, with its own fee, and once, though the settings take it like another', () => {
    const self = testPeerId(0);
    const settings = marketSettings.parse({
      ...{ endpoints: ['https://me:1'], issues: { name: 'Mine', symbol: 'I' } },
      ...{ ownSolicitationFee: 3, accepts: [accepted(self as never), accepted(money)] },
    });
    const issuer = testContext({ self, settings });
    const currencies = issuer.run((ctx) => acceptedCurrencies(ctx));
    expect(currencies).toEqual([
      { currency: self, endpoints: ['https://me:1'], solicitationFee: 3 },
      accepted(money),
    ]);
    expect(issuer.run((ctx) => acceptedCurrency(ctx, money))).toEqual(accepted(money));
    expect(issuer.run((ctx) => acceptedCurrency(ctx, gold))).toBeUndefined();
    const plain = testContext({ self, settings: { accepts: settings.accepts } });
    expect(plain.run((ctx) => acceptedCurrencies(ctx))).toEqual([accepted(money)]);
  });

  it('say what the caller is here, how far it is lent to, and how it pays', () => {
    const settings = marketSettings.parse({ accepts: [accepted(money)], creditLimit: 40 });
    const world = testContext({ settings });
    expect(world.run((ctx) => termsFor(ctx, bob))).toEqual({
      standing: 'stranger',
      currencies: [
        {
          ...accepted(money),
          ...{ creditLimit: 0, settleAt: 0, payment: { payee: world.self, transactionId: 'tab' } },
        },
      ],
    });
  });
});

describe('the terms of another peer', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const payment = { payee: bob, transactionId: 'tab' };
  const one = (currency: never) => ({
    ...accepted(currency),
    creditLimit: 10,
    settleAt: 5,
    payment,
  });
  const body = { standing: 'primary', currencies: [one(money), one(gold)] };
  const take = (outcome: Outcome) => {
    world.run((ctx) => takeTerms(ctx, bob, outcome));
    return [world.takeFacts(), world.takeEffects()];
  };
  const learn = () => take({ kind: 'answered', status: 200, body });
  const calls = () => world.takeEffects().filter(({ kind }) => kind === 'call');
  const refresh = () => {
    world.run((ctx) => refreshTerms(ctx, bob, endpoints));
    return calls().length;
  };

  it('are kept as told, and whoever waits for them hears of it', () => {
    expect(learn()).toEqual([[{ kind: 'terms', peer: bob }], []]);
    expect(world.run((ctx) => termsOf(ctx, bob))).toEqual({ peer: bob, at: world.now, ...body });
    expect(world.run((ctx) => termsIn(ctx, bob, gold))).toEqual(one(gold));
    expect(world.run((ctx) => termsIn(ctx, bob, bob))).toBeUndefined();
  });

  it('are shown at once where the peer is a neighbor', () => {
    const says = { peer: bob, name: 'Bob', since: 0, reason: '', endpoints: [] };
    world.neighbors.put({ ...says, list: 'primary' });
    expect(learn()[1]).toEqual([{ kind: 'event', event: { type: 'neighbor', peer: bob } }]);
  });

  it('are not known where the peer cannot be reached, refuses, or answers something else', () => {
    const refusal = problem('undesirable', 'No.');
    const refused = { kind: 'refused', problem: refusal, retryable: false, body: {} } as const;
    const failed = { kind: 'terms-failed', peer: bob };
    expect(take(refused)).toEqual([[{ ...failed, problem: refusal }], []]);
    expect(take({ kind: 'unreachable', detail: 'No way.' })[0]).toMatchObject([
      { ...failed, problem: { code: 'unreachable' } },
    ]);
    expect(take({ kind: 'answered', status: 200, body: { standing: 'king' } })[0]).toMatchObject([
      { ...failed, problem: { code: 'bad-request' } },
    ]);
    expect(world.run((ctx) => termsOf(ctx, bob))).toBeUndefined();
    expect(world.run((ctx) => termsIn(ctx, bob, money))).toBeUndefined();
  });

  it('count for an hour, to the millisecond, and are then asked for again', () => {
    learn();
    const knows = () => world.run((ctx) => knowsTerms(ctx, bob));
    world.now += 60 * minute - 1;
    expect([knows(), refresh()]).toEqual([true, 0]);
    world.now += 1;
    expect([knows(), refresh()]).toEqual([false, 1]);
  });

  it('are asked for once a minute at most, to the millisecond, where there is no answer', () => {
    expect(refresh()).toBe(1);
    expect(refresh()).toBe(0);
    world.now += minute - 1;
    expect(refresh()).toBe(0);
    world.now += 1;
    expect(refresh()).toBe(1);
  });

  it('are asked for where the peer is reached', () => {
    world.run((ctx) => refreshTerms(ctx, bob, endpoints));
    expect(calls()).toMatchObject([
      {
        call: {
          to: { peer: bob, endpoints },
          ...{ request: { route: 'terms' }, purpose: { kind: 'terms', peer: bob } },
        },
      },
    ]);
  });
});
