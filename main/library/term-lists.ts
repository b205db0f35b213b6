import { BoundedCache } from '../bounded-cache.ts';
import type { Statements } from './statements.ts';

/** A word that more documents hold is left to FTS5: its list would be long to read, and to keep. */
const listMax = 2_048;
/** For each table; 4 MiB at most, where every word is just not too common. */
const listsMax = 512;

/** The documents that hold a word, ascending; nothing where too many do. */
type TermList = Uint32Array | undefined;

/**
 * Which documents hold a word, for the words asked for lately. FTS5 finds each word of each query in its
 * tree anew and walks its list; here the lists are in memory, and two of them are gone through at once.
 * They are forgotten with any change of the library.
 */
export class TermLists {
  readonly #statements: Statements;
  readonly #read: string;
  readonly #lists = new BoundedCache<string, { readonly documents: TermList }>(listsMax);
  /** How many rows this connection had changed when the lists were read; it is the only one that writes. */
  #changes: unknown;

  /** `table` is one of the index's word tables. */
  constructor(statements: Statements, table: string) {
    this.#statements = statements;
    this.#read = `SELECT json_group_array(rowid) AS ids FROM
      (SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ${listMax + 1})`;
  }

  /**
   * The documents that hold all words, ascending, on offer or not. Undefined where FTS5 should be asked: for
   * a single word, which is no work, and where one is too common.
   */
  holdingAll(words: readonly string[]): readonly number[] | undefined {
    if (words.length < 2) return undefined;
    this.#forgetChanged();
    const lists: Uint32Array[] = [];
    for (const word of words) {
      const list = this.#listOf(word);
      if (list === undefined) return undefined;
      lists.push(list);
    }
    const [first, second, ...others] = lists.toSorted((a, b) => a.length - b.length);
    if (first === undefined || second === undefined) return undefined;
    return inBoth(first, second).filter((id) => others.every((list) => holds(list, id)));
  }

  #listOf(word: string): TermList {
    const known = this.#lists.get(word);
    if (known !== undefined) return known.documents;
    const row = this.#statements.get(this.#read, `"${word}"`);
    const ids = JSON.parse(String(row?.['ids'])) as number[];
    const documents = ids.length > listMax ? undefined : Uint32Array.from(ids);
    this.#lists.set(word, { documents });
    return documents;
  }

  #forgetChanged(): void {
    const changes = this.#statements.columns('SELECT total_changes()')?.[0];
    if (changes === this.#changes) return;
    this.#changes = changes;
    this.#lists.clear();
  }
}

/** Goes through both at once, without a jump that depends on which of the two is behind. */
function inBoth(one: Uint32Array, other: Uint32Array): number[] {
  const both: number[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const a = one[i] ?? 0;
    const b = other[j] ?? 0;
    if (a === b) both.push(a);
    i += a <= b ? 1 : 0;
    j += b <= a ? 1 : 0;
  }
  return both;
}

function holds(list: Uint32Array, id: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return list[low] === id;
}
