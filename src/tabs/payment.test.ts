import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf, inTransit } from '../books/index.ts';
import { draft } from '../identity/index.ts';
import { purchaseOf } from '../market/index.ts';
import { ordersOf } from '../money/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import {
  entriesOf,
  mirrorOf,
  paymentUnderWay,
  presentPayment,
  settleNow,
  tabView,
} from './index.ts';

const walden = testDocument('walden');

/** In some tests the bank signs receipts of transfers that never were. */
const unpaid = 'What is credited was paid';

describe('payments on a tab', () => {
  let market: TestMarket;
  let [alice, bob]: TestPeer[] = [];

  function build(
    settings: Record<string, unknown>,
    funds = 500,
    standing: 'friends' | 'stranger' = 'friends',
  ) {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(1)], ...settings },
      documents: [walden],
    });
    market.chain(alice, bob);
    if (standing === 'stranger') bob.book.remove(alice.id);
    market.open(0);
    if (funds > 0) market.give(alice, funds);
    market.world.pass(1_000);
  }
  const kinds = () =>
    market.world
      .read(bob!, (ctx) => entriesOf(ctx, alice!.id, market.currency, 0))
      .map(({ kind, amount }) => [kind, amount]);
  const orders = () =>
    market.world
      .read(alice!, (ctx) => ordersOf(ctx, market.currency, { limit: 50 }))
      .map(({ state, amount }) => [state, amount]);
  const receiptFor = (change: Partial<Receipt>) =>
    draft(receiptStatement, {
      ...{
        iss: market.bank.id,
        iat: 1,
        jti: 'AAAAAAAAAAAAAAAAAAAAAA',
        payer: alice!.id,
        payee: bob!.id,
      },
      ...{
        amount: 50,
        fee: 0,
        transactionId: 'tab',
        order: 'BBBBBBBBBBBBBBBBBBBBBA',
        sequence: 900,
      },
      ...{ state: 'settled', ...change },
    } as Receipt);
  const present = (change: Partial<Receipt> = {}, signer = market.bank) =>
    market.ask(alice!, bob!, {
      route: 'payTab',
      params: { currency: market.currency },
      body: { receipt: market.world.read(signer, (ctx) => ctx.seal(receiptFor(change))) },
    });

  beforeEach(() => build({}));

  it('of a stranger come first: it is refused, pays what is needed, and is asked again', () => {
    build({}, 500, 'stranger');
    const { bids } = market.search(alice!, 'walden', 50);
    expect(bids).toHaveLength(1);
    expect(kinds()).toEqual([
      ['payment', -1],
      ['solicitation', 1],
    ]);
    market.buy(alice!, bids[0]);
    market.settle();
    expect(kinds().slice(2)).toEqual([
      ['payment', -6],
      ['purchase', 6],
    ]);
  });

  it('that were made ahead are drawn down, not paid back', () => {
    build({}, 500, 'stranger');
    market.search(alice!, 'walden', 50);
    market.world.pass(10 * 60_000);
    market.settle();
    const back = market.world.read(bob!, (ctx) => ordersOf(ctx, market.currency, { limit: 9 }));
    expect(back).toEqual([]);
  });

  it('are not made where the stranger has no money, and nothing is charged', () => {
    build({}, 0, 'stranger');
    const { bids, refused } = market.search(alice!, 'walden', 50);
    expect(bids).toEqual([]);
    expect(refused).toMatchObject([{ code: 'insufficient-funds' }]);
    expect(kinds()).toEqual([]);
  });

  it('settle a debt once it reaches the threshold, exactly once', () => {
    build({ settleAt: 4 });
    for (let n = 0; n < 3; n++) market.search(alice!, 'nothing', 50);
    market.settle();
    expect(orders()).toEqual([]);
    market.search(alice!, 'nothing', 50);
    market.settle();
    expect(orders()).toEqual([['settled', 4]]);
    expect(kinds().at(-1)).toEqual(['payment', -4]);
    expect(market.world.read(bob!, (ctx) => tabView(ctx, alice!.id, market.currency).balance)).toBe(
      0,
    );
  });

  it('wait for money, and go on when it comes', () => {
    build({ settleAt: 2 }, 0);
    for (let n = 0; n < 2; n++) market.search(alice!, 'nothing', 50);
    expect(orders()).toEqual([]);
    market.give(alice!, 10);
    market.settle();
    expect(orders()).toEqual([['settled', 2]]);
  });

  it('happen at a person’s word, below the threshold too', () => {
    market.search(alice!, 'nothing', 50);
    const settle = () => market.world.do(alice!, (ctx) => settleNow(ctx, bob!.id, market.currency));
    expect(settle()).toMatchObject({ ok: true, value: { amount: 1 } });
    expect(settle()).toMatchObject({ error: { code: 'unavailable' } });
    market.settle();
    expect(settle()).toMatchObject({ error: { code: 'bad-request' } });
    expect(orders()).toEqual([['settled', 1]]);
  });

  it('make room for an acceptance that the tab had none for, which is then asked again', () => {
    build({ creditLimit: 5, settleAt: 5 });
    const deal = market.buy(alice!, market.search(alice!, 'walden', 50).bids[0]);
    market.settle();
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.payments)).toBe(1);
    expect(kinds()).toEqual([
      ['solicitation', 1],
      ['payment', -2],
      ['purchase', 6],
      ['payment', -5],
    ]);
  });

  it('wait until the issuer has told its fees, and the purchase with them', () => {
    market = new TestMarket();
    alice = market.trader('alice');
    bob = market.trader('bob', {
      settings: { accepts: [market.accepted(0)] },
      documents: [walden],
    });
    market.chain(alice, bob);
    bob.book.remove(alice.id);
    market.bank.forge = (effect) =>
      effect.kind === 'reply' && 'currency' in (effect.body as object)
        ? { kind: 'event', event: { type: 'neighbor', peer: bob!.id } }
        : effect;
    market.open(500);
    const [bid] = market.search(alice, 'walden', 50).bids;
    const deal = market.buy(alice, bid, 'paying');
    market.world.pass(5_000);
    expect(market.world.read(alice, (ctx) => purchaseOf(ctx, deal)?.state)).toBe('paying');
    delete market.bank.forge;
    market.settle();
    expect(market.world.read(alice, (ctx) => purchaseOf(ctx, deal)?.state)).toBe('delivered');
  });

  it('are never more than this peer owes and was about to be charged, whatever it is told', () => {
    build({ creditLimit: 5 });
    bob!.forge = (effect) =>
      effect.kind === 'refuse' && effect.problem.code === 'tab-limit'
        ? {
            ...effect,
            problem: { ...effect.problem, members: { ...effect.problem.members, needed: 400 } },
          }
        : effect;
    const deal = market.buy(alice!, market.search(alice!, 'walden', 50).bids[0], 'failed');
    expect(market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)?.failure?.code)).toBe(
      'tab-limit',
    );
    expect(orders()).toEqual([]);
  });

  it.each([-1, 0.5, Number.NaN, '7', undefined])('ignore a demand of %s', (needed) => {
    build({ creditLimit: 0 });
    bob!.forge = (effect) =>
      effect.kind === 'refuse'
        ? { ...effect, problem: { ...effect.problem, members: { needed } } }
        : effect;
    expect(market.search(alice!, 'walden', 50).refused).toMatchObject([{ code: 'tab-limit' }]);
    expect(orders()).toEqual([]);
  });

  it('count once, whether the receipt or the deposit query brings them first', () => {
    build({ settleAt: 1 });
    market.search(alice!, 'nothing', 50);
    market.settle();
    const [order] = market.world.read(alice!, (ctx) =>
      ordersOf(ctx, market.currency, { limit: 1 }),
    );
    const again = market.ask(alice!, bob!, {
      route: 'payTab',
      params: { currency: market.currency },
      body: { receipt: order!.receipt },
    });
    expect(again).toMatchObject({ value: { tab: { balance: 0, entries: 2 } } });
    expect(kinds()).toEqual([
      ['solicitation', 1],
      ['payment', -1],
    ]);
  });

  it('show on the tab in the very answer to the receipt', () => {
    market.oracles.forgiven.add(unpaid);
    const answer = present();
    expect(answer).toMatchObject({ value: { tab: { balance: -50, entries: 1 } } });
  });

  it('of a stranger are credited only when the issuer knows them', () => {
    build({}, 500, 'stranger');
    expect(present()).toMatchObject({ error: { code: 'payment-not-found' } });
    expect(kinds()).toEqual([]);
  });

  it.each([
    ['signed by another than its issuer', {}, 'bad-signature'],
    ['to somebody else', { payee: 'alice' }, 'wrong-payee'],
    ['for something else', { transactionId: 'gift' }, 'bad-request'],
    ['that is only held', { state: 'held' }, 'bad-request'],
    ['in a currency that is not taken', { iss: 'alice' }, 'bad-request'],
  ])('%s change nothing', (what, change, code) => {
    const named = Object.fromEntries(
      Object.entries(change).map(([key, value]) => [key, value === 'alice' ? alice!.id : value]),
    );
    const signer = named['iss'] ? alice! : market.bank;
    if (what.startsWith('signed')) {
      const text = market.world.read(market.bank, (ctx) => ctx.seal(receiptFor({})));
      const forged = `${text.slice(0, -6)}AAAAAA`;
      const answer = market.ask(alice!, bob!, {
        route: 'payTab',
        params: { currency: market.currency },
        body: { receipt: forged },
      });
      expect(answer).toMatchObject({ error: { code } });
    } else {
      expect(present(named, signer)).toMatchObject({ error: { code } });
    }
    expect(kinds()).toEqual([]);
  });

  it('are not taken for a discrepancy when the creditor enters them before the issuer has answered', () => {
    build({ settleAt: 1 });
    // The issuer carries the order out; its answer is lost, so that Bob hears of it long before Alice.
    market.bank.forge = (effect) =>
      effect.kind === 'reply' && effect.status === 201
        ? { kind: 'event', event: { type: 'neighbor', peer: bob!.id } }
        : effect;
    market.search(alice!, 'nothing', 50);
    market.world.pass(2_000);
    expect(kinds()).toEqual([
      ['solicitation', 1],
      ['payment', -1],
    ]);
    market.search(alice!, 'nothing', 50);
    market.world.pass(2_000);
    const half = () => market.world.read(alice!, (ctx) => mirrorOf(ctx, bob!.id, market.currency));
    expect(half()).toMatchObject({ entries: 3, disputed: 0 });
    delete market.bank.forge;
    market.settle();
    const transit = market.world.read(alice!, (ctx) =>
      balanceOf(ctx, market.currency, inTransit(bob!.id)),
    );
    expect(transit).toBe(0);
  });

  it('that were refused and carried out after all do not take the place of the one under way', () => {
    build({ settleAt: 1 });
    market.oracles.forgiven.add(unpaid);
    market.bank.forge = (effect) =>
      effect.kind === 'reply' && effect.status === 201
        ? { kind: 'event', event: { type: 'neighbor', peer: bob!.id } }
        : effect;
    market.search(alice!, 'nothing', 50);
    const underWay = () =>
      market.world.read(alice!, (ctx) => paymentUnderWay(ctx, bob!.id, market.currency));
    const made = underWay();
    expect(made).toMatchObject({ state: 'ordered', amount: 1 });
    market.world.do(alice!, (ctx) => {
      const { payload } = receiptFor({ payer: alice!.id, amount: 50 as Receipt['amount'] });
      presentPayment(ctx, bob!.id, {
        payload,
        text: market.world.read(market.bank, (bank) => bank.seal(draft(receiptStatement, payload))),
      });
    });
    expect(underWay()).toEqual(made);
    market.world.pass(1_000);
    expect(underWay()).toEqual(made);
    expect(kinds()).toContainEqual(['payment', -50]);
  });
});
