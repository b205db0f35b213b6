import { base64urlnopad } from '@scure/base';
import { Router } from 'express';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Draft, draft, openStatement, sealStatement } from '../../src/identity/index.ts';
import { requestBytesMax, solicitationBytesMax } from '../../src/limits.ts';
import { problem, problems, SoukError } from '../../src/problem.ts';
import {
  type Card,
  cardStatement,
  type Route,
  type RouteName,
  routes,
} from '../../src/protocol/index.ts';
import type { PeerClient } from '../network/index.ts';
import {
  callTo,
  clientOf,
  type RawAnswer,
  type RawRequest,
  type Received,
  rawRequest,
  startService,
  type TestPeer,
  type TestService,
  testPeer,
  verifier,
} from './test-wire.ts';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const key = 'A'.repeat(43);
let me: TestPeer;
let service: TestService;
let client: PeerClient;
const answerOk = ({ exchange }: Received) => exchange.reply(200, { ok: true });
let answer: (received: Received) => void = answerOk;

beforeAll(async () => {
  me = await testPeer();
  service = await startService((received) => answer(received), {
    bodyTimeoutMs: 150,
    rateOf: () => ({ burst: 100_000, perSecond: 100_000 }),
  });
  client = clientOf(me);
});
afterEach(() => {
  service.received.length = 0;
  service.faults.length = 0;
  answer = answerOk;
});
afterAll(async () => {
  await client.close();
  await service.close();
});

const send = (request: RawRequest) => rawRequest(service.port, me.identity, request);
const to = () => ({ peer: service.peer.peerId, endpoints: [service.endpoint] });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const card = (by: TestPeer, more: object = {}): Draft<Card> =>
  draft(cardStatement, {
    iss: by.peerId,
    iat: 1,
    jti: id,
    name: 'Me',
    sequence: 1,
    endpoints: [],
    accepts: [],
    ...more,
  });

/** A problem document as RFC 9457 and protocol 2 have it, with this code, and nothing of this program. */
function expectProblem({ status, headers, json, text }: RawAnswer, ...codes: string[]): void {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['x-powered-by']).toBeUndefined();
  const { type, ...rest } = json as { type: string };
  const code = type.replace(/^urn:souk:problem:/, '');
  expect(codes).toContain(code);
  const known = problems[code as keyof typeof problems];
  expect(rest).toMatchObject({ status: known.status, title: known.title });
  expect(status).toBe(known.status);
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
}

function expectUntouched(): void {
  expect(service.received).toEqual([]);
  expect(service.faults).toEqual([]);
}

const pathOf = ({ path }: Route) =>
  path.replace(':jti', id).replace(':currency', service.peer.peerId);
const names = Object.keys(routes) as RouteName[];
const withBody = names.filter((name) => 'body' in routes[name]);

describe('A good request', () => {
  it('comes to the handler with its caller, its parameters and its query', async () => {
    const currency = me.peerId;
    await client.call(callTo(to(), { route: 'tab', params: { currency }, search: { after: 7 } }));
    await client.call(callTo(to(), { route: 'order', params: { jti: id } }));
    await client.call(callTo(to(), { route: 'deposits' }));
    expect(service.received.map(({ from, request }) => ({ from, ...request }))).toEqual([
      { from: me.peerId, route: 'tab', input: { currency, after: 7 } },
      { from: me.peerId, route: 'order', input: { jti: id } },
      { from: me.peerId, route: 'deposits', input: { after: 0, waitMs: 0 } },
    ]);
  });

  it('comes with its statements opened and its access key', async () => {
    const body = { card: card(me) };
    await client.call(callTo(to(), { route: 'introduce', body }));
    const text = sealStatement(body.card, me.signer);
    expect(service.received[0]?.request).toEqual({
      route: 'introduce',
      input: { card: { text, payload: body.card.payload }, note: '' },
    });
  });

  it('is answered by the method of its address', async () => {
    const order = (await send({ path: '/lcp/v1/transfers' })).status;
    expect(order).toBe(200);
    expect(service.received[0]?.request.route).toBe('orders');
  });

  it('may come in pieces without a declared length', async () => {
    const body = JSON.stringify({ preimage: key });
    const headers = { 'transfer-encoding': 'chunked' };
    const path = `/lcp/v1/holds/${id}/fulfilment`;
    expect((await post(path, body, headers)).status).toBe(200);
    expect(service.received[0]?.request).toEqual({
      route: 'fulfilHold',
      input: { jti: id, preimage: key },
    });
  });
});

describe('An answer', () => {
  it('is signed on the way, and is kept by nobody', async () => {
    const { peer } = service;
    answer = ({ exchange }) => exchange.reply(201, { card: card(peer), n: [1] });
    const { status, headers, json } = await send({ path: '/market/v1/card' });
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    expect(headers['etag']).toBeUndefined();
    const { card: text } = json as { card: string };
    expect(openStatement(cardStatement, text, verifier)).toMatchObject({
      ok: true,
      value: { payload: card(peer).payload },
    });
  });

  it('is the first one: what comes after is dropped', async () => {
    answer = ({ exchange }) => {
      exchange.reply(200, 1);
      exchange.reply(500, 2);
      exchange.refuse(problem('internal', ''));
      exchange.line(3, true);
    };
    expect((await send({ path: '/market/v1/terms' })).json).toBe(1);
    expect(service.faults).toEqual([]);
  });

  it('that comes after the caller hung up is dropped', async () => {
    const { promise, resolve } = Promise.withResolvers<Received>();
    answer = resolve;
    const controller = new AbortController();
    const call = client.call(callTo(to(), { route: 'terms' }), undefined, controller.signal);
    const { exchange } = await promise;
    const aborted = new Promise((done) => exchange.closed.addEventListener('abort', done));
    controller.abort();
    expect((await call).kind).toBe('unreachable');
    await aborted;
    exchange.reply(200, {});
    exchange.line({}, true);
    exchange.refuse(problem('internal', ''));
    expect(exchange.closed.aborted).toBe(true);
  });

  it('may be a stream of lines, each sent as it comes', async () => {
    const { promise, resolve } = Promise.withResolvers<Received>();
    answer = resolve;
    const body = { id, query: { text: 'x' }, currency: me.peerId, maxPrice: 1, budgetMs: 100 };
    const lines: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const call = client.call(callTo(to(), { route: 'solicit', body }), (line) => {
      lines.push(line);
      first.resolve();
    });
    const { exchange } = await promise;
    exchange.line({ bid: card(service.peer) }, false);
    await first.promise;
    exchange.line({ end: 1 }, true);
    expect(await call).toEqual({ kind: 'answered', status: 200, body: { end: 1 } });
    expect(lines).toEqual([
      { bid: sealStatement(card(service.peer), service.peer.signer) },
      { end: 1 },
    ]);
  });

  it('may be a refusal with members, and says whether to try again', async () => {
    answer = ({ exchange }) =>
      exchange.refuse(problem('tab-limit', 'Pay.', { balance: 3, type: 'x', status: 1 }));
    const tabLimit = await send({ path: '/market/v1/terms' });
    expectProblem(tabLimit, 'tab-limit');
    expect(tabLimit.json).toMatchObject({ balance: 3, detail: 'Pay.', retryable: false });
    answer = ({ exchange }) => exchange.refuse(problem('unavailable', 'Later.'));
    expect((await send({ path: '/market/v1/terms' })).json).toMatchObject({ retryable: true });
  });

  it('is "internal" and tells nothing where the handler throws', async () => {
    answer = () => {
      throw new Error('a secret');
    };
    const { text, ...rest } = await send({ path: '/market/v1/terms' });
    expectProblem({ text, ...rest }, 'internal');
    expect(text).not.toContain('secret');
    expect(service.faults).toHaveLength(1);
  });
});

describe('An address', () => {
  it('that is not in the table is not found', async () => {
    const paths = ['/', '/lcp/v1/', '/LCP/v1', '/lcp/v2', '/market/v1/tabs', '//lcp/v1', '/x?y'];
    for (const path of paths) expectProblem(await send({ path }), 'not-found');
    expectUntouched();
  });

  it('that cannot be decoded is a bad request', async () => {
    for (const path of ['/lcp/v1/transfers/%', '/lcp/v1/transfers/%ff', '/lcp/v1/transfers/%00']) {
      expectProblem(await send({ path }), 'bad-request');
    }
    expectUntouched();
  });

  it('asked by another method says which it takes', async () => {
    for (const name of names) {
      for (const method of ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE']) {
        const refused = await send({ method, path: pathOf(routes[name]) });
        expect(refused.status).toBe(405);
        expect(refused.headers['allow']).toContain(routes[name].method);
        if (method !== 'HEAD') expectProblem(refused, 'method-not-allowed');
      }
    }
    expectUntouched();
  });

  it('takes each parameter of its query once, and none that it does not know', async () => {
    const bad = [
      '/lcp/v1/deposits?after=1&after=2',
      '/lcp/v1/deposits?after=-1',
      '/lcp/v1/deposits?after=1e3',
      '/lcp/v1/deposits?after=9007199254740993',
      '/lcp/v1/deposits?after[x]=1',
      '/lcp/v1/deposits?waitMs=30001',
      '/lcp/v1/deposits?__proto__=1',
      '/lcp/v1/deposits?more=1',
      '/market/v1/terms?x=1',
    ];
    for (const path of bad) expectProblem(await send({ path }), 'bad-request');
    expectUntouched();
  });

  it('takes no parameter of another form', async () => {
    for (const jti of ['x', `${id}A`, `${id.slice(1)}B`, '..%2f..', '%0a']) {
      expectProblem(await send({ path: `/lcp/v1/transfers/${jti}` }), 'bad-request');
    }
    expectUntouched();
  });
});

describe('A body', () => {
  it('that is larger than its route takes is refused, declared or not', async () => {
    for (const name of withBody) {
      const { bodyBytesMax } = routes[name];
      const headers = name === 'deliver' ? { authorization: `Bearer ${key}` } : {};
      for (const more of [{}, { 'transfer-encoding': 'chunked' }] as Record<string, string>[]) {
        const body = `"${'x'.repeat(bodyBytesMax)}"`;
        const refused = await post(pathOf(routes[name]), body, { ...headers, ...more });
        expectProblem(refused, 'body-too-large');
        expect(refused.json).toMatchObject({ bytesMax: bodyBytesMax });
      }
    }
    expect(routes.solicit.bodyBytesMax).toBe(solicitationBytesMax);
    expect(routes.introduce.bodyBytesMax).toBe(requestBytesMax);
    expectUntouched();
  });

  it('that goes on and on is cut off', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');
    const refused = post('/market/v1/introductions', body.toString()).then(
      (received) => received.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(await refused);
    expectUntouched();
  });

  it('is refused where the request has none', async () => {
    const body = '{}';
    for (const name of names.filter((each) => !('body' in routes[each]))) {
      const { method } = routes[name];
      const headers = { 'content-length': '2' };
      expectProblem(
        await send({ method, path: pathOf(routes[name]), headers, body }),
        'body-too-large',
      );
    }
    expectUntouched();
  });

  it('of another content type or encoding is refused', async () => {
    const headers: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/jsonx' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': '' },
      { 'content-encoding': 'gzip' },
    ];
    for (const name of withBody.filter((each) => each !== 'deliver')) {
      for (const each of headers) {
        expectProblem(await post(pathOf(routes[name]), {}, each), 'unsupported-media-type');
      }
    }
    expectUntouched();
  });

  it('of JSON with its encoding named is taken', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8' };
    const path = `/lcp/v1/holds/${id}/fulfilment`;
    expect((await post(path, { preimage: key }, headers)).status).toBe(200);
  });

  it('that does not come in time is given up', async () => {
    const refused = await new Promise<RawAnswer>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': '10' };
      send({ method: 'POST', path: '/market/v1/introductions', headers }).then(resolve, reject);
    });
    expectProblem(refused, 'request-timeout');
    expect(refused.json).toMatchObject({ retryable: true });
    expectUntouched();
  });

  it('that is not UTF-8 or reaches behind the object is refused', async () => {
    const bodies = [Buffer.of(0x7b, 0xff, 0x7d), Buffer.from('{"__proto__":{"note":"x"}}')];
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json' };
      const path = '/market/v1/introductions';
      expectProblem(await send({ method: 'POST', path, headers, body }), 'bad-request');
    }
    expectUntouched();
  });
});

describe('A statement in a body', () => {
  const introduce = (text: string) => post('/market/v1/introductions', { card: text });

  it('is refused as bad-signature when another peer signed it', async () => {
    const [head, payload] = sealStatement(card(me), me.signer).split('.');
    const message = new TextEncoder().encode(`${head}.${payload}`);
    const forged = base64urlnopad.encode(service.peer.signer.sign(message));
    expectProblem(await introduce(`${head}.${payload}.${forged}`), 'bad-signature');
    expectUntouched();
  });

  it('is refused as bad-statement when it is of another kind or not well formed', async () => {
    const genuine = sealStatement(card(me), me.signer);
    for (const text of [
      'x',
      'a.b.c',
      `${genuine}.`,
      sealStatement(card(me, { more: 1 }), me.signer),
    ]) {
      expectProblem(await introduce(text), 'bad-statement');
    }
    const delivery = { delivery: genuine };
    const headers = { authorization: `Bearer ${key}` };
    expectProblem(await post('/documents/v1/deliveries', delivery, headers), 'bad-statement');
    expectUntouched();
  });
});

describe('An access key', () => {
  it('is asked for before the body is read', async () => {
    const headers: Record<string, string>[] = [
      {},
      { authorization: key },
      { authorization: `Basic ${key}` },
      { authorization: 'Bearer' },
      { authorization: `Bearer ${key}A` },
      { authorization: `Bearer ${key.slice(1)}B` },
      { authorization: `Bearer ${key.slice(1)}=` },
    ];
    for (const each of headers) {
      expectProblem(await post('/documents/v1/deliveries', {}, each), 'bad-request');
    }
    expectUntouched();
  });
});

describe('Whatever comes in', () => {
  const json = fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' }));
  const garbage = fc.record({
    name: fc.constantFrom(...names),
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH'),
    tail: fc.oneof(
      fc.constant(''),
      fc.webPath(),
      fc.webQueryParameters().map((q) => `?${q}`),
    ),
    body: json,
    type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-8'),
  });
  const allCodes = [
    'bad-request',
    'bad-statement',
    'bad-signature',
    'body-too-large',
    'unsupported-media-type',
    'not-found',
    'method-not-allowed',
  ];

  it('is answered by the handler or by a problem with a name, never by a fault', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async ({ name, method, tail, body, type }) => {
        const path = pathOf(routes[name]) + tail;
        const headers = { 'content-type': type, authorization: `Bearer ${key}` };
        const before = service.received.length;
        const got = await send({ method, path, headers, ...(method === 'GET' ? {} : { body }) });
        if (service.received.length === before) expectProblem(got, ...allCodes);
        else expect(got.status).toBe(200);
        expect(service.faults).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('as the body of any route comes to the handler only if it has the right form', async () => {
    const shapes = withBody.map((name): Route => routes[name]).map(({ body }) => body);
    const members = fc.constantFrom(
      ...shapes.flatMap((body) => (body instanceof z.ZodObject ? Object.keys(body.shape) : [])),
    );
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(id, key, 0, 1, 100, -1, 1.5, 2 ** 53, '', 'a.b.c', { text: 'x' }),
    );
    const bodies = fc.dictionary(members, values);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withBody), bodies, async (name, body) => {
        const route: Route = routes[name];
        const before = service.received.length;
        const headers = { authorization: `Bearer ${key}` };
        const got = await post(pathOf(route), body, headers);
        const fits = route.body?.safeParse(body).success === true;
        if (service.received.length > before) expect(fits && !route.statements).toBe(true);
        else expectProblem(got, ...allCodes);
      }),
      { numRuns: 200 },
    );
    expect(service.faults).toEqual([]);
  });
});

describe('The rest of the service', () => {
  it('gives documents by the router it was given, and turns what that throws into problems', async () => {
    const documents = Router()
      .get('/documents/v1/gone', () => {
        throw new SoukError('document-gone', 'It went.');
      })
      .get('/documents/v1/broken', () => {
        throw new Error('a secret');
      })
      .get('/documents/v1/there', (_request, response) => {
        response.end('bytes');
      });
    const started = await startService(undefined, { documents });
    const get = (path: string) => rawRequest(started.port, me.identity, { path });
    expect((await get('/documents/v1/there')).text).toBe('bytes');
    expectProblem(await get('/documents/v1/gone'), 'document-gone');
    expectProblem(await get('/documents/v1/broken'), 'internal');
    expectProblem(await get('/documents/v1/else'), 'not-found');
    expect(started.faults).toHaveLength(1);
    await started.close();
  });

  it('serves each peer at its own rate and says when to come again', async () => {
    let now = 0;
    const stranger = await testPeer();
    const started = await startService(undefined, {
      now: () => now,
      rateOf: (peer) => ({ burst: peer === me.peerId ? 3 : 1, perSecond: 2 }),
    });
    const ask = (peer: TestPeer) => rawRequest(started.port, peer.identity, { path: '/lcp/v1' });
    for (let time = 0; time < 3; time += 1) expect((await ask(me)).status).toBe(200);
    const refused = await ask(me);
    expectProblem(refused, 'rate-limited');
    expect(refused.json).toMatchObject({ retryAfterMs: 500, retryable: true });
    expect((await ask(stranger)).status).toBe(200);
    expectProblem(await ask(stranger), 'rate-limited');
    now += 500;
    expect((await ask(me)).status).toBe(200);
    await started.close();
  });

  it('runs no more solicitations of one peer, and of all, than it may', async () => {
    const running: Received[] = [];
    const started = await startService((received) => running.push(received), {
      admission: { streamsPerPeerMax: 2, streamsMax: 3 },
    });
    const body = { id, query: { text: 'x' }, currency: me.peerId, maxPrice: 1, budgetMs: 100 };
    const target = { peer: started.peer.peerId, endpoints: [started.endpoint] };
    const others = clientOf(await testPeer());
    const solicit = (by: PeerClient) => by.call(callTo(target, { route: 'solicit', body }));
    const limited = { kind: 'refused', problem: { code: 'rate-limited' }, retryable: true };
    const calls = [solicit(client), solicit(client)];
    await expect.poll(() => running.length).toBe(2);
    expect(await solicit(client)).toMatchObject(limited);
    calls.push(solicit(others));
    await expect.poll(() => running.length).toBe(3);
    expect(await solicit(others)).toMatchObject(limited);
    for (const { exchange } of running) exchange.line({ end: {} }, true);
    for (const call of calls) expect((await call).kind).toBe('answered');
    const again = solicit(client);
    await expect.poll(() => running.length).toBe(4);
    running.at(-1)?.exchange.line({ end: {} }, true);
    expect((await again).kind).toBe('answered');
    await others.close();
    await started.close();
  });
});
