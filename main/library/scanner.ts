import path from 'node:path';
import type { FilePlace, FileTable, IndexedFile, SharedFolder } from './file-table.ts';
import type { Hashed, Hasher } from './hasher.ts';
import { mediaTypeOf } from './media-type.ts';
import { rulesOf } from './rules.ts';
import type { ShelfTable, ShelvedFile } from './shelf-table.ts';
import { titleFromName } from './title.ts';
import { type Listing, listed } from './walk-worker.ts';

const pageFiles = 1_000;
/** One transaction shelves this many: few commits, and still on offer soon. */
const shelveFiles = 250;
/** A file that somebody writes to all the time waits for the next scan. */
const attemptsMax = 3;

export interface ScanCounts {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface ScanReport {
  readonly hashed: number;
  readonly failed: number;
  /** Directories that could not be read: what was known below them stays as it was. */
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
}

interface Parts {
  readonly files: FileTable;
  readonly shelf: ShelfTable;
  readonly hasher: Hasher;
  /** True for kinds of documents whose words can be read. */
  readonly isReadable: (mediaType: string) => boolean;
}

/** Brings the index up to what lies on the disk: finds what is new, changed or gone, and hashes it. */
export class Scanner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Compares a folder, from a directory of it down, with the index. A folder that cannot be read keeps its
   * rows, not on offer. Stops at `signal` between two directories; what was not seen is then not judged.
   */
  async walk(folder: SharedFolder, from: string, signal: AbortSignal): Promise<ScanReport> {
    const { files, hasher } = this.#parts;
    const rules = rulesOf(folder.include, folder.exclude);
    const unreadable: { path: string; problem: string }[] = [];
    const report = { hashed: 0, failed: 0, unreadable };
    const seen = new Set<string>();
    const waiting = [from];
    for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
      if (signal.aborted) return report;
      const listing = await hasher.list(path.join(folder.path, directory));
      if (directory === '') files.setProblem(folder.id, listing.problem);
      if (listing.problem !== undefined) {
        if (listing.problem === 'ENOENT' && directory !== '') continue;
        unreadable.push({ path: path.join(folder.path, directory), problem: listing.problem });
        if (directory === '') return report;
        continue;
      }
      seen.add(directory);
      this.#compare(folder.id, directory, listing, rules.sharesFile);
      for (const name of listing.directories) {
        const below = joined(directory, name);
        if (rules.entersDirectory(below)) waiting.push(below);
      }
    }
    const kept = unreadable.map((each) => slashed(path.relative(folder.path, each.path)));
    this.#dropUnseen(folder.id, from, seen, kept);
    return report;
  }

  /** Hashes every file the index knows no content of, and puts it on the shelves; stops at `signal`. */
  async hash(signal: AbortSignal, onProgress: (counts: ScanCounts) => void): Promise<ScanReport> {
    let hashed = 0;
    let failed = 0;
    for (let attempt = 0; attempt < attemptsMax && !signal.aborted; attempt++) {
      const totals = this.#parts.files.unhashedTotals();
      if (totals.files === 0) break;
      const counts = {
        filesDone: 0,
        filesTotal: totals.files,
        bytesDone: 0,
        bytesTotal: totals.bytes,
      };
      let ready: ShelvedFile[] = [];
      const results = this.#parts.hasher.hash(this.#unhashed(), signal, (bytes) => {
        counts.bytesDone += bytes;
      });
      for await (const result of results) {
        counts.filesDone += 1;
        if ('problem' in result) failed += this.#setAside(result);
        else ready.push(this.#shelved(result));
        if (ready.length >= shelveFiles) {
          hashed += ready.length;
          this.#parts.shelf.shelve(ready);
          ready = [];
          onProgress({ ...counts });
        }
      }
      this.#parts.shelf.shelve(ready);
      hashed += ready.length;
      onProgress({ ...counts });
    }
    return { hashed, failed, unreadable: [] };
  }

  #compare(
    folder: number,
    directory: string,
    listing: Listing,
    sharesFile: (relativePath: string) => boolean,
  ): void {
    const known = this.#parts.files.stamps(folder, directory);
    const changed: (FilePlace & { sizeBytes: number; stamp: string })[] = [];
    for (const file of listing.files) {
      if (!sharesFile(joined(directory, file.name))) continue;
      if (known.get(file.name) !== file.stamp) changed.push({ folder, directory, ...file });
      known.delete(file.name);
    }
    this.#parts.files.noteNew(changed);
    this.#parts.files.noteGone([...known.keys()].map((name) => ({ folder, directory, name })));
  }

  #dropUnseen(
    folder: number,
    from: string,
    seen: ReadonlySet<string>,
    kept: readonly string[],
  ): void {
    for (const known of this.#parts.files.directories(folder)) {
      const judged = isBelow(known, from) && !kept.some((directory) => isBelow(known, directory));
      if (judged && !seen.has(known)) this.#parts.files.noteDirectoryGone(folder, known);
    }
  }

  *#unhashed(): Generator<IndexedFile> {
    let last: IndexedFile | undefined;
    for (;;) {
      const page = this.#parts.files.unhashed(last, pageFiles);
      yield* page;
      last = page.at(-1);
      if (page.length < pageFiles) return;
    }
  }

  /** What to do with a file that was not hashed; 1 where it has failed. */
  #setAside({ file, problem }: Extract<Hashed<IndexedFile>, { problem: string }>): number {
    const { files } = this.#parts;
    const now = listed(path.dirname(file.path), file.name);
    if (now === undefined) files.noteGone([file]);
    else if (problem === 'changed') files.noteNew([{ ...file, ...now }]);
    else {
      files.noteFailed(file);
      return 1;
    }
    return 0;
  }

  #shelved({
    file,
    documentId,
    manifest,
  }: Extract<Hashed<IndexedFile>, { manifest: Uint8Array }>): ShelvedFile {
    const mediaType = mediaTypeOf(file.name);
    return {
      ...file,
      documentId,
      manifest,
      mediaType,
      title: titleFromName(file.name),
      readable: this.#parts.isReadable(mediaType),
    };
  }
}

function joined(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

function slashed(relativePath: string): string {
  return relativePath.split(path.sep).join('/');
}

function isBelow(directory: string, above: string): boolean {
  return above === '' || directory === above || directory.startsWith(`${above}/`);
}
