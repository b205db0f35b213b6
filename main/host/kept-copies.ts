import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../../src/kernel/index.ts';
import {
  copyDropped,
  type KeptCopy,
  keptCopies,
  openPurchases,
  type Purchase,
  retrieved,
} from '../../src/market/index.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import type { LibraryService } from '../library/index.ts';

interface Parts {
  /** Without links. Each copy lies in a folder of its own below it, named by the purchase that brought it. */
  readonly folder: string;
  readonly library: Pick<LibraryService, 'addFile' | 'removeFile' | 'document' | 'hashFile'>;
  run<T>(work: (ctx: Context) => T): Promise<T>;
  onFault(error: unknown): void;
}

/** The files behind the kept copies (§3, concealment): the core says which there are, this sees to the disk. */
export class KeptCopies {
  readonly #parts: Parts;
  /** The last of those that are on their way to the shelf, for each document. */
  readonly #shelving = new Map<DocumentId, Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Where the document that a purchase brings goes, whether or not the folder is there. */
  folderOf(deal: DealId): string {
    return path.join(this.#parts.folder, deal);
  }

  /**
   * Makes the disk ready for a retrieval. False where there is nothing to retrieve: the document stands on the
   * shelf already, and the core was told.
   */
  prepare(purchase: Purchase): Promise<boolean> {
    return this.#inTurn(purchase.documentId, () => this.#prepare(purchase));
  }

  async #prepare({ deal, documentId }: Purchase): Promise<boolean> {
    const { library, run } = this.#parts;
    const [known] = library.document(documentId)?.paths ?? [];
    if (known === undefined) {
      // A copy that was whole, and that nobody was told of, would stay for ever.
      await this.#clear(deal);
      return true;
    }
    const isCopy = path.dirname(known) === this.folderOf(deal);
    await run((ctx) => retrieved(ctx, deal, known, isCopy ? placeOf(deal, known) : undefined));
    return false;
  }

  /** Puts a retrieved document on the shelf, then lets the core sell it; off again where nobody waits for it any more. */
  keep(purchase: Purchase, file: string, manifest: Uint8Array): Promise<void> {
    return this.#inTurn(purchase.documentId, () => this.#keep(purchase, file, manifest));
  }

  async #keep(purchase: Purchase, file: string, manifest: Uint8Array): Promise<void> {
    const { library, run } = this.#parts;
    const { deal, documentId, title, mediaType } = purchase;
    if (library.document(documentId)) {
      // Another deal brought it meanwhile: one copy is enough.
      await rm(this.folderOf(deal), { recursive: true, force: true });
      await run((ctx) => retrieved(ctx, deal, file));
      return;
    }
    await library.addFile(file, { manifest, title, mediaType });
    const sold = await run((ctx) => retrieved(ctx, deal, file, placeOf(deal, file)));
    if (!sold.ok) await this.#remove(placeOf(deal, file));
  }

  /** Carries `drop-copy` out: off the shelf at once, then off the disk. */
  async drop(documentId: DocumentId, place: string): Promise<void> {
    await this.#remove(place);
    await this.#parts.run((ctx) => copyDropped(ctx, documentId, place));
  }

  /**
   * At the start: what nobody knows of is deleted, what is not in the index is hashed again, and copies whose
   * file is gone are forgotten. What the disk does not let it do waits for the next start.
   */
  async align(): Promise<void> {
    const { folder, run, onFault } = this.#parts;
    const found = await readdir(folder).catch((): string[] => []);
    const { copies, open } = await run((ctx) => ({
      copies: keptCopies(ctx),
      open: openPurchases(ctx),
    }));
    const wanted = new Set<string>([...copies, ...open].map(({ deal }) => deal));
    for (const name of found) {
      if (wanted.has(name)) continue;
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(onFault);
    }
    for (const copy of copies) if (copy.state === 'kept') await this.#find(copy).catch(onFault);
  }

  async #find({ documentId, place, title, mediaType }: KeptCopy): Promise<void> {
    const { folder, library, run } = this.#parts;
    if (library.document(documentId)) return;
    const file = path.join(folder, place);
    const hashed = await library.hashFile(file);
    if (hashed?.documentId === documentId) {
      await library.addFile(file, { manifest: hashed.manifest, title, mediaType });
    } else {
      await this.#remove(place);
      await run((ctx) => copyDropped(ctx, documentId, place));
    }
  }

  /** So that no sale relies on a file that goes off the shelf again, and none is kept twice. */
  #inTurn<T>(documentId: DocumentId, work: () => Promise<T>): Promise<T> {
    const done = (this.#shelving.get(documentId) ?? Promise.resolve()).then(work);
    const isDone = () => {
      if (this.#shelving.get(documentId) === over) this.#shelving.delete(documentId);
    };
    const over = done.then(isDone, isDone);
    this.#shelving.set(documentId, over);
    return done;
  }

  async #remove(place: string): Promise<void> {
    const { folder, library } = this.#parts;
    const file = path.join(folder, place);
    library.removeFile(file);
    await rm(path.dirname(file), { recursive: true, force: true });
  }

  async #clear(deal: DealId): Promise<void> {
    const folder = this.folderOf(deal);
    for (const entry of await readdir(folder).catch((): string[] => [])) {
      if (!entry.startsWith('.')) await rm(path.join(folder, entry), { force: true });
    }
  }
}

function placeOf(deal: DealId, file: string): string {
  return path.posix.join(deal, path.basename(file));
}
