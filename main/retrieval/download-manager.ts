import { encodeManifest, type Manifest } from '../../src/documents/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import type { Milliseconds } from '../../src/time.ts';
import type { Clock } from './clock.ts';
import type { DocumentSource } from './document-source.ts';
import { Downloader } from './downloader.ts';
import { PartFile } from './part-file.ts';
import { PieceMemory } from './piece-memory.ts';
import type { PieceStore } from './piece-store.ts';
import type { RateLimit } from './rate-limit.ts';
import type {
  RetrievalEnd,
  RetrievalFailure,
  RetrievalOrder,
  RetrievalState,
} from './retrieval.ts';
import { Slots } from './slots.ts';

export interface Completion {
  readonly deal: DealId;
  readonly path: string;
  readonly manifest: Uint8Array;
}

export interface Failure {
  readonly deal: DealId;
  readonly reason: RetrievalFailure;
  /** What a contest can be based on: the piece, what it should be and what came, or the refusal. */
  readonly problem: Problem;
}

export interface DownloadManagerParts {
  sourceOf(order: RetrievalOrder): DocumentSource;
  readonly downloadLimit: RateLimit;
  readonly clock: Clock;
  readonly pieces: PieceStore;
  /** How many retrievals work at the same time; the others wait in line. */
  readonly runningMax?: number;
  readonly backoff?: { readonly firstMs: Milliseconds; readonly maxMs: Milliseconds };
  onState?(deal: DealId, state: RetrievalState): void;
  onComplete(completion: Completion): void;
  onFailed(failure: Failure): void;
}

/** A retrieval as a screen shows it. */
export interface DownloadView {
  readonly deal: DealId;
  readonly documentId: DocumentId;
  readonly title: string;
  readonly sizeBytes: number;
  readonly state: RetrievalState;
  readonly receivedBytes: number;
  /** 0 unless it is retrieving. */
  readonly bytesPerSecond: number;
  /** Undefined where nobody can say. */
  readonly secondsLeft: number | undefined;
  /** It is retrieved to be sold on (§3, concealment). */
  readonly forBuyer: boolean;
}

interface Download {
  readonly order: RetrievalOrder;
  state: RetrievalState;
  /** When its downloader said something last. */
  heardAt: Milliseconds;
  receivedBytes: number;
  stopping: AbortController;
  running: Promise<void>;
}

export const runningMaxDefault = 4;
/** A person sees within so much, and one look more, that nothing comes any more. */
const silentAfterMs = 3_000;
const lookEveryMs = 1_000;

/**
 * All retrievals of this peer. It knows nothing that must last: which deals are open, the core says at
 * each start of the program; what has arrived stands on the disk. A retrieval that completed or failed
 * is told once, and forgotten.
 */
export class DownloadManager {
  readonly #parts: DownloadManagerParts;
  readonly #slots: Slots;
  readonly #memory = new PieceMemory();
  readonly #downloads = new Map<DealId, Download>();
  /** What those that are over still do on the disk: the next one of the same deal begins after it. */
  readonly #clearing = new Map<DealId, Promise<void>>();
  readonly #stopLooking: () => void;
  #isStopped = false;

  constructor(parts: DownloadManagerParts) {
    this.#parts = parts;
    this.#slots = new Slots(parts.runningMax ?? runningMaxDefault);
    this.#stopLooking = parts.clock.every(lookEveryMs, () => this.#noticeSilence());
  }

  /**
   * Begins a retrieval, or goes on with it after a restart. One that is known already goes on as it is; one that was
   * cancelled, or has failed, begins anew once nothing of it is left on the disk. Without effect after `stop`.
   */
  start(order: RetrievalOrder): void {
    if (this.#isStopped || this.#downloads.has(order.deal)) return;
    const download: Download = {
      order,
      state: { kind: 'queued' },
      heardAt: this.#parts.clock.now(),
      receivedBytes: 0,
      stopping: new AbortController(),
      running: this.#clearing.get(order.deal) ?? Promise.resolve(),
    };
    this.#downloads.set(order.deal, download);
    this.#run(download);
  }

  /**
   * Stops a retrieval until `resume`, which may come before it has stopped; what has arrived stays. False where there
   * is none, or it has ended meanwhile.
   */
  async pause(deal: DealId): Promise<boolean> {
    const download = this.#downloads.get(deal);
    if (download === undefined) return false;
    const { stopping } = download;
    await stop(download);
    const isResumed = download.stopping !== stopping;
    if (!isResumed) this.#tell(download, { kind: 'paused' });
    return this.#isKnown(download);
  }

  /**
   * Takes a retrieval up again that is paused, interrupted or about to be, and tries one at once that waits for its
   * next attempt. False where there is none to take up, and after `stop`.
   */
  resume(deal: DealId): boolean {
    const download = this.#downloads.get(deal);
    if (this.#isStopped || !download || !mayBeTakenUp(download)) return false;
    this.#run(download);
    return true;
  }

  /** Gives a retrieval up, at once, and resolves when what had arrived of it is removed. */
  async cancel(deal: DealId): Promise<void> {
    const download = this.#downloads.get(deal);
    if (download === undefined) return this.#clearing.get(deal);
    this.#downloads.delete(deal);
    download.stopping.abort();
    await this.#clear(download, download.running);
  }

  /** In the order in which they were started. */
  list(): readonly DownloadView[] {
    return [...this.#downloads.values()].map(viewOf);
  }

  setRunningMax(runningMax: number): void {
    this.#slots.setMax(runningMax);
  }

  /** Stops everything, for the end of the program; resolves when no file is open any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopLooking();
    await Promise.all([...this.#downloads.values()].map(stop));
    await Promise.all(this.#clearing.values());
  }

  /** Stops what runs, and begins anew when it has ended. */
  #run(download: Download): void {
    download.stopping.abort();
    const stopping = new AbortController();
    download.state = { kind: 'queued' };
    download.stopping = stopping;
    download.running = download.running.then(() => this.#work(download, stopping.signal));
  }

  async #work(download: Download, signal: AbortSignal): Promise<void> {
    if (signal.aborted || !this.#isKnown(download)) return;
    const { sourceOf, downloadLimit, clock, pieces, backoff } = this.#parts;
    try {
      const downloader = new Downloader(download.order, {
        source: sourceOf(download.order),
        downloadLimit,
        clock,
        pieces,
        memory: this.#memory,
        slots: this.#slots,
        ...(backoff && { backoff }),
        onState: (state) => {
          download.heardAt = clock.now();
          this.#tell(download, state);
        },
      });
      const end = await downloader.run(signal);
      this.#end(download, end, downloader.manifest);
    } catch (error) {
      this.#broke(download, error);
    }
  }

  /** Where bytes came until lately and do not any more, no downloader says so. */
  #noticeSilence(): void {
    const now = this.#parts.clock.now();
    for (const download of this.#downloads.values()) {
      const { state, heardAt } = download;
      if (state.kind !== 'retrieving' || state.silentSince !== undefined) continue;
      if (now - heardAt < silentAfterMs) continue;
      // What is told outside counts whole milliseconds.
      this.#tell(download, { ...state, bytesPerSecond: 0, silentSince: Math.floor(heardAt) });
    }
  }

  #end(download: Download, end: RetrievalEnd, manifest?: Manifest): void {
    const { deal } = download.order;
    if (end.kind === 'interrupted') return;
    if (end.kind === 'complete') {
      if (!manifest) throw new Error('A document cannot be whole without its manifest.');
      // Also one that was cancelled too late: what was to begin in its place is not needed any more.
      this.#downloads.delete(deal);
      this.#parts.onComplete({ deal, path: end.path, manifest: encodeManifest(manifest) });
      return;
    }
    if (!this.#isKnown(download)) return;
    this.#downloads.delete(deal);
    // What cannot be removed stays behind, and harms nobody.
    this.#clear(download, Promise.resolve()).catch(() => undefined);
    this.#parts.onFailed({ deal, reason: end.reason, problem: end.problem });
  }

  /** Removes what a retrieval that is over leaves on the disk, once nothing is written any more. */
  #clear({ order: { deal, folder } }: Download, written: Promise<void>): Promise<void> {
    const discarded = written.then(() => PartFile.discard(folder, deal));
    const cleared = discarded
      .catch(() => undefined)
      .then(() => {
        if (this.#clearing.get(deal) === cleared) this.#clearing.delete(deal);
      });
    this.#clearing.set(deal, cleared);
    return discarded;
  }

  #isKnown(download: Download): boolean {
    return this.#downloads.get(download.order.deal) === download;
  }

  /** A mistake of this program's: the retrieval rests until the person takes it up again. */
  #broke(download: Download, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.#tell(download, { kind: 'interrupted', problem: problem('internal', detail) });
  }

  /** Of one that was cancelled only that it is whole all the same. */
  #tell(download: Download, state: RetrievalState): void {
    if (state.kind !== 'complete' && !this.#isKnown(download)) return;
    download.state = state;
    if (state.kind === 'retrieving') download.receivedBytes = state.receivedBytes;
    if (state.kind === 'verifying') download.receivedBytes = state.verifiedBytes;
    this.#parts.onState?.(download.order.deal, state);
  }
}

async function stop(download: Download): Promise<void> {
  download.stopping.abort();
  await download.running;
}

function mayBeTakenUp({ state: { kind }, stopping }: Download): boolean {
  const rests = kind === 'paused' || kind === 'interrupted' || kind === 'waiting';
  return rests || stopping.signal.aborted;
}

function viewOf({ order, state, receivedBytes }: Download): DownloadView {
  const { deal, documentId, title, sizeBytes, forBuyer = false } = order;
  const bytesPerSecond = state.kind === 'retrieving' ? state.bytesPerSecond : 0;
  const secondsLeft =
    bytesPerSecond > 0 ? Math.ceil((sizeBytes - receivedBytes) / bytesPerSecond) : undefined;
  const what = { deal, documentId, title, sizeBytes, forBuyer };
  return { ...what, state, receivedBytes, bytesPerSecond, secondsLeft };
}
