import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../src/result.ts';
import { callerOf } from '../network/index.ts';
import { TestClock, TestShelf, testDocument } from '../retrieval/documents.suite.ts';
import { RateLimit } from '../retrieval/rate-limit.ts';
import { documentsRouter } from './documents.ts';
import { Pace } from './pace.ts';
import { type Place, Places } from './places.ts';
import { startService, type TestPeer, type TestService, testPeer } from './test-wire.ts';

const kib = 1024;
const minuteMs = 60_000;

/** Somebody who takes so many bytes in a minute that it was waited for, or was not waited for so long. */
function placeOf(accessKey: string, bytesAMinute?: number): Place & { readonly cut: () => void } {
  let now = 0;
  const pace = new Pace(() => now);
  pace.waits();
  now = bytesAMinute === undefined ? minuteMs - 1 : minuteMs;
  pace.took(bytesAMinute ?? 0);
  return { accessKey, pace, cut: vi.fn() };
}

describe('The places of uploads', () => {
  it('are given to whoever comes while there are any, two for a key', () => {
    const places = new Places(3);
    const [first, second] = [placeOf('a'), placeOf('a')];
    for (const place of [first, second]) expect(places.take(place).ok).toBe(true);
    expect(places.take(placeOf('a'))).toMatchObject({ error: { code: 'rate-limited' } });
    expect(places.take(placeOf('b')).ok).toBe(true);
    expect(places.take(placeOf('c'))).toMatchObject({ error: { code: 'unavailable' } });
    places.leave(first);
    expect(places.take(placeOf('c')).ok).toBe(true);
  });

  it('are lost to others by the slowest alone, and only where none is free', () => {
    const places = new Places(3);
    const all = [placeOf('a', 7 * 60 * kib), placeOf('b', 60 * kib), placeOf('c', 9 * 60 * kib)];
    for (const place of all) places.take(place);
    for (const place of all) expect(place.cut).not.toHaveBeenCalled();
    expect(places.take(placeOf('d')).ok).toBe(true);
    expect(all.map(({ cut }) => vi.mocked(cut).mock.calls.length)).toEqual([0, 1, 0]);
    // Who was cut leaves as everybody does: that frees no second place.
    places.leave(all[1]!);
    expect(places.take(placeOf('e')).ok).toBe(true);
    expect(all.map(({ cut }) => vi.mocked(cut).mock.calls.length)).toEqual([1, 1, 0]);
  });

  it('are kept by all who take 8 KiB a second, and by whoever was not waited for a minute', () => {
    const places = new Places(2);
    for (const place of [placeOf('a', 8 * 60 * kib), placeOf('b')]) places.take(place);
    expect(places.take(placeOf('c'))).toMatchObject({ error: { code: 'unavailable' } });
  });
});

describe('Callers that take nothing, over HTTPS', () => {
  let service: TestService | undefined;
  const answers: IncomingMessage[] = [];

  afterEach(async () => {
    for (const answer of answers.splice(0)) answer.on('error', () => undefined).destroy();
    await service?.close();
  });

  it('make room for others when all places are taken, and for nobody before', async () => {
    // More than the two systems keep between them for somebody who reads nothing.
    const document = testDocument(32 * kib * kib, kib * kib);
    let now = 0;
    const documents = documentsRouter({
      shelf: new TestShelf(document),
      gate: { authorize: () => ok(undefined) },
      uploadLimit: new RateLimit(new TestClock()),
      callerOf,
      now: () => now,
      placesMax: 2,
    });
    const started = await startService(undefined, { documents: express().use(documents) });
    service = started;
    const peers = await Promise.all([1, 2, 3].map(() => testPeer()));
    const get = (peer: TestPeer, n: number) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const authorization = `Bearer ${Buffer.alloc(32, n).toString('base64url')}`;
        request({
          ...{ host: '127.0.0.1', port: started.port, agent: false, rejectUnauthorized: false },
          ...{ path: `/documents/v1/${document.documentId}`, headers: { authorization } },
          ...peer.identity,
        })
          .on('response', (answer) => {
            answers.push(answer);
            resolve(answer);
          })
          .on('error', reject)
          .end();
      });
    const slow = await Promise.all([get(peers[0]!, 0), get(peers[1]!, 1)]);
    const ends = slow.map(
      (answer) =>
        new Promise((resolve) => {
          answer.on('error', () => resolve('cut')).on('end', () => resolve('whole'));
        }),
    );
    expect(slow.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await get(peers[2]!, 2)).statusCode).toBe(503);

    const third = await vi.waitFor(
      async () => {
        now += 30 * minuteMs;
        const answer = await get(peers[2]!, 2);
        expect(answer.statusCode).toBe(200);
        return answer;
      },
      { timeout: 20_000 },
    );
    expect((await buffer(third)).equals(document.bytes)).toBe(true);
    for (const answer of slow) answer.resume();
    expect((await Promise.all(ends)).toSorted()).toEqual(['cut', 'whole']);
  });
});
