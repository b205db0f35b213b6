/** Past these a text adds no way to find it, only weight to the index and work to the search. */
export const wordsPerTextMax = 5_000;
const wordCharactersMax = 64;
const searchWordsMax = 16;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are ASCII too
const asciiOnly = /^[\x00-\x7f]*$/;
const marks = /\p{M}+/gu;
const gaps = /[^\p{L}\p{N}]+/u;
const asciiGaps = /[^a-z0-9]+/;
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
  // Most names and texts are ASCII, and the rules of Unicode take their time.
  const ascii = asciiOnly.test(text);
  const plain = ascii
    ? text.toLowerCase()
    : text.normalize('NFKD').toLowerCase().replace(marks, '');
  for (const run of plain.split(ascii ? asciiGaps : gaps)) {
    const parts = !ascii && unspaced.test(run) ? (run.match(unspacedOrRun) ?? []) : [run];
    for (const part of parts) {
      if (part !== '') found.add(part.slice(0, wordCharactersMax));
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
