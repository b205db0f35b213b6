import { parseManifest } from '../../src/documents/index.ts';
import type { Context } from '../../src/kernel/index.ts';
import { type Purchase, purchaseOf, retrievalFailed, retrieved } from '../../src/market/index.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import type { PeerClient } from '../network/index.ts';
import {
  type Completion,
  DownloadManager,
  PeerSource,
  PieceWorkers,
  type RateLimit,
  systemClock,
} from '../retrieval/index.ts';
import type { Events } from './events.ts';
import type { KeptCopies } from './kept-copies.ts';
import type { SealedDeals } from './sealed-deals.ts';

interface Parts {
  readonly client: Pick<PeerClient, 'openStream'>;
  readonly downloadLimit: RateLimit;
  readonly copies: Pick<KeptCopies, 'folderOf' | 'prepare' | 'keep'>;
  readonly sealedDeals: Pick<SealedDeals, 'folderOf' | 'arrived'>;
  readonly events: Pick<Events, 'tell'>;
  /** Where a person's documents go. */
  downloads(): string;
  run<T>(work: (ctx: Context) => T): Promise<T>;
  onFault(error: unknown): void;
}

/**
 * What was bought comes from whoever serves it: for a person into the downloads, for a buyer among the kept
 * copies, sealed until its key is known. How each retrieval ended is told to the core.
 */
export class Retrievals {
  readonly downloads: DownloadManager;
  readonly #parts: Parts;
  readonly #pieces = new PieceWorkers();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { client, downloadLimit, events, onFault } = parts;
    this.downloads = new DownloadManager({
      sourceOf: (order) => new PeerSource(client, order),
      downloadLimit,
      clock: systemClock,
      pieces: this.#pieces,
      onState: (deal, state) => events.tell({ type: 'download', deal, state }),
      onComplete: (completion) => void this.#complete(completion).catch(onFault),
      onFailed: ({ deal, problem: why }) => void this.#fail(deal, why).catch(onFault),
    });
  }

  /** Begins the retrieval of a deal, or goes on with it; without effect where the deal has ended meanwhile. */
  begin(deal: DealId): void {
    void this.#begin(deal).catch(this.#parts.onFault);
  }

  /** Begins nothing more; resolves when no file is open any more. The next start goes on. */
  async stop(): Promise<void> {
    await this.downloads.stop();
    await this.#pieces.close();
  }

  async #begin(deal: DealId): Promise<void> {
    const { copies, run } = this.#parts;
    const purchase = await run((ctx) => purchaseOf(ctx, deal));
    if (purchase?.state !== 'retrieving' || !purchase.instructions) return;
    const forBuyer = purchase.purpose.kind === 'resale';
    if (forBuyer && !(await copies.prepare(purchase))) return;
    const { instructions, documentId, sizeBytes, title, mediaType, sealed } = purchase;
    this.downloads.start({
      deal,
      documentId: sealed?.terms?.documentId ?? documentId,
      serving: { peer: instructions.iss, endpoints: instructions.endpoints },
      accessKey: instructions.accessKey,
      sizeBytes,
      folder: this.#folderOf(purchase),
      forBuyer,
      title,
      mediaType,
      deadline: purchase.deadlineAt,
    });
  }

  #folderOf({ deal, purpose, sealed }: Purchase): string {
    const { copies, sealedDeals, downloads } = this.#parts;
    if (purpose.kind === 'resale') return copies.folderOf(deal);
    return sealed ? sealedDeals.folderOf(deal) : downloads();
  }

  async #complete({ deal, path, manifest }: Completion): Promise<void> {
    const { copies, sealedDeals, run, onFault } = this.#parts;
    const purchase = await run((ctx) => purchaseOf(ctx, deal));
    if (purchase?.sealed) return sealedDeals.arrived(deal, path, pieceLengthOf(manifest));
    if (purchase?.purpose.kind !== 'resale') {
      await run((ctx) => retrieved(ctx, deal, path));
      return;
    }
    try {
      await copies.keep(purchase, path, manifest);
    } catch (error) {
      onFault(error);
      // The buyer waits for it: it gets its money back rather than nothing.
      await this.#fail(deal, problem('internal', 'The document could not be kept.'));
    }
  }

  async #fail(deal: DealId, failure: Problem): Promise<void> {
    await this.#parts.run((ctx) => retrievalFailed(ctx, deal, failure));
  }
}

function pieceLengthOf(manifest: Uint8Array): number {
  const parsed = parseManifest(manifest);
  if (!parsed.ok) throw SoukError.from(parsed.error);
  return parsed.value.pieceLengthBytes;
}
