import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../../src/problem.ts';
import type { OutgoingRequest } from '../../src/protocol/index.ts';
import { callTo, clientOf } from '../services/test-wire.ts';
import { json, ndjson, ScriptedServer } from './scripted-server.suite.ts';

let wire: ScriptedServer;
beforeAll(async () => {
  wire = await ScriptedServer.open();
});
afterEach(() => wire.hangUp());
afterAll(() => wire.close());

const terms: OutgoingRequest = { route: 'terms' };

describe('A streamed answer', () => {
  it('gives each line as it comes, however the bytes were cut, and the last as the outcome', async () => {
    const values = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 30 }), async (lines, step) => {
        const texts = lines.map((line) => JSON.stringify(line));
        fc.pre(texts.every((text) => text.length < 500));
        const bytes = Buffer.from(texts.join('\n\n') + (step % 2 === 0 ? '\n' : ''));
        wire.answer = (_request, response) => {
          response.writeHead(200, { 'content-type': ndjson });
          for (let at = 0; at < bytes.length; at += step) {
            response.write(bytes.subarray(at, at + step));
          }
          response.end();
        };
        const seen: unknown[] = [];
        const outcome = await wire.client.call(callTo(wire.to, terms), (line) => seen.push(line));
        const expected = texts.map((text) => JSON.parse(text));
        expect(seen).toEqual(expected);
        expect(outcome).toEqual({ kind: 'answered', status: 200, body: expected.at(-1) });
      }),
      { numRuns: 25 },
    );
  });

  it('is given line by line before it has ended', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wire.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson }).write('{"bid":"1"}\n');
      void promise.then(() => response.end('{"end":{}}\n'));
    };
    const seen: unknown[] = [];
    await wire.client.call(callTo(wire.to, terms), (line) => {
      seen.push(line);
      resolve();
    });
    expect(seen).toEqual([{ bid: '1' }, { end: {} }]);
  });

  it('is hung up on when a line is too long, with or without an end, or not JSON', async () => {
    const long = 'x'.repeat(2_000);
    for (const text of [`"${long}"\n`, `"${long}`, `1\n"${long}"\n2\n`, '1\nno\n', '1\n{"a":\n']) {
      wire.answer = json(200, text, ndjson);
      expect(await wire.client.call(callTo(wire.to, terms))).toMatchObject({ kind: 'unreachable' });
    }
  });

  it('is hung up on when it does not end', async () => {
    wire.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson });
      const line = `${JSON.stringify('x'.repeat(500))}\n`;
      const more = () => {
        while (!response.destroyed && response.write(line));
        response.once('drain', more);
      };
      more();
    };
    let lines = 0;
    const outcome = await wire.client.call(callTo(wire.to, terms), () => {
      lines += 1;
    });
    expect(outcome).toMatchObject({ kind: 'unreachable' });
    expect(lines).toBeLessThan(250);
  });

  it('of more lines than an answer may have is hung up on', async () => {
    wire.answer = json(200, '{}\n'.repeat(1_000), ndjson);
    let lines = 0;
    const outcome = await wire.client.call(callTo(wire.to, terms), () => {
      lines += 1;
    });
    expect(outcome.kind).toBe('unreachable');
    expect(lines).toBe(400);
  });

  it('that breaks off is unreachable, after the lines that came', async () => {
    wire.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': ndjson }).write('1\n2\n');
      setImmediate(() => response.destroy());
    };
    const seen: unknown[] = [];
    const outcome = await wire.client.call(callTo(wire.to, terms), (line) => seen.push(line));
    expect(outcome.kind).toBe('unreachable');
    expect([1, 2].slice(0, seen.length)).toEqual(seen);
  });
});

describe('An answer', () => {
  it('is hung up on where it is longer than an honest one of its route, and a refusal sooner', async () => {
    const client = clientOf(wire.me);
    const ask = async (route: 'terms' | 'deposits', status: number, characters: number) => {
      wire.answer = json(status, { text: 'x'.repeat(characters) });
      return (await client.call(callTo(wire.to, { route }))).kind;
    };
    try {
      expect(await ask('terms', 200, 500_000)).toBe('answered');
      expect(await ask('terms', 200, 530_000)).toBe('unreachable');
      expect(await ask('deposits', 200, 530_000)).toBe('answered');
      expect(await ask('deposits', 200, 2_100_000)).toBe('unreachable');
      expect(await ask('deposits', 404, 60_000)).toBe('refused');
      expect(await ask('deposits', 404, 70_000)).toBe('unreachable');
    } finally {
      await client.close();
    }
  });
});

describe('A refusal', () => {
  const refuse = (status: number, body: unknown) => {
    wire.answer = json(status, body, 'application/problem+json');
    return wire.client.call(callTo(wire.to, terms));
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

  it('is one line that a terminal can show, however it was written', async () => {
    const detail = '\u001b[2J\u001b]0;x\u0007Paid.\r\nYou may go.\u202e\u2028';
    for (const body of [{ detail }, { title: detail }]) {
      const outcome = await refuse(402, { type: 'urn:souk:problem:tab-limit', ...body });
      expect(outcome).toMatchObject({
        problem: { detail: ' [2J ]0;x Paid.  You may go.  ' },
      });
    }
  });

  it('holds nothing beside its code that is longer than anything needed, for it is kept', async () => {
    const type = 'urn:souk:problem:bid-expired';
    const long = await refuse(410, { type, detail: 'x'.repeat(50_000), y: 'y'.repeat(10_000) });
    expect(long).toMatchObject({ problem: { code: 'bid-expired', detail: 'x'.repeat(500) } });
    expect(JSON.stringify((long as { problem: unknown }).problem).length).toBeLessThan(1_000);
    const currencies = Array.from({ length: 32 }, () => 'z'.repeat(48));
    expect(await refuse(406, { type, alternatives: currencies })).toMatchObject({
      problem: { members: { alternatives: currencies } },
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
