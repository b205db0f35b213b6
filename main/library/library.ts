import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { documentIdOf, parseManifest } from '../../src/documents/index.ts';
import type { ShelfDocument } from '../../src/kernel/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import { kindOf, Reader } from './extract/index.ts';
import { boughtFolder, FileTable, type SharedFolder } from './file-table.ts';
import { Hasher } from './hasher.ts';
import { LibraryIndex } from './library-index.ts';
import { listFile } from './listing.ts';
import { mediaTypeOf } from './media-type.ts';
import { type LibraryProgress, type RescanReport, Rescans } from './rescans.ts';
import { rulesOf } from './rules.ts';
import { Scanner } from './scanner.ts';
import { LibraryShelf } from './shelf.ts';
import { ShelfTable } from './shelf-table.ts';
import { cleanTitle, titleFromName } from './title.ts';
import { isWithheld } from './withheld.ts';

export interface LibraryOptions {
  /** The index's file; `:memory:` keeps it in memory. */
  readonly database: string;
  /** Whether changes on the disk are noticed by themselves; else by `rescan` only. Default true. */
  readonly watch?: boolean;
}

/** A document as its owner sees it: also where it lies. */
export interface OwnDocument extends ShelfDocument {
  readonly paths: readonly string[];
}

/**
 * The library of this peer: shared folders, an index of what is in them, and the shelf from which documents
 * leave. `index` is the market's library port, `shelf` that of the service of documents.
 */
export class LibraryService {
  readonly index: LibraryIndex;
  readonly shelf: LibraryShelf;
  readonly #shelves: ShelfTable;
  readonly #files: FileTable;
  readonly #hasher = new Hasher();
  readonly #reader: Reader;
  readonly #rescans: Rescans;

  /** Opens or makes the index. Throws `database-newer` or `database-damaged`. Looks at no folder yet. */
  constructor(options: LibraryOptions) {
    this.index = new LibraryIndex(options.database);
    this.#shelves = new ShelfTable(this.index.database);
    this.#files = new FileTable(this.index.database, this.#shelves);
    this.#reader = new Reader(this.#shelves);
    this.#rescans = new Rescans({
      files: this.#files,
      shelves: this.#shelves,
      reader: this.#reader,
      scanner: new Scanner({
        files: this.#files,
        shelf: this.#shelves,
        hasher: this.#hasher,
        isReadable: (mediaType) => kindOf(mediaType) !== undefined,
      }),
      watch: options.watch ?? true,
    });
    this.shelf = new LibraryShelf({
      index: this.index,
      files: this.#files,
      onStale: ({ folder, directory }) => this.#rescans.request([{ folder, directory }]),
    });
  }

  /** What is being done now. */
  get progress(): LibraryProgress {
    return this.#rescans.progress;
  }

  /** Tells each change of `progress`; gives what ends it. */
  onProgress(listener: (progress: LibraryProgress) => void): () => void {
    return this.#rescans.onProgress(listener);
  }

  folders(): readonly SharedFolder[] {
    return this.#files.folders();
  }

  /**
   * Shares what lies in a folder, or gives a shared one other rules; globs as in `rulesOf`. Its documents
   * come on offer as they are hashed: `rescan` waits for that. Throws `folder-unreadable`; nothing of a shared folder
   * stays on offer then.
   */
  async share(
    folder: string,
    rules: { readonly include?: readonly string[]; readonly exclude?: readonly string[] } = {},
  ): Promise<SharedFolder> {
    const real = await realDirectory(folder).catch((error: unknown) => {
      const known = this.#files.folders().find((each) => each.path === path.resolve(folder));
      if (known) this.#rescans.request([{ folder: known.id, directory: '' }], true);
      throw error;
    });
    this.#files.putFolder({
      path: real,
      include: rules.include ?? [],
      exclude: rules.exclude ?? [],
    });
    const shared = this.#files.folders().find((each) => each.path === real);
    if (shared === undefined) throw new SoukError('internal', 'The folder was not kept.');
    this.#rescans.request([{ folder: shared.id, directory: '' }], true);
    return shared;
  }

  /** Shares a folder no more: its documents are off offer at once. Gives its real path, where it was shared. */
  async unshare(folder: string): Promise<string | undefined> {
    const real = await realpath(folder).catch(() => path.resolve(folder));
    const shared = this.#files.folders().find((each) => each.path === real);
    if (shared === undefined) return undefined;
    this.#rescans.forget(shared.id);
    this.#files.removeFolder(shared.id);
    return real;
  }

  /** Looks at all folders again; resolves when everything found is hashed and on offer. */
  rescan(): Promise<RescanReport> {
    return this.#rescans.all();
  }

  /** Resolves when nothing is left to be done: folders walked, files hashed, documents read for words. */
  settled(): Promise<void> {
    return this.#rescans.settled();
  }

  /** Stops hashing and reading; the next `rescan` goes on where it stopped. */
  stop(): void {
    this.#rescans.stop();
  }

  /**
   * Puts a document on the shelves whose manifest is known, as one that was bought: it is not hashed again
   * here, since whoever retrieved it checked every piece, and so does the shelf. Throws `document-gone`
   * where the file is not there or has another size, `bad-request` where the manifest is none.
   */
  async addFile(
    file: string,
    known: { readonly manifest: Uint8Array; readonly title?: string; readonly mediaType?: string },
  ): Promise<DocumentId> {
    const manifest = parseManifest(known.manifest);
    if (!manifest.ok) throw SoukError.from(manifest.error);
    const real = await realpath(file).catch(() => path.resolve(file));
    const listed = await listFile(path.dirname(real), path.basename(real));
    if (listed?.sizeBytes !== manifest.value.sizeBytes) {
      throw new SoukError('document-gone', `${file} does not hold the document.`);
    }
    const documentId = documentIdOf(blake3(Buffer.from(known.manifest)));
    const mediaType = known.mediaType ?? mediaTypeOf(listed.name);
    this.#shelves.shelve([
      {
        ...this.#placeOf(real),
        ...listed,
        documentId,
        manifest: known.manifest,
        mediaType,
        title: cleanTitle(known.title ?? '') ?? titleFromName(listed.name),
        readable: kindOf(mediaType) !== undefined,
      },
    ]);
    this.#rescans.readSoon();
    return documentId;
  }

  /** Takes a file that `addFile` put there off the shelves, at once; nothing where it is not there. */
  removeFile(file: string): void {
    const directory = path.dirname(file);
    this.#files.noteGone([{ folder: boughtFolder, directory, name: path.basename(file) }]);
  }

  /** What a file holds; undefined where it cannot be read. */
  async hashFile(
    file: string,
  ): Promise<{ readonly documentId: DocumentId; readonly manifest: Uint8Array } | undefined> {
    const listed = await listFile(path.dirname(file), path.basename(file));
    if (listed === undefined) return undefined;
    const one = [{ ...listed, path: file }];
    for await (const hashed of this.#hasher.hash(
      one,
      new AbortController().signal,
      () => undefined,
    )) {
      return 'problem' in hashed ? undefined : hashed;
    }
    return undefined;
  }

  list(page: { text?: string | undefined; offset: number; limit: number }) {
    return this.index.list(page);
  }

  document(documentId: DocumentId): OwnDocument | undefined {
    const document = this.index.find(documentId);
    if (document === undefined) return undefined;
    return { ...document, paths: this.#files.filesOf(documentId).map((file) => file.path) };
  }

  async close(): Promise<void> {
    await this.#rescans.close();
    await Promise.all([this.#hasher.close(), this.#reader.close()]);
    this.index.close();
  }

  /** The shared folder in which a scan would find the file, so that it is not kept twice. */
  #placeOf(file: string): { folder: number; directory: string } {
    for (const folder of this.#files.folders()) {
      const relative = path.relative(folder.path, file).split(path.sep).join('/');
      const outside = relative.startsWith('../') || path.isAbsolute(relative);
      const hidden = relative.split('/').some((part) => part.startsWith('.'));
      if (outside || hidden || isWithheld(folder.path, relative)) continue;
      const directory = path.posix.dirname(relative);
      const rules = rulesOf(folder.include, folder.exclude);
      if (rules.sharesFile(relative)) {
        return { folder: folder.id, directory: directory === '.' ? '' : directory };
      }
    }
    return { folder: boughtFolder, directory: path.dirname(file) };
  }
}

async function realDirectory(folder: string): Promise<string> {
  try {
    const real = await realpath(folder);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw new SoukError('folder-unreadable', `${folder} cannot be read.`, { cause });
  }
  throw new SoukError('folder-unreadable', `${folder} is not a folder.`);
}
