import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import express from 'express';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PeerId } from '../../src/identity/index.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { ok, type Result } from '../../src/result.ts';
import { TestClock, TestShelf, testDocument } from '../retrieval/documents.suite.ts';
import { RateLimit } from '../retrieval/rate-limit.ts';
import { type AccessGate, documentsRouter, type UploadProgress } from './documents.ts';

const kib = 1024;
const buyer = 'z6MkbuyerForTests' as PeerId;
const accessKey = Buffer.alloc(32, 7).toString('base64url');
const document = testDocument(5 * 64 * kib + 123);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface World {
  readonly url: string;
  readonly shelf: TestShelf;
  readonly clock: TestClock;
  readonly uploads: UploadProgress[];
}

interface Options {
  readonly gate?: AccessGate;
  readonly bytesPerSecond?: number;
  onUpload?(progress: UploadProgress): void;
  onFault?(error: unknown): void;
}

async function serve(shelf = new TestShelf(document), options: Options = {}): Promise<World> {
  const clock = new TestClock();
  const uploads: UploadProgress[] = [];
  const app = express().use(
    documentsRouter({
      shelf,
      gate: options.gate ?? { authorize: () => ok(undefined) },
      uploadLimit: new RateLimit(clock, options.bytesPerSecond),
      callerOf: (incoming) => (incoming.get('x-caller') || undefined) as PeerId | undefined,
      onUpload: (progress) => {
        uploads.push(progress);
        options.onUpload?.(progress);
      },
      onFault: (error) => options.onFault?.(error),
    }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/documents/v1`;
  return { url, shelf, clock, uploads };
}

function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const known = { 'x-caller': buyer, authorization: `Bearer ${accessKey}` };
  return new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers: { ...known, ...headers }, agent: false })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function refusal(answer: IncomingMessage): Promise<unknown> {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const body = await json(answer);
  expect(body).toMatchObject({ status: answer.statusCode });
  return (body as { type: string }).type.replace('urn:souk:problem:', '');
}

describe('the documents service', () => {
  it('gives the manifest and the whole document to whoever may have them', async () => {
    const { url, shelf, uploads } = await serve();
    const manifest = await get(`${url}/${document.documentId}/manifest`);
    expect(await buffer(manifest)).toEqual(document.manifestBytes);
    const content = await get(`${url}/${document.documentId}`);
    expect(content.statusCode).toBe(200);
    expect(content.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': String(document.bytes.length),
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect((await buffer(content)).equals(document.bytes)).toBe(true);
    expect(uploads.at(-1)).toMatchObject({
      caller: buyer,
      accessKey,
      documentId: document.documentId,
      bytesSent: document.bytes.length,
      bytesTotal: document.bytes.length,
      state: 'sent',
    });
    expect(shelf.closed).toBe(shelf.opened);
  });

  it('gives exactly the bytes of every range', async () => {
    const { url } = await serve();
    const size = document.bytes.length;
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.nat(size - 1), async (a, b) => {
        const [start, last] = [Math.min(a, b), Math.max(a, b)];
        const range = `bytes=${start}-${last}`;
        const answer = await get(`${url}/${document.documentId}`, { range });
        expect(answer.statusCode).toBe(206);
        expect(answer.headers['content-range']).toBe(`bytes ${start}-${last}/${size}`);
        expect((await buffer(answer)).equals(document.bytes.subarray(start, last + 1))).toBe(true);
      }),
      {
        numRuns: 30,
        examples: [
          [0, 0],
          [0, size - 1],
          [size - 1, size - 1],
          [65535, 65536],
        ],
      },
    );
  });

  it('refuses a range behind the end, and says how long the document is', async () => {
    const { url, shelf } = await serve();
    const range = `bytes=${document.bytes.length}-`;
    const answer = await get(`${url}/${document.documentId}`, { range });
    expect(answer.headers['content-range']).toBe(`bytes */${document.bytes.length}`);
    expect(answer.statusCode).toBe(416);
    expect(await refusal(answer)).toBe('range-not-satisfiable');
    expect(shelf.closed).toBe(1);
  });

  it('gives an empty document as no bytes', async () => {
    const empty = testDocument(0);
    const { url, uploads } = await serve(new TestShelf(empty));
    const answer = await get(`${url}/${empty.documentId}`);
    expect(answer.statusCode).toBe(200);
    expect(await buffer(answer)).toHaveLength(0);
    expect(uploads.map(({ state }) => state)).toEqual(['sent']);
  });

  it('has one address for each, which takes no query and no other method', async () => {
    const { url } = await serve();
    for (const what of ['', '/manifest']) {
      const address = `${url}/${document.documentId}${what}`;
      for (const method of ['OPTIONS', 'POST', 'DELETE']) {
        const refused = await get(address, {}, method);
        expect(refused.headers['allow']).toBe('GET, HEAD');
        expect(await refusal(refused)).toBe('method-not-allowed');
      }
      expect(await refusal(await get(`${address}?a=1`))).toBe('bad-request');
      expect((await get(`${address}/`)).statusCode).toBe(404);
      expect((await get(address.replace('documents', 'Documents'))).statusCode).toBe(404);
    }
  });

  it('answers HEAD without reading a piece', async () => {
    const { url, shelf } = await serve();
    const answer = await get(`${url}/${document.documentId}`, {}, 'HEAD');
    expect(answer.headers['content-length']).toBe(String(document.bytes.length));
    expect(shelf.piecesRead).toEqual([]);
  });
});

describe('the documents service refuses', () => {
  it('callers without a key of their own, and requests without an access key', async () => {
    const { url, shelf } = await serve();
    const at = `${url}/${document.documentId}`;
    expect(await refusal(await get(at, { 'x-caller': '' }))).toBe('certificate-required');
    expect(await refusal(await get(at, { authorization: '' }))).toBe('access-key-unknown');
    expect(await refusal(await get(at, { authorization: 'Bearer short' }))).toBe(
      'access-key-unknown',
    );
    expect(await refusal(await get(`${at}x`))).toBe('unknown-document');
    expect(shelf.opened).toBe(0);
  });

  it('what the gate refuses, with the reason that the gate gives', async () => {
    const asked: unknown[] = [];
    const gate: AccessGate = {
      authorize: (...question): Result<void, Problem> => {
        asked.push(question);
        return { ok: false, error: problem('access-key-taken', 'It belongs to another peer.') };
      },
    };
    const { url, shelf } = await serve(new TestShelf(document), { gate });
    const answer = await get(`${url}/${document.documentId}/manifest`);
    expect(answer.statusCode).toBe(403);
    expect(await refusal(answer)).toBe('access-key-taken');
    expect(asked).toEqual([[accessKey, buyer, document.documentId]]);
    expect(shelf.opened).toBe(0);
  });

  it('documents that it does not have, or that changed since they were offered', async () => {
    const { url, shelf } = await serve();
    const other = testDocument(10).documentId;
    expect(await refusal(await get(`${url}/${other}`))).toBe('unknown-document');
    shelf.beforePiece = async () => {
      throw new SoukError('document-gone', 'The file was changed.');
    };
    const answer = await get(`${url}/${document.documentId}`, { range: 'bytes=5-' });
    expect(answer.statusCode).toBe(410);
    expect(answer.headers['content-range']).toBeUndefined();
    expect(await refusal(answer)).toBe('document-gone');
    expect(shelf.closed).toBe(1);
  });

  it('a third retrieval with one access key, and takes it when one has ended', async () => {
    const shelf = new TestShelf(document);
    const gate = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    shelf.beforePiece = () => {
      if (shelf.opened === 2) reading.resolve();
      return gate.promise;
    };
    const { url } = await serve(shelf);
    const at = `${url}/${document.documentId}`;
    const running = [get(at), get(at)];
    await reading.promise;
    const third = await get(at);
    expect(third.statusCode).toBe(429);
    expect(await refusal(third)).toBe('rate-limited');
    gate.resolve();
    for (const answer of running) {
      expect((await buffer(await answer)).equals(document.bytes)).toBe(true);
    }
    expect((await buffer(await get(at))).equals(document.bytes)).toBe(true);
  });
});

describe('an answer that is under way', () => {
  it('is cut where a piece fails, after nothing but right bytes', async () => {
    const { url, shelf, uploads } = await serve();
    shelf.beforePiece = async (index) => {
      if (index === 3) throw new SoukError('document-gone', 'The file was changed.');
    };
    const answer = await get(`${url}/${document.documentId}`);
    const received: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => received.push(chunk));
    await expect(once(answer, 'end')).rejects.toThrow('aborted');
    const bytes = Buffer.concat(received);
    expect(bytes.length).toBeLessThanOrEqual(3 * 64 * kib);
    expect(bytes.equals(document.bytes.subarray(0, bytes.length))).toBe(true);
    expect(uploads.at(-1)?.state).toBe('broken');
  });

  it.each([0, 3])('tells of a disk that fails at piece %i', async (at) => {
    const faults: unknown[] = [];
    const { url, shelf } = await serve(new TestShelf(document), {
      onFault: (error) => faults.push(error),
    });
    const failure = new Error('EIO: i/o error, read');
    shelf.beforePiece = async (index) => {
      if (index === at) throw failure;
    };
    const answer = await get(`${url}/${document.documentId}`);
    if (at === 0) expect(await refusal(answer)).toBe('internal');
    else await expect(buffer(answer)).rejects.toThrow('aborted');
    expect(faults).toEqual([failure]);
  });

  it('ends when the caller hangs up, and closes the document', async () => {
    const shelf = new TestShelf(document);
    const held = Promise.withResolvers<void>();
    shelf.beforePiece = (index) => (index < 2 ? Promise.resolve() : held.promise);
    const broken = Promise.withResolvers<void>();
    const faults: unknown[] = [];
    const { url } = await serve(shelf, {
      onUpload: ({ state }) => state === 'broken' && broken.resolve(),
      onFault: (error) => faults.push(error),
    });
    const arriving = once(servers[0]!, 'request');
    const answer = await get(`${url}/${document.documentId}`);
    const [, outgoing] = (await arriving) as [IncomingMessage, ServerResponse];
    const closed = once(outgoing, 'close');
    answer.on('error', () => undefined).destroy();
    await closed;
    held.resolve();
    await broken.promise;
    expect(faults).toEqual([]);
    expect(shelf.piecesRead.length).toBeLessThan(5);
    await vi.waitFor(() => expect(shelf.closed).toBe(1));
  });

  it('is no faster than the limit', async () => {
    const { url, clock } = await serve(new TestShelf(document), { bytesPerSecond: 64 * kib });
    const before = clock.now();
    await buffer(await get(`${url}/${document.documentId}`));
    const seconds = (clock.now() - before) / 1000;
    expect(seconds).toBeGreaterThan(document.bytes.length / (64 * kib) - 1);
    expect(seconds).toBeLessThan(document.bytes.length / (64 * kib) + 1);
  });
});
