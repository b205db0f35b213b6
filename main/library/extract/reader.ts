import { Piscina } from 'piscina';
import { workerUrl } from '../../worker-url.ts';
import type { Description, ShelfTable, UnreadDocument } from '../shelf-table.ts';
import type { Extracted, ExtractTask } from './extract-worker.ts';
import { kindOf } from './kinds.ts';

/** Documents read in one message to the worker, and written in one transaction. */
const groupDocuments = 32;
/** How long a group, or one document of a group that failed, may take. */
export interface ReadingLimits {
  readonly groupMs: number;
  readonly documentMs: number;
}
const defaultLimits: ReadingLimits = { groupMs: 15_000, documentMs: 10_000 };
const workerHeapMb = 256;
const workerIdleMs = 2_000;

/** Reads documents for their words, one worker thread at a time, in the background of everything else. */
export class Reader {
  readonly #shelf: ShelfTable;
  readonly #limits: ReadingLimits;
  readonly #pool = new Piscina({
    filename: workerUrl('extract-worker', import.meta.url),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: workerIdleMs,
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb, maxYoungGenerationSizeMb: 32 },
    // Closing waits for nobody: what is unread stays unread.
    closeTimeout: 1_000,
  });

  constructor(shelf: ShelfTable, limits = defaultLimits) {
    this.#shelf = shelf;
    this.#limits = limits;
  }

  /** Reads everything unread, a group at a time, until `signal`; gives how many were read. */
  async readAll(signal: AbortSignal): Promise<number> {
    let read = 0;
    while (!signal.aborted) {
      const group = this.#shelf.unread(groupDocuments);
      if (group.length === 0) break;
      const descriptions = await this.#readGroup(group, signal);
      if (signal.aborted) break;
      this.#shelf.describe(descriptions);
      read += group.length;
    }
    return read;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #readGroup(
    group: readonly UnreadDocument[],
    signal: AbortSignal,
  ): Promise<Map<number, Description | undefined>> {
    const descriptions = new Map<number, Description | undefined>(
      group.map(({ id }) => [id, undefined]),
    );
    const tasks = group.filter(({ mediaType }) => kindOf(mediaType) !== undefined);
    let extracted = await this.#extract(tasks, this.#limits.groupMs, signal);
    if (extracted === undefined) {
      // One of them ended the worker: each for itself, so that the others are read.
      extracted = [];
      for (const task of tasks) {
        extracted.push(...((await this.#extract([task], this.#limits.documentMs, signal)) ?? []));
      }
    }
    for (const { id, ...description } of extracted) descriptions.set(id, description);
    return descriptions;
  }

  /** Undefined where the worker ran out of time or memory. */
  async #extract(
    tasks: readonly ExtractTask[],
    timeMs: number,
    signal: AbortSignal,
  ): Promise<Extracted[] | undefined> {
    if (tasks.length === 0 || signal.aborted) return [];
    const plain = tasks.map(({ id, path, mediaType }) => ({ id, path, mediaType }));
    try {
      return await this.#pool.run(plain, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeMs)]),
      });
    } catch {
      return undefined;
    }
  }
}
