import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../../src/amount.ts';
import { testPeerId } from '../../src/kernel/test-context.ts';
import { pay } from '../../src/money/index.ts';
import { fakePeer } from './fake-peer.suite.ts';
import { memoryClient } from './memory-client.ts';

function open() {
  const fake = fakePeer({ name: 'Alice' });
  return { fake, client: memoryClient(fake.router) };
}

const coins = { name: 'Alice coins', symbol: 'ALC', decimals: 2 };

describe('settings over the bridge', () => {
  it('changes what the patch names and nothing else', async () => {
    const { fake, client } = open();
    const before = fake.world.settings;
    const answer = await client.call('settings.set', {
      patch: { market: { creditLimit: 500, forwarding: { enabled: false } } },
    });
    expect(answer).toMatchObject({ ok: true, value: { restartNeeded: false } });
    expect(fake.world.settings).toEqual({
      ...before,
      creditLimit: 500,
      forwarding: { ...before.forwarding, enabled: false },
    });
  });

  it('brings a default back for null', async () => {
    const { fake, client } = open();
    await client.call('settings.set', { patch: { market: { creditLimit: 500 } } });
    await client.call('settings.set', { patch: { market: { creditLimit: null } } });
    expect(fake.world.settings.creditLimit).toBe(100);
  });

  it.each([
    ['a value that does not fit', { market: { creditLimit: 'much' } }],
    ['a setting that there is not', { market: { color: 'red' } }],
    ['what only the owner of the file changes', { control: { port: 1 } }],
    ['shared folders, which have methods of their own', { library: { folders: [] } }],
  ])('refuses %s, and then changes nothing', async (_what, patch) => {
    const { fake, client } = open();
    const before = fake.world.settings;
    const answer = await client.call('settings.set', { patch });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(fake.world.settings).toEqual(before);
  });

  it('says when a change holds from the next start only', async () => {
    const { client } = open();
    const answer = await client.call('settings.set', { patch: { port: 4711 } });
    expect(answer).toMatchObject({ ok: true, value: { restartNeeded: true } });
  });

  it('refuses a folder for downloads that cannot be written, and keeps no word of it', async () => {
    const { fake, client } = open();
    const file = fileURLToPath(import.meta.url);
    for (const folder of ['Bought', '~/Bought', file, join(file, 'Bought')]) {
      const answer = await client.call('settings.set', { patch: { downloads: { folder } } });
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      expect(answer).toMatchObject({ error: { detail: /→ at downloads\.folder$/ } });
    }
    const kept = await client.call('settings.get', {});
    expect(kept).toMatchObject({ ok: true, value: { downloads: {} } });
    expect(fake.faults).toEqual([]);
  });

  it('takes a folder for downloads that is yet to be made, from now on', async () => {
    const { client } = open();
    const folder = join(tmpdir(), 'not there yet', 'Bought');
    const answer = await client.call('settings.set', { patch: { downloads: { folder } } });
    expect(answer).toMatchObject({ ok: true, value: { restartNeeded: false } });
  });

  it('gives the card a new sequence when others see something new', async () => {
    const { client } = open();
    const before = await client.call('peer.invite', {});
    await client.call('peer.rename', { name: 'Alicia' });
    const after = await client.call('peer.invite', {});
    expect(before.ok && after.ok && after.value.jws !== before.value.jws).toBe(true);
  });
});

describe('a command over the bridge', () => {
  it('is told to whoever listens, by whatever way it came; a question and a refusal are not', async () => {
    const { fake, client } = open();
    const told: unknown[] = [];
    fake.router.listen(undefined, (frame) => frame.kind === 'event' && told.push(frame.event));
    await client.call('peer.status', {});
    await client.call('library.unshare', { path: '/no/folder' });
    await client.call('library.share', { path: '/a/folder' });
    expect(told).toEqual([{ type: 'command', method: 'library.share' }]);
  });

  it('that comes after the end is refused, and one that the end overtook too; neither is a fault', async () => {
    const { fake, client } = open();
    const overtaken = client.call('library.share', { path: '/a/broken/folder' });
    fake.router.close();
    const refused = { ok: false, error: { code: 'unavailable' } };
    expect(await overtaken).toMatchObject(refused);
    expect(await client.call('settings.set', { patch: {} })).toMatchObject(refused);
    expect(fake.faults).toEqual([]);
  });
});

describe('the own currency over the bridge', () => {
  it('keeps its decimals and its service while others hold it', async () => {
    const { fake, client } = open();
    await client.call('currency.create', coins);
    expect(await client.call('currency.create', { ...coins, decimals: 0 })).toMatchObject({
      ok: true,
    });
    fake.world.run((ctx) =>
      pay(ctx, {
        currency: ctx.self,
        payee: testPeerId(2),
        amount: 5 as Amount,
        transactionId: 'gift',
        purpose: { kind: 'gift', note: '' },
      }),
    );
    const refused = { ok: false, error: { code: 'bad-request' } };
    expect(await client.call('currency.create', coins)).toMatchObject(refused);
    const given = await client.call('settings.set', { patch: { market: { issues: null } } });
    expect(given).toMatchObject(refused);
    const renamed = await client.call('currency.create', { ...coins, decimals: 0, name: 'Coins' });
    expect(renamed).toMatchObject({ ok: true });
    expect(fake.world.settings.issues?.name).toBe('Coins');
  });

  it('is issued by paying with it, and its books sum to zero', async () => {
    const { client } = open();
    const order = { payee: testPeerId(2), amount: 5 };
    expect(await client.call('currency.issue', order)).toMatchObject({
      ok: false,
      error: { code: 'no-currency' },
    });
    await client.call('currency.create', coins);
    expect(await client.call('currency.issue', order)).toMatchObject({
      ok: true,
      value: { amount: 5 },
    });
    expect(await client.call('currency.statement', {})).toMatchObject({
      ok: true,
      value: { symbol: 'ALC', issued: 5, destroyed: 0, sumOfBalances: 5, holders: 1 },
    });
    expect(await client.call('journal.check', {})).toMatchObject({
      ok: true,
      value: { balanced: true, currencies: [{ sum: 0 }] },
    });
  });

  it('is not needed to accept those of others', async () => {
    const { fake, client } = open();
    const endpoints = ['https://127.0.0.1:7685'];
    const currency = testPeerId(3);
    expect(await client.call('currency.accept', { currency })).toMatchObject({
      ok: false,
      error: { code: 'unknown-currency' },
    });
    await client.call('currency.accept', { currency, endpoints });
    expect(fake.world.settings.accepts).toEqual([{ currency, endpoints, solicitationFee: 1 }]);
    const wallet = await client.call('wallet.list', {});
    expect(wallet).toMatchObject({ ok: true, value: { currencies: [{ currency, own: false }] } });
    await client.call('currency.refuse', { currency });
    expect(fake.world.settings.accepts).toEqual([]);
  });
});
