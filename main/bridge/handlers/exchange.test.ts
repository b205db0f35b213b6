import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { askRates, takeRates } from '../../../src/exchange/index.ts';
import { testPeerId } from '../../../src/kernel/test-context.ts';
import { type FakePeer, fakePeer } from '../fake-peer.suite.ts';
import { memoryClient } from '../memory-client.ts';

const [bob, mint] = [testPeerId(2), testPeerId(3)];
const units = (value: number) => value as Amount;

describe('exchange over the bridge', () => {
  let fake: FakePeer;
  const call: ReturnType<typeof memoryClient>['call'] = (method, input) =>
    memoryClient(fake.router).call(method, input);
  const rate = () => ({
    ...{ give: mint, get: fake.world.self, numerator: units(3), denominator: units(2) },
    ...{ max: units(100), expires: Math.floor(fake.world.now / 1000) + 3_600 },
  });

  beforeEach(async () => {
    fake = fakePeer({ name: 'Alice' });
    await call('currency.create', { name: 'Alice money', symbol: 'A' });
  });

  it('offers the rates that were set, and says of each why it is not offered', async () => {
    expect(await call('exchange.setRates', { rates: [rate()] })).toEqual({ ok: true, value: {} });
    expect(await call('exchange.rates', {})).toMatchObject({
      value: { rates: [{ ...rate(), left: 100, expired: false, idle: 'not-accepted' }] },
    });
    await call('currency.accept', { currency: mint, endpoints: ['https://mint:7685'] });
    const { value } = (await call('exchange.rates', {})) as { value: { rates: object[] } };
    expect(value.rates[0]).not.toHaveProperty('idle');
    await call('exchange.setRates', { rates: [] });
    expect(await call('exchange.rates', {})).toMatchObject({ value: { rates: [] } });
  });

  it('refuses two rates for one pair, and a currency for itself', async () => {
    const twice = await call('exchange.setRates', { rates: [rate(), rate()] });
    expect(twice).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const itself = await call('exchange.setRates', { rates: [{ ...rate(), get: mint }] });
    expect(itself).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it('keeps what is set for all exchanges', async () => {
    await call('exchange.settings', { convert: true });
    await call('exchange.settings', { swaps: false });
    expect(await call('exchange.rates', {})).toMatchObject({
      value: { swaps: false, convert: true },
    });
  });

  it('quotes a learned rate, with the way on which it would go, and takes none that is not', async () => {
    const order = { peer: bob, give: mint, get: fake.world.self, amount: units(9) };
    expect(await call('exchange.take', order)).toMatchObject({ error: { code: 'no-rate' } });
    const places = { giveEndpoints: ['https://mint:7685'], getEndpoints: [], swaps: true };
    fake.world.run((ctx) => {
      askRates(ctx, [bob]);
      takeRates(ctx, bob, { kind: 'answered', status: 200, body: [{ ...rate(), ...places }] });
    });
    expect(await call('exchange.quote', order)).toEqual({
      ok: true,
      value: { got: 13, way: 'swap' },
    });
    expect(await call('exchange.quote', { ...order, amount: units(101) })).toMatchObject({
      error: { code: 'exchange-limit', members: { left: 100 } },
    });
    // There is none of that money in the wallet.
    expect(await call('exchange.take', order)).toMatchObject({
      error: { code: 'unknown-currency' },
    });
    expect(await call('exchange.list', {})).toEqual({ ok: true, value: { exchanges: [] } });
  });
});
