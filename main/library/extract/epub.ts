import path from 'node:path';
import { load } from 'cheerio';
import { unzipSync } from 'fflate';
import { type Extract, textCharactersMax } from './kinds.ts';
import { extractHtml } from './markup.ts';

/** What one entry and all read entries may unpack to: a small file can claim to hold terabytes. */
const entryBytesMax = 4 * 1024 * 1024;
const entriesMax = 2_000;

/** An EPUB's title, author and language from its package document, and the text of its chapters. */
export function extractEpub(bytes: Uint8Array): Extract {
  const packagePath = load(textOf(bytes, 'META-INF/container.xml'), { xml: true })('rootfile')
    .first()
    .attr('full-path');
  if (packagePath === undefined) throw new Error('The EPUB names no package document.');
  const opf = load(textOf(bytes, packagePath), { xml: true });
  const hrefs = new Map<string, string>();
  for (const item of opf('manifest > item').toArray().slice(0, entriesMax)) {
    hrefs.set(opf(item).attr('id') ?? '', opf(item).attr('href') ?? '');
  }
  let text = '';
  for (const item of opf('spine > itemref').toArray().slice(0, entriesMax)) {
    const href = hrefs.get(opf(item).attr('idref') ?? '');
    if (href === undefined) continue;
    const chapter = entryOf(
      bytes,
      path.posix.join(path.posix.dirname(packagePath), unescaped(href)),
    );
    if (chapter !== undefined) text += `${extractHtml(decode(chapter)).text} `;
    if (text.length >= textCharactersMax) break;
  }
  const stated = (name: string) => opf(`metadata > dc\\:${name}`).first().text() || undefined;
  return {
    title: stated('title'),
    author: stated('creator'),
    language: stated('language'),
    text: text.slice(0, textCharactersMax),
  };
}

function textOf(bytes: Uint8Array, name: string): string {
  const entry = entryOf(bytes, name);
  if (entry === undefined) throw new Error(`The EPUB has no readable ${name}.`);
  return decode(entry);
}

/** One entry; undefined where it is missing or larger than what is read. */
function entryOf(bytes: Uint8Array, name: string): Uint8Array | undefined {
  let found = false;
  const entries = unzipSync(bytes, {
    // The unpacked size that the entry claims bounds what is unpacked.
    filter: (entry) => {
      if (found || entry.name !== name || entry.originalSize > entryBytesMax) return false;
      found = true;
      return true;
    },
  });
  return entries[name];
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function unescaped(href: string): string {
  const withoutFragment = href.split('#', 1)[0] ?? '';
  try {
    return decodeURIComponent(withoutFragment);
  } catch {
    return withoutFragment;
  }
}
