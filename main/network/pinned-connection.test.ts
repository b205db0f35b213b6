import { createServer as createNetServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { callTo, clientOf, startService, type TestPeer, testPeer } from '../services/test-wire.ts';
import { makeCertificate } from './certificate.ts';
import { makeKeyPair, NodeSigner } from './key-pair.ts';
import type { PeerClient } from './peer-client.ts';

const endings: (() => unknown)[] = [];
const later = <T>(value: T, end: (value: T) => unknown): T => {
  endings.push(() => end(value));
  return value;
};
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const service: typeof startService = async (...all) =>
  later(await startService(...all), (started) => started.close());
const client = (peer: TestPeer, bounds = {}): PeerClient =>
  later(clientOf(peer, bounds), (made) => made.close());

/** Somebody between the two peers, who has a key of its own and hears what is said to it. */
async function impostor(peer: TestPeer): Promise<{ port: number; heard: () => number }> {
  let bytes = 0;
  const server = createTlsServer({
    ...peer.identity,
    minVersion: 'TLSv1.3',
    requestCert: true,
    rejectUnauthorized: false,
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    });
  });
  server.on('tlsClientError', () => undefined);
  return { port: await listen(server), heard: () => bytes };
}

async function listen(server: Server): Promise<number> {
  later(server, (made) => made.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  return address.port;
}

describe('A client', () => {
  it('is answered by the peer it wanted, which knows it by its key', async () => {
    const me = await testPeer();
    const { peer, endpoint, received } = await service();
    const to = { peer: peer.peerId, endpoints: [endpoint] };
    const outcome = await client(me).call(callTo(to, { route: 'terms' }));
    expect(outcome).toEqual({ kind: 'answered', status: 200, body: { ok: true } });
    expect(received.map(({ from }) => from)).toEqual([me.peerId]);
  });

  it('does not say a byte to another key at the address', async () => {
    const wanted = (await testPeer()).peerId;
    const { port, heard } = await impostor(await testPeer());
    const endpoint = `https://127.0.0.1:${port}`;
    const caller = client(await testPeer());
    const outcome = await caller.call(
      callTo({ peer: wanted, endpoints: [endpoint] }, { route: 'terms' }),
    );
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining(`instead of ${wanted}`),
    });
    await expect(
      caller.openStream(
        { peer: wanted, endpoints: [endpoint] },
        { method: 'GET', path: '/', headers: {} },
      ),
    ).rejects.toMatchObject({ code: 'wrong-peer' });
    expect(heard()).toBe(0);
  });

  it('does not say a byte to one that shows the wanted certificate bound to another key', async () => {
    const wanted = makeKeyPair();
    const thief = await makeCertificate(new NodeSigner(makeKeyPair()), Date.now());
    const peer = { ...(await testPeer()), identity: thief };
    const { port, heard } = await impostor(peer);
    const to = { peer: wanted.peerId, endpoints: [`https://127.0.0.1:${port}`] };
    const outcome = await client(await testPeer()).call(callTo(to, { route: 'terms' }));
    expect(outcome.kind).toBe('unreachable');
    expect(heard()).toBe(0);
  });

  it('goes on to the next address when nobody or somebody else is at the first', async () => {
    const { peer, endpoint, received } = await service();
    const { port } = await impostor(await testPeer());
    const nobody = 'https://127.0.0.1:1';
    const endpoints = [nobody, 'nonsense', `https://127.0.0.1:${port}`, endpoint];
    const outcome = await client(await testPeer()).call(
      callTo({ peer: peer.peerId, endpoints }, { route: 'terms' }),
    );
    expect(outcome.kind).toBe('answered');
    expect(received).toHaveLength(1);
  });

  it('says unreachable where there is no address, or none that answers', async () => {
    const { peerId: peer } = await testPeer();
    const caller = client(await testPeer());
    for (const endpoints of [[], ['https://127.0.0.1:1']]) {
      const outcome = await caller.call(callTo({ peer, endpoints }, { route: 'terms' }));
      expect(outcome.kind).toBe('unreachable');
    }
  });

  it('gives up a handshake that does not come to an end', async () => {
    const silent = createNetServer((socket) => later(socket, (made) => made.destroy()));
    const port = await listen(silent);
    const { peerId: peer } = await testPeer();
    const to = { peer, endpoints: [`https://127.0.0.1:${port}`] };
    const caller = client(await testPeer(), { connectTimeoutMs: 50 });
    const outcome = await caller.call(callTo(to, { route: 'terms' }));
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining('within 50 ms'),
    });
  });

  it('uses its connections again for calls that follow each other', async () => {
    const { peer, endpoint, server, received } = await service();
    const me = await testPeer();
    const caller = client(me);
    for (let time = 0; time < 20; time += 1) {
      await caller.call(callTo({ peer: peer.peerId, endpoints: [endpoint] }, { route: 'terms' }));
    }
    expect(received).toHaveLength(20);
    expect(server.connectionsOf(me.peerId)).toBeLessThanOrEqual(2);
  });

  it('opens no more connections to a peer than it may', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const me = await testPeer();
    const { peer, endpoint, server, received } = await service(({ exchange }) => {
      most = Math.max(most, server.connectionsOf(me.peerId));
      waiting.push(() => exchange.reply(200, {}));
      if (waiting.length === 3) for (const answer of waiting.splice(0)) answer();
    });
    const caller = client(me, { connectionsPerPeerMax: 3 });
    const to = { peer: peer.peerId, endpoints: [endpoint] };
    await Promise.all(
      Array.from({ length: 12 }, () => caller.call(callTo(to, { route: 'terms' }))),
    );
    expect(received).toHaveLength(12);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('sends again what was lost because the server closed an idle connection', async () => {
    const { peer, endpoint, received } = await service(undefined, {
      server: { keepAliveTimeoutMs: 1 },
    });
    const caller = client(await testPeer());
    const to = { peer: peer.peerId, endpoints: [endpoint] };
    for (let time = 0; time < 20; time += 1) {
      const outcome = await caller.call(callTo(to, { route: 'terms' }));
      expect(outcome.kind).toBe('answered');
    }
    expect(received.length).toBeGreaterThanOrEqual(20);
  });
});
