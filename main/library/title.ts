import path from 'node:path';
import { titleCharactersMax } from '../../src/limits.ts';
import { title as titleField } from '../../src/protocol/index.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that titles may not hold
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * One printable line of at most 200 characters that the protocol's `title` takes (protocol 5, 10), or
 * undefined where nothing is left. Control characters become spaces, overrides of the writing direction go.
 */
export function cleanTitle(text: string): string | undefined {
  const line = text
    .slice(0, titleCharactersMax * 20)
    .replace(unprintable, ' ')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  const short =
    line.length > titleCharactersMax
      ? `${line.slice(0, titleCharactersMax - 1).toWellFormed()}…`
      : line;
  return titleField.safeParse(short).success ? short : undefined;
}

/** A document's title where only its file name is known: the name without its extension. */
export function titleFromName(fileName: string): string {
  const { name } = path.parse(fileName);
  return cleanTitle(name.replace(/_+/g, ' ')) ?? cleanTitle(fileName) ?? 'Untitled';
}
