import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentIdOf, encodeManifest } from '../../../src/documents/index.ts';
import { LibraryIndex, LibraryService } from '../index.ts';
import { ShelfTable } from '../shelf-table.ts';
import extractAll from './extract-worker.ts';
import { Reader } from './reader.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-extract-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

async function read(name: string, mediaType: string, content: string | Uint8Array) {
  return (await extractAll([{ id: 1, path: await put(name, content), mediaType }]))[0];
}

const container = `<?xml version="1.0"?><container><rootfiles>
  <rootfile full-path="OEBPS/content.opf"/></rootfiles></container>`;
const opf = `<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
  <dc:title>Moby Dick</dc:title><dc:creator>Herman Melville</dc:creator><dc:language>en</dc:language>
  </metadata><manifest><item id="one" href="chapter%201.xhtml"/></manifest>
  <spine><itemref idref="one"/></spine></package>`;

function epub(chapter: Uint8Array): Uint8Array {
  return zipSync(
    {
      'META-INF/container.xml': strToU8(container),
      'OEBPS/content.opf': strToU8(opf),
      'OEBPS/chapter 1.xhtml': chapter,
    },
    { level: 1 },
  );
}

/** The smallest PDF with a title and one line of text; readers rebuild its missing table of places. */
const pdf = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F1 24 Tf 20 100 Td (Call me Ishmael) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
6 0 obj <</Title(The Whale)/Author(Herman Melville)>> endobj
trailer <</Root 1 0 R/Info 6 0 R>>
%%EOF`;

describe('what is read of a document', () => {
  it('is the title, author, language and text of a page, and none of its scripts', async () => {
    const page = `<html lang="en-GB"><head><title>Of <i>Whales</i></title><meta name="Author" content="H. M.">
      </head><body><script>alert(1)</script><p>Call</p><p>me</p></body></html>`;
    expect(await read('a.html', 'text/html', page)).toEqual({
      id: 1,
      title: 'Of <i>Whales</i>',
      author: 'H. M.',
      language: 'en-gb',
      words: ['call', 'me'],
    });
  });

  it('is the first heading or the front matter of Markdown', async () => {
    expect(await read('a.md', 'text/markdown', 'Intro\n\n## The *Whale* ##\ntext')).toMatchObject({
      title: 'The *Whale*',
      words: ['intro', 'the', 'whale', 'text'],
    });
    const front = '---\ntitle: "Of Whales"\nauthor: H. M.\n---\n# Other\n';
    expect(await read('b.md', 'text/markdown', front)).toMatchObject({
      title: 'Of Whales',
      author: 'H. M.',
    });
  });

  it('is what the package document of an EPUB states, and its chapters', async () => {
    const chapter = strToU8('<html><body><p>Call me Ishmael</p></body></html>');
    expect(await read('a.epub', 'application/epub+zip', epub(chapter))).toEqual({
      id: 1,
      title: 'Moby Dick',
      author: 'Herman Melville',
      language: 'en',
      words: ['call', 'me', 'ishmael'],
    });
  });

  it('is the information and the text of a PDF', async () => {
    expect(await read('a.pdf', 'application/pdf', pdf)).toMatchObject({
      title: 'The Whale',
      author: 'Herman Melville',
      words: ['call', 'me', 'ishmael'],
    });
  });

  it('is nothing where the document is damaged, and the others are read all the same', async () => {
    const noise = Uint8Array.from({ length: 5_000 }, (_, n) => (n * 7_919) % 256);
    const tasks = [
      { id: 1, path: await put('bad.pdf', noise), mediaType: 'application/pdf' },
      { id: 2, path: await put('bad.epub', noise), mediaType: 'application/epub+zip' },
      { id: 3, path: path.join(folder, 'gone.txt'), mediaType: 'text/plain' },
      { id: 4, path: await put('good.txt', 'good'), mediaType: 'text/plain' },
    ];
    expect(await extractAll(tasks)).toMatchObject([{ id: 4, words: ['good'] }]);
  });

  it('is bounded for an EPUB that unpacks to much more than it is', async () => {
    const bomb = epub(new Uint8Array(48 * 2 ** 20));
    expect(bomb.length).toBeLessThan(2 ** 20);
    const before = process.memoryUsage().rss;
    expect(await read('bomb.epub', 'application/epub+zip', bomb)).toMatchObject({ words: [] });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 2 ** 20);
    // One that lies about its size gets the room that it asked for, and no more.
    const liar = Buffer.from(bomb);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(48 * 2 ** 20);
    for (let at = liar.indexOf(size); at >= 0; at = liar.indexOf(size, at)) {
      liar.writeUInt32LE(1_000, at);
    }
    const found = await read('liar.epub', 'application/epub+zip', liar);
    expect(found?.words ?? []).toEqual([]);
  });
});

describe('reading a library', () => {
  it('finds documents by their words, also after one that is nested without end', async () => {
    const shared = await mkdtemp(path.join(folder, 'shared-'));
    await writeFile(path.join(shared, 'a.txt'), 'call me ishmael');
    await writeFile(path.join(shared, 'b.epub'), epub(strToU8('<p>the whale</p>')));
    await writeFile(path.join(shared, 'c.html'), `${'<div>'.repeat(20_000)}deep`);
    const library = new LibraryService({ database: ':memory:', watch: false });
    await library.share(shared);
    await library.rescan();
    await library.settled();
    const titles = (text: string) => library.index.search({ text }, 5).map(({ title }) => title);
    expect(titles('ishmael')).toEqual(['a']);
    expect(titles('melville whale')).toEqual(['Moby Dick']);
    expect(titles('deep')).toEqual(['c']);
    await library.close();
  });

  it('leaves a document that takes too long known by its name', async () => {
    const shared = await mkdtemp(path.join(folder, 'shared-'));
    await writeFile(path.join(shared, 'name.txt'), 'words');
    const index = new LibraryIndex(':memory:');
    const shelf = new ShelfTable(index.database);
    const manifest = encodeManifest({
      sizeBytes: 5,
      pieceLengthBytes: 2 ** 20,
      pieceHashes: blake3('words'),
    });
    shelf.shelve([
      {
        folder: 0,
        directory: shared,
        name: 'name.txt',
        sizeBytes: 5,
        stamp: '',
        documentId: documentIdOf(blake3(Buffer.from(manifest))),
        manifest,
        mediaType: 'text/plain',
        title: 'name',
        readable: true,
      },
    ]);
    const reader = new Reader(shelf, { groupMs: 1, documentMs: 1 });
    expect(await reader.readAll(new AbortController().signal)).toBe(1);
    await reader.close();
    expect(shelf.unread(10)).toEqual([]);
    expect(index.search({ text: 'name' }, 5)).toHaveLength(1);
    expect(index.search({ text: 'words' }, 5)).toEqual([]);
    index.close();
  });
});
