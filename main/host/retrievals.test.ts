import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveUp, type Purchase, purchaseOf } from '../../src/market/index.ts';
import { bytes, dave, LoneBuyer, own } from '../../src/market/lone-buyer.suite.ts';
import { behind, walden } from '../../src/market/lone-seller.suite.ts';
import { SoukError } from '../../src/problem.ts';
import type { PeerAnswer } from '../network/index.ts';
import { RateLimit, systemClock } from '../retrieval/index.ts';
import { Retrievals } from './retrievals.ts';

const never = () => {
  throw new Error('Nothing is kept here, and nothing sealed.');
};

const retrieving: Partial<Purchase> = {
  ...own,
  serving: dave,
  instructions: {
    ...{ iss: dave, iat: 0, jti: 'CCCCCCCCCCCCCCCCCCCCCA', sub: walden.documentId },
    ...{ size: walden.sizeBytes, endpoints: [], accessKey: bytes, card: '', exp: 0 },
  },
};

/** Retrieves for a person. `onRun` is called after each input. */
function retrievalsOf(
  x: LoneBuyer,
  parts: {
    readonly folder: string;
    openStream(): Promise<PeerAnswer>;
    onRun?(): void;
    onFault(error: unknown): void;
  },
): Retrievals {
  const { folder, openStream, onRun, onFault } = parts;
  return new Retrievals({
    client: { openStream },
    downloadLimit: new RateLimit(systemClock),
    copies: { folderOf: never, prepare: never, keep: never },
    sealedDeals: { folderOf: never, arrived: never },
    events: { tell: () => undefined },
    downloads: () => folder,
    run: async (work) => {
      const done = x.world.run(work);
      onRun?.();
      return done;
    },
    onFault,
  });
}

/** A retrieval for a person, whose time to begin anew is over; gives the purchase that failed. */
async function failedBy(folder: string, openStream: () => Promise<PeerAnswer>) {
  const x = new LoneBuyer();
  const { promise: failed, resolve, reject } = Promise.withResolvers<void>();
  const purchase = () => x.world.run((ctx) => purchaseOf(ctx, behind));
  const onRun = () => {
    if (purchase()?.state === 'failed') resolve();
  };
  const retrievals = retrievalsOf(x, { folder, openStream, onRun, onFault: reject });
  x.putPurchase('retrieving', retrieving);
  retrievals.begin(behind);
  await failed.finally(() => retrievals.stop());
  return purchase();
}

describe('a retrieval that failed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-retrievals-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const answered = (status: number, body: string | Buffer) => async (): Promise<PeerAnswer> => ({
    ...{ status, headers: {}, body: Readable.from([Buffer.from(body)]) },
  });

  it('says that another document came only where one did', async () => {
    const failed = await failedBy(folder, answered(200, 'another manifest'));
    expect(failed?.failure).toMatchObject({
      code: 'corrupt-document',
      members: { expected: walden.documentId },
    });
  });

  it('says what the serving peer refused it with', async () => {
    const type = 'urn:souk:problem:access-key-spent';
    const refusal = JSON.stringify({ type, detail: 'The key has been used.' });
    const failed = await failedBy(folder, answered(410, refusal));
    expect(failed?.failure).toEqual({
      ...{ code: 'access-key-spent', detail: 'The key has been used.' },
    });
  });

  it('says that nobody was reached', async () => {
    const failed = await failedBy(folder, async () => {
      throw new SoukError('unreachable', 'It does not answer.');
    });
    expect(failed?.failure).toMatchObject({ code: 'unreachable' });
    expect(failed?.failure?.detail).toContain('It does not answer.');
  });
});

describe('a retrieval that is to begin', () => {
  it('does not where the person has given the document up meanwhile', async () => {
    const x = new LoneBuyer();
    x.putPurchase('retrieving', retrieving);
    x.world.run((ctx) => giveUp(ctx, behind));
    let asked = 0;
    const begun = Promise.withResolvers<void>();
    const retrievals = retrievalsOf(x, {
      folder: tmpdir(),
      openStream: async () => {
        asked++;
        throw new SoukError('unreachable', 'It does not answer.');
      },
      onRun: begun.resolve,
      onFault: begun.reject,
    });
    retrievals.begin(behind);
    await begun.promise;
    await new Promise(setImmediate);
    expect([retrievals.downloads.list(), asked]).toEqual([[], 0]);
    await retrievals.stop();
  });
});
