import { renameSync, rmSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Context } from '../../src/kernel/index.ts';
import { authorizeRetrieval } from '../../src/market/index.ts';
import { isLcpRequest } from '../../src/money/index.ts';
import { Peer } from '../../src/peer/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { MarketSettings } from '../../src/settings/index.ts';
import { LibraryService } from '../library/index.ts';
import {
  callerOf,
  makeCertificate,
  NodeVerifier,
  PeerClient,
  PeerServer,
  SignatureBatches,
} from '../network/index.ts';
import { RateLimit, systemClock } from '../retrieval/index.ts';
import { documentsRouter, neighborRate, peerService, strangerRate } from '../services/index.ts';
import { fileNames, type PeerSettings } from '../storage/index.ts';
import { endpointOn } from './addresses.ts';
import { Calls } from './calls.ts';
import { countBuffersAsHeap } from './collector.ts';
import { Engine } from './engine.ts';
import { Events } from './events.ts';
import { Exchanges } from './exchanges.ts';
import { KeptCopies } from './kept-copies.ts';
import { type OpenState, openState } from './open-state.ts';
import { PendingNeighbors } from './pending-neighbors.ts';
import { performer } from './performer.ts';
import { sha256, systemChance } from './ports.ts';
import { Retrievals } from './retrievals.ts';
import { Host, type RateLimits, type RunningPeer } from './running-peer.ts';
import { SealedDeals } from './sealed-deals.ts';

export interface PeerOptions {
  readonly dataDirectory: string;
  readonly passphrase?: string;
  /** An issuer runs the LCP service and its wallet, and takes no part in the market. */
  readonly role?: 'peer' | 'issuer';
  /** Changes to the settings, kept in their file before the peer starts. */
  readonly settings?: (current: PeerSettings) => PeerSettings;
  readonly log: Logger;
}

/**
 * Starts a peer: opens its data directory, listens, and picks up what the last run left open. Throws a
 * SoukError with a way out where it cannot; then nothing runs and nothing is held.
 */
export async function startPeer(options: PeerOptions): Promise<RunningPeer> {
  const { log } = options;
  countBuffersAsHeap();
  const onFault = (error: unknown) =>
    log.error({ err: error }, 'Something failed inside this peer.');
  const state = await openState({ ...options, onFault });
  let host: Host | undefined;
  try {
    if (options.settings) await state.settings.save(options.settings(state.settings.current));
    host = await assemble(state, options, onFault);
    await host.begin();
    return host;
  } catch (error) {
    // Why it could not start is to be told, not what that did to its end.
    await (host ?? state).close().catch(onFault);
    throw error;
  }
}

/** Makes the parts of a peer, and ties them together. Nothing runs yet. */
async function assemble(
  state: OpenState,
  { role = 'peer', log }: PeerOptions,
  onFault: (error: unknown) => void,
): Promise<Host> {
  const { settings, neighbors, signer, store, directory } = state;
  const run: Run = (work) => engine.run(work);
  const verifier = new NodeVerifier();
  const signatures = new SignatureBatches(signer, verifier);
  const events = new Events(onFault);
  const identity = await makeCertificate(signer, now());
  const keptFolder = join(await realpath(directory.path), fileNames.kept);
  const client = new PeerClient({ identity, signer, verifier, now });
  const library = openLibrary(directory.file('library'), onFault);
  library.onProgress((progress) => events.tell({ type: 'library', progress }));
  const limits = rateLimits(settings.current);
  const downloads = () => settings.current.downloads.folder ?? directory.file('downloads');
  const copies = new KeptCopies({ folder: keptFolder, library, run, onFault });
  const folder = directory.file('sealed');
  const sealedDeals = new SealedDeals({ folder, shelf: library.shelf, downloads, run, onFault });
  const exchanges = new Exchanges((request) => role === 'peer' || isLcpRequest(request), onFault);
  const service = serviceOf(state, {
    ...{ signatures, exchanges, sealedDeals, limits, events, run, onFault },
  });
  const server = new PeerServer({
    ...{ identity, verifier, now, listener: service, onFault },
    onRefused: ({ detail }) => log.debug(detail),
  });
  const market = () => withEndpoints(settings.current, server.port);
  const ports = { signer, verifier, sha256, chance: systemChance };
  const peer = new Peer({ ...ports, neighbors, library: library.index, settings: market });
  const calls = new Calls(client, onFault);
  const pendingNeighbors = new PendingNeighbors(neighbors, run);
  const retrievals = new Retrievals({
    ...{ client, copies, sealedDeals, events, downloads, run, onFault },
    downloadLimit: limits.download,
  });
  const engine: Engine = new Engine({
    ...{ peer, store, now, onFault },
    keep: PendingNeighbors.keep,
    coming: () => signatures.checking,
    perform: performer({
      ...{ exchanges, calls, retrievals, sealedDeals, copies, pendingNeighbors, events, onFault },
      engine: () => engine,
    }),
  });
  return new Host({
    ...{ state, role, market, engine, library, limits, pendingNeighbors, events, log, onFault },
    ...{ server, client, signatures, exchanges, calls, retrievals, sealedDeals, copies },
  });
}

/** The index can be made again from what is shared: a damaged one is set aside, and ends no start. */
function openLibrary(database: string, onFault: (error: unknown) => void): LibraryService {
  try {
    return new LibraryService({ database });
  } catch (error) {
    if (!(error instanceof SoukError) || error.code !== 'database-damaged') throw error;
    onFault(error);
    for (const journal of ['-wal', '-shm']) rmSync(`${database}${journal}`, { force: true });
    renameSync(database, database.replace(/\.db$/, '-damaged.db'));
    return new LibraryService({ database });
  }
}

const now = () => Date.now();

/** Runs a command or question of the core; resolves once it is durable. */
type Run = <T>(work: (ctx: Context) => T) => Promise<T>;

function rateLimits({ limits }: PeerSettings): RateLimits {
  return {
    upload: new RateLimit(systemClock, limits.uploadBytesPerSecond),
    download: new RateLimit(systemClock, limits.downloadBytesPerSecond),
  };
}

interface ServiceParts {
  readonly signatures: SignatureBatches;
  readonly exchanges: Exchanges;
  readonly sealedDeals: SealedDeals;
  readonly limits: RateLimits;
  readonly events: Events;
  readonly run: Run;
  onFault(error: unknown): void;
}

/** What other peers reach: the routes of the protocol, and the documents of those who have paid. */
function serviceOf({ neighbors }: OpenState, parts: ServiceParts) {
  const { signatures, exchanges, sealedDeals, limits, events, run, onFault } = parts;
  return peerService({
    ...{ handler: exchanges, signer: signatures, verifier: signatures, now, onFault },
    rateOf: (peer) => (neighbors.get(peer)?.list === 'primary' ? neighborRate : strangerRate),
    documents: documentsRouter({
      shelf: sealedDeals.shelf,
      gate: {
        authorize: (key, caller, documentId) =>
          run((ctx) => authorizeRetrieval(ctx, key, caller, documentId)),
      },
      uploadLimit: limits.upload,
      callerOf,
      onUpload: (progress) => events.tell({ type: 'upload', progress }),
      onFault,
    }),
  });
}

function withEndpoints({ market, host }: PeerSettings, port: number): MarketSettings {
  return market.endpoints.length > 0 ? market : { ...market, endpoints: [endpointOn(host, port)] };
}
