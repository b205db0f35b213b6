import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { parseManifest } from '../../src/documents/index.ts';
import type { PeerId } from '../../src/identity/index.ts';
import type { Context, Effect } from '../../src/kernel/index.ts';
import {
  authorizeRetrieval,
  makeRoom,
  purchaseOf,
  retrievalFailed,
  retrieved,
} from '../../src/market/index.ts';
import { isLcpRequest } from '../../src/money/index.ts';
import { Peer } from '../../src/peer/index.ts';
import { problem, SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import type { MarketSettings } from '../../src/settings/index.ts';
import { announceCard } from '../../src/trust/index.ts';
import { LibraryService } from '../library/index.ts';
import {
  callerOf,
  keyFileState,
  makeCertificate,
  NodeVerifier,
  PeerClient,
  PeerServer,
  sealKeyFile,
} from '../network/index.ts';
import {
  type Completion,
  DownloadManager,
  PeerSource,
  RateLimit,
  systemClock,
} from '../retrieval/index.ts';
import { documentsRouter, neighborRate, peerService, strangerRate } from '../services/index.ts';
import {
  backupTo,
  fileNames,
  type PeerSettings,
  type SettingsFile,
  type SharedFolder,
} from '../storage/index.ts';
import { endpointOn } from './addresses.ts';
import { alignFolders } from './align-folders.ts';
import { Calls } from './calls.ts';
import { Engine } from './engine.ts';
import { Events, type RunningPeerEvent } from './events.ts';
import { Exchanges } from './exchanges.ts';
import { KeptCopies } from './kept-copies.ts';
import { type OpenState, openState } from './open-state.ts';
import { PendingNeighbors } from './pending-neighbors.ts';
import { sha256, systemChance } from './ports.ts';
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

/** A peer with its server, its money and its library, until it is closed. */
export interface RunningPeer {
  readonly self: PeerId;
  readonly dataDirectory: string;
  readonly role: 'peer' | 'issuer';
  readonly port: number;
  /** What others are told: the settings' endpoints, or the one listened on. */
  readonly endpoints: readonly string[];
  readonly startedAt: number;
  /** Runs a command or question of the core; resolves once it is durable. Rejects where it was not kept. */
  run<T>(work: (ctx: Context) => T): Promise<T>;
  readonly library: LibraryService;
  readonly downloads: DownloadManager;
  readonly settings: SettingsFile;
  /** Shares a folder, or gives a shared one other rules; kept in the settings. Throws `folder-unreadable`. */
  share(folder: SharedFolder): Promise<void>;
  /** False where the folder was not shared. */
  unshare(path: string): Promise<boolean>;
  /** Takes new settings: they hold from the next input on, the limits at once. */
  changeSettings(change: (current: PeerSettings) => PeerSettings): Promise<void>;
  removeNeighbor(peer: PeerId): Promise<void>;
  onEvent(listener: (event: RunningPeerEvent) => void): () => void;
  backup(file: string): ReturnType<typeof backupTo>;
  /** Whether the key file is sealed with a passphrase. */
  keyIsSealed(): Promise<boolean>;
  /** Seals a key that was kept plainly; the passphrase is asked for at each start from now on. */
  sealKey(passphrase: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a peer: opens its data directory, listens, and picks up what the last run left open. Throws a
 * SoukError with a way out where it cannot; then nothing runs and nothing is held.
 */
export async function startPeer(options: PeerOptions): Promise<RunningPeer> {
  const { log } = options;
  const onFault = (error: unknown) =>
    log.error({ err: error }, 'Something failed inside this peer.');
  const state = await openState({ ...options, onFault });
  try {
    if (options.settings) await state.settings.save(options.settings(state.settings.current));
    return await assemble(state, options, onFault);
  } catch (error) {
    await state.close();
    throw error;
  }
}

async function assemble(
  state: OpenState,
  options: PeerOptions,
  onFault: (error: unknown) => void,
): Promise<RunningPeer> {
  const { settings, neighbors, signer, store, directory } = state;
  const { role = 'peer', log } = options;
  const now = () => Date.now();
  await PendingNeighbors.replay(store, neighbors);
  const verifier = new NodeVerifier();
  const events = new Events(onFault);
  const identity = await makeCertificate(signer, now());
  const client = new PeerClient({ identity, signer, verifier, now });
  const library = new LibraryService({ database: directory.file('library') });
  library.onProgress((progress) => events.tell({ type: 'library', progress }));
  const uploadLimit = new RateLimit(systemClock, settings.current.limits.uploadBytesPerSecond);
  const downloadLimit = new RateLimit(systemClock, settings.current.limits.downloadBytesPerSecond);
  const downloadFolder = () => settings.current.downloads.folder ?? directory.file('downloads');
  const sealedDeals = new SealedDeals({
    folder: directory.file('sealed'),
    shelf: library.shelf,
    downloads: downloadFolder,
    run: (work) => engine.run(work),
    onFault,
  });
  const exchanges = new Exchanges((request) => role === 'peer' || isLcpRequest(request), onFault);
  const service = peerService({
    handler: exchanges,
    signer,
    verifier,
    now,
    rateOf: (peer) => (neighbors.get(peer)?.list === 'primary' ? neighborRate : strangerRate),
    documents: documentsRouter({
      shelf: sealedDeals.shelf,
      gate: {
        authorize: (key, caller, documentId) =>
          engine.run((ctx) => authorizeRetrieval(ctx, key, caller, documentId)),
      },
      uploadLimit,
      callerOf,
      onUpload: (progress) => events.tell({ type: 'upload', progress }),
    }),
    onFault,
  });
  const server = new PeerServer({ identity, verifier, now, listener: service });
  const port = await server.listen(settings.current.port, settings.current.host);
  const market = (): MarketSettings => withEndpoints(settings.current, port);
  const peer = new Peer({
    signer,
    verifier,
    sha256,
    chance: systemChance,
    neighbors,
    library: library.index,
    settings: market,
  });
  const calls = new Calls(client);
  const engine: Engine = new Engine({
    ...{ peer, store, now },
    keep: PendingNeighbors.keep,
    perform: (effect) => perform(effect),
  });
  const pendingNeighbors = new PendingNeighbors(neighbors, (work) => engine.run(work));
  const downloads = new DownloadManager({
    sourceOf: (order) => new PeerSource(client, order),
    downloadLimit,
    clock: systemClock,
    onState: (deal, retrieval) => events.tell({ type: 'download', deal, state: retrieval }),
    onComplete: (completion) => void complete(completion).catch(onFault),
    onFailed: ({ deal, reason, evidence }) => {
      const failure = problem(
        'corrupt-document',
        `The document could not be retrieved: ${reason}.`,
        evidence,
      );
      void engine.run((ctx) => retrievalFailed(ctx, deal, failure)).catch(onFault);
    },
  });

  const copies = new KeptCopies({
    folder: join(await realpath(directory.path), fileNames.kept),
    library,
    run: (work) => engine.run(work),
  });

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'reply':
        return exchanges.reply(effect.exchange, effect.status, effect.body);
      case 'refuse':
        return exchanges.refuse(effect.exchange, effect.problem);
      case 'line':
        return exchanges.line(effect.exchange, effect.body, effect.last);
      case 'call':
        return calls.begin(effect.call, engine);
      case 'hang-up':
        return calls.hangUp(effect.callId);
      case 'retrieve':
        return void retrieve(effect.deal).catch(onFault);
      case 'seal':
        return sealedDeals.seal(effect.buyer, effect.deal);
      case 'unseal':
        return sealedDeals.unseal(effect.deal);
      case 'drop-copy':
        return void copies.drop(effect.documentId, effect.place).catch(onFault);
      case 'neighbor':
        // A write that fails is told by the lists themselves, and made again at the next start.
        return void pendingNeighbors.put(effect.neighbor).catch(() => undefined);
      case 'event':
        return events.tell(effect.event);
    }
  }

  async function retrieve(deal: DealId): Promise<void> {
    const purchase = await engine.run((ctx) => purchaseOf(ctx, deal));
    if (!purchase?.instructions) return;
    const forBuyer = purchase.purpose.kind === 'resale';
    if (forBuyer && !(await copies.prepare(purchase))) return;
    const { instructions, documentId, sizeBytes, title, mediaType, sealed } = purchase;
    downloads.start({
      deal,
      documentId: sealed?.terms?.documentId ?? documentId,
      serving: { peer: instructions.iss, endpoints: instructions.endpoints },
      accessKey: instructions.accessKey,
      sizeBytes,
      folder: forBuyer
        ? copies.folderOf(deal)
        : sealed
          ? sealedDeals.folderOf(deal)
          : downloadFolder(),
      forBuyer,
      title,
      mediaType,
      deadline: purchase.deadlineAt,
    });
  }

  async function complete({ deal, path, manifest }: Completion): Promise<void> {
    const purchase = await engine.run((ctx) => purchaseOf(ctx, deal));
    if (purchase?.sealed) {
      return sealedDeals.arrived(deal, path, pieceLengthOf(manifest));
    }
    if (purchase?.purpose.kind !== 'resale') {
      await engine.run((ctx) => retrieved(ctx, deal, path));
      return;
    }
    try {
      await copies.keep(purchase, path, manifest);
    } catch (error) {
      onFault(error);
      // The buyer waits for it: it gets its money back rather than nothing.
      const failure = problem('internal', 'The document could not be kept.');
      await engine.run((ctx) => retrievalFailed(ctx, deal, failure));
    }
  }

  await copies.align();
  await sealedDeals.align();
  exchanges.attach(engine);
  engine.input({ kind: 'start' }, onFault);
  await alignFolders(library, settings.current, log);

  return {
    self: signer.peerId,
    dataDirectory: directory.path,
    role,
    port,
    get endpoints() {
      return market().endpoints;
    },
    startedAt: now(),
    run: (work) => engine.run(work),
    library,
    downloads,
    settings,
    share: async (folder) => {
      const { path } = await library.share(folder.path, folder);
      const others = settings.current.library.folders.filter((each) => each.path !== path);
      await settings.save({
        ...settings.current,
        library: { folders: [...others, { ...folder, path }] },
      });
    },
    unshare: async (path) => {
      const shared = await library.unshare(path);
      const left = library.folders().map((each) => each.path);
      const folders = settings.current.library.folders.filter((each) => left.includes(each.path));
      await settings.save({ ...settings.current, library: { folders } });
      return shared;
    },
    changeSettings: async (change) => {
      await settings.save(change(settings.current));
      uploadLimit.setRate(settings.current.limits.uploadBytesPerSecond);
      downloadLimit.setRate(settings.current.limits.downloadBytesPerSecond);
      await engine.run((ctx) => {
        announceCard(ctx);
        makeRoom(ctx);
      });
    },
    removeNeighbor: (peerId) => pendingNeighbors.remove(peerId),
    onEvent: (listener) => events.listen(listener),
    backup: async (file) => {
      await neighbors.flush();
      return backupTo(file, directory.path);
    },
    keyIsSealed: async () => (await keyFileState(directory.file('key'))) === 'sealed',
    sealKey: (passphrase) => sealKeyFile(directory.file('key'), passphrase),
    close: async () => {
      await server.close();
      calls.stop();
      await downloads.stop();
      await sealedDeals.stop();
      // What was asked before is answered with the library still there.
      engine.stop();
      await library.close();
      await client.close();
      await state.close();
    },
  };
}

function pieceLengthOf(manifest: Uint8Array): number {
  const parsed = parseManifest(manifest);
  if (!parsed.ok) throw SoukError.from(parsed.error);
  return parsed.value.pieceLengthBytes;
}

function withEndpoints({ market, host }: PeerSettings, port: number): MarketSettings {
  return market.endpoints.length > 0 ? market : { ...market, endpoints: [endpointOn(host, port)] };
}
