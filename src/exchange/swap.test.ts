import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { takeDueTimers } from '../kernel/index.ts';
import { orderHold } from '../money/index.ts';
import { putExchange } from './exchanges.ts';
import { counterOfSwap, ownRates, purposeOfSwap } from './index.ts';
import { alice, bob, id, LoneSwap } from './lone-swap.suite.ts';
import { moveSwap, swapOf as swapOfPeer, swapTransaction } from './swap.ts';
import {
  type ExchangeMarket,
  hourMs,
  minuteMs,
  pass,
  purses,
  strangers,
  swapOf,
  swapped,
  untouched,
} from './test-exchange.suite.ts';

const left = (x: ExchangeMarket) => x.market.world.read(x.bob, (ctx) => ownRates(ctx)[0]?.left);

describe('A swap', () => {
  it('gives both what they asked for, by one preimage at two issuers', () => {
    const x = strangers();
    expect(x.take(40)).toMatchObject({ ok: true, value: { way: 'swap', state: 'asking' } });
    pass(x, 90_000);
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'exchanged', secondState: 'settled' });
    const { preimage, firstExpires, secondExpires } = swapOf(x, x.bob);
    expect(swapOf(x, x.bob)).toMatchObject({ state: 'exchanged', firstState: 'settled' });
    expect(preimage).toBe(swapOf(x, x.alice).preimage);
    expect(firstExpires - (secondExpires ?? 0)).toBeGreaterThanOrEqual(3_720);
    x.market.settle();
    expect(purses(x)).toEqual(swapped);
    expect(x.books(x.alice, x.crowns, 'equity:exchange')).toBe(40);
    expect(x.books(x.bob, x.sols, 'expense:transfer-fees')).toBe(1);
    expect(left(x)).toBe(960);
  });

  it('is refused to strangers where the person wants none, and nothing moves', () => {
    const x = strangers();
    x.market.world.befriend(x.alice, x.bob);
    x.bob.book.remove(x.alice.id);
    const { exchange } = x.bob.settings;
    x.bob.settings = { ...x.bob.settings, exchange: { ...exchange, swaps: false } };
    x.take(40, 'swap');
    x.market.settle();
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'failed', failure: { code: 'no-rate' } });
    expect(purses(x)).toEqual(untouched);
  });

  it('asks for nothing that its taker cannot pay', () => {
    const x = strangers();
    expect(x.take(501, 'swap')).toMatchObject({ error: { code: 'insufficient-funds' } });
  });

  it('is not promised by a maker without the money', () => {
    const x = strangers();
    x.take(480, 'swap');
    x.market.settle();
    expect(swapOf(x, x.alice)).toMatchObject({ failure: { code: 'exchange-limit' } });
    expect(purses(x)).toEqual(untouched);
  });

  it('whose taker falls silent after the promise leaves the rate as it was', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('promise', () => swapOf(x, x.bob)?.state === 'promised');
    expect(left(x)).toBe(960);
    x.market.world.crash(x.alice);
    pass(x, 9 * minuteMs);
    expect(swapOf(x, x.bob)).toMatchObject({ state: 'failed' });
    expect(left(x)).toBe(1_000);
    x.market.settle();
    expect(purses(x)).toEqual(untouched);
  });

  it('whose maker never holds gives the taker its money back at the end', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('hold', () => x.books(x.alice, x.crowns, 'assets:held') > 0);
    x.market.world.crash(x.bob);
    pass(x, 2 * hourMs + 2 * minuteMs);
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'returned', firstState: 'voided' });
    expect(x.purse(x.alice)).toEqual([500, 10]);
    x.market.settle();
    expect(purses(x)).toEqual(untouched);
  });

  it('whose taker does not show the preimage in time gives both their money back', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('second hold', () => x.books(x.bob, x.sols, 'assets:held') > 0);
    x.market.world.crash(x.alice);
    pass(x, 31 * minuteMs);
    expect(swapOf(x, x.bob)).toMatchObject({ state: 'returned', secondState: 'voided' });
    expect(left(x)).toBe(1_000);
    x.market.settle();
    expect(purses(x)).toEqual(untouched);
  });

  it('whose maker returns within an hour after the preimage was shown is whole', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('claim', () => swapOf(x, x.alice)?.state === 'claiming');
    x.market.world.crash(x.bob);
    pass(x, 59 * minuteMs);
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'exchanged' });
    x.market.settle();
    expect(purses(x)).toEqual(swapped);
  });

  it('is not opened for less than was promised', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('order', () => swapOf(x, x.alice)?.first !== undefined);
    const { id, sha256 } = swapOf(x, x.alice);
    const expires = Math.floor(x.market.world.now / 1000) + 1_800;
    x.market.world.do(x.bob, (ctx) =>
      orderHold(ctx, {
        ...{ currency: x.sols, payee: x.alice.id, amount: 59 as Amount },
        ...{ transactionId: `swap:${id}`, purpose: { kind: 'gift', note: '' } },
        hold: { sha256, expires },
      }),
    );
    x.market.settle(3 * hourMs);
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'returned' });
    expect(purses(x)).toEqual(untouched);
  });

  it('is not kept by a maker who took the rate back', () => {
    const x = strangers();
    x.take(40, 'swap');
    x.market.world.until('promise', () => swapOf(x, x.bob)?.state === 'promised');
    const { exchange } = x.bob.settings;
    x.bob.settings = { ...x.bob.settings, exchange: { ...exchange, rates: [] } };
    x.market.settle();
    expect(swapOf(x, x.bob)).toMatchObject({ state: 'failed' });
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'returned' });
    expect(purses(x)).toEqual(untouched);
  });

  it.each([
    ['the issuer of what is given is ahead', { bank: 120, mint: 0 }],
    ['the issuer of what is given is behind', { bank: -120, mint: 0 }],
    ['the two issuers are as far apart as may be', { bank: 60, mint: -60 }],
    ['they are so the other way', { bank: -60, mint: 60 }],
  ])('is safe where %s, and the maker learns of the preimage at the last moment', (_, skew) => {
    const x = strangers();
    x.market.bank.clockAheadMs = skew.bank * 1000;
    x.mint.clockAheadMs = skew.mint * 1000;
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('second hold', () => x.books(x.bob, x.sols, 'assets:held') > 0);
    const { secondExpires = 0 } = swapOf(x, x.bob);
    x.market.world.crash(x.alice);
    // So long as the taker may show it at the latest; the maker is away for most of what is left then.
    pass(x, secondExpires * 1000 - 180_000 - x.market.world.now);
    x.market.world.start(x.alice);
    pass(x, 60_000);
    x.market.world.crash(x.bob, 55 * minuteMs);
    pass(x, 56 * minuteMs);
    x.market.settle();
    expect(purses(x)).toEqual(swapped);
  });

  it('is claimed by no taker that would be too late', () => {
    const x = strangers();
    x.learn();
    x.takeKnown(40, 'swap');
    x.market.world.until('second hold', () => x.books(x.bob, x.sols, 'assets:held') > 0);
    const { secondExpires = 0 } = swapOf(x, x.bob);
    x.market.world.crash(x.alice);
    pass(x, secondExpires * 1000 - 170_000 - x.market.world.now);
    x.market.world.start(x.alice);
    x.market.settle();
    expect(swapOf(x, x.alice)).toMatchObject({ state: 'returned' });
    expect(purses(x)).toEqual(untouched);
  });
});

describe('A swap as one side keeps it', () => {
  let x: LoneSwap;

  beforeEach(() => {
    x = new LoneSwap('maker');
  });

  const run: LoneSwap['world']['run'] = (work) => x.world.run(work);
  const other = 'DDDDDDDDDDDDDDDDDDDDDA';
  const due = (inMs: number) => {
    x.world.now += inMs;
    return run((ctx) => takeDueTimers(ctx, 9));
  };

  it('is found by its peer and id; an exchange on the tabs is none', () => {
    const swap = x.put('promised');
    expect(run((ctx) => swapOfPeer(ctx, alice, id))).toEqual(swap);
    expect(run((ctx) => swapOfPeer(ctx, bob, id))).toBeUndefined();
    const { give, get, amount, got, at, changedAt } = swap;
    const exchange = { ...{ give, get, amount, got, at, changedAt }, peer: alice, id: other };
    run((ctx) =>
      putExchange(ctx, { ...exchange, side: 'maker', way: 'tab', state: 'exchanged' } as const),
    );
    expect(run((ctx) => swapOfPeer(ctx, alice, other))).toBeUndefined();
  });

  it('has a time of its own to be gone on with, and none once it has', () => {
    const swap = x.put('promised');
    const others = [swap, { ...swap, id: other }, { ...swap, peer: bob }];
    const promise = () => {
      for (const each of others)
        run((ctx) => moveSwap(ctx, each, 'promised', {}, x.world.now + 1_000));
    };
    promise();
    expect(due(999)).toEqual([]);
    expect(due(1)).toHaveLength(3);
    promise();
    run((ctx) => moveSwap(ctx, swap, 'holding'));
    const left = due(1_000);
    expect(left).toHaveLength(2);
    for (const { peer, id: of } of others.slice(1))
      expect(left).toContainEqual({ kind: 'swap-deadline', peer, id: of });
  });

  it('is seen by the receipts of its money where nothing else is known of it', () => {
    const transactionId = swapTransaction(id);
    expect(counterOfSwap({ payer: alice, transactionId })).toMatchObject({
      account: 'equity:exchange',
      cause: { kind: 'exchange', peer: alice, reference: id },
    });
    expect(purposeOfSwap({ payee: alice, transactionId })).toMatchObject({
      ...{ kind: 'hold', use: 'exchange', peer: alice, reference: id },
    });
    expect([
      counterOfSwap({ payer: alice, transactionId: 'tab' }),
      purposeOfSwap({ payee: alice, transactionId: 'tab' }),
    ]).toEqual([undefined, undefined]);
  });
});
