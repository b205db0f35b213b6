import type { SoukError } from '../../src/problem.ts';
import type { TextKey } from './texts/index.ts';

/** What a person can do about a start that failed. */
export type WayOut = 'retry' | 'any-port' | 'set-aside' | 'show' | 'quit';

export interface StartProblem {
  readonly title: TextKey;
  readonly detail: string;
  /** Said below the detail. */
  readonly note?: TextKey;
  /** In the order of the buttons; the last one ends the program. */
  readonly ways: readonly WayOut[];
  /** The file in trouble, where it is one of those that may be set aside or shown. */
  readonly file?: string;
}

/** Files that may be begun anew: everything in them can be set again. */
export interface ReplaceableFiles {
  readonly settings: string;
  readonly neighbors: string;
}

/** Tells a person why Souk cannot start, and the ways out of it. */
export function startProblemOf(error: SoukError, files: ReplaceableFiles): StartProblem {
  const detail = error.message;
  switch (error.code) {
    case 'port-in-use':
      return { title: 'start.port-in-use', detail, ways: ['retry', 'any-port', 'quit'] };
    case 'data-directory-locked':
      return { title: 'start.data-directory-locked', detail, ways: ['retry', 'quit'] };
    case 'settings-damaged':
      return damaged(detail, files);
    case 'key-file-damaged':
      return { title: 'start.key-file-damaged', detail, ways: ['retry', 'show', 'quit'] };
    case 'database-damaged':
      return { title: 'start.database-damaged', detail, ways: ['show', 'quit'] };
    case 'database-newer':
      return { title: 'start.database-newer', detail, ways: ['quit'] };
    case 'disk-full':
      return { title: 'start.disk-full', detail, ways: ['retry', 'show', 'quit'] };
    case 'wrong-passphrase':
      return { title: 'start.wrong-passphrase', detail, ways: ['retry', 'quit'] };
    default:
      return { title: 'start.title', detail, ways: ['retry', 'quit'] };
  }
}

/** The settings and the lists of neighbors are damaged with one code; the detail begins with the path. */
function damaged(detail: string, files: ReplaceableFiles): StartProblem {
  const file = Object.values(files).find((path) => detail.startsWith(path));
  const title = 'start.settings-damaged';
  if (file === undefined) return { title, detail, ways: ['retry', 'show', 'quit'] };
  return {
    title,
    detail,
    note: 'start.set-aside-note',
    ways: ['retry', 'set-aside', 'show', 'quit'],
    file,
  };
}
