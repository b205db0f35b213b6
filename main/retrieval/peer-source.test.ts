import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeerId } from '../../src/identity/index.ts';
import { problem } from '../../src/problem.ts';
import { fail, ok } from '../../src/result.ts';
import {
  callerOf,
  makeCertificate,
  makeKeyPair,
  NodeSigner,
  NodeVerifier,
  PeerClient,
  PeerServer,
} from '../network/index.ts';
import { type AccessGate, documentsRouter } from '../services/documents.ts';
import { systemClock } from './clock.ts';
import { TestShelf, testDocument } from './documents.suite.ts';
import { Downloader } from './downloader.ts';
import { PeerSource } from './peer-source.ts';
import { PieceMemory } from './piece-memory.ts';
import { RateLimit } from './rate-limit.ts';
import type { RetrievalEnd, RetrievalOrder, RetrievalState } from './retrieval.ts';
import { orderOf, piecesHere } from './scripted-source.suite.ts';
import { Slots } from './slots.ts';

const pieceBytes = 64 * 1024;
const document = testDocument(20 * pieceBytes + 5);
const verifier = new NodeVerifier();
const sellerSigner = new NodeSigner(makeKeyPair());
const buyerSigner = new NodeSigner(makeKeyPair());
let folder: string;
let client: PeerClient;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-peer-source-'));
  const identity = await makeCertificate(buyerSigner, Date.now());
  client = new PeerClient({ identity, signer: buyerSigner, verifier, now: Date.now });
});
afterEach(async () => {
  await client.close();
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function serve(shelf: TestShelf, gate: AccessGate, port = 0) {
  const uploadLimit = new RateLimit(systemClock);
  const listener = express().use(documentsRouter({ shelf, gate, uploadLimit, callerOf }));
  const identity = await makeCertificate(sellerSigner, Date.now());
  const server = new PeerServer({ identity, verifier, now: Date.now, listener });
  const listeningAt = await server.listen(port, '127.0.0.1');
  closing.push(() => server.close());
  return { server, port: listeningAt };
}

function orderAt(port: number, peer: PeerId = sellerSigner.peerId): RetrievalOrder {
  const serving = { peer, endpoints: [`https://127.0.0.1:${port}`] };
  return orderOf(document, folder, { serving, deadline: Date.now() + 2_000 });
}

function run(
  order: RetrievalOrder,
  onState?: (state: RetrievalState) => void,
): Promise<RetrievalEnd> {
  const downloader = new Downloader(order, {
    source: new PeerSource(client, order),
    downloadLimit: new RateLimit(systemClock),
    slots: new Slots(1),
    clock: systemClock,
    pieces: piecesHere,
    memory: new PieceMemory(),
    backoff: { firstMs: 5, maxMs: 20 },
    onState: (state) => onState?.(state),
  });
  return downloader.run(new AbortController().signal);
}

async function expectDocument(end: RetrievalEnd): Promise<void> {
  expect(end.kind).toBe('complete');
  if (end.kind !== 'complete') return;
  expect((await readFile(end.path)).equals(document.bytes)).toBe(true);
}

describe('a document at another peer', () => {
  it('comes over mutual TLS, to the peer whose key was shown', async () => {
    const callers: PeerId[] = [];
    const gate: AccessGate = {
      authorize: (_key, caller) => {
        callers.push(caller);
        return ok(undefined);
      },
    };
    const { port } = await serve(new TestShelf(document), gate);
    await expectDocument(await run(orderAt(port)));
    expect(new Set(callers)).toEqual(new Set([buyerSigner.peerId]));
  });

  it('comes whole although the serving peer breaks in the middle, and starts again', async () => {
    const shelf = new TestShelf(document);
    const gate: AccessGate = { authorize: () => ok(undefined) };
    const { server, port } = await serve(shelf, gate);
    let restarted: Promise<unknown> | undefined;
    shelf.beforePiece = async (index) => {
      if (index < 12 || restarted) return;
      restarted = server.close().then(() => serve(shelf, gate, port));
    };
    const states: RetrievalState[] = [];
    await expectDocument(await run(orderAt(port), (state) => states.push(state)));
    await restarted;
    expect(states.map(({ kind }) => kind)).toContain('waiting');
  });

  it('is cut off where a piece cannot be read, and taken up from there', async () => {
    const shelf = new TestShelf(document);
    let failures = 0;
    shelf.beforePiece = async (index) => {
      if (index === 7 && failures++ < 1) throw new Error('The disk did not answer.');
    };
    const { port } = await serve(shelf, { authorize: () => ok(undefined) });
    await expectDocument(await run(orderAt(port)));
    expect(failures).toBe(2);
  });

  it('is refused with the problem that the peer names', async () => {
    const gate: AccessGate = {
      authorize: () => fail(problem('access-key-spent', 'It was used.')),
    };
    const { port } = await serve(new TestShelf(document), gate);
    expect(await run(orderAt(port))).toMatchObject({
      kind: 'failed',
      reason: 'refused',
      problem: { code: 'access-key-spent', detail: 'It was used.' },
    });
  });

  it('is not taken from somebody else at the same address', async () => {
    const { port } = await serve(new TestShelf(document), { authorize: () => ok(undefined) });
    const other = new NodeSigner(makeKeyPair()).peerId;
    const order = { ...orderAt(port, other), deadline: Date.now() };
    expect(await run(order)).toMatchObject({
      kind: 'failed',
      reason: 'not-delivered',
      problem: { members: { code: 'wrong-peer' } },
    });
  });

  it('is not read on where the peer answers with other bytes than were asked for', async () => {
    const listener = express().get('/documents/v1/:id', (_request, response) => {
      response.writeHead(206, { 'Content-Range': 'bytes 0-9/10' }).end('0123456789');
    });
    const identity = await makeCertificate(sellerSigner, Date.now());
    const server = new PeerServer({ identity, verifier, now: Date.now, listener });
    const port = await server.listen(0, '127.0.0.1');
    closing.push(() => server.close());
    const source = new PeerSource(client, orderAt(port));
    const { signal } = new AbortController();
    await expect(source.content({ start: 5 }, signal)).rejects.toThrow('other bytes');
    await expect(source.content({ start: 0 }, signal)).rejects.toThrow('other bytes');
    await expect(source.manifest(signal)).rejects.toMatchObject({ code: 'not-found' });
  });
});
