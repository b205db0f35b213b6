import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino from 'pino';
import { type RunningPeerEvent, startPeer } from '../main/host/index.ts';
import { amount } from '../src/amount.ts';
import type { PeerId } from '../src/identity/index.ts';
import { bidsOf, buy, startSearch } from '../src/market/index.ts';
import { marketSettings } from '../src/settings/index.ts';
import { addNeighbor, ownCard } from '../src/trust/index.ts';

/** The peer whose event loop is measured: it sells, buys and hashes when it is told to. */

export interface LoopProcessOptions {
  readonly dataDirectory: string;
  readonly share: string;
}

export interface LoopProcessReady {
  readonly self: PeerId;
  readonly port: number;
}

export type LoopOrder =
  | { readonly kind: 'neighbor'; readonly card: string }
  | { readonly kind: 'know'; readonly peer: PeerId }
  | { readonly kind: 'card' }
  | { readonly kind: 'work'; readonly hash: string; readonly buy: readonly string[] }
  | { readonly kind: 'end' };

const options = JSON.parse(process.argv[2] ?? '{}') as LoopProcessOptions;
const peer = await startPeer({
  dataDirectory: options.dataDirectory,
  log: pino({ level: 'warn' }, pino.destination(2)),
  settings: (current) => ({
    ...current,
    host: '127.0.0.1',
    port: 0,
    market: marketSettings.parse({ name: 'Measured', issues: { name: 'Bench', symbol: 'B' } }),
  }),
});
await peer.share({ path: options.share, include: [], exclude: [] });
await peer.library.rescan();
await peer.library.settled();

process.on('message', async (order: LoopOrder) => {
  switch (order.kind) {
    case 'card':
      return process.send?.({ card: await peer.run((ctx) => ctx.seal(ownCard(ctx))) });
    case 'neighbor':
      await peer.run((ctx) => addNeighbor(ctx, { invite: order.card, reason: 'bench', note: '' }));
      return process.send?.({});
    case 'know':
      await peer.run((ctx) =>
        ctx.effect({
          kind: 'neighbor',
          neighbor: {
            ...{ peer: order.peer, name: 'load', list: 'primary', since: ctx.now },
            ...{ reason: 'bench', endpoints: [], creditLimit: amount(1e9) },
          },
        }),
      );
      return process.send?.({});
    case 'work':
      return process.send?.(await work(order));
    case 'end':
      await peer.close();
      return process.exit(0);
  }
});
process.send?.({ self: peer.self, port: peer.port } satisfies LoopProcessReady);

/** Hashes a folder and retrieves documents at the same time; tells how long the loop was held meanwhile. */
async function work(order: Extract<LoopOrder, { kind: 'work' }>): Promise<{ p99Ms: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const hashed = peer
    .share({ path: order.hash, include: [], exclude: [] })
    .then(() => peer.library.rescan())
    .then(() => peer.library.settled());
  await Promise.all([hashed, ...order.buy.map(retrieve)]);
  delay.disable();
  return { p99Ms: delay.percentile(99) / 1e6 };
}

async function retrieve(text: string): Promise<void> {
  const { promise: search, resolve: found } = Promise.withResolvers<string>();
  let own = '';
  const stop = peer.onEvent((event: RunningPeerEvent) => {
    if (event.type === 'search-ended' && event.search === own) found(event.search);
  });
  const seller = peer.settings.current.market;
  const currency = seller.issues ? peer.self : undefined;
  if (!currency) throw new Error('The measured peer issues nothing.');
  const started = await peer.run((ctx) =>
    startSearch(ctx, { query: { text }, offers: [{ currency, maxPrice: amount(10_000) }] }),
  );
  if (!started.ok) throw new Error(started.error.detail);
  own = started.value.id;
  await search;
  stop();
  const [bid] = await peer.run((ctx) => bidsOf(ctx, own));
  if (!bid) throw new Error(`There was no bid on ${text}.`);
  const bought = await peer.run((ctx) => buy(ctx, bid.id));
  if (!bought.ok) throw new Error(bought.error.detail);
  const { deal } = bought.value;
  await new Promise<void>((resolve, reject) => {
    const end = peer.onEvent((event) => {
      if (event.type !== 'download' || event.deal !== deal) return;
      if (event.state.kind === 'failed') reject(new Error(`${text} was not retrieved.`));
      if (event.state.kind !== 'complete') return;
      end();
      resolve();
    });
  });
}
