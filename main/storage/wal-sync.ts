import { close, fdatasync, open } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { storageProblem } from './storage-problem.ts';

const opened = promisify(open);
const datasync = promisify(fdatasync);

/**
 * Brings what a database committed without waiting onto the disk, without holding this thread: SQLite itself would
 * wait for the disk, up to seconds where others write much. The journal is one file for as long as the database
 * is open, and what one handle wrote any other syncs.
 */
export class WalSync {
  readonly #path: string | undefined;
  #file: Promise<number> | undefined;

  constructor(database: DatabaseSync) {
    const path = database.location();
    this.#path = path === null ? undefined : `${path}-wal`;
  }

  /** Resolves when all that was committed before is on the disk. Rejects with the disk's problem. */
  async synced(): Promise<void> {
    if (this.#path === undefined) return;
    try {
      // Some systems sync only what may be written.
      this.#file ??= opened(this.#path, 'r+');
      await datasync(await this.#file);
    } catch (error) {
      throw storageProblem(error, this.#path);
    }
  }

  /** MUST come before the database is closed, which removes the journal. */
  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    this.#file = undefined;
    if (file !== undefined) await promisify(close)(file);
  }
}
