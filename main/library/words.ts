import { wordsOf as wordsIn } from '../../src/documents/index.ts';

/** Past these a text adds no way to find it, only weight to the index and work to the search. */
export const wordsPerTextMax = 5_000;
const searchWordsMax = 16;

/** The different words of a text as the index knows them. */
export function wordsOf(text: string, wordsMax = wordsPerTextMax): string[] {
  return wordsIn(text, wordsMax);
}

/**
 * What FTS5 is asked for a person's text: every word must be there; with `prefix` the last one may go on.
 * Undefined where the text holds no word. Nothing in the text is ever FTS5 syntax: words hold letters and
 * digits only, and stand in quotes.
 */
export function matchExpression(text: string, prefix = false): string | undefined {
  const words = wordsOf(text, searchWordsMax);
  if (words.length === 0) return undefined;
  return words.map((each) => `"${each}"`).join(' ') + (prefix ? '*' : '');
}
