import { wordsOf as wordsIn } from '../../src/documents/index.ts';

/** Past these a text adds no way to find it, only weight to the index and work to the search. */
export const wordsPerTextMax = 5_000;
const searchWordsMax = 16;

/** The different words of a text as the index knows them. */
export function wordsOf(text: string, wordsMax = wordsPerTextMax): string[] {
  return wordsIn(text, wordsMax);
}

/** The words of a query, at most 16. */
export function searchWords(text: string): string[] {
  return wordsOf(text, searchWordsMax);
}

/**
 * What FTS5 is asked for words: every one must be there; with `prefix` the last one may go on. Undefined
 * where there is none. Nothing in a person's text is ever FTS5 syntax: words hold letters and digits only,
 * and stand in quotes.
 */
export function matchExpression(words: readonly string[], prefix = false): string | undefined {
  if (words.length === 0) return undefined;
  return words.map((each) => `"${each}"`).join(' ') + (prefix ? '*' : '');
}
