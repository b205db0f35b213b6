import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PeerId } from '../../src/identity/index.ts';
import type { Context } from '../../src/kernel/index.ts';
import {
  openPurchases,
  purchaseOf,
  retrieved,
  sealBehind,
  sealed,
  sealedRetrieved,
  sealingFailed,
  sealOf,
  unsealFailed,
} from '../../src/market/index.ts';
import { problem, SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import { SealingShelf, unsealFile } from '../sealing/index.ts';
import type { Shelf } from '../services/index.ts';

interface Parts {
  /** Encrypted documents that were retrieved, each in a folder named by its deal. */
  readonly folder: string;
  readonly shelf: Shelf;
  /** Where decrypted documents go. */
  downloads(): string;
  run<T>(work: (ctx: Context) => T): Promise<T>;
  onFault(error: unknown): void;
}

const retryMs = 60_000;

/** What sealed deals ask of the disk (docs/protocol.md 9): encrypting what is sold, decrypting what was bought. */
export class SealedDeals {
  readonly shelf: SealingShelf;
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  readonly #unsealing = new Map<DealId, Promise<void>>();
  readonly #retries = new Set<NodeJS.Timeout>();
  /** One document is encrypted at a time: each costs a reading that nobody has paid for yet. */
  #sealing: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { shelf, run } = parts;
    this.shelf = new SealingShelf({
      shelf,
      sealBehind: (documentId) => run((ctx) => sealBehind(ctx, documentId)),
    });
  }

  /** Where the encrypted document of a deal goes. */
  folderOf(deal: DealId): string {
    return path.join(this.#parts.folder, deal);
  }

  /** Encrypts what is sold, one document after the other; the core hears when it is done or cannot be. */
  seal(buyer: PeerId, deal: DealId): void {
    this.#sealing = this.#sealing
      .then(() => this.#seal(buyer, deal))
      .catch((error) => this.#parts.onFault(error));
  }

  /** The encrypted document has arrived: its price is held from here on. */
  async arrived(deal: DealId, file: string, pieceLengthBytes: number): Promise<void> {
    await this.#parts.run((ctx) => sealedRetrieved(ctx, deal, file, pieceLengthBytes));
  }

  /** Decrypts, once at a time for each deal; where the disk does not go along, again after a while. */
  unseal(deal: DealId): void {
    if (this.#unsealing.has(deal) || this.#stopping.signal.aborted) return;
    const unsealing = this.#unseal(deal)
      .catch((error) => this.#later(deal, error))
      .finally(() => this.#unsealing.delete(deal));
    this.#unsealing.set(deal, unsealing);
  }

  /** At the start: encrypted files that no deal needs any more are deleted; a fake stays, as evidence. */
  async align(): Promise<void> {
    const { folder, run, onFault } = this.#parts;
    const found = await readdir(folder).catch((): string[] => []);
    if (found.length === 0) return;
    const wanted = await run((ctx) => {
      const open = openPurchases(ctx).map(({ deal }): string => deal);
      const fakes = found.filter(
        (deal) => purchaseOf(ctx, deal as DealId)?.failure?.code === 'corrupt-document',
      );
      return new Set([...open, ...fakes]);
    });
    for (const name of found) {
      if (wanted.has(name)) continue;
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(onFault);
    }
  }

  /** Begins nothing more; resolves when nothing is read or written any more. The next start goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const retry of this.#retries) clearTimeout(retry);
    await Promise.all([this.#sealing, ...this.#unsealing.values()]);
  }

  async #seal(buyer: PeerId, deal: DealId): Promise<void> {
    const { run, onFault } = this.#parts;
    if (this.#stopping.signal.aborted) return;
    const seal = await run((ctx) => sealOf(ctx, buyer, deal));
    if (seal?.state !== 'sealing') return;
    try {
      const documentId = await this.shelf.seal(seal);
      await run((ctx) => sealed(ctx, buyer, deal, documentId));
    } catch (error) {
      const isGone = error instanceof SoukError;
      if (!isGone) onFault(error);
      // By this code the buyer knows that nothing was charged.
      const detail = isGone
        ? 'The document is not on the shelf any more.'
        : 'The document could not be made ready.';
      const why = problem('document-gone', detail);
      await run((ctx) => sealingFailed(ctx, buyer, deal, why));
    }
  }

  async #unseal(deal: DealId): Promise<void> {
    const { run, downloads } = this.#parts;
    const purchase = await run((ctx) => purchaseOf(ctx, deal));
    const { key, terms, path: file, pieceLengthBytes } = purchase?.sealed ?? {};
    if (purchase?.state !== 'unsealing' || !key || !terms || !file || !pieceLengthBytes) return;
    const { documentId, sizeBytes, title, mediaType } = purchase;
    const sealedId = terms.documentId;
    const order = { deal, path: file, sealedId, key, documentId, sizeBytes, pieceLengthBytes };
    try {
      const whole = await unsealFile(
        { ...order, title, mediaType, folder: downloads() },
        this.#stopping.signal,
      );
      await run((ctx) => retrieved(ctx, deal, whole));
      await rm(this.folderOf(deal), { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof SoukError) || !endsDeal(error)) throw error;
      await run((ctx) => unsealFailed(ctx, deal, error.toProblem()));
    }
  }

  #later(deal: DealId, error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#parts.onFault(error);
    const retry = setTimeout(() => {
      this.#retries.delete(retry);
      this.unseal(deal);
    }, retryMs);
    this.#retries.add(retry);
  }
}

/** Whether it would be the same the next time. */
function endsDeal({ code }: SoukError): boolean {
  return code === 'corrupt-document' || code === 'copy-damaged';
}
