import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { draft, openStatement } from '../../src/identity/index.ts';
import { problems } from '../../src/problem.ts';
import { type Card, cardStatement, type OutgoingRequest } from '../../src/protocol/index.ts';
import { callTo, clientOf, type TestPeer, testPeer, verifier } from '../services/test-wire.ts';
import type { PeerClient } from './peer-client.ts';

/** The other side: a true key, and an HTTP server that answers whatever the test says. */
let answer: RequestListener = (_request, response) => response.end();
let other: TestPeer;
let me: TestPeer;
let to: { peer: TestPeer['peerId']; endpoints: string[] };
let server: ReturnType<typeof createServer>;
let client: PeerClient;

beforeAll(async () => {
  [other, me] = await Promise.all([testPeer(), testPeer()]);
  server = createServer(
    { ...other.identity, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false },
    (request, response) => answer(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  to = {
    peer: other.peerId,
    endpoints: [`https://127.0.0.1:${(server.address() as AddressInfo).port}`],
  };
  client = clientOf(me, { answerBytesMax: 100_000, lineBytesMax: 1_000, stallTimeoutMs: 200 });
});
afterEach(() => server.closeAllConnections());
afterAll(async () => {
  await client.close();
  await new Promise((resolve) => server.close(resolve));
});

const terms: OutgoingRequest = { route: 'terms' };
const json = (status: number, body: unknown, type = 'application/json'): RequestListener => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
};
const ndjson = 'application/x-ndjson';

describe('A call', () => {
  it('gives the status and the JSON of the answer', async () => {
    answer = json(201, { receipt: 'x', more: [1] });
    expect(await client.call(callTo(to, terms))).toEqual({
      kind: 'answered',
      status: 201,
      body: { receipt: 'x', more: [1] },
    });
  });

  it('carries path, query, access key and body as the route table says', async () => {
    const seen: string[] = [];
    answer = (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      json(200, {})(request, response);
    };
    const key = 'A'.repeat(43);
    await client.call(callTo(to, { route: 'deposits', search: { after: 5, waitMs: 20 } }));
    await client.call(callTo(to, { route: 'order', params: { jti: 'a/b?c' } }));
    await client.call(callTo(to, { route: 'voidHold', params: { jti: 'x' } }));
    await client.call(callTo(to, { route: 'deliver', body: { delivery: 'x' }, bearer: key }));
    expect(seen).toEqual([
      'GET /lcp/v1/deposits?after=5&waitMs=20 -',
      'GET /lcp/v1/transfers/a%2Fb%3Fc -',
      'DELETE /lcp/v1/holds/x -',
      `POST /documents/v1/deliveries Bearer ${key}`,
    ]);
  });

  it('signs the drafts in its body on the way out', async () => {
    const card: Card = {
      iss: me.peerId,
      iat: 1,
      jti: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: 'Me',
      sequence: 1,
      endpoints: [],
      accepts: [],
    };
    let body = '';
    answer = (request, response) => {
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => json(200, {})(request, response));
    };
    const request = { route: 'introduce', body: { card: draft(cardStatement, card), note: '' } };
    await client.call(callTo(to, request as OutgoingRequest));
    const opened = openStatement(cardStatement, JSON.parse(body).card, verifier);
    expect(opened).toMatchObject({ ok: true, value: { payload: card } });
  });

  it('is unreachable where the request cannot be written', async () => {
    const outcome = await client.call(callTo(to, { route: 'order' }));
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('jti') });
  });

  it('ends within its time, whether the head or the body does not come', async () => {
    const late: RequestListener[] = [
      () => undefined,
      (_request, response) => response.writeHead(200).write('{'),
      (_request, response) => response.writeHead(200, { 'content-type': ndjson }).write('{}\n'),
    ];
    for (const listener of late) {
      answer = listener;
      const outcome = await client.call(callTo(to, terms, 100));
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('100 ms'),
      });
    }
  });

  it('ends at once when the caller hangs up, or had hung up before', async () => {
    const controller = new AbortController();
    answer = () => controller.abort();
    const hungUp = { kind: 'unreachable', detail: 'The caller hung up.' };
    expect(await client.call(callTo(to, terms), undefined, controller.signal)).toEqual(hungUp);
    expect(await client.call(callTo(to, terms), undefined, controller.signal)).toEqual(hungUp);
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
      answer = listener;
      const outcome = await client.call(callTo(to, terms));
      expect(outcome.kind).toBe('unreachable');
    }
  });

  it('does not follow redirections', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'https://x' }).end();
    expect(await client.call(callTo(to, terms))).toMatchObject({
      kind: 'refused',
      problem: { code: 'unavailable' },
    });
  });
});

describe('A streamed answer', () => {
  it('gives each line as it comes, however the bytes were cut, and the last as the outcome', async () => {
    const values = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 30 }), async (lines, step) => {
        const texts = lines.map((line) => JSON.stringify(line));
        fc.pre(texts.every((text) => text.length < 500));
        const bytes = Buffer.from(texts.join('\n\n') + (step % 2 === 0 ? '\n' : ''));
        answer = (_request, response) => {
          response.writeHead(200, { 'content-type': ndjson });
          for (let at = 0; at < bytes.length; at += step) {
            response.write(bytes.subarray(at, at + step));
          }
          response.end();
        };
        const seen: unknown[] = [];
        const outcome = await client.call(callTo(to, terms), (line) => seen.push(line));
        const expected = texts.map((text) => JSON.parse(text));
        expect(seen).toEqual(expected);
        expect(outcome).toEqual({ kind: 'answered', status: 200, body: expected.at(-1) });
      }),
      { numRuns: 25 },
    );
  });

  it('is given line by line before it has ended', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson }).write('{"bid":"1"}\n');
      void promise.then(() => response.end('{"end":{}}\n'));
    };
    const seen: unknown[] = [];
    await client.call(callTo(to, terms), (line) => {
      seen.push(line);
      resolve();
    });
    expect(seen).toEqual([{ bid: '1' }, { end: {} }]);
  });

  it('is hung up on when a line is too long, with or without an end, or not JSON', async () => {
    const long = 'x'.repeat(2_000);
    for (const text of [`"${long}"\n`, `"${long}`, `1\n"${long}"\n2\n`, '1\nno\n', '1\n{"a":\n']) {
      answer = json(200, text, ndjson);
      expect(await client.call(callTo(to, terms))).toMatchObject({ kind: 'unreachable' });
    }
  });

  it('is hung up on when it does not end', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson });
      const line = `${JSON.stringify('x'.repeat(500))}\n`;
      const more = () => {
        while (!response.destroyed && response.write(line));
        response.once('drain', more);
      };
      more();
    };
    let lines = 0;
    const outcome = await client.call(callTo(to, terms), () => {
      lines += 1;
    });
    expect(outcome).toMatchObject({ kind: 'unreachable' });
    expect(lines).toBeLessThan(250);
  });

  it('of more lines than an answer may have is hung up on', async () => {
    answer = json(200, '{}\n'.repeat(1_000), ndjson);
    let lines = 0;
    const outcome = await client.call(callTo(to, terms), () => {
      lines += 1;
    });
    expect(outcome.kind).toBe('unreachable');
    expect(lines).toBe(400);
  });

  it('that breaks off is unreachable, after the lines that came', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson }).write('1\n2\n');
      setImmediate(() => response.destroy());
    };
    const seen: unknown[] = [];
    const outcome = await client.call(callTo(to, terms), (line) => seen.push(line));
    expect(outcome.kind).toBe('unreachable');
    expect([1, 2].slice(0, seen.length)).toEqual(seen);
  });
});

describe('A refusal', () => {
  const refuse = (status: number, body: unknown) => {
    answer = json(status, body, 'application/problem+json');
    return client.call(callTo(to, terms));
  };

  it('is understood with its code, text and members', async () => {
    const body = {
      type: 'urn:souk:problem:tab-limit',
      title: 'x',
      status: 402,
      detail: 'Pay first.',
      retryable: false,
      balance: 7,
      payment: { payee: 'p' },
    };
    expect(await refuse(402, body)).toEqual({
      kind: 'refused',
      problem: {
        code: 'tab-limit',
        detail: 'Pay first.',
        members: { balance: 7, payment: { payee: 'p' } },
      },
      retryable: false,
      body,
    });
  });

  it('may be tried again where it says so, or where its code does', async () => {
    const type = 'urn:souk:problem:rate-limited';
    expect(await refuse(429, { type })).toMatchObject({ retryable: true });
    expect(await refuse(429, { type, retryable: false })).toMatchObject({ retryable: false });
    expect(await refuse(402, { type: 'urn:souk:problem:tab-limit' })).toMatchObject({
      retryable: false,
    });
  });

  it('of an unknown kind is taken for the nearest by its status', async () => {
    const cases = [
      [400, 'bad-request', false],
      [404, 'not-found', false],
      [418, 'bad-request', false],
      [429, 'rate-limited', true],
      [500, 'unavailable', true],
      [503, 'unavailable', true],
    ] as const;
    for (const [status, code, retryable] of cases) {
      for (const body of [{ type: 'urn:souk:problem:news' }, { type: 'about:blank' }, 'x', '']) {
        expect(await refuse(status, body)).toMatchObject({
          kind: 'refused',
          problem: { code },
          retryable,
        });
      }
    }
  });

  it('is always one of the known codes, whatever the body', async () => {
    const statuses = fc.integer({ min: 400, max: 599 });
    await fc.assert(
      fc.asyncProperty(statuses, fc.jsonValue(), async (status, body) => {
        const outcome = await refuse(status, JSON.stringify(body));
        if (outcome.kind !== 'refused') throw new Error(outcome.kind);
        expect(Object.keys(problems)).toContain(outcome.problem.code);
      }),
      { numRuns: 50 },
    );
  });
});

describe('A stream of bytes', () => {
  const wanted = { method: 'GET', path: '/x', headers: { range: 'bytes=0-' } } as const;

  it('gives status, head and body, whatever they are', async () => {
    answer = (request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/10' });
      response.end(`${request.headers.range}`);
    };
    const { status, headers, body } = await client.openStream(to, wanted);
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
      answer = listener;
      const { body } = await client.openStream(to, wanted);
      await expect(body.toArray()).rejects.toThrow();
    }
  });

  it('rejects when no head comes', async () => {
    answer = () => undefined;
    await expect(client.openStream(to, wanted)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('ends when its caller aborts it', async () => {
    answer = (_request, response) => response.writeHead(200).write('x');
    const controller = new AbortController();
    const { body } = await client.openStream(to, { ...wanted, signal: controller.signal });
    controller.abort();
    await expect(body.toArray()).rejects.toThrow();
  });
});
