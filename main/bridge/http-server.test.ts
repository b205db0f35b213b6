import { request } from 'node:http';
import { Server as NetServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import type { EventFrame } from './contract.ts';
import { type FakePeer, fakePeer } from './fake-peer.suite.ts';
import { httpClient } from './http-client.ts';
import { type ControlServer, startControlServer } from './http-server.ts';
import { redeemTicket, requestTicket } from './ticket-client.ts';
import { describeTransport } from './transport.suite.ts';

describeTransport('HTTP', async ({ router }) => {
  const server = await startControlServer(router, { port: 0 });
  return { client: httpClient(server), close: () => server.close() };
});

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: { readonly code?: string };
}

describe('the control service', () => {
  it('goes on where the system has no room for a connection', async () => {
    const listening = vi.spyOn(NetServer.prototype, 'listen');
    const server = await startControlServer(fakePeer().router, { port: 0 });
    const [inner] = listening.mock.contexts as NetServer[];
    listening.mockRestore();
    for (let times = 0; times < 2; times++) inner?.emit('error', new Error('accept ENFILE'));
    expect((await fetch(`${server.url}/events`)).status).toBe(401);
    await server.close();
  });

  let fake: FakePeer;
  let server: ControlServer;

  beforeEach(async () => {
    fake = fakePeer();
    server = await startControlServer(fake.router, { port: 0 });
  });
  afterEach(() => server.close());

  /** fetch would neither send these Host headers nor these bodies. */
  function send(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<RawAnswer> {
    const { method = 'POST', headers = {}, body = '{}' } = options;
    const honest = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(server.url + path, { method, headers: { ...honest, ...headers } });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: JSON.parse(text || '{}'),
          }),
        );
      });
      sent.end(method === 'GET' ? undefined : body);
    });
  }

  it('listens on loopback, with a token of 256 bits that is new at each start', async () => {
    const other = await startControlServer(fake.router, { port: 0 });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Buffer.from(server.token, 'base64url')).toHaveLength(32);
    expect(other.token).not.toBe(server.token);
    await other.close();
  });

  it('answers a caller that does everything right, and is kept by no cache', async () => {
    const answer = await send('/rpc/peer.status');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    ['a name that resolves to this machine', { host: 'attacker.example' }],
    ['another port of this machine', { host: '127.0.0.1:1' }],
    ['the right address with more behind it', { host: '127.0.0.1.attacker.example' }],
    ['the page of another site', { origin: 'https://attacker.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a request across sites', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s, token or not', async (_who, headers: Record<string, string>) => {
    const answer = await send('/rpc/peer.stop', { headers });
    expect(answer).toMatchObject({ status: 403, body: { code: 'wrong-origin' } });
    expect(fake.stopped).toBe(false);
  });

  it.each([
    ['no token', ''],
    ['an empty token', 'Bearer '],
    ['the beginning of the token', 'half'],
    ['a token of the right length', `Bearer ${'A'.repeat(43)}`],
    ['another scheme', 'Basic'],
    ['a huge token', `Bearer ${'A'.repeat(5_000)}`],
  ])('refuses a caller with %s', async (_what, authorization) => {
    const headers = {
      authorization:
        authorization === 'half'
          ? `Bearer ${server.token.slice(0, 20)}`
          : authorization === 'Basic'
            ? `Basic ${server.token}`
            : authorization,
    };
    for (const path of ['/rpc/peer.stop', '/events', '/']) {
      const answer = await send(path, { headers, method: path === '/events' ? 'GET' : 'POST' });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    }
    expect(fake.stopped).toBe(false);
  });

  it('gives its token for a ticket, once', async () => {
    const ticket = server.newTicket();
    expect(await redeemTicket(server.url, ticket)).toEqual({ ok: true, value: server.token });
    const again = await redeemTicket(server.url, ticket);
    expect(again).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    const { token } = server;
    const asked = await requestTicket({ url: server.url, token });
    expect(await redeemTicket(server.url, asked)).toEqual({ ok: true, value: token });
    await expect(requestTicket({ url: server.url, token: 'guessed' })).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('neither gives nor takes a ticket where a page of another site asks', async () => {
    const headers = { origin: 'https://attacker.example' };
    const body = JSON.stringify({ ticket: server.newTicket() });
    for (const path of ['/tickets', '/tickets/redeem']) {
      const answer = await send(path, { headers, body });
      expect(answer).toMatchObject({ status: 403, body: { code: 'wrong-origin' } });
    }
    expect(await send('/tickets/redeem', { body })).toMatchObject({ status: 200 });
  });

  it('refuses a body past its bound while it streams in', async () => {
    const answer = await send('/rpc/peer.rename', { body: `{"name":"${'a'.repeat(300_000)}"}` });
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  it.each([
    ['GET /rpc/peer.stop', '/rpc/peer.stop', { method: 'GET' }, 405, 'method-not-allowed'],
    ['POST /events', '/events', {}, 405, 'method-not-allowed'],
    ['a preflight', '/rpc/peer.stop', { method: 'OPTIONS' }, 405, 'method-not-allowed'],
    ['an unknown method', '/rpc/nothing', {}, 404, 'not-found'],
    ['__proto__', '/rpc/__proto__', {}, 404, 'not-found'],
    ['constructor', '/rpc/constructor', {}, 404, 'not-found'],
    ['an unknown path', '/rpc/peer.stop/x', {}, 404, 'not-found'],
    ['what is no address', '//', {}, 404, 'not-found'],
    ['GET /tickets', '/tickets', { method: 'GET' }, 405, 'method-not-allowed'],
    ['GET /tickets/redeem', '/tickets/redeem', { method: 'GET' }, 405, 'method-not-allowed'],
    ['a guessed ticket', '/tickets/redeem', { body: '{"ticket":"A"}' }, 401, 'unauthorized'],
    ['no ticket', '/tickets/redeem', {}, 401, 'unauthorized'],
    ['what is not JSON', '/rpc/peer.stop', { body: '{' }, 400, 'bad-request'],
    ['JSON that is no object', '/rpc/peer.stop', { body: '[]' }, 400, 'bad-request'],
    ['members named __proto__', '/rpc/peer.stop', { body: '{"__proto__":{}}' }, 400, 'bad-request'],
    [
      'a form, as any page could send it',
      '/rpc/peer.stop',
      { headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
  ])('refuses %s', async (_what, path, options, status, code) => {
    expect(await send(path, options)).toMatchObject({ status, body: { code } });
    expect(fake.stopped).toBe(false);
  });

  it('says so where its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startControlServer(fake.router, { port })).rejects.toMatchObject({
      code: 'port-in-use',
    });
  });

  it('goes on for a listener that comes back, without a gap', async () => {
    for (let n = 1; n <= 5; n++) fake.tell({ type: 'neighbor', peer: testPeerId(n) });
    expect(await firstFrames('/events?after=3', 2)).toMatchObject([
      { kind: 'event', sequence: 4 },
      { kind: 'event', sequence: 5 },
    ]);
  });

  it('tells a listener that was away too long to look anew', async () => {
    for (let n = 1; n <= 2_500; n++) fake.tell({ type: 'neighbor', peer: testPeerId(1) });
    expect(await firstFrames('/events?after=3', 1)).toEqual([
      { kind: 'snapshot', sequence: 2_500 },
    ]);
    expect(await firstFrames('/events?after=99999', 1)).toEqual([
      { kind: 'snapshot', sequence: 2_500 },
    ]);
  });

  it('takes its event stream up again after the connection broke', async () => {
    const client = httpClient({ ...server, retryMs: 1 });
    const states: string[] = [];
    const again = Promise.withResolvers<void>();
    const heard: EventFrame[] = [];
    const end = await client.listen(
      (frame) => {
        heard.push(frame);
        if (heard.length === 2) again.resolve();
      },
      (state) => {
        states.push(state);
        if (state === 'lost') fake.tell({ type: 'neighbor', peer: testPeerId(1) });
      },
    );
    const port = Number(new URL(server.url).port);
    await server.close();
    server = await restartWithSameToken(port);
    await again.promise;
    expect(heard.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(states.slice(0, 3)).toEqual(['open', 'lost', 'open']);
    end();
    client.close();
  });

  it('tells a listener that was there before a restart that it is refused, once', async () => {
    const client = httpClient({ ...server, retryMs: 1 });
    const refused = Promise.withResolvers<void>();
    const states: string[] = [];
    await client.listen(
      () => {},
      (state) => {
        states.push(state);
        if (state === 'refused') refused.resolve();
      },
    );
    const port = Number(new URL(server.url).port);
    await server.close();
    server = await startControlServer(fake.router, { port });
    await refused.promise;
    expect(states).toEqual(['open', 'lost', 'refused']);
    client.close();
  });

  async function restartWithSameToken(port: number): Promise<ControlServer> {
    return startControlServer(fake.router, { port, token: server.token });
  }

  async function firstFrames(path: string, count: number): Promise<unknown[]> {
    const stop = new AbortController();
    const response = await fetch(server.url + path, {
      headers: { authorization: `Bearer ${server.token}` },
      signal: stop.signal,
    });
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.split('\n\n').length > count) break;
    }
    stop.abort();
    const data = text.match(/^data: .*$/gm) ?? [];
    return data.slice(0, count).map((each) => JSON.parse(each.slice(6)));
  }
});
