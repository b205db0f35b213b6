import pino from 'pino';
import { startPeer } from '../main/host/index.ts';
import type { PeerSettings } from '../main/storage/index.ts';
import { amount } from '../src/amount.ts';
import type { PeerId } from '../src/identity/index.ts';
import { pay } from '../src/money/index.ts';
import { ownCard } from '../src/trust/index.ts';

/** A real peer in a process of its own, with the holders and neighbors that a bench needs. */

export interface PeerProcessOptions {
  readonly dataDirectory: string;
  readonly role: 'peer' | 'issuer';
  readonly settings: Partial<PeerSettings>;
  readonly neighbors: readonly PeerId[];
  /** Paid to each neighbor in the own currency. */
  readonly grant: number;
  readonly share?: string;
}

export interface PeerProcessReady {
  readonly self: PeerId;
  readonly port: number;
  readonly indexingSeconds: number;
}

const options = JSON.parse(process.argv[2] ?? '{}') as PeerProcessOptions;
const log = pino({ level: 'warn' }, pino.destination(2));
const peer = await startPeer({
  dataDirectory: options.dataDirectory,
  role: options.role,
  log,
  settings: (current) => ({ ...current, host: '127.0.0.1', port: 0, ...options.settings }),
});
for (const neighbor of options.neighbors) {
  await peer.run((ctx) => {
    ctx.effect({
      kind: 'neighbor',
      neighbor: {
        peer: neighbor,
        name: 'load',
        list: 'primary',
        since: ctx.now,
        reason: 'bench',
        endpoints: [],
        creditLimit: amount(1e9),
      },
    });
    if (options.grant === 0) return;
    const granted = pay(ctx, {
      currency: peer.self,
      payee: neighbor,
      amount: amount(options.grant),
      transactionId: 'grant',
      purpose: { kind: 'gift', note: 'bench' },
    });
    if (!granted.ok) throw new Error(granted.error.detail);
  });
}
const start = performance.now();
if (options.share) {
  await peer.share({ path: options.share, include: [], exclude: [] });
  await peer.library.rescan();
}
const indexingSeconds = (performance.now() - start) / 1000;
process.on('message', async (message: { readonly kind: string }) => {
  if (message.kind === 'settled') {
    await peer.library.settled();
    process.send?.({ settled: true });
  }
  if (message.kind === 'card')
    process.send?.({ card: await peer.run((ctx) => ctx.seal(ownCard(ctx))) });
  if (message.kind === 'memory') process.send?.({ rssBytes: process.memoryUsage.rss() });
  if (message.kind === 'end') {
    await peer.close();
    process.exit(0);
  }
});
process.send?.({ self: peer.self, port: peer.port, indexingSeconds } satisfies PeerProcessReady);
