import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { draft, openStatement } from '../../src/identity/index.ts';
import { type Card, cardStatement, type OutgoingRequest } from '../../src/protocol/index.ts';
import { callTo, verifier } from '../services/test-wire.ts';
import { json, ndjson, ScriptedServer } from './scripted-server.suite.ts';

let wire: ScriptedServer;
beforeAll(async () => {
  wire = await ScriptedServer.open();
});
afterEach(() => wire.hangUp());
afterAll(() => wire.close());

const terms: OutgoingRequest = { route: 'terms' };

describe('A call', () => {
  it('gives the status and the JSON of the answer', async () => {
    wire.answer = json(201, { receipt: 'x', more: [1] });
    expect(await wire.client.call(callTo(wire.to, terms))).toEqual({
      kind: 'answered',
      status: 201,
      body: { receipt: 'x', more: [1] },
    });
  });

  it('carries path, query, access key and body as the route table says', async () => {
    const seen: string[] = [];
    wire.answer = (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      json(200, {})(request, response);
    };
    const key = 'A'.repeat(43);
    await wire.client.call(
      callTo(wire.to, { route: 'deposits', search: { after: 5, waitMs: 20 } }),
    );
    await wire.client.call(callTo(wire.to, { route: 'order', params: { jti: 'a/b?c' } }));
    await wire.client.call(callTo(wire.to, { route: 'voidHold', params: { jti: 'x' } }));
    await wire.client.call(
      callTo(wire.to, { route: 'deliver', body: { delivery: 'x' }, bearer: key }),
    );
    expect(seen).toEqual([
      'GET /lcp/v1/deposits?after=5&waitMs=20 -',
      'GET /lcp/v1/transfers/a%2Fb%3Fc -',
      'DELETE /lcp/v1/holds/x -',
      `POST /documents/v1/deliveries Bearer ${key}`,
    ]);
  });

  it('signs the drafts in its body on the way out', async () => {
    const card: Card = {
      iss: wire.me.peerId,
      iat: 1,
      jti: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: 'Me',
      sequence: 1,
      endpoints: [],
      accepts: [],
    };
    let body = '';
    wire.answer = (request, response) => {
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => json(200, {})(request, response));
    };
    const request = { route: 'introduce', body: { card: draft(cardStatement, card), note: '' } };
    await wire.client.call(callTo(wire.to, request as OutgoingRequest));
    const opened = openStatement(cardStatement, JSON.parse(body).card, verifier);
    expect(opened).toMatchObject({ ok: true, value: { payload: card } });
  });

  it('is unreachable where the request cannot be written', async () => {
    const outcome = await wire.client.call(callTo(wire.to, { route: 'order' }));
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('jti') });
  });

  it('ends within its time, whether the head or the body does not come', async () => {
    const late: RequestListener[] = [
      () => undefined,
      (_request, response) => response.writeHead(200).write('{'),
      (_request, response) => response.writeHead(200, { 'content-type': ndjson }).write('{}\n'),
    ];
    for (const listener of late) {
      wire.answer = listener;
      const outcome = await wire.client.call(callTo(wire.to, terms, 100));
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('100 ms'),
      });
    }
  });

  it('ends at once when the caller hangs up, or had hung up before', async () => {
    const controller = new AbortController();
    wire.answer = () => controller.abort();
    const hungUp = { kind: 'unreachable', detail: 'The caller hung up.' };
    expect(await wire.client.call(callTo(wire.to, terms), undefined, controller.signal)).toEqual(
      hungUp,
    );
    expect(await wire.client.call(callTo(wire.to, terms), undefined, controller.signal)).toEqual(
      hungUp,
    );
  });

  it('is unreachable where the answer is cut off, no JSON, or larger than it may be', async () => {
    const bad: RequestListener[] = [
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{}');
        setImmediate(() => response.destroy());
      },
      (_request, response) => response.destroy(),
      json(200, '{"a":'),
      (_request, response) => response.writeHead(200).end(Buffer.of(0x22, 0xff, 0x22)),
      json(200, `"${'x'.repeat(200_000)}"`),
      json(403, `"${'x'.repeat(200_000)}"`),
    ];
    for (const listener of bad) {
      wire.answer = listener;
      const outcome = await wire.client.call(callTo(wire.to, terms));
      expect(outcome.kind).toBe('unreachable');
    }
  });

  it('does not follow redirections', async () => {
    wire.answer = (_request, response) => response.writeHead(302, { location: 'https://x' }).end();
    expect(await wire.client.call(callTo(wire.to, terms))).toMatchObject({
      kind: 'refused',
      problem: { code: 'unavailable' },
    });
  });
});

describe('A stream of bytes', () => {
  const wanted = { method: 'GET', path: '/x', headers: { range: 'bytes=0-' } } as const;

  it('gives status, head and body, whatever they are', async () => {
    wire.answer = (request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/10' });
      response.end(`${request.headers.range}`);
    };
    const { status, headers, body } = await wire.client.openStream(wire.to, wanted);
    const bytes = await body.toArray();
    expect(status).toBe(206);
    expect(headers['content-range']).toBe('bytes 0-9/10');
    expect(Buffer.concat(bytes).toString()).toBe('bytes=0-');
  });

  it('breaks with an error when it stands still or is cut off', async () => {
    const broken: RequestListener[] = [
      (_request, response) => response.writeHead(200).write('x'),
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('x');
        setImmediate(() => response.destroy());
      },
    ];
    for (const listener of broken) {
      wire.answer = listener;
      const { body } = await wire.client.openStream(wire.to, wanted);
      await expect(body.toArray()).rejects.toThrow();
    }
  });

  it('rejects when no head comes', async () => {
    wire.answer = () => undefined;
    await expect(wire.client.openStream(wire.to, wanted)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('ends when its caller aborts it', async () => {
    wire.answer = (_request, response) => response.writeHead(200).write('x');
    const controller = new AbortController();
    const { body } = await wire.client.openStream(wire.to, {
      ...wanted,
      signal: controller.signal,
    });
    controller.abort();
    await expect(body.toArray()).rejects.toThrow();
  });
});
