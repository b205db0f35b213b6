import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import type { BridgeClient } from './client.ts';
import type { EventFrame, MethodName } from './contract.ts';
import { type FakePeer, fakeDirectory, fakePeer } from './fake-peer.suite.ts';

export interface Transport {
  readonly client: BridgeClient;
  close(): Promise<void>;
}

/** The peer and its client in the test that runs. */
interface Place {
  readonly fake: FakePeer;
  readonly client: BridgeClient;
}

/** What every way to reach a peer promises. */
export function describeTransport(name: string, open: (fake: FakePeer) => Promise<Transport>) {
  describe(`a bridge over ${name}`, () => {
    let fake: FakePeer;
    let transport: Transport;

    beforeEach(async () => {
      fake = fakePeer({ name: 'Alice' });
      transport = await open(fake);
    });
    afterEach(async () => {
      transport.client.close();
      await transport.close();
    });

    const place: Place = {
      get fake() {
        return fake;
      },
      get client() {
        return transport.client;
      },
    };
    itCarriesOut(place);
    itRefuses(place);
    itTells(place);
  });
}

function itCarriesOut(place: Place): void {
  it('carries a method out and gives what its contract says', async () => {
    const answer = await place.client.call('peer.status', {});
    expect(answer).toMatchObject({
      ok: true,
      value: {
        peer: place.fake.world.self,
        name: 'Alice',
        dataDirectory: fakeDirectory,
        uptimeMs: 60_000,
      },
    });
  });

  it('fills in what an input may leave out', async () => {
    const answer = await place.client.call('library.share', { path: '/books' });
    expect(answer).toEqual({ ok: true, value: { path: '/books', include: [], exclude: [] } });
  });

  it('gives refusals of the peer as values, with code, detail and members', async () => {
    const documentId = `b3-${'a'.repeat(52)}` as never;
    const unknown = await place.client.call('library.price', {
      documentId,
      currency: testPeerId(2),
      price: 3,
    });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknown-document' } });
    const nobody = await place.client.call('search.start', {
      query: { text: 'paper' },
      offers: [{ currency: testPeerId(2), maxPrice: 3 }],
    });
    expect(nobody).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });
}

function itRefuses(place: Place): void {
  it.each(['nothing', '__proto__', 'constructor', 'toString', 'peer.status ', ''])(
    'refuses the unknown method %j',
    async (method) => {
      const answer = await place.client.call(method as MethodName, {});
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    },
  );

  it('refuses an input that does not fit, and unknown members', async () => {
    const wrong = await place.client.call('peer.rename', { name: 7 as never });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const extra = { name: 'Bob', admin: true };
    const strange = await place.client.call('peer.rename', extra);
    expect(strange).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(place.fake.world.settings.name).toBe('Alice');
  });

  it('tells nothing of a fault inside but that there was one', async () => {
    const answer = await place.client.call('library.share', { path: '/broken' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('fake library');
    expect(place.fake.faults).toHaveLength(1);
  });
}

function itTells(place: Place): void {
  it('tells events in their order, each with a number, after a snapshot', async () => {
    const frames: EventFrame[] = [];
    const complete = Promise.withResolvers<void>();
    const end = await place.client.listen((frame) => {
      frames.push(frame);
      if (frames.length === 4) complete.resolve();
    });
    for (let n = 1; n <= 3; n++) place.fake.tell({ type: 'neighbor', peer: testPeerId(n) });
    await complete.promise;
    expect(frames).toEqual([
      { kind: 'snapshot', sequence: 0 },
      ...[1, 2, 3].map((n) => ({
        kind: 'event',
        sequence: n,
        event: { type: 'neighbor', peer: testPeerId(n) },
      })),
    ]);
    end();
  });

  it('tells nothing to a listener that ended', async () => {
    const heard: EventFrame[] = [];
    const end = await place.client.listen((frame) => heard.push(frame));
    end();
    const other = Promise.withResolvers<void>();
    await place.client.listen((frame) => frame.kind === 'event' && other.resolve());
    place.fake.tell({ type: 'neighbor', peer: testPeerId(1) });
    await other.promise;
    expect(heard).toEqual([{ kind: 'snapshot', sequence: 0 }]);
  });
}
