/** Past these a text adds no way to find it, only weight to the index and work to the search. */
export const wordsPerTextMax = 5_000;
const wordCharactersMax = 64;
const searchWordsMax = 16;

const word = /[\p{L}\p{N}]+/gu;
const marks = /\p{M}+/gu;
/** Written without spaces between words: each character is a word of its own. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const unspacedOrRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/**
 * The different words of a text as the index knows them: lower case, without diacritics, letters and
 * digits only. Texts that look alike in another encoding give the same words.
 */
export function wordsOf(text: string, wordsMax = wordsPerTextMax): string[] {
  const found = new Set<string>();
  const plain = text.normalize('NFKD').toLowerCase().replace(marks, '');
  for (const [run] of plain.matchAll(word)) {
    const parts = unspaced.test(run) ? (run.match(unspacedOrRun) ?? []) : [run];
    for (const part of parts) {
      found.add(part.slice(0, wordCharactersMax));
      if (found.size >= wordsMax) return [...found];
    }
  }
  return [...found];
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
