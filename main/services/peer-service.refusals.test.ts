import { base64urlnopad } from '@scure/base';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sealStatement } from '../../src/identity/index.ts';
import { requestBytesMax, solicitationBytesMax } from '../../src/limits.ts';
import { type Route, routes } from '../../src/protocol/index.ts';
import {
  card,
  expectProblem,
  expectUntouched,
  id,
  key,
  me,
  names,
  pathOf,
  post,
  send,
  service,
  withBody,
} from './test-service.ts';
import type { RawAnswer } from './test-wire.ts';

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
