import { setImmediate } from 'node:timers/promises';
import type { Reader } from './extract/index.ts';
import { boughtFolder, type FileTable, type SharedFolder } from './file-table.ts';
import type { ScanCounts, Scanner, Unreadable } from './scanner.ts';
import type { ShelfTable } from './shelf-table.ts';
import { FolderWatcher, type WatchedPlace } from './watcher.ts';

export interface LibraryProgress extends ScanCounts {
  /** `walking`: finding files; `hashing`: computing what they hold; `reading`: their words. */
  readonly activity: 'idle' | 'walking' | 'hashing' | 'reading';
}

export interface RescanReport {
  readonly hashed: number;
  readonly failed: number;
  /** Folders and directories that could not be read, and the system's reason. */
  readonly unreadable: readonly Unreadable[];
  /** True where `stop` ended it early. */
  readonly stopped: boolean;
}

interface Parts {
  readonly files: FileTable;
  readonly shelves: ShelfTable;
  readonly reader: Reader;
  readonly scanner: Scanner;
  readonly watch: boolean;
}

/** A place to look at; `deep` also where the watcher would have told. */
interface Due extends WatchedPlace {
  readonly deep: boolean;
}

/** After so many new documents the index is worth a merge. */
const tidyAfter = 500;
const noCounts: ScanCounts = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };

/** When which folder is looked at: one scan at a time, and reading for words beside it. */
export class Rescans {
  readonly #parts: Parts;
  readonly #watcher = new FolderWatcher((places) => this.request(places));
  readonly #listeners = new Set<(progress: LibraryProgress) => void>();
  readonly #due = new Map<string, Due>();
  #stop = new AbortController();
  #scanning: Promise<RescanReport> | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #closed = false;
  #progress: LibraryProgress = { activity: 'idle', ...noCounts };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get progress(): LibraryProgress {
    return this.#progress;
  }

  onProgress(listener: (progress: LibraryProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has these places looked at soon, in the background. */
  request(places: readonly WatchedPlace[], deep = false): void {
    if (this.#closed) return;
    for (const place of places) {
      const key = `${place.folder}:${place.directory}`;
      this.#due.set(key, { ...place, deep: deep || (this.#due.get(key)?.deep ?? false) });
    }
    // A failure of the index itself (a full disk) shows at the next call that a person makes.
    this.#scan().catch(() => undefined);
  }

  async all(): Promise<RescanReport> {
    await this.#scanning?.catch(() => undefined);
    const folders = this.#parts.files.folders().map(({ id }) => id);
    this.request(
      [boughtFolder, ...folders].map((folder) => ({ folder, directory: '' })),
      true,
    );
    return this.#scan();
  }

  async settled(): Promise<void> {
    while (this.#scanning !== undefined || this.#reading !== undefined) {
      await Promise.all([this.#scanning, this.#reading]);
    }
  }

  stop(): void {
    this.#due.clear();
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  forget(folder: number): void {
    this.#watcher.forget({ folder, directory: '' });
    for (const [key, due] of this.#due) if (due.folder === folder) this.#due.delete(key);
  }

  /** Reads documents for their words in the background, beside whatever else is done. */
  readSoon(): void {
    if (this.#closed) return;
    if (this.#reading !== undefined) {
      // It may be past what is new.
      this.#readAgain = true;
      return;
    }
    this.#readAgain = false;
    this.#reading = this.#read(this.#stop.signal)
      .catch(() => undefined)
      .finally(() => {
        this.#reading = undefined;
        if (this.#readAgain) this.readSoon();
        else if (this.#scanning === undefined) this.#tell({ activity: 'idle', ...noCounts });
      });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watcher.close();
    this.stop();
    await Promise.allSettled([this.#scanning, this.#reading]);
  }

  async #read(signal: AbortSignal): Promise<void> {
    if (this.#scanning === undefined) this.#tell({ activity: 'reading', ...noCounts });
    if ((await this.#parts.reader.readAll(signal)) >= tidyAfter) await this.#tidy(signal);
  }

  #scan(): Promise<RescanReport> {
    const { signal } = this.#stop;
    this.#scanning ??= this.#scanAll(signal).finally(() => {
      this.#scanning = undefined;
      // What was asked for after a stop, or in its last moment, is no part of it.
      if (this.#due.size > 0 && !this.#closed) this.#scan().catch(() => undefined);
      else if (!signal.aborted) this.readSoon();
    });
    return this.#scanning;
  }

  async #scanAll(signal: AbortSignal): Promise<RescanReport> {
    const { scanner } = this.#parts;
    const total = { hashed: 0, failed: 0, unreadable: [] as Unreadable[] };
    while (this.#due.size > 0 && !signal.aborted) {
      this.#tell({ activity: 'walking', ...noCounts });
      const due = [...this.#due.values()];
      this.#due.clear();
      for (const place of due) total.unreadable.push(...(await this.#walk(place, signal)));
      const { hashed, failed } = await scanner.hash(signal, (counts) => {
        this.#tell({ activity: 'hashing', ...counts });
      });
      total.hashed += hashed;
      total.failed += failed;
      if (hashed >= tidyAfter) await this.#tidy(signal);
    }
    return { ...total, stopped: signal.aborted };
  }

  async #walk(due: Due, signal: AbortSignal): Promise<readonly Unreadable[]> {
    if (due.folder === boughtFolder) {
      await this.#parts.scanner.checkBought(signal);
      return [];
    }
    // Read anew: the folder may be shared no more, or by other rules.
    const folder = this.#parts.files.folders().find(({ id }) => id === due.folder);
    if (folder === undefined) return [];
    const visitor = this.#visitor(folder, due.deep);
    return this.#parts.scanner.walk(folder, due.directory, visitor, signal);
  }

  #visitor(folder: SharedFolder, deep: boolean) {
    const watcher = this.#watcher;
    const at = (directory: string) => ({ folder: folder.id, directory });
    return {
      enter: (directory: string) => {
        if (this.#parts.watch && !this.#closed) watcher.watch(at(directory), folder.path);
      },
      leave: (directory: string) => watcher.forget(at(directory)),
      isWatched: (directory: string) => !deep && watcher.watches(at(directory)),
    };
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    this.#parts.shelves.startTidying();
    while (!signal.aborted && this.#parts.shelves.tidy()) await setImmediate();
  }

  #tell(progress: LibraryProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener(progress);
  }
}
