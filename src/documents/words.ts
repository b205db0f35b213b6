const wordCharactersMax = 64;

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
 * The different words of a text, at most so many: lower case, without diacritics, letters and digits only.
 * Texts that look alike in another encoding give the same words.
 */
export function wordsOf(text: string, wordsMax: number): string[] {
  if (text === '') return [];
  const found = new Set<string>();
  // Most names and texts are ASCII, and the rules of Unicode take their time.
  const ascii = asciiOnly.test(text);
  const plain = ascii
    ? text.toLowerCase()
    : text.normalize('NFKD').toLowerCase().replace(marks, '');
  for (const run of plain.split(ascii ? asciiGaps : gaps)) {
    const parts = !ascii && unspaced.test(run) ? (run.match(unspacedOrRun) ?? []) : [run];
    for (const part of parts) {
      if (part !== '') found.add(part.slice(0, wordCharactersMax).toWellFormed());
      if (found.size >= wordsMax) return [...found];
    }
  }
  return [...found];
}
