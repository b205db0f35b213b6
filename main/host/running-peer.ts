import type { Logger } from 'pino';
import type { PeerId } from '../../src/identity/index.ts';
import type { Context } from '../../src/kernel/index.ts';
import { makeRoom } from '../../src/market/index.ts';
import type { MarketSettings } from '../../src/settings/index.ts';
import { announceCard } from '../../src/trust/index.ts';
import type { LibraryService } from '../library/index.ts';
import {
  keyFileState,
  type PeerClient,
  type PeerServer,
  type SignatureBatches,
  sealKeyFile,
} from '../network/index.ts';
import type { DownloadManager, RateLimit } from '../retrieval/index.ts';
import {
  backupTo,
  type PeerSettings,
  type SettingsFile,
  type SharedFolder,
} from '../storage/index.ts';
import { alignFolders } from './align-folders.ts';
import { allInOrder } from './all-in-order.ts';
import type { Calls } from './calls.ts';
import type { Engine } from './engine.ts';
import type { Events, RunningPeerEvent } from './events.ts';
import type { Exchanges } from './exchanges.ts';
import type { KeptCopies } from './kept-copies.ts';
import type { OpenState } from './open-state.ts';
import { PendingNeighbors } from './pending-neighbors.ts';
import type { Retrievals } from './retrievals.ts';
import type { SealedDeals } from './sealed-deals.ts';

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
  /**
   * Shares a folder, or gives a shared one other rules; gives what the settings keep, by its real path. Throws
   * `folder-unreadable`, and what the settings throw that cannot be written; then nothing is shared that was not.
   */
  share(folder: SharedFolder): Promise<SharedFolder>;
  /** False where the folder was not shared. One that cannot be reached now is taken out of the settings, too. */
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
  /** Ends every part, also where one fails; then rejects with what failed first. */
  close(): Promise<void>;
}

export interface RateLimits {
  readonly upload: RateLimit;
  readonly download: RateLimit;
}

export interface HostParts {
  readonly state: OpenState;
  readonly role: 'peer' | 'issuer';
  readonly engine: Engine;
  readonly library: LibraryService;
  readonly limits: RateLimits;
  readonly pendingNeighbors: PendingNeighbors;
  readonly events: Events;
  readonly server: PeerServer;
  readonly client: PeerClient;
  readonly signatures: SignatureBatches;
  readonly exchanges: Exchanges;
  readonly calls: Calls;
  readonly retrievals: Retrievals;
  readonly sealedDeals: SealedDeals;
  readonly copies: KeptCopies;
  readonly log: Logger;
  market(): MarketSettings;
  onFault(error: unknown): void;
}

/** The parts of a peer that was started, as one. */
export class Host implements RunningPeer {
  readonly startedAt = Date.now();
  readonly #parts: HostParts;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** Listens, and picks up what the last run left open. Whoever called this closes, also where it throws. */
  async begin(): Promise<void> {
    const { state, server, copies, sealedDeals, exchanges, engine, onFault } = this.#parts;
    const { port, host } = this.settings.current;
    await PendingNeighbors.replay(state.store, state.neighbors);
    await server.listen(port, host);
    await copies.align();
    await sealedDeals.align();
    exchanges.attach(engine);
    engine.input({ kind: 'start' }, onFault);
    await alignFolders(this.library, this.settings.current, this.#parts.log);
  }

  get self() {
    return this.#parts.state.signer.peerId;
  }
  get dataDirectory() {
    return this.#parts.state.directory.path;
  }
  get role() {
    return this.#parts.role;
  }
  get port() {
    return this.#parts.server.port;
  }
  get endpoints() {
    return this.#parts.market().endpoints;
  }
  get library() {
    return this.#parts.library;
  }
  get downloads() {
    return this.#parts.retrievals.downloads;
  }
  get settings() {
    return this.#parts.state.settings;
  }

  run<T>(work: (ctx: Context) => T): Promise<T> {
    return this.#parts.engine.run(work);
  }

  async share(folder: SharedFolder): Promise<SharedFolder> {
    const { path } = await this.library.share(folder.path, folder);
    const kept = { ...folder, path };
    const others = this.settings.current.library.folders.filter((each) => each.path !== path);
    try {
      await this.#saveFolders([...others, kept]);
    } catch (error) {
      await alignFolders(this.library, this.settings.current, this.#parts.log);
      throw error;
    }
    return kept;
  }

  async unshare(path: string): Promise<boolean> {
    const real = await this.library.unshare(path);
    const { folders } = this.settings.current.library;
    const left = folders.filter((each) => each.path !== path && each.path !== real);
    await this.#saveFolders(left);
    return real !== undefined || left.length < folders.length;
  }

  async #saveFolders(folders: readonly SharedFolder[]): Promise<void> {
    await this.settings.save({ ...this.settings.current, library: { folders: [...folders] } });
  }

  async changeSettings(change: (current: PeerSettings) => PeerSettings): Promise<void> {
    await this.settings.save(change(this.settings.current));
    const { limits } = this.#parts;
    const { uploadBytesPerSecond, downloadBytesPerSecond } = this.settings.current.limits;
    limits.upload.setRate(uploadBytesPerSecond);
    limits.download.setRate(downloadBytesPerSecond);
    await this.run((ctx) => {
      announceCard(ctx);
      makeRoom(ctx);
    });
  }

  removeNeighbor(peer: PeerId): Promise<void> {
    return this.#parts.pendingNeighbors.remove(peer);
  }

  onEvent(listener: (event: RunningPeerEvent) => void): () => void {
    return this.#parts.events.listen(listener);
  }

  async backup(file: string): ReturnType<typeof backupTo> {
    await this.#parts.state.neighbors.flush();
    return backupTo(file, this.dataDirectory);
  }

  async keyIsSealed(): Promise<boolean> {
    return (await keyFileState(this.#parts.state.directory.file('key'))) === 'sealed';
  }

  sealKey(passphrase: string): Promise<void> {
    return sealKeyFile(this.#parts.state.directory.file('key'), passphrase);
  }

  async close(): Promise<void> {
    const { server, calls, retrievals, sealedDeals, engine, signatures } = this.#parts;
    const { library, client, state } = this.#parts;
    await allInOrder(
      () => server.close(),
      () => calls.stop(),
      () => retrievals.stop(),
      () => sealedDeals.stop(),
      // What was asked before is answered with the library still there.
      () => engine.stop(),
      () => signatures.close(),
      () => library.close(),
      () => client.close(),
      () => state.close(),
    );
  }
}
