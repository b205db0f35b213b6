import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Whoever writes a file writes often: looked at once it has been quiet for this long, */
const quietMs = 400;
/** or at the latest after this, where it never gets quiet. */
const patienceMs = 5_000;

export interface WatchedPlace {
  readonly folder: number;
  readonly directory: string;
}

/**
 * Tells which directories of the shared folders changed. One handle per directory and none per file: a
 * hundred thousand files cost nothing. Where the system gives no handle (there are limits), the changes
 * are found by the next rescan.
 */
export class FolderWatcher {
  readonly #onChange: (places: readonly WatchedPlace[]) => void;
  readonly #handles = new Map<string, FSWatcher>();
  readonly #changed = new Map<string, WatchedPlace>();
  #quiet: NodeJS.Timeout | undefined;
  #firstChangeMs = 0;

  constructor(onChange: (places: readonly WatchedPlace[]) => void) {
    this.#onChange = onChange;
  }

  /** Watches a directory, with a new handle where it had one: what it held may be another directory now. */
  watch(place: WatchedPlace, root: string): void {
    const key = keyOf(place);
    const old = this.#handles.get(key);
    try {
      const handle = watch(path.join(root, place.directory), { persistent: false }, () =>
        this.#note(key, place),
      );
      handle.on('error', () => {
        handle.close();
        if (this.#handles.get(key) === handle) this.#handles.delete(key);
        this.#note(key, place);
      });
      this.#handles.set(key, handle);
    } catch {
      this.#handles.delete(key);
    }
    old?.close();
  }

  watches(place: WatchedPlace): boolean {
    return this.#handles.has(keyOf(place));
  }

  /** Watches a folder no more, or only one directory of it and what is below. */
  forget({ folder, directory }: WatchedPlace): void {
    const own = keyOf({ folder, directory });
    for (const [key, handle] of this.#handles) {
      const below = directory === '' ? key.startsWith(`${folder}:`) : key.startsWith(`${own}/`);
      if (key !== own && !below) continue;
      handle.close();
      this.#handles.delete(key);
    }
  }

  close(): void {
    clearTimeout(this.#quiet);
    for (const handle of this.#handles.values()) handle.close();
    this.#handles.clear();
    this.#changed.clear();
  }

  #note(key: string, place: WatchedPlace): void {
    if (this.#changed.size === 0) this.#firstChangeMs = performance.now();
    this.#changed.set(key, place);
    clearTimeout(this.#quiet);
    const waited = performance.now() - this.#firstChangeMs;
    const waitMs = Math.max(0, Math.min(quietMs, patienceMs - waited));
    this.#quiet = setTimeout(() => {
      const places = [...this.#changed.values()];
      this.#changed.clear();
      this.#onChange(places);
    }, waitMs).unref();
  }
}

function keyOf({ folder, directory }: WatchedPlace): string {
  return `${folder}:${directory}`;
}
