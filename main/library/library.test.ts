import { chmodSync, statSync, utimesSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { blake3 } from '@napi-rs/blake-hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentIdOf, encodeManifest } from '../../src/documents/index.ts';
import type { CurrencyId } from '../../src/identity/index.ts';
import { backupTo } from '../storage/index.ts';
import { LibraryService } from './index.ts';
import { rulesOf } from './rules.ts';

const _euro = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' as CurrencyId;
let root: string;
let shared: string;
const open: LibraryService[] = [];

function newLibrary(options: { watch?: boolean; database?: string } = {}): LibraryService {
  const library = new LibraryService({ database: ':memory:', watch: false, ...options });
  open.push(library);
  return library;
}

async function put(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(shared, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** Of a document of one piece. */
const manifestOf = (content: Buffer) =>
  encodeManifest({
    sizeBytes: content.length,
    pieceLengthBytes: 2 ** 20,
    pieceHashes: blake3(content),
  });

const titles = (library: LibraryService) =>
  library.list({ offset: 0, limit: 100 }).documents.map(({ title }) => title);

function idOf(library: LibraryService, text: string) {
  const [found] = library.index.search({ text }, 1);
  if (found === undefined) throw new Error(`Nothing was found for ${text}.`);
  return found.documentId;
}

async function contentOf(library: LibraryService, text: string): Promise<string> {
  const document = await library.shelf.open(idOf(library, text));
  const piece = await document.readPiece(0);
  await document.close();
  return piece.toString();
}

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'souk-library-'));
  shared = path.join(root, 'shared');
  await mkdir(shared);
});

afterEach(async () => {
  for (const library of open.splice(0)) await library.close();
  await rm(root, { recursive: true, force: true });
});

describe('a shared folder', () => {
  it('never offers what a peer keeps for itself below it: whoever bought its key would have its money', async () => {
    await put('peer/key.json', '{ "format": "souk-key-1" }');
    await put('peer/souk.db', 'the books');
    await put('peer/control.json', 'the way in');
    await put('peer/kept/copy.txt', 'fetched for another');
    await put('peer/downloads/Bought.txt', 'bought');
    await put('mine.txt', 'mine');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    expect(titles(library)).toEqual(['Bought', 'mine']);
    await library.unshare(shared);
    await library.share(path.join(shared, 'peer'));
    await library.rescan();
    expect(titles(library)).toEqual(['Bought']);
  });

  it('offers no copy of a key and no backup of a peer, whatever it is called', async () => {
    const peer = path.join(root, 'peer');
    await mkdir(peer);
    new DatabaseSync(path.join(peer, 'souk.db')).close();
    await put('old/id.txt', '{\n  "format": "souk-key-1",\n  "seed": "AAAA"\n}');
    await backupTo(path.join(shared, 'holiday.pdf'), peer);
    await put('notes.txt', 'what "souk-key-1" means stands in the documentation of the program');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    expect(titles(library)).toEqual(['notes']);
  });

  it('brings its documents on offer, with the id that protocol 6 gives them', async () => {
    const content = Buffer.alloc(2 * 2 ** 20 + 5, 'souk');
    await put('Ünïcode/日本 報告.bin', content);
    await put('empty.txt', '');
    const library = newLibrary();
    await library.share(shared);
    expect(await library.rescan()).toMatchObject({ failed: 0, unreadable: [], stopped: false });
    const pieces = [0, 1, 2].map((n) => blake3(content.subarray(n * 2 ** 20, (n + 1) * 2 ** 20)));
    const manifest = encodeManifest({
      sizeBytes: content.length,
      pieceLengthBytes: 2 ** 20,
      pieceHashes: Buffer.concat(pieces),
    });
    const documentId = documentIdOf(blake3(Buffer.from(manifest)));
    expect(library.document(documentId)).toMatchObject({
      title: '日本 報告',
      sizeBytes: content.length,
      paths: [path.join(shared, 'Ünïcode', '日本 報告.bin')],
    });
    expect(idOf(library, 'unicode')).toBe(documentId);
    const document = await library.shelf.open(documentId);
    expect(Buffer.from(document.manifest)).toEqual(Buffer.from(manifest));
    const read = [
      await document.readPiece(0),
      await document.readPiece(1),
      await document.readPiece(2),
    ];
    expect(Buffer.concat(read).equals(content)).toBe(true);
    await document.close();
    const empty = await library.shelf.open(idOf(library, 'empty'));
    expect(empty.sizeBytes).toBe(0);
    await empty.close();
  });

  it('leaves out what its rules, links and hidden names leave out', async () => {
    await put('a.txt', 'a');
    await put('b.md', 'b');
    await put('.hidden.txt', 'c');
    await put('private/d.txt', 'd');
    await put('deep/private/e.txt', 'e');
    await put('deep/f.txt', 'f');
    await writeFile(path.join(root, 'outside.txt'), 'outside');
    await symlink(path.join(root, 'outside.txt'), path.join(shared, 'link.txt'));
    await symlink(root, path.join(shared, 'loop'));
    const library = newLibrary();
    await library.share(shared, { include: ['*.txt'], exclude: ['private'] });
    await library.rescan();
    expect(titles(library)).toEqual(['a', 'f']);
    await library.share(shared, { exclude: ['deep/**'] });
    await library.rescan();
    expect(titles(library)).toEqual(['a', 'b', 'd']);
    expect(await library.unshare(shared)).toBe(shared);
    expect(titles(library)).toEqual([]);
    expect(await library.unshare(shared)).toBeUndefined();
  });

  it('that cannot be read keeps its documents until it can be read again, without hashing them', async () => {
    await put('a.txt', 'a');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    await library.settled();
    await rename(shared, path.join(root, 'elsewhere'));
    const report = await library.rescan();
    expect(report.unreadable).toEqual([{ path: shared, problem: 'ENOENT' }]);
    expect(library.folders()).toMatchObject([{ path: shared, problem: 'ENOENT' }]);
    expect(titles(library)).toEqual([]);
    await rename(path.join(root, 'elsewhere'), shared);
    expect(await library.rescan()).toMatchObject({ hashed: 0, unreadable: [] });
    expect(titles(library)).toEqual(['a']);
  });

  it('is refused where it is a file or nothing', async () => {
    const library = newLibrary();
    const file = await put('a.txt', 'a');
    await expect(library.share(file)).rejects.toMatchObject({ code: 'folder-unreadable' });
    await expect(library.share(path.join(root, 'none'))).rejects.toMatchObject({
      code: 'folder-unreadable',
    });
  });

  // Permissions do not hold the superuser back.
  it.skipIf(process.getuid?.() === 0)(
    'loses nothing below a directory it may not read',
    async () => {
      const file = await put('locked/a.txt', 'a');
      const library = newLibrary();
      await library.share(shared);
      await library.rescan();
      chmodSync(path.dirname(file), 0);
      const report = await library.rescan();
      chmodSync(path.dirname(file), 0o700);
      expect(report.unreadable).toEqual([{ path: path.dirname(file), problem: 'EACCES' }]);
      expect(titles(library)).toEqual(['a']);
    },
  );

  it('finds again what it had, after a restart, without hashing it again', async () => {
    await put('a.txt', 'a');
    await put('below/b.txt', 'b');
    const database = path.join(root, 'library.db');
    const first = newLibrary({ database });
    await first.share(shared);
    await first.rescan();
    await first.settled();
    await first.close();
    open.splice(open.indexOf(first), 1);
    const second = newLibrary({ database });
    expect(titles(second)).toEqual(['a', 'b']);
    expect(await second.rescan()).toMatchObject({ hashed: 0 });
  });

  it('goes on where it was stopped', async () => {
    for (let n = 0; n < 40; n++) await put(`${n}.bin`, Buffer.alloc(2 ** 20, n));
    const library = newLibrary();
    let stopping = true;
    library.onProgress(({ activity }) => {
      if (activity === 'walking' && stopping) library.stop();
    });
    await library.share(shared);
    expect(await library.rescan()).toMatchObject({ hashed: 0, stopped: true });
    expect(titles(library)).toEqual([]);
    stopping = false;
    expect(await library.rescan()).toMatchObject({ hashed: 40, stopped: false });
    expect(titles(library)).toHaveLength(40);
  });

  it('tells how far it is', async () => {
    for (let n = 0; n < 10; n++) await put(`${n}.bin`, Buffer.alloc(1_000, n));
    const library = newLibrary();
    const told: string[] = [];
    library.onProgress(({ activity, filesDone, filesTotal, bytesDone, bytesTotal }) => {
      told.push(`${activity} ${filesDone}/${filesTotal} ${bytesDone}/${bytesTotal}`);
    });
    await library.share(shared);
    await library.rescan();
    await library.settled();
    expect(told).toContain('walking 0/0 0/0');
    expect(told).toContain('hashing 10/10 10000/10000');
    expect(library.progress).toMatchObject({ activity: 'idle' });
  });
});

describe('a folder that is not there for a while', () => {
  const away = () => path.join(root, 'elsewhere');

  it('keeps what is known of it, also where that shows first in a directory of it', async () => {
    await put('deep/a.txt', 'a');
    await put('deep/b.txt', 'b');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    const a = idOf(library, 'a');
    await rename(shared, away());
    await expect(library.shelf.open(a)).rejects.toMatchObject({ code: 'document-gone' });
    await library.settled();
    expect(titles(library)).toEqual([]);
    expect(library.folders()[0]?.problem).toBe('ENOENT');
    await rename(away(), shared);
    // Only what somebody had asked for is read again, not the whole disk.
    expect(await library.rescan()).toMatchObject({ hashed: 1 });
    expect(titles(library)).toEqual(['a', 'b']);
  });

  it('has nothing on offer from the start on: nobody can be sold what is not there', async () => {
    const database = path.join(root, 'library.db');
    await put('a.txt', 'a');
    const first = newLibrary({ database });
    await first.share(shared);
    await first.rescan();
    await first.close();
    open.splice(open.indexOf(first), 1);
    await rename(shared, away());
    const second = newLibrary({ database });
    await expect(second.share(shared)).rejects.toMatchObject({ code: 'folder-unreadable' });
    await second.settled();
    expect(titles(second)).toEqual([]);
    await rename(away(), shared);
    expect(await second.rescan()).toMatchObject({ hashed: 0 });
    expect(titles(second)).toEqual(['a']);
  });
});

describe('a directory that other rules leave out', () => {
  it('is not shared again by what changes in it', async () => {
    await put('private/salaries/a.txt', 'a');
    await put('open/b.txt', 'b');
    const library = newLibrary({ watch: true });
    await library.share(shared);
    await library.rescan();
    await library.share(shared, { exclude: ['private'] });
    await library.rescan();
    expect(titles(library)).toEqual(['b']);
    await put('private/c.txt', 'c');
    await put('open/d.txt', 'd');
    await expect.poll(() => titles(library), { timeout: 10_000 }).toContain('d');
    await library.settled();
    expect(titles(library)).toEqual(['b', 'd']);
  });

  it('keeps on offer what was bought into it', async () => {
    const file = await put('private/bought.txt', 'bought');
    const manifest = manifestOf(Buffer.from('bought'));
    const library = newLibrary();
    await library.share(shared, { exclude: ['private'] });
    await library.addFile(file, { manifest });
    await library.rescan();
    expect(titles(library)).toEqual(['bought']);
  });
});

describe('a file that changes after it was offered', () => {
  const gone = { code: 'document-gone' };

  it('is not delivered, and what it holds now is offered instead', async () => {
    const file = await put('whale.txt', 'the first text');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    const before = idOf(library, 'whale');
    await writeFile(file, 'another text, longer');
    await expect(library.shelf.open(before)).rejects.toMatchObject(gone);
    expect(library.index.find(before)).toBeUndefined();
    await library.rescan();
    expect(idOf(library, 'whale')).not.toBe(before);
    expect(await contentOf(library, 'whale')).toBe('another text, longer');
    await expect(library.shelf.open(before)).rejects.toMatchObject({ code: 'unknown-document' });
  });

  it('is caught by its pieces where size, time and inode are the same', async () => {
    const file = await put('whale.txt', 'aaaa');
    utimesSync(file, 1_000, 1_000);
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    const { ino } = statSync(file);
    const before = idOf(library, 'whale');
    await writeFile(file, 'bbbb');
    utimesSync(file, 1_000, 1_000);
    expect(statSync(file).ino).toBe(ino);
    const document = await library.shelf.open(before);
    await expect(document.readPiece(0)).rejects.toMatchObject(gone);
    await document.close();
    expect(library.index.find(before)).toBeUndefined();
    await library.rescan();
    expect(await contentOf(library, 'whale')).toBe('bbbb');
  });

  it('while it is being delivered gives way to another file with the same content', async () => {
    const content = Buffer.concat([Buffer.alloc(2 ** 20, 'a'), Buffer.alloc(2 ** 20, 'b')]);
    const file = await put('a.bin', content);
    await put('b.bin', content);
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    const document = await library.shelf.open(idOf(library, 'a'));
    expect(document.sizeBytes).toBe(content.length);
    expect((await document.readPiece(0)).equals(content.subarray(0, 2 ** 20))).toBe(true);
    await writeFile(file, 'short');
    const into = Buffer.alloc(2 ** 20);
    expect((await document.readPiece(1, into)).equals(content.subarray(2 ** 20))).toBe(true);
    await document.close();
    await expect(document.readPiece(0)).rejects.toMatchObject(gone);
  });

  it('is off offer once it vanished, and on offer again when it comes back', async () => {
    const file = await put('whale.txt', 'text');
    const library = newLibrary();
    await library.share(shared);
    await library.rescan();
    const documentId = idOf(library, 'whale');
    await rm(file);
    await expect(library.shelf.open(documentId)).rejects.toMatchObject(gone);
    expect(library.index.search({ text: 'whale' }, 5)).toEqual([]);
    await put('moved/whale.txt', 'text');
    await library.rescan();
    expect(idOf(library, 'whale')).toBe(documentId);
  });
});

describe('a bought document', () => {
  it('is on offer at once, outside of the shared folders too, until its file goes', async () => {
    const content = Buffer.from('bought text about whales');
    const file = path.join(root, 'bought.txt');
    await writeFile(file, content);
    const manifest = manifestOf(content);
    const library = newLibrary();
    const documentId = await library.addFile(file, {
      manifest,
      title: 'A title',
      mediaType: 'text/plain',
    });
    expect(library.document(documentId)).toMatchObject({ title: 'A title', paths: [file] });
    expect(await contentOf(library, 'title')).toBe(content.toString());
    await library.settled();
    expect(idOf(library, 'about whales')).toBe(documentId);
    expect(await library.rescan()).toMatchObject({ hashed: 0 });
    expect(library.document(documentId)).toBeDefined();
    await rm(file);
    await library.rescan();
    expect(library.document(documentId)).toBeUndefined();
    await expect(library.addFile(file, { manifest })).rejects.toMatchObject({
      code: 'document-gone',
    });
  });
});

describe('a bought document on a disk that is not there for a while', () => {
  it('is on offer again once the disk is', async () => {
    const [place, away] = [path.join(root, 'disk'), path.join(root, 'elsewhere')];
    await mkdir(place);
    await writeFile(path.join(place, 'bought.txt'), 'bought');
    const manifest = manifestOf(Buffer.from('bought'));
    const library = newLibrary();
    const documentId = await library.addFile(path.join(place, 'bought.txt'), {
      manifest,
      title: 'A title',
    });
    await rename(place, away);
    await library.rescan();
    expect(library.document(documentId)).toBeUndefined();
    await rename(away, place);
    await library.rescan();
    expect(library.document(documentId)?.title).toBe('A title');
  });
});

describe('watching', () => {
  it('brings new files on offer and takes removed ones off, also in new directories', async () => {
    const library = newLibrary({ watch: true });
    await library.share(shared);
    await library.rescan();
    const until = (wanted: string[]) =>
      expect.poll(() => titles(library), { timeout: 10_000 }).toEqual(wanted);
    await put('new/deep/a.txt', 'a');
    await until(['a']);
    await put('new/deep/b.txt', 'b');
    await until(['a', 'b']);
    await rm(path.join(shared, 'new'), { recursive: true });
    await until([]);
  });
});

describe('rules', () => {
  it('take names at any depth, and paths from the folder', () => {
    const rules = rulesOf(['*.md', 'books/**'], ['draft*', '/books/secret/']);
    expect(rules.sharesFile('a/b/c.md')).toBe(true);
    expect(rules.sharesFile('books/x/y.pdf')).toBe(true);
    expect(rules.sharesFile('other/y.pdf')).toBe(false);
    expect(rules.sharesFile('a/draft 1.md')).toBe(false);
    expect(rules.entersDirectory('books/secret')).toBe(false);
    expect(rules.entersDirectory('books/open')).toBe(true);
  });

  it('leave out all that lies below what is left out', () => {
    const rules = rulesOf([], ['private', '/books/secret/']);
    expect(rules.entersDirectory('private/salaries')).toBe(false);
    expect(rules.sharesFile('a/private/b/c.md')).toBe(false);
    expect(rules.sharesFile('books/secret/deep/c.md')).toBe(false);
    expect(rules.sharesFile('a/privates/c.md')).toBe(true);
  });

  it('mean a name in whichever way its accents are written: a Mac writes them apart', () => {
    const [composed, apart] = (['NFC', 'NFD'] as const).map((form) => 'Gehälter'.normalize(form));
    for (const [pattern, name] of [
      [composed, apart],
      [apart, composed],
    ]) {
      const rules = rulesOf([], [`${pattern}*`]);
      expect(rules.sharesFile(`a/${name} 2026.ods`)).toBe(false);
    }
  });
});
