import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput, MethodName, MethodOutput } from '../main/bridge/contract.ts';
import { httpClient } from '../main/bridge/http-client.ts';
import { neighborNames } from '../main/demo/in-app-cast.ts';
import { type Headless, startHeadless } from '../main/headless.ts';
import { until } from './harness/until.ts';

let directory: string;
let running: Headless;

async function start(): Promise<void> {
  running = await startHeadless({
    dataDirectory: directory,
    role: 'peer',
    name: 'Newcomer',
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
  });
}

async function ask<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
): Promise<MethodOutput<M>> {
  const answer = await httpClient(running.control).call(method, input);
  if (!answer.ok) throw new Error(`${method}: ${answer.error.detail}`);
  return answer.value;
}

async function inState(state: MethodOutput<'demo.status'>['state'], withinMs: number) {
  return until(
    `the demo is ${state}`,
    async () => {
      const status = await ask('demo.status', {});
      if (status.problem) throw new Error(status.problem.detail);
      return status.state === state ? status : undefined;
    },
    { withinMs, everyMs: 200 },
  );
}

const earned = async (kind: string) => {
  const { totals } = await ask('earnings.get', { from: '2020-01-01', to: '2099-12-31' });
  return totals.filter((total) => total.kind === kind).reduce((sum, { amount }) => sum + amount, 0);
};

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'souk-demo-in-app-'));
  await start();
});

afterAll(async () => {
  await running.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('the demo market in the app', () => {
  it('brings a newcomer neighbors, bids, a purchase, sales and commissions within two minutes', async () => {
    const began = performance.now();
    expect(await ask('demo.status', {})).toMatchObject({ available: true, state: 'off' });
    expect((await ask('demo.start', {})).state).toBe('starting');
    const { neighbors, currency } = await inState('running', 90_000);
    expect(neighbors).toHaveLength(5);
    const { neighbors: listed } = await ask('neighbors.list', { list: 'primary' });
    expect(listed.map(({ name, reason }) => [name, reason])).toEqual(
      neighbors.map(({ name }) => [name, 'demo market']),
    );

    const offers = [{ currency: currency as NonNullable<typeof currency>, maxPrice: 40 as never }];
    const { id } = await ask('search.start', { query: { text: 'honey' }, offers });
    const bids = await until('bids', async () => {
      const found = (await ask('search.bids', { search: id })).bids;
      return found.length > 0 ? found : undefined;
    });
    const { deal } = await ask('deals.buy', { bid: (bids[0] as (typeof bids)[0]).id });
    await until('the document', async () => {
      const { sides } = await ask('deals.get', { deal });
      return sides.some((side) => side.deal.state === 'delivered') || undefined;
    });

    await until('a sale', async () => (await earned('sales')) > 0 || undefined, {
      withinMs: 60_000,
    });
    await until('a commission', async () => (await earned('commissions')) > 0 || undefined, {
      withinMs: 60_000,
    });
    expect(performance.now() - began).toBeLessThan(120_000);
  });

  it('goes on after a restart of the peer', async () => {
    const before = await ask('demo.status', {});
    await running.stop();
    await start();
    const after = await inState('running', 60_000);
    expect(after.neighbors).toEqual(before.neighbors);
    await until(
      'another deal',
      async () => (await ask('demo.status', {})).tradesDone > before.tradesDone || undefined,
      { withinMs: 60_000 },
    );
  });

  it('goes away with one call, and leaves the journal balanced', async () => {
    const { currency } = await ask('demo.status', {});
    expect((await ask('demo.remove', {})).state).toBe('removing');
    await inState('off', 60_000);
    expect((await ask('neighbors.list', {})).total).toBe(0);
    // The deals that stay in the lists still say that they were with the demo.
    const { peers } = await ask('neighbors.former', {});
    expect(peers.map(({ name }) => name).sort()).toEqual(
      neighborNames.map((name) => `${name} (demo)`),
    );
    expect((await ask('library.folders', {})).folders).toEqual([]);
    expect((await ask('settings.get', {})).market.accepts).toEqual([]);
    expect(existsSync(path.join(directory, 'demo'))).toBe(false);
    const { tabs } = await ask('tabs.list', { limit: 1_000 });
    expect(tabs.filter(({ netOwed }) => netOwed !== 0)).toEqual([]);
    const { currencies, forgotten } = await ask('wallet.list', {});
    expect(currencies).toEqual([]);
    expect(forgotten.map(({ balance, ordered }) => balance + ordered)).toEqual([0]);
    const { balanced } = await ask('journal.check', {});
    expect(balanced).toBe(true);
    const rows = await ask('wallet.statement', {
      currency: currency as NonNullable<typeof currency>,
    });
    expect(rows.rows.length).toBeGreaterThan(0);
  });
});
