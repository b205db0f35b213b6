import { describe, expect, it } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import { problem } from '../../src/problem.ts';
import type { EventFrame } from './contract.ts';
import { fakePeer } from './fake-peer.suite.ts';
import { ipcChannels } from './ipc-channels.ts';
import { ipcClient } from './ipc-client.ts';
import { IpcPair } from './ipc-pair.suite.ts';
import { type IpcServerParts, serveIpc } from './ipc-server.ts';
import { describeTransport } from './transport.suite.ts';

const ownPage = 1;
const foreignPage = 2;

function served(change: Partial<IpcServerParts<{ page: number }>> = {}) {
  const fake = fakePeer({ name: 'Alice' });
  const pair = new IpcPair();
  const gone: (() => void)[] = [];
  const close = serveIpc({
    ipc: pair,
    router: fake.router,
    senderOf: ({ page }) =>
      page === ownPage ? { id: page, onGone: (listener) => gone.push(listener) } : undefined,
    ...change,
  });
  const leave = () => {
    for (const listener of gone.splice(0)) listener();
  };
  const ask = async (page: number, channel: string, ...args: unknown[]): Promise<unknown> =>
    JSON.parse(String(await pair.callerOf(page).invoke(channel, ...args)));
  return { fake, pair, close, ask, leave };
}

describeTransport('IPC', async ({ router }) => {
  const pair = new IpcPair();
  const close = serveIpc({
    ipc: pair,
    router,
    senderOf: ({ page }) => ({ id: page, onGone: () => undefined }),
  });
  return { client: ipcClient(pair.callerOf(ownPage)), close: async () => close() };
});

describe('the IPC of the bridge', () => {
  it('refuses every page but its own, on both channels', async () => {
    const { ask, fake, close } = served();
    const stranger = { ok: false, error: { code: 'wrong-origin' } };
    const rename = JSON.stringify({ name: 'Mallory' });
    expect(await ask(foreignPage, ipcChannels.invoke, 'peer.rename', rename)).toMatchObject(
      stranger,
    );
    expect(await ask(foreignPage, ipcChannels.subscribe, '1', '{}')).toMatchObject(stranger);
    expect(fake.world.settings.name).toBe('Alice');
    close();
  });

  it.each([
    ['no name', []],
    ['an object for a text', ['peer.rename', { name: 'Mallory' }]],
    ['a text that is no JSON', ['peer.rename', '{']],
    ['a text without end', ['peer.rename', `"${'x'.repeat(256 * 1024)}"`]],
    ['one member too many', ['peer.status', '{}', '{}']],
  ])('refuses %s', async (_what, args) => {
    const { ask, close } = served();
    const answer = await ask(ownPage, ipcChannels.invoke, ...args);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    close();
  });

  it('asks the program first what a page may not do', async () => {
    const { pair, fake, close } = served({
      refusalOf: (method) =>
        method === 'peer.rename' ? problem('bad-request', 'Not from here.') : undefined,
    });
    const client = ipcClient(pair.callerOf(ownPage));
    expect(await client.call('peer.rename', { name: 'Bob' })).toEqual({
      ok: false,
      error: problem('bad-request', 'Not from here.'),
    });
    expect(await client.call('peer.status', {})).toMatchObject({ ok: true });
    expect(fake.world.settings.name).toBe('Alice');
    close();
  });

  it('goes on where a page stopped, and says so where that is too long ago', async () => {
    const { ask, fake, close } = served();
    for (let n = 1; n <= 3; n++) fake.tell({ type: 'neighbor', peer: testPeerId(n) });
    const missed = await ask(ownPage, ipcChannels.subscribe, '1', '{"after":1}');
    expect(missed).toMatchObject({ ok: true, value: [{ sequence: 2 }, { sequence: 3 }] });
    for (let n = 0; n < 2_000; n++) fake.tell({ type: 'neighbor', peer: testPeerId(1) });
    const gap = await ask(ownPage, ipcChannels.subscribe, '1', '{"after":3}');
    expect(gap).toEqual({ ok: true, value: [{ kind: 'snapshot', sequence: 2_003 }] });
    close();
  });

  it('tells what happened while the page was busy, in order and once', async () => {
    const { pair, fake, close } = served();
    const heard: EventFrame[] = [];
    const complete = Promise.withResolvers<void>();
    await ipcClient(pair.callerOf(ownPage)).listen((frame) => {
      heard.push(frame);
      // Each event causes the next: they come while an answer is on its way.
      if (frame.sequence < 50) fake.tell({ type: 'neighbor', peer: testPeerId(1) });
      else complete.resolve();
    });
    await complete.promise;
    expect(heard.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 51 }, (_, n) => n));
    close();
  });

  it('answers who waits when its page goes, and waits for nobody after that', async () => {
    const { ask, leave, close } = served();
    const waiting = ask(ownPage, ipcChannels.subscribe, '1', '{"after":0}');
    leave();
    expect(await waiting).toEqual({ ok: true, value: [] });
    close();
  });

  it('lets one page wait for events 32 times at most', async () => {
    const { ask, close } = served();
    const all = Array.from({ length: 33 }, (_, n) =>
      ask(ownPage, ipcChannels.subscribe, String(n), '{"after":0}'),
    );
    expect(await all.at(-1)).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    close();
    expect(await Promise.all(all.slice(0, 32))).toEqual(
      Array.from({ length: 32 }, () => ({ ok: true, value: [] })),
    );
  });

  it('tells the page that its peer is lost when nobody answers any more', async () => {
    const { pair, close } = served();
    const client = ipcClient(pair.callerOf(ownPage));
    const lost = Promise.withResolvers<void>();
    await client.listen(
      () => undefined,
      (state) => state === 'lost' && lost.resolve(),
    );
    close();
    await lost.promise;
    const answer = await client.call('peer.status', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    await expect(client.listen(() => undefined)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
