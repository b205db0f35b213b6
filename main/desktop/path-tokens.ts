import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';

/** What a path was chosen for: a token for one use is worth nothing for another. */
export type PathUse = 'folder' | 'save';

/** What a page gets to know of a path that a person chose. */
export interface ChosenPath {
  readonly token: string;
  /** What a person recognizes it by: its last part. */
  readonly label: string;
}

const lifeMs = 10 * 60_000;
const openMax = 32;
const tokenBytes = 32;

/**
 * Paths that a person chose in a dialog, kept from the page: it gets a token for each, which counts once,
 * for ten minutes and for what the dialog asked. So no page names a path, whatever runs in it.
 */
export class PathTokens {
  readonly #now: () => number;
  readonly #paths = new Map<string, { path: string; use: PathUse; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  give(path: string, use: PathUse): ChosenPath {
    this.#forgetOld(openMax - 1);
    const token = randomBytes(tokenBytes).toString('base64url');
    this.#paths.set(token, { path, use, until: this.#now() + lifeMs });
    return { token, label: basename(path) || path };
  }

  /** The path of a token, once. Undefined where it was used, has expired or was given for another use. */
  take(token: string, use: PathUse): string | undefined {
    this.#forgetOld(openMax);
    const found = this.#paths.get(token);
    if (found?.use !== use) return undefined;
    this.#paths.delete(token);
    return found.path;
  }

  /** Drops what has expired, and the oldest of what is more than `max`. */
  #forgetOld(max: number): void {
    const now = this.#now();
    for (const [token, { until }] of this.#paths) {
      if (until <= now || this.#paths.size > max) this.#paths.delete(token);
    }
  }
}
