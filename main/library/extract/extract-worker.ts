import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { wordsOf } from '../words.ts';
import { containerBytesMax, type Extract, type Kind, kindOf, textBytesMax } from './kinds.ts';

export interface ExtractTask {
  readonly id: number;
  readonly path: string;
  readonly mediaType: string;
}

/** What the index takes: as `Description`, but a title is there only where the document states one. */
export interface Extracted {
  readonly id: number;
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly language?: string | undefined;
  readonly words: readonly string[];
}

/** Longer statements are none; they would be cut later, but must cross the thread first. */
const statementCharactersMax = 1_000;

/**
 * Reads documents in a worker thread that has little memory and is ended when it takes too long: a hostile
 * document costs its own words. One that cannot be read is left out of the answer.
 */
export default async function extractAll(tasks: readonly ExtractTask[]): Promise<Extracted[]> {
  const read: Extracted[] = [];
  for (const task of tasks) {
    const kind = kindOf(task.mediaType);
    if (kind === undefined) continue;
    try {
      const { title, author, language, text } = await extractOne(kind, task.path);
      read.push({
        id: task.id,
        title: title?.slice(0, statementCharactersMax),
        author: author?.slice(0, statementCharactersMax),
        language: languageTag(language),
        words: wordsOf(text),
      });
    } catch {
      // Known by its name only.
    }
  }
  return read;
}

async function extractOne(kind: NonNullable<Kind>, path: string): Promise<Extract> {
  // The libraries are loaded when the first document needs them: most workers need one or none.
  switch (kind) {
    case 'text':
      return { text: decode(readStart(path, textBytesMax)) };
    case 'markdown':
      return (await import('./markup.ts')).extractMarkdown(decode(readStart(path, textBytesMax)));
    case 'html':
      return (await import('./markup.ts')).extractHtml(decode(readStart(path, textBytesMax)));
    case 'pdf':
      return (await import('./pdf.ts')).extractPdf(readWhole(path));
    case 'epub':
      return (await import('./epub.ts')).extractEpub(readWhole(path));
  }
}

function readStart(path: string, bytesMax: number): Uint8Array {
  // A pipe put in the file's place must not hold the worker for ever.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = new Uint8Array(Math.min(bytesMax, fstatSync(file).size));
    let read = 0;
    for (;;) {
      const got = readSync(file, bytes, read, bytes.length - read, read);
      read += got;
      if (got === 0 || read === bytes.length) return bytes.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

function readWhole(path: string): Uint8Array {
  const bytes = readStart(path, containerBytesMax + 1);
  if (bytes.length > containerBytesMax) throw new Error('The document is too large to be read.');
  return bytes;
}

function decode(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
}

function languageTag(language: string | undefined): string | undefined {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.exec(language?.trim() ?? '')?.[0].toLowerCase();
}
