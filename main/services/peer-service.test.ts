import { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { openStatement, sealStatement } from '../../src/identity/index.ts';
import { problem, SoukError } from '../../src/problem.ts';
import { cardStatement } from '../../src/protocol/index.ts';
import type { PeerClient } from '../network/index.ts';
import {
  card,
  client,
  expectProblem,
  id,
  key,
  market,
  me,
  post,
  send,
  service,
  to,
} from './test-service.ts';
import {
  callTo,
  clientOf,
  type Received,
  rawRequest,
  startService,
  type TestPeer,
  testPeer,
  verifier,
} from './test-wire.ts';

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
    market.answer = ({ exchange }) => exchange.reply(201, { card: card(peer), n: [1] });
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
    market.answer = ({ exchange }) => {
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
    market.answer = resolve;
    const controller = new AbortController();
    const call = client.call(callTo(to(), { route: 'terms' }), undefined, controller.signal);
    const { exchange } = await promise;
    const hungUp = new Promise<void>((done) => exchange.whenHungUp(done));
    controller.abort();
    expect((await call).kind).toBe('unreachable');
    await hungUp;
    exchange.reply(200, {});
    exchange.line({}, true);
    exchange.refuse(problem('internal', ''));
    await new Promise<void>((done) => exchange.whenHungUp(done));
  });

  it('may be a stream of lines, each sent as it comes', async () => {
    const { promise, resolve } = Promise.withResolvers<Received>();
    market.answer = resolve;
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

  it('whose lines are all said at once goes out as one, in their order', async () => {
    market.answer = ({ exchange }) => {
      exchange.line({ bid: card(service.peer) }, false);
      exchange.line({ bid: 2 }, false);
      exchange.line({ end: 1 }, true);
      exchange.line({ end: 2 }, true);
    };
    const asked = { id, query: { text: 'x' }, currency: me.peerId, maxPrice: 1, budgetMs: 100 };
    const { status, headers, text } = await post('/market/v1/solicitations', asked);
    const bid = sealStatement(card(service.peer), service.peer.signer);
    expect([status, text]).toEqual([200, `{"bid":"${bid}"}\n{"bid":2}\n{"end":1}\n`]);
    expect(headers['content-length']).toBe(String(text.length));
  });

  it('may be a refusal with members, and says whether to try again', async () => {
    market.answer = ({ exchange }) =>
      exchange.refuse(problem('tab-limit', 'Pay.', { balance: 3, type: 'x', status: 1 }));
    const tabLimit = await send({ path: '/market/v1/terms' });
    expectProblem(tabLimit, 'tab-limit');
    expect(tabLimit.json).toMatchObject({ balance: 3, detail: 'Pay.', retryable: false });
    market.answer = ({ exchange }) => exchange.refuse(problem('unavailable', 'Later.'));
    expect((await send({ path: '/market/v1/terms' })).json).toMatchObject({ retryable: true });
  });

  it('is "internal" and tells nothing where the handler throws', async () => {
    market.answer = () => {
      throw new Error('a secret');
    };
    const { text, ...rest } = await send({ path: '/market/v1/terms' });
    expectProblem({ text, ...rest }, 'internal');
    expect(text).not.toContain('secret');
    expect(service.faults).toHaveLength(1);
  });

  it("is cut, and told of, where it holds another's draft: nothing of it goes out", async () => {
    const other = await testPeer();
    market.answer = ({ exchange }) => exchange.reply(200, { card: card(other) });
    await expect(send({ path: '/market/v1/terms' })).rejects.toThrow();
    expect(service.faults).toHaveLength(1);
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
