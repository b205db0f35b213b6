import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  boughtFolder,
  type FilePlace,
  type FileTable,
  type IndexedFile,
  type SharedFolder,
} from './file-table.ts';
import type { Hashed, Hasher } from './hasher.ts';
import { directoryProblem, type Listing, listDirectory, listFile } from './listing.ts';
import { mediaTypeOf } from './media-type.ts';
import { type Rules, rulesOf } from './rules.ts';
import type { ShelfTable, ShelvedFile } from './shelf-table.ts';
import { titleFromName } from './title.ts';
import { isWithheld } from './withheld.ts';

const pageFiles = 1_000;
/** One transaction shelves this many, in a few milliseconds: the thread belongs to others, too. */
const shelveFiles = 100;
const noteFiles = 500;
/** A file that somebody writes to all the time waits for the next scan. */
const attemptsMax = 3;

export interface ScanCounts {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** A directory that could not be read, and the system's reason: what was known below it stays. */
export interface Unreadable {
  readonly path: string;
  readonly problem: string;
}

interface Parts {
  readonly files: FileTable;
  readonly shelf: ShelfTable;
  readonly hasher: Hasher;
  /** True for kinds of documents whose words can be read. */
  readonly isReadable: (mediaType: string) => boolean;
}

/** Who watches the directories that a walk comes by. */
export interface WalkVisitor {
  /** Called before a directory is listed, so that no change falls between. */
  enter(directory: string): void;
  /** Called for a directory that is not there any more. */
  leave(directory: string): void;
  /** True where a directory below need not be looked at: its own changes would have been told. */
  isWatched(directory: string): boolean;
}

/** Brings the index up to what lies on the disk: finds what is new, changed or gone, and hashes it. */
export class Scanner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Compares a folder, from a directory of it down, with the index. A folder that cannot be read keeps its
   * rows, not on offer; a directory that a walk from the top would not enter has none. Stops at `signal` between two directories; what was not seen is then not judged.
   */
  async walk(
    folder: SharedFolder,
    from: string,
    visitor: WalkVisitor,
    signal: AbortSignal,
  ): Promise<readonly Unreadable[]> {
    const rules = rulesOf(folder.include, folder.exclude);
    if (isEntered(folder, from, rules)) return this.#walkDown(folder, from, rules, visitor, signal);
    visitor.leave(from);
    for (const gone of this.#dropUnseen(folder.id, from, new Set(), [])) visitor.leave(gone);
    return [];
  }

  async #walkDown(
    folder: SharedFolder,
    from: string,
    rules: Rules,
    visitor: WalkVisitor,
    signal: AbortSignal,
  ): Promise<readonly Unreadable[]> {
    const unreadable: Unreadable[] = [];
    const seen = new Set<string>();
    const kept: string[] = [];
    const waiting = [from];
    for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
      if (signal.aborted) return unreadable;
      visitor.enter(directory);
      const listing = await listDirectory(path.join(folder.path, directory));
      this.#noteProblem(folder, directory, listing.problem);
      if (listing.problem !== undefined) {
        visitor.leave(directory);
        if (isGone(listing.problem) && directory !== '') {
          const problem = await directoryProblem(folder.path);
          if (problem === undefined) continue;
          this.#noteProblem(folder, '', problem);
          return [{ path: folder.path, problem }];
        }
        unreadable.push({ path: path.join(folder.path, directory), problem: listing.problem });
        kept.push(directory);
        continue;
      }
      seen.add(directory);
      await this.#compare(folder.id, directory, listing, rules.sharesFile);
      const below = listing.directories
        .map((name) => joined(directory, name))
        .filter(rules.entersDirectory);
      for (const each of below) (visitor.isWatched(each) ? kept : waiting).push(each);
    }
    for (const gone of this.#dropUnseen(folder.id, from, seen, kept)) visitor.leave(gone);
    return unreadable;
  }

  /** Compares the files that were bought, wherever they were put, with the index. */
  async checkBought(signal: AbortSignal): Promise<void> {
    const { files } = this.#parts;
    for (const directory of files.directories(boughtFolder)) {
      for (const [name, stamp] of files.stamps(boughtFolder, directory)) {
        if (signal.aborted) return;
        const place = { folder: boughtFolder, directory, name };
        const now = await listFile(directory, name);
        // Its whole directory may be on a disk that comes back.
        if (now === undefined && (await directoryProblem(directory))) files.noteFailed(place);
        else if (now === undefined) files.noteGone([place]);
        else if (now.stamp !== stamp) files.noteNew([{ ...place, ...now }]);
      }
    }
  }

  /** Hashes every file the index knows no content of, and puts it on the shelves; stops at `signal`. */
  async hash(
    signal: AbortSignal,
    onProgress: (counts: ScanCounts) => void,
  ): Promise<{ readonly hashed: number; readonly failed: number }> {
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
        if ('problem' in result) failed += await this.#setAside(result);
        else ready.push(this.#shelved(result));
        if (ready.length >= shelveFiles) {
          hashed += ready.length;
          this.#parts.shelf.shelve(ready);
          ready = [];
          onProgress({ ...counts });
          await setImmediate();
        }
      }
      this.#parts.shelf.shelve(ready);
      hashed += ready.length;
      onProgress({ ...counts });
    }
    return { hashed, failed };
  }

  #noteProblem(folder: SharedFolder, directory: string, problem: string | undefined): void {
    if (directory !== '' || problem === folder.problem) return;
    this.#parts.files.setProblem(folder.id, problem);
  }

  async #compare(
    folder: number,
    directory: string,
    listing: Listing,
    sharesFile: (relativePath: string) => boolean,
  ): Promise<void> {
    const known = this.#parts.files.stamps(folder, directory);
    const changed: (FilePlace & { sizeBytes: number; stamp: string })[] = [];
    for (const file of listing.files) {
      if (!sharesFile(joined(directory, file.name))) continue;
      if (known.get(file.name) !== file.stamp) changed.push({ folder, directory, ...file });
      known.delete(file.name);
    }
    if (changed.length > 0) this.#parts.hasher.wake();
    for (let at = 0; at < changed.length; at += noteFiles) {
      this.#parts.files.noteNew(changed.slice(at, at + noteFiles));
      await setImmediate();
    }
    this.#parts.files.noteGone([...known.keys()].map((name) => ({ folder, directory, name })));
  }

  #dropUnseen(
    folder: number,
    from: string,
    seen: ReadonlySet<string>,
    kept: readonly string[],
  ): string[] {
    const gone: string[] = [];
    for (const known of this.#parts.files.directories(folder)) {
      const judged = isBelow(known, from) && !kept.some((directory) => isBelow(known, directory));
      if (!judged || seen.has(known)) continue;
      this.#parts.files.noteDirectoryGone(folder, known);
      gone.push(known);
    }
    return gone;
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
  async #setAside({
    file,
    problem,
  }: Extract<Hashed<IndexedFile>, { problem: string }>): Promise<number> {
    const { files } = this.#parts;
    const now = await listFile(path.dirname(file.path), file.name);
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

/** Whether a walk from the top of the folder comes to a directory, where it is there. */
function isEntered(folder: SharedFolder, directory: string, rules: Rules): boolean {
  if (directory === '') return true;
  const hidden = directory.split('/').some((part) => part.startsWith('.'));
  return !hidden && rules.entersDirectory(directory) && !isWithheld(folder.path, `${directory}/`);
}

function isGone(problem: string): boolean {
  return problem === 'ENOENT' || problem === 'ENOTDIR';
}

function isBelow(directory: string, above: string): boolean {
  return above === '' || directory === above || directory.startsWith(`${above}/`);
}
