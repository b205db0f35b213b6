import { blake3 } from '@napi-rs/blake-hash';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { documentIdOf, encodeManifest } from '../../src/documents/index.ts';
import type { CurrencyId } from '../../src/identity/index.ts';
import { query } from '../../src/protocol/index.ts';
import { LibraryIndex } from './library-index.ts';
import { inTransaction, openIndexDatabase } from './schema.ts';
import { ShelfTable, type ShelvedFile } from './shelf-table.ts';

const _euro = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' as CurrencyId;
const opened: LibraryIndex[] = [];

function newIndex(): { index: LibraryIndex; shelf: ShelfTable } {
  const index = new LibraryIndex(':memory:');
  opened.push(index);
  return { index, shelf: new ShelfTable(index.database) };
}

function file(name: string, over: Partial<ShelvedFile> = {}): ShelvedFile {
  const sizeBytes = over.sizeBytes ?? 1_000;
  const manifest = encodeManifest({
    sizeBytes,
    pieceLengthBytes: 2 ** 20,
    pieceHashes: sizeBytes === 0 ? new Uint8Array() : blake3(name),
  });
  return {
    folder: 0,
    directory: '/shared',
    name: `${name}.txt`,
    sizeBytes,
    stamp: '1',
    documentId: documentIdOf(blake3(Buffer.from(manifest))),
    manifest,
    mediaType: 'text/plain',
    title: name,
    readable: true,
    ...over,
  };
}

const titles = (found: readonly { title: string }[]) => found.map(({ title }) => title);

afterEach(() => {
  for (const index of opened.splice(0)) index.close();
});

describe('a search', () => {
  it('finds what holds all words, in any order, case and with or without diacritics', () => {
    const { index, shelf } = newIndex();
    shelf.shelve([file('Les Misérables'), file('Les Fleurs du mal'), file('ЖИЗНЬ и судьба')]);
    expect(titles(index.search({ text: 'MISERABLES les' }, 10))).toEqual(['Les Misérables']);
    expect(titles(index.search({ text: 'les' }, 10))).toEqual([
      'Les Misérables',
      'Les Fleurs du mal',
    ]);
    expect(titles(index.search({ text: 'жизнь' }, 10))).toEqual(['ЖИЗНЬ и судьба']);
    expect(index.search({ text: 'les miserable' }, 10)).toEqual([]);
  });

  it('finds single words in scripts that put no space between them', () => {
    const { index, shelf } = newIndex();
    shelf.shelve([file('紅樓夢'), file('三國演義')]);
    expect(titles(index.search({ text: '樓夢' }, 10))).toEqual(['紅樓夢']);
  });

  it('gives short titles before long ones, and looks into texts where no title has the words', () => {
    const { index, shelf } = newIndex();
    shelf.shelve([file('Origin of the whale'), file('Notes'), file('The whale')]);
    const notes = index.database.prepare("SELECT id FROM documents WHERE title = 'Notes'").get();
    const words = ['whale', 'harpoon'];
    shelf.describe(new Map([[Number(notes?.['id']), { title: 'Notes', words }]]));
    const found = titles(index.search({ text: 'whale' }, 10));
    expect(found).toEqual(['The whale', 'Origin of the whale']);
    expect(titles(index.search({ text: 'harpoon whale' }, 10))).toEqual(['Notes']);
    expect(index.search({ text: 'whale' }, 1)).toHaveLength(1);
    expect(index.search({ text: 'whale' }, 0)).toEqual([]);
  });

  it('keeps to kind and size among ten thousand documents', () => {
    const { index, shelf } = newIndex();
    shelf.shelve(
      Array.from({ length: 10_000 }, (_, n) =>
        file(`report ${n}`, {
          sizeBytes: n,
          mediaType: n % 100 === 0 ? 'application/pdf' : 'text/plain',
        }),
      ),
    );
    const found = index.search(
      { text: 'report', mediaType: 'application/pdf', minSize: 1_000, maxSize: 1_500 },
      200,
    );
    expect(found.map(({ sizeBytes }) => sizeBytes)).toEqual([
      1_000, 1_100, 1_200, 1_300, 1_400, 1_500,
    ]);
    expect(index.search({ text: 'report', mediaType: 'text/html' }, 200)).toEqual([]);
    expect(index.search({ text: 'report' }, 200)).toHaveLength(200);
    expect(index.list({ offset: 9_990, limit: 50 })).toMatchObject({ total: 10_000 });
    expect(index.list({ offset: 9_990, limit: 50 }).documents).toHaveLength(10);
  });

  it('finds the same by the lists it keeps as by looking at every title, also after changes', () => {
    const { index, shelf } = newIndex();
    const vocabulary = ['red', 'blue', 'green', 'of', 'the', 'sea'];
    const title = fc.uniqueArray(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 });
    const shelved: { title: string; words: readonly string[]; sizeBytes: number }[] = [];
    const holds = (asked: readonly string[], minSize: number) =>
      shelved
        .filter(
          ({ words, sizeBytes }) => sizeBytes >= minSize && asked.every((w) => words.includes(w)),
        )
        .map((each) => each.title)
        .toSorted(
          (a, b) => a.length - b.length || Number(a.split(' ')[0]) - Number(b.split(' ')[0]),
        );
    fc.assert(
      fc.property(title, title, fc.nat(3), (words, asked, minSize) => {
        const n = String(shelved.length + 100);
        const next = { title: [n, ...words].join(' '), words, sizeBytes: 1 + (shelved.length % 3) };
        shelf.shelve([file(next.title, { sizeBytes: next.sizeBytes })]);
        shelved.push(next);
        const text = asked.join(' ');
        for (let times = 0; times < 2; times++) {
          const found = titles(index.search({ text, minSize }, 1_000));
          expect(found).toEqual(holds(asked, minSize));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves words to FTS5 that very many documents hold', () => {
    const { index, shelf } = newIndex();
    shelf.shelve(Array.from({ length: 2_100 }, (_, n) => file(`common word ${n}`)));
    expect(titles(index.search({ text: 'common word 17' }, 10))).toEqual(['common word 17']);
    expect(index.search({ text: 'common word' }, 10)).toHaveLength(10);
  });

  it('does not offer what went off the shelves since its words were asked for', () => {
    const { index, shelf } = newIndex();
    shelf.shelve([file('green sea'), file('green deep sea')]);
    expect(titles(index.search({ text: 'green sea' }, 10))).toEqual([
      'green sea',
      'green deep sea',
    ]);
    const gone = index.database.prepare("SELECT id FROM documents WHERE title = 'green sea'").get();
    index.database.exec("DELETE FROM files WHERE name = 'green sea.txt'");
    shelf.recount(Number(gone?.['id']));
    expect(titles(index.search({ text: 'green sea' }, 10))).toEqual(['green deep sea']);
  });

  it('never throws and offers nothing unknown, whatever a person types', () => {
    const { index, shelf } = newIndex();
    shelf.shelve([file('a NEAR b'), file('title OR words')]);
    const known = new Set(index.list({ offset: 0, limit: 10 }).documents.map((d) => d.documentId));
    const syntax = fc.constantFrom('"', '*', ':', '(', ')', '^', '-', '+', 'NEAR(', ' OR ', "'");
    const text = fc
      .array(fc.oneof(syntax, fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('words')))
      .map((parts) => parts.join('').slice(0, 256));
    fc.assert(
      fc.property(text, (typed) => {
        for (const { documentId } of index.search({ text: typed }, 10)) {
          expect(known).toContain(documentId);
        }
        expect(index.list({ text: typed, offset: 0, limit: 10 }).total).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
    expect(titles(index.search({ text: 'title" OR "words' }, 10))).toEqual(['title OR words']);
    expect(index.search({ text: 'words:title NOT x' }, 10)).toEqual([]);
  });

  it('by document id gives that document where it also has the size asked for', () => {
    const { index, shelf } = newIndex();
    const sold = file('sold');
    shelf.shelve([sold]);
    expect(index.search({ documentId: sold.documentId }, 5)).toEqual([index.find(sold.documentId)]);
    expect(index.search({ documentId: sold.documentId, minSize: 5_000 }, 5)).toEqual([]);
    expect(index.search({ documentId: file('other').documentId }, 5)).toEqual([]);
    expect(query.safeParse({ documentId: sold.documentId }).success).toBe(true);
  });
});

describe('a document', () => {
  it('is one, however many files hold it, and found by the words of each path', () => {
    const { index, shelf } = newIndex();
    const first = file('sold', { folder: 1, directory: 'attic' });
    shelf.shelve([first, { ...first, directory: 'cellar', name: 'copy.txt' }]);
    expect(index.list({ offset: 0, limit: 10 }).total).toBe(1);
    index.database.exec("INSERT INTO folders VALUES (1, '/home', '[]', '[]', NULL)");
    const [unread] = shelf.unread(10);
    expect(unread?.path).toBe('/home/attic/sold.txt');
    shelf.describe(new Map([[unread?.id ?? 0, { title: 'A title\u202e', author: 'An author' }]]));
    expect(shelf.unread(10)).toEqual([]);
    expect(titles(index.search({ text: 'cellar attic author' }, 10))).toEqual(['A title']);
    expect(titles(index.list({ text: 'attic cell', offset: 0, limit: 10 }).documents)).toEqual([
      'A title',
    ]);
  });
});

describe('a transaction of the index', () => {
  it('tells that the disk is full, also where SQLite took it back by itself', () => {
    const database = openIndexDatabase(':memory:');
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
    database.exec(`PRAGMA max_page_count = ${Number(pages) + 1}`);
    const fill = database.prepare(
      "INSERT INTO folders (path, include, exclude) VALUES (?, '', '')",
    );
    const full = () =>
      inTransaction(database, () => {
        for (let n = 0; n < 100; n++) fill.run(`${n}${'x'.repeat(4_096)}`);
      });
    expect(full).toThrow(expect.objectContaining({ code: 'disk-full' }));
    const taken = () =>
      inTransaction(database, () => {
        database.exec('ROLLBACK');
        throw new Error('The disk took it back.');
      });
    expect(taken).toThrow('The disk took it back.');
    database.close();
  });
});
