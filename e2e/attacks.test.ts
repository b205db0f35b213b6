import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireRequest } from '../main/network/index.ts';
import { rawRequest } from '../main/services/test-wire.ts';
import { isProblemCode } from '../src/problem.ts';
import { type OutgoingRequest, type RouteName, routes } from '../src/protocol/index.ts';
import { bodyOf, endOf } from './harness/caller.ts';
import { spoiled } from './harness/hostile.ts';
import type { PeerProcess } from './harness/peer.ts';
import { Siege } from './harness/siege.ts';
import { until } from './harness/until.ts';

const numRuns = 60;

describe('a peer and an issuer that are sent what nobody should send', () => {
  let siege: Siege;
  beforeAll(async () => {
    siege = await Siege.open();
  });
  afterAll(() => siege?.close());

  async function checkRefused(peer: PeerProcess, request: WireRequest): Promise<void> {
    const shown = `${request.method} ${request.path} ${request.body?.slice(0, 200)}`;
    const answer = await rawRequest(peer.port, siege.neighbor.wire.identity, request);
    const { type } = (answer.json ?? {}) as { type?: string };
    const code = String(type).replace('urn:souk:problem:', '');
    expect(answer.headers['content-type'], shown).toContain('application/problem+json');
    expect(isProblemCode(code), `${shown} -> ${answer.status} ${answer.text}`).toBe(true);
    expect(answer.status, shown).toBeGreaterThanOrEqual(400);
    expect(answer.status, shown).toBeLessThan(500);
  }

  it.each(Object.keys(routes) as RouteName[])(
    'refuse every spoiled request of the route %s by name, and nothing moves',
    async (route) => {
      const before = siege.digests();
      await fc.assert(
        fc.asyncProperty(
          spoiled(siege.goodRequest(route)),
          fc.constantFrom(...siege.both),
          (request, peer) => checkRefused(peer, request),
        ),
        { numRuns },
      );
      await siege.unharmed(before);
    },
  );

  it('answer a replay as they answered before, and nothing moves', async () => {
    const { neighbor, bob, market, bought } = siege;
    const open = siege.goodRequest('open');
    bodyOf(await neighbor.ask(bob, open));
    const before = siege.digests();
    const repeats: readonly (readonly [PeerProcess, OutgoingRequest])[] = [
      [market.bank, { route: 'transfer', body: { order: siege.order } }],
      [bob, siege.payment(siege.receipt)],
      [bob, { route: 'accept', body: { bid: bought.bid, deal: bought.deal } }],
      [bob, open],
    ];
    for (const [peer, request] of repeats) {
      const first = bodyOf(await neighbor.ask(peer, request));
      for (let times = 0; times < 20; times++)
        expect(bodyOf(await neighbor.ask(peer, request, 1))).toEqual(first);
    }
    await siege.unharmed(before);
  });

  it('give a document to nobody but the peer that opened its key', async () => {
    const { bob, stranger, neighbor, bought, document } = siege;
    const before = siege.digests();
    const path = `/documents/v1/${document.documentId}`;
    const paths = [path, `${path}/manifest`, '/documents/v1/b3-x', '/documents/v1/..%2f..'];
    for (const key of [bought.accessKey, Buffer.alloc(32).toString('base64url'), 'x', '']) {
      const headers = { authorization: `Bearer ${key}` };
      for (const each of paths) {
        const answer = await rawRequest(bob.port, stranger.wire.identity, { path: each, headers });
        expect([403, 404]).toContain(answer.status);
        expect(answer.headers['content-type']).toContain('problem+json');
      }
    }
    for (const range of ['bytes=9999-', 'bytes=5-2', 'bytes=a-b', `bytes=${'0-1,'.repeat(500)}`]) {
      const headers = { authorization: `Bearer ${bought.accessKey}`, range };
      const answer = await rawRequest(bob.port, neighbor.wire.identity, { path, headers });
      expect([200, 206, 416]).toContain(answer.status);
    }
    await siege.unharmed(before);
  });

  it('tell a stranger that asks too fast when to come again, and serve others meanwhile', async () => {
    const { bob, stranger, neighbor } = siege;
    const ask = () => stranger.ask(bob, { route: 'terms' });
    const ends = (await Promise.all(Array.from({ length: 400 }, ask))).map(endOf);
    expect(new Set(ends)).toEqual(new Set(['answered', 'rate-limited']));
    expect((await neighbor.ask(bob, { route: 'terms' })).kind).toBe('answered');
    await until('the stranger is served again', async () =>
      (await ask()).kind === 'answered' ? true : undefined,
    );
  });
});
