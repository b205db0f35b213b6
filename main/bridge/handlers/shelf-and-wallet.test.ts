import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { testPeerId } from '../../../src/kernel/test-context.ts';
import { pay } from '../../../src/money/index.ts';
import { type FakePeer, fakePeer } from '../fake-peer.suite.ts';
import { memoryClient } from '../memory-client.ts';

const [bob, carol] = [testPeerId(2), testPeerId(3)];
const money = { name: 'Alice money', symbol: 'A', decimals: 2 };

describe('the wallet over the bridge', () => {
  let fake: FakePeer;
  const call: ReturnType<typeof memoryClient>['call'] = (method, input) =>
    memoryClient(fake.router).call(method, input);
  const give = (payee: typeof bob, amount: number) =>
    call('currency.issue', { payee, amount: amount as Amount, note: 'Welcome' });

  beforeEach(async () => {
    fake = fakePeer({ name: 'Alice' });
    await call('currency.create', money);
  });

  it('tells the holders of the own currency, the largest first, and what fees brought', async () => {
    await give(bob, 40);
    await give(carol, 60);
    expect(await call('currency.holders', {})).toEqual({
      ok: true,
      value: {
        total: 2,
        holders: [
          { peer: carol, balance: 60, held: 0 },
          { peer: bob, balance: 40, held: 0 },
        ],
      },
    });
    expect(await call('currency.statement', {})).toMatchObject({
      ok: true,
      value: { issued: 100, destroyed: 0, holders: 2, feesCollected: 0 },
    });
  });

  it('tells what stood after each row, and what is newer than a row', async () => {
    await give(bob, 40);
    await give(carol, 60);
    const currency = fake.world.self;
    expect(await call('wallet.statement', { currency })).toMatchObject({
      ok: true,
      value: {
        rows: [
          { cause: { kind: 'issued', peer: carol }, issued: 60, after: { issued: 100 } },
          { cause: { kind: 'issued', peer: bob }, issued: 40, after: { issued: 40 } },
        ],
      },
    });
    expect(await call('wallet.statement', { currency, since: 1 })).toMatchObject({
      ok: true,
      value: { rows: [{ id: 2 }] },
    });
  });

  it('says what a payment costs before it is made, as it is then charged', async () => {
    const own = await call('wallet.quote', { currency: fake.world.self, amount: 7 as Amount });
    expect(own).toEqual({ ok: true, value: { fee: 0, total: 7, balance: 0 } });
    const unknown = await call('wallet.quote', { currency: bob, amount: 7 as Amount });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknown-currency' } });
    await call('wallet.addCurrency', { currency: bob, endpoints: ['https://127.0.0.1:1'] });
    const early = await call('wallet.quote', { currency: bob, amount: 7 as Amount });
    expect(early).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    const paid = fake.world.run((ctx) =>
      pay(ctx, {
        currency: bob,
        payee: carol,
        amount: 7 as Amount,
        transactionId: 'x',
        purpose: { kind: 'gift', note: '' },
      }),
    );
    expect(paid).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  it('forgets a currency and does not take it any more, until it is taken up again', async () => {
    const bobs = { currency: bob, endpoints: ['https://127.0.0.1:1'] };
    await call('currency.accept', bobs);
    expect(await call('wallet.forget', { currency: bob })).toMatchObject({ ok: true });
    const list = await call('wallet.list', {});
    expect(list).toMatchObject({
      ok: true,
      value: { currencies: [{ own: true }], forgotten: [{ currency: bob }] },
    });
    const settings = await call('settings.get', {});
    expect(settings).toMatchObject({ ok: true, value: { market: { accepts: [] } } });
    const again = await call('wallet.forget', { currency: bob });
    expect(again).toMatchObject({ ok: false, error: { code: 'unknown-currency' } });
    await call('currency.accept', bobs);
    expect(await call('wallet.list', {})).toMatchObject({
      ok: true,
      value: { currencies: [{ own: true }, { currency: bob }], forgotten: [] },
    });
  });
});

describe('the library over the bridge', () => {
  it('tells for each document what the rules say, what was set by hand, and what it brought', async () => {
    const documentId = `b3-${'a'.repeat(52)}` as never;
    const map = { documentId, title: 'A map', sizeBytes: 3 * 1024 * 1024, mediaType: 'image/png' };
    const fake = fakePeer({ name: 'Alice' }, [map]);
    const client = memoryClient(fake.router);
    await client.call('currency.create', money);
    const currency = fake.world.self;
    await client.call('library.price', { documentId, currency, price: 99 as Amount });
    expect(await client.call('library.list', {})).toEqual({
      ok: true,
      value: {
        total: 1,
        documents: [
          {
            ...map,
            askingPrices: [{ currency, price: 99 }],
            rulePrices: [{ currency, price: 8 }],
            sold: 0,
            earned: [],
          },
        ],
      },
    });
  });
});
