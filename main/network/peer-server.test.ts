import { request as httpsRequest } from 'node:https';
import { connect as connectPlain, Server as NetServer } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rawRequest, startService, testPeer } from '../services/test-wire.ts';
import { makeCertificate } from './certificate.ts';
import { makeKeyPair, NodeSigner } from './key-pair.ts';

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
function tlsTo(port: number, options: object): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    socket.once('secureConnect', () => resolve(later(socket, (made) => made.destroy())));
    socket.once('error', reject);
  });
}

const closed = (socket: TLSSocket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.resume();
  });

describe('A server', () => {
  it('ends at once, also while a stranger has connected and says nothing', async () => {
    const { server, port } = await startService(undefined, {
      server: { handshakeTimeoutMs: 600_000 },
    });
    const silent = later(connectPlain(port, '127.0.0.1'), (socket) => socket.destroy());
    silent.on('error', () => undefined);
    // Who came after it was answered: so it has been taken.
    await rawRequest(port, undefined, { path: '/' });
    await server.close();
    expect(server.connectionsOf((await testPeer()).peerId)).toBe(0);
  });

  it('goes on, and tells of it, where the system has no room for a connection', async () => {
    const listening = vi.spyOn(NetServer.prototype, 'listen');
    const { port, faults } = await service();
    const [inner] = listening.mock.contexts as NetServer[];
    listening.mockRestore();
    const full = new Error('accept ENFILE');
    for (let times = 0; times < 2; times++) inner?.emit('error', full);
    expect(faults).toEqual([full, full]);
    expect((await rawRequest(port, undefined, { path: '/' })).status).toBe(401);
  });

  it('speaks TLS 1.3 and nothing older', async () => {
    const { port } = await service();
    const { identity } = await testPeer();
    await expect(tlsTo(port, { ...identity, maxVersion: 'TLSv1.2' })).rejects.toThrow();
    const socket = await tlsTo(port, identity);
    expect(socket.getProtocol()).toBe('TLSv1.3');
  });

  it('resumes no session', async () => {
    const { port } = await service();
    const { identity } = await testPeer();
    const first = await tlsTo(port, identity);
    const sessions: Buffer[] = [];
    first.on('session', (session) => sessions.push(session));
    first.write('GET /market/v1/terms HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(first.isSessionReused()).toBe(false);
    await closed(first);
    for (const session of sessions) {
      const again = await tlsTo(port, { ...identity, session });
      expect(again.isSessionReused()).toBe(false);
    }
    expect(sessions.length).toBeGreaterThan(0);
  });

  it('tells a caller without a certificate that it needs one, whatever it asks for', async () => {
    const { port, received } = await service();
    for (const path of ['/market/v1/terms', '/', '/documents/v1/x']) {
      const answer = await rawRequest(port, undefined, { path });
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ type: 'urn:souk:problem:certificate-required' });
    }
    expect(received).toHaveLength(0);
  });

  it('cuts off a caller whose certificate binds no peer, and tells its own side why', async () => {
    const { port, received, refused } = await service();
    const good = await testPeer();
    const year = 365 * 24 * 60 * 60_000;
    const expired = await makeCertificate(good.signer, Date.now() - 11 * year);
    const early = await makeCertificate(good.signer, Date.now() + 2 * year);
    const stranger = makeKeyPair();
    const forged = await makeCertificate(
      { peerId: good.peerId, sign: (message) => new NodeSigner(stranger).sign(message) },
      Date.now(),
    );
    for (const identity of [expired, early, forged]) {
      await expect(rawRequest(port, identity, { path: '/market/v1/terms' })).rejects.toThrow();
    }
    expect(received).toHaveLength(0);
    expect(refused.map(({ detail }) => detail)).toEqual([
      'The certificate does not prove a peer id: it has expired.',
      'The certificate does not prove a peer id: it is not valid yet; check the clocks.',
      'The certificate does not prove a peer id: the peer it names did not sign it.',
    ]);
  });

  it('cuts off a certificate shown by one who does not have its key', async () => {
    const { port } = await service();
    const victim = await testPeer();
    const thief = await testPeer();
    const stolen = { cert: victim.identity.cert, key: thief.identity.key };
    await expect(
      (async () => rawRequest(port, stolen, { path: '/market/v1/terms' }))(),
    ).rejects.toThrow();
  });

  it('keeps no more connections of one peer than it may, and frees the place of a closed one', async () => {
    const { port, server } = await service(undefined, { server: { connectionsPerPeerMax: 2 } });
    const { identity, peerId } = await testPeer();
    const first = await tlsTo(port, identity);
    await tlsTo(port, identity);
    await closed(await tlsTo(port, identity));
    expect(server.connectionsOf(peerId)).toBe(2);
    const other = await testPeer();
    const answer = await rawRequest(port, other.identity, { path: '/market/v1/terms' });
    expect(answer.status).toBe(200);
    const left = closed(first);
    first.end();
    await left;
    await expect.poll(() => server.connectionsOf(peerId)).toBe(1);
  });

  it('cuts off a handshake that does not come to an end', async () => {
    const { port } = await service(undefined, { server: { handshakeTimeoutMs: 50 } });
    const { connect: connectPlain } = await import('node:net');
    const socket = connectPlain(port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).resume());
    expect(socket.destroyed).toBe(true);
  });

  it('answers what is no HTTP with a problem document', async () => {
    const { port, received } = await service();
    const { identity } = await testPeer();
    const heads = [
      'HELLO\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'POST /market/v1/introductions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ];
    for (const head of heads) {
      const socket = await tlsTo(port, identity);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.write(head);
      await closed(socket);
      const [top, body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      expect(top).toContain('application/problem+json');
      expect(JSON.parse(body ?? '').type).toMatch(
        /^urn:souk:problem:(bad-request|body-too-large)$/,
      );
    }
    expect(received).toHaveLength(0);
  });

  it('refuses by name a request that says not to whom, and passes over what else is expected', async () => {
    const { port, received } = await service();
    const { identity } = await testPeer();
    const ask = async (header: string) => {
      const socket = await tlsTo(port, identity);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.write(`GET /market/v1/terms HTTP/1.1\r\n${header}\r\nConnection: close\r\n\r\n`);
      await closed(socket);
      return Buffer.concat(chunks).toString();
    };
    expect(await ask('X: y')).toContain('urn:souk:problem:bad-request');
    expect(received).toHaveLength(0);
    expect(await ask('Host: x\r\nExpect: wonders')).toMatch(/^HTTP\/1.1 200 /);
    expect(received).toHaveLength(1);
  });

  it('gives up a head that trickles in, with a problem document', async () => {
    const { port } = await service(undefined, {
      server: { headersTimeoutMs: 100, requestTimeoutMs: 100 },
    });
    const { identity } = await testPeer();
    const socket = await tlsTo(port, identity);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write('GET / HTTP/1.1\r\nHost: ');
    await closed(socket);
    expect(Buffer.concat(chunks).toString()).toContain('urn:souk:problem:request-timeout');
  });

  it('says port-in-use where another program has the port', async () => {
    const { port, server } = await service();
    await expect(server.listen(port, '127.0.0.1')).rejects.toThrow();
    const second = later(await startService(), (started) => started.close());
    await second.server.close();
    await expect(second.server.listen(port, '127.0.0.1')).rejects.toMatchObject({
      code: 'port-in-use',
    });
  });

  it('cuts off who does not take its answer', async () => {
    const { port, server, received } = await service(
      ({ exchange }) => exchange.reply(200, 'x'.repeat(64 * 1024 * 1024)),
      { server: { silenceTimeoutMs: 100 } },
    );
    const { identity, peerId } = await testPeer();
    const socket = await tlsTo(port, identity);
    socket.pause();
    socket.write('GET /market/v1/terms HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 });
    await vi.waitFor(() => expect(server.connectionsOf(peerId)).toBe(0), { timeout: 10_000 });
    socket.destroy();
  });

  it('is not asked twice at once on one connection', async () => {
    const { port, received } = await service(() => undefined);
    const { identity } = await testPeer();
    const socket = await tlsTo(port, identity);
    const one = 'GET /market/v1/terms HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(one + one + one);
    await closed(socket);
    expect(received.length).toBeLessThanOrEqual(1);
  });

  it('tells a handler when the caller hangs up', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { port } = await service(({ exchange }) => {
      exchange.whenHungUp(resolve);
      sent.destroy();
    });
    const { identity } = await testPeer();
    const sent = httpsRequest({
      host: '127.0.0.1',
      port,
      path: '/market/v1/terms',
      agent: false,
      rejectUnauthorized: false,
      ...identity,
    });
    sent.on('error', () => undefined);
    sent.end();
    await promise;
    expect(sent.destroyed).toBe(true);
  });
});
