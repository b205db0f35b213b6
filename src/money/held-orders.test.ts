import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { journalOf } from '../books/index.ts';
import { takeDueTimers } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import { askForOrders } from './deposits.ts';
import { lookAtHold } from './index.ts';
import { bank, bob, carol, LoneWallet, lock, orderId, refused, self } from './lone-wallet.suite.ts';
import { MoneyWorld } from './money-world.suite.ts';

describe('a hold that this peer pays', () => {
  let wallet: LoneWallet;

  beforeEach(() => {
    wallet = new LoneWallet();
    wallet.open();
  });

  const run: LoneWallet['world']['run'] = (work) => wallet.world.run(work);
  const receipt = (order: string, says: Partial<Receipt> = {}) =>
    wallet.receipt({
      ...{ payer: self, payee: bob, fee: 2 as Amount, order, state: 'held' },
      ...{ hold: { sha256: lock, expires: wallet.expires }, ...says },
    });
  const held = (amount: number) => {
    const order = wallet.hold(amount);
    wallet.answer('order', { receipt: receipt(order, { amount: amount as Amount }) });
    return order;
  };
  const look = (order: string) =>
    run((ctx) => lookAtHold(ctx, { currency: bank, payer: self, order }));
  /** The orders whose holds are to be looked at once so much time is gone, each asked for as it comes. */
  const lookedAtIn = (ms: number) => {
    wallet.world.now += ms;
    const due = run((ctx) => takeDueTimers(ctx, 99));
    return due.flatMap((timer) => {
      if (timer.kind !== 'hold-look') return [];
      look(timer.order);
      return [timer.order];
    });
  };

  it('is looked at after a second, then more and more seldom, and every half minute in the end', () => {
    const order = held(5);
    for (const seconds of [1, 1, 2, 4, 8, 16, 30, 30]) {
      expect(lookedAtIn(seconds * 1000 - 1)).toEqual([]);
      expect(lookedAtIn(1)).toEqual([order]);
    }
    for (let n = 0; n < 2_000; n++) look(order);
    expect(lookedAtIn(30_000)).toEqual([order]);
  });

  it('is looked at beside others, and not any more once it went back', () => {
    const [one, other] = [held(5), held(6)];
    expect(lookedAtIn(1_000)).toEqual([one, other]);
    const [first] = wallet.calls('hold-state').slice(-2);
    expect(first?.purpose).toMatchObject({ order: one });
    wallet.answer('hold-state', { state: 'voided' });
    expect(lookedAtIn(30_000)).toEqual([one]);
  });

  it('that was refused stands after all where the issuer shows its receipt: from the balance', () => {
    const order = wallet.hold(50);
    wallet.outcome('order', refused(false));
    expect([wallet.newest().problem?.code, wallet.books('assets:balance')]).toEqual([
      'no-currency',
      100,
    ]);
    wallet.deposits([], 48, 52);
    look(order);
    wallet.world.takeFacts();
    wallet.answer('hold-state', { state: 'held', receipt: receipt(order) });
    expect(wallet.newest().state).toBe('held');
    expect(wallet.newest()).not.toHaveProperty('problem');
    expect([wallet.books('assets:balance'), wallet.books('assets:held')]).toEqual([48, 52]);
    expect(wallet.world.takeFacts()).toMatchObject([{ kind: 'hold-out', state: 'held', order }]);
  });

  it.each(['held', 'settled'] as const)(
    'that the wallet does not remember is taken from the balance by its receipt, and looked at: %s',
    (state) => {
      const order = orderId(7);
      run((ctx) => askForOrders(ctx, bank));
      const amount = 50 as Amount;
      wallet.answer('orders-since', {
        transfers: [receipt(order, { amount, state })],
        sequence: 1,
      });
      // Of one that settled only the issuer's answer tells by which preimage.
      const began = state === 'held';
      expect(wallet.books('assets:held')).toBe(began ? 52 : 0);
      expect(wallet.books('assets:balance')).toBe(began ? 48 : 100);
      expect(lookedAtIn(began ? 1_000 : 0)).toEqual([order]);
      expect(wallet.calls('hold-state')).toHaveLength(began ? 1 : 0);
      if (began) expect(wallet.newest()).toMatchObject({ order, amount, fee: 2, payee: bob });
    },
  );

  it('that was refused, and is void, frees nothing', () => {
    const order = wallet.hold(50);
    wallet.outcome('order', refused(false));
    look(order);
    wallet.world.takeFacts();
    wallet.answer('hold-state', { state: 'voided' });
    expect([wallet.newest().state, wallet.books('assets:balance')]).toEqual(['voided', 100]);
    expect(wallet.world.takeFacts().map(({ kind }) => kind)).toEqual(['hold-out']);
  });

  it('is ordered no more once the issuer has told how it stands, be it without an answer', () => {
    const hangsUp = () =>
      wallet.world.takeEffects().filter(({ kind }) => kind === 'hang-up').length;
    const order = wallet.hold(20);
    look(order);
    wallet.answer('hold-state', {
      state: 'held',
      receipt: receipt(order, { amount: 20 as Amount }),
    });
    expect(hangsUp()).toBe(1);
    const other = wallet.hold(20);
    look(other);
    wallet.answer('hold-state', { state: 'voided' });
    expect([hangsUp(), wallet.told()]).toEqual([1, []]);
  });

  it('that goes back while deposits are asked for is no difference from what the issuer says of before', () => {
    const order = held(50);
    wallet.poll();
    look(order);
    wallet.answer('hold-state', { state: 'voided' });
    wallet.deposits([], 48, 52);
    expect(wallet.calls('orders-since')).toEqual([]);
    wallet.poll();
    wallet.deposits([], 48, 52);
    expect(wallet.calls('orders-since')).toHaveLength(1);
  });

  it('is told to the person when it begins, and when it goes back; the journal names its deal', () => {
    const order = wallet.hold(50, { peer: carol, reference: 'd1', deal: 'd1' as never });
    wallet.answer('order', { receipt: receipt(order) });
    look(order);
    wallet.answer('hold-state', { state: 'voided' });
    expect(wallet.told()).toEqual(['payment-out', 'payment-out']);
    const causes = run((ctx) => journalOf(ctx, bank, { limit: 3 }).map(({ cause }) => cause));
    for (const cause of causes)
      expect(cause).toMatchObject({
        kind: 'payment-out',
        peer: carol,
        reference: 'd1',
        deal: 'd1',
      });
  });
});

describe('a hold in the own currency', () => {
  let world: MoneyWorld;

  beforeEach(() => {
    world = new MoneyWorld(1);
    world.start();
  });

  it('creates its money when it begins and destroys it when it goes back, each told to the person', () => {
    const payee = world.peer(1).self;
    const causes: string[] = [];
    const bank = world.peer(0);
    const { run } = bank;
    bank.run = (work) => {
      const before = bank.effects.length;
      const done = run(work);
      for (const effect of bank.effects.slice(before)) {
        if (effect.kind === 'event' && effect.event.type === 'money')
          causes.push(effect.event.cause);
      }
      return done;
    };
    const told = () =>
      world
        .peer(0)
        .run((ctx) => journalOf(ctx, world.currency, { limit: 2 }).map(({ cause }) => cause.kind));
    world.hold(0, payee, 30, { lock, lastsMs: 60_000 });
    expect(world.books(0, 'equity:issuance')).toBe(-30);
    expect(told()).toEqual(['issued']);
    world.pass(60_000);
    expect(world.books(0, 'equity:issuance')).toBe(0);
    expect(told()).toEqual(['destroyed', 'issued']);
    expect(causes).toEqual(['issued', 'destroyed']);
  });
});
