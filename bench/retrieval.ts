import { randomFillSync } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { type RunningPeer, type RunningPeerEvent, startPeer } from '../main/host/index.ts';
import { amount } from '../src/amount.ts';
import { bidsOf, buy, startSearch } from '../src/market/index.ts';
import { marketSettings } from '../src/settings/index.ts';
import { addNeighbor } from '../src/trust/index.ts';
import { type Child, startChild } from './child.ts';
import type { DrainQuestion } from './drain-process.ts';
import type { PeerProcessOptions, PeerProcessReady } from './peer-process.ts';
import { type BenchResult, median, result, secondsOf } from './result.ts';
import type { StreamProcessOptions, StreamProcessReady } from './stream-process.ts';

const documentBytes = 2 ** 30;
const rounds = 3;

/** Retrieving 1 GiB from a real peer, every piece verified and on disk, against a bare stream to nowhere. */
export async function retrieval(directory: string): Promise<BenchResult> {
  const folder = join(directory, 'files');
  const file = join(folder, 'a large document.bin');
  await writeLargeFile(folder, file);
  const buyer = await startPeer({
    dataDirectory: join(directory, 'buyer'),
    log: pino({ level: 'warn' }, pino.destination(2)),
    settings: (current) => ({ ...current, host: '127.0.0.1', port: 0 }),
  });
  const options: PeerProcessOptions = {
    dataDirectory: join(directory, 'seller'),
    role: 'peer',
    settings: {
      market: marketSettings.parse({ name: 'Seller', issues: { name: 'Bench', symbol: 'B' } }),
    },
    neighbors: [buyer.self],
    grant: 0,
    share: folder,
  };
  const seller = await startChild<PeerProcessReady>('./peer-process.ts', options);
  const { card } = await seller.ask<{ card: string }>({ kind: 'card' });
  await buyer.run((ctx) => addNeighbor(ctx, { invite: card, reason: 'bench', note: '' }));
  const streamOptions: StreamProcessOptions = { file };
  const bare = await startChild<StreamProcessReady>('./stream-process.ts', streamOptions);
  const drain = await startChild('./drain-process.ts', {});
  const retrieved: number[] = [];
  const streamed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    retrieved.push(await retrieveOnce(buyer, seller));
    streamed.push(await drain.ask<number>({ port: bare.ready.port } satisfies DrainQuestion));
  }
  await drain.end();
  await bare.end();
  await seller.end();
  await buyer.close();
  const mebibytes = documentBytes / 2 ** 20;
  return result(
    'retrieval',
    { value: mebibytes / median(retrieved), unit: 'MiB/s' },
    {
      limitName: 'node:https streaming the same file with 1 MiB buffers to nowhere',
      limit: mebibytes / median(streamed),
    },
  );
}

async function writeLargeFile(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const handle = await open(file, 'w');
  const piece = Buffer.allocUnsafe(2 ** 20);
  for (let written = 0; written < documentBytes; written += piece.length) {
    if (written % (64 * piece.length) === 0) randomFillSync(piece);
    piece.writeUInt32BE(written / piece.length, 0);
    await handle.write(piece);
  }
  await handle.sync();
  await handle.close();
}

/** From the word that retrieval may begin to the whole file under its name. */
async function retrieveOnce(buyer: RunningPeer, seller: Child<PeerProcessReady>): Promise<number> {
  const ended = next(buyer, (event) => event.type === 'search-ended');
  const offers = [{ currency: seller.ready.self, maxPrice: amount(10_000) }];
  const search = await buyer.run((ctx) =>
    startSearch(ctx, { query: { text: 'large document' }, offers }),
  );
  if (!search.ok) throw new Error(search.error.detail);
  await ended;
  const [bid] = await buyer.run((ctx) => bidsOf(ctx, search.value.id));
  if (!bid) throw new Error('There was no bid on the document.');
  const begun = next(buyer, (event) => event.type === 'deal' && event.state === 'retrieving');
  const complete = next(
    buyer,
    (event) => event.type === 'download' && event.state.kind === 'complete',
  );
  await buyer.run((ctx) => buy(ctx, bid.id));
  await begun;
  const seconds = await secondsOf(() => complete);
  await rm(join(buyer.dataDirectory, 'downloads'), { recursive: true });
  return seconds;
}

function next(peer: RunningPeer, wanted: (event: RunningPeerEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = peer.onEvent((event) => {
      if (!wanted(event)) return;
      stop();
      resolve();
    });
  });
}
