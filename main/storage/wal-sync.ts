import { close, fdatasync, open } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { storageProblem } from './storage-problem.ts';

const opened = promisify(open);
const datasync = promisify(fdatasync);

/**
 * Brings what a database committed without waiting onto the disk, without holding this thread: SQLite itself would
 * wait for the disk, up to seconds where others write much. The journal is one file for as long as the database
 * is open, and what one handle wrote any other syncs. Each sync under way has a handle of its own: a system tells
 * a failed write once to each handle, so that of two that share one only one would hear of it.
 */
export class WalSync {
  readonly #path: string | undefined;
  readonly #idle: number[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(database: DatabaseSync) {
    const path = database.location();
    this.#path = path === null ? undefined : `${path}-wal`;
  }

  /** Resolves when all that was committed before is on the disk. Rejects with the disk's problem. */
  async synced(): Promise<void> {
    if (this.#path === undefined) return;
    const sync = this.#sync(this.#path).finally(() => this.#running.delete(sync));
    this.#running.add(sync);
    await sync;
  }

  /** MUST come before the database is closed, which removes the journal. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    for (const file of this.#idle.splice(0)) await promisify(close)(file);
  }

  async #sync(path: string): Promise<void> {
    try {
      // Some systems sync only what may be written.
      const file = this.#idle.pop() ?? (await opened(path, 'r+'));
      try {
        await datasync(file);
      } finally {
        this.#idle.push(file);
      }
    } catch (error) {
      throw storageProblem(error, path);
    }
  }
}
