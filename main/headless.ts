import type { Logger } from 'pino';
import type { PeerId } from '../src/identity/index.ts';
import { SoukError } from '../src/problem.ts';
import type { OwnCurrency } from '../src/settings/index.ts';
import type { Control } from './bridge/control-file.ts';
import { openControlService } from './bridge/control-service.ts';
import { memoryClient } from './bridge/memory-client.ts';
import type { PageHandler } from './bridge/page-handler.ts';
import { Router } from './bridge/router.ts';
import { InAppDemo } from './demo/in-app.ts';
import { allInOrder, type PeerOptions, type RunningPeer, startPeer } from './host/index.ts';
import type { PeerSettings } from './storage/index.ts';
import { version } from './version.ts';

export interface HeadlessOptions {
  readonly dataDirectory: string;
  readonly role: 'peer' | 'issuer';
  readonly log: Logger;
  readonly passphrase?: string;
  /** What is said here is kept in the settings; what is not stays as it was. */
  readonly name?: string;
  readonly host?: string;
  readonly port?: number;
  readonly endpoints?: readonly string[];
  readonly issues?: OwnCurrency;
  /** For this start only; any free port where neither this nor the settings say. */
  readonly controlPort?: number;
  /** Brings the demo market up around this peer, unless it is there already. */
  readonly demo?: boolean;
  /** The screen's files, where the control service shall serve them too. */
  readonly page?: PageHandler;
}

/** A peer without a screen, and the control service by which it is driven. */
export interface Headless {
  readonly peer: PeerId;
  readonly endpoints: readonly string[];
  readonly control: Control;
  /** A ticket for an address that opens the screen. */
  newTicket(): string;
  /** Resolves when everything is written and closed, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it in good order; again: waits for the same end. */
  stop(): Promise<void>;
}

/**
 * Starts a peer, or an issuer that is no peer, with its control service. Throws a SoukError that says what
 * to do where it cannot start; then nothing runs and nothing is held.
 */
export async function startHeadless(options: HeadlessOptions): Promise<Headless> {
  const peer = await startPeer(peerOptions(options));
  try {
    return await serve(peer, options);
  } catch (error) {
    await peer.close();
    throw error;
  }
}

async function serve(peer: RunningPeer, options: HeadlessOptions): Promise<Headless> {
  const { log, controlPort, page } = options;
  const ended = Promise.withResolvers<void>();
  let stopping = false;
  const stop = () => {
    if (!stopping) {
      stopping = true;
      close().then(ended.resolve, ended.reject);
    }
    return ended.promise;
  };
  const demo = new InAppDemo({
    dataDirectory: peer.dataDirectory,
    client: () => memoryClient(router),
    log,
  });
  const router: Router = new Router({
    peer,
    program: {
      version,
      now: () => Date.now(),
      memoryBytes: () => process.memoryUsage().rss,
      // The answer to whoever asked for the end goes out first.
      stop: () => setImmediate(() => stop().catch(() => undefined)),
      ...(peer.role === 'peer' && { demo }),
    },
    onFault: (error) => log.error({ err: error }, 'A method failed.'),
  });
  const service = await openControlService(router, {
    dataDirectory: peer.dataDirectory,
    port: controlPort ?? peer.settings.current.control.port,
    page,
  });

  const close = () =>
    allInOrder(
      () => service.close(),
      () => demo.close(),
      () => router.close(),
      () => peer.close(),
    );

  await demo.resume();
  if (options.demo) demo.start();
  const { self, endpoints } = peer;
  const { control, newTicket } = service;
  return { peer: self, endpoints, control, newTicket, ended: ended.promise, stop };
}

function peerOptions(options: HeadlessOptions): PeerOptions {
  const { dataDirectory, role, log, passphrase } = options;
  return {
    dataDirectory,
    role,
    log,
    settings: (current) => settingsFor(options, current),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}

function settingsFor(options: HeadlessOptions, current: PeerSettings): PeerSettings {
  const { role, name, host, port, endpoints, issues } = options;
  const { market } = current;
  if (issues && market.issues && issues.decimals !== market.issues.decimals) {
    throw new SoukError(
      'bad-request',
      `This peer issues ${market.issues.symbol} with ${market.issues.decimals} decimals already: others may hold ` +
        'it. Start without naming the currency again.',
    );
  }
  return {
    ...current,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    market: {
      ...market,
      ...(name !== undefined && { name }),
      ...(endpoints !== undefined && { endpoints: [...endpoints] }),
      ...(issues !== undefined && { issues }),
      ...(role === 'issuer' && { forwarding: { ...market.forwarding, enabled: false } }),
    },
  };
}
