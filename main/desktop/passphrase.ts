import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { KeyFileState } from '../network/index.ts';
import type { Vault } from './vault.ts';

/** What a person said about a passphrase. */
export interface Entered {
  readonly passphrase: string;
  readonly remember: boolean;
}

export interface PassphraseParts {
  readonly vault: Vault;
  /** Where the sealed passphrase stands; it is of use on this machine only. */
  readonly file: string;
  /** What a person chose before, where the system can only hide it. */
  readonly choice: 'system' | 'ask' | undefined;
  /** Says honestly that it would only be hidden, and asks what to do. */
  askWhereToKeep(): Promise<'system' | 'ask'>;
  /** Asks for the passphrase; undefined where the person gives up. */
  ask(why: 'sealed' | 'wrong' | 'new', rememberable: boolean): Promise<Entered | undefined>;
}

/** Base 32 without letters that look like digits: it is to be written down by hand. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 6;
const groupLength = 5;

/**
 * Opens the key without asking where the system keeps its passphrase, and asks where it does not. A new key
 * gets a passphrase of 148 bits that the person can read and write down; it seals the backups, too.
 */
export class Passphrase {
  readonly #parts: PassphraseParts;
  #known: string | undefined;

  constructor(parts: PassphraseParts) {
    this.#parts = parts;
  }

  /** The passphrase in use, once there is one that the system keeps. */
  get known(): string | undefined {
    return this.#known;
  }

  /**
   * What opens, or is to seal, the key. `given-up` where the person was asked and closed the window;
   * undefined for a key that is kept plainly.
   */
  async find(state: KeyFileState): Promise<string | undefined | 'given-up'> {
    if (state === 'plain') return undefined;
    if (state === 'sealed') return (await this.#remembered()) ?? (await this.#enter('sealed'));
    // One that is kept belongs to a key that may come back from a backup.
    const kept = await this.#remembered();
    if (kept !== undefined) return kept;
    if (!(await this.#mayKeep())) return await this.#enter('new');
    const made = newPassphrase();
    await this.#keep(made);
    return made;
  }

  /** Asks after a passphrase did not open the key. What the system keeps is wrong then, and is forgotten. */
  async again(): Promise<string | 'given-up'> {
    this.#known = undefined;
    await rm(this.#parts.file, { force: true });
    return await this.#enter('wrong');
  }

  async #enter(why: 'sealed' | 'wrong' | 'new'): Promise<string | 'given-up'> {
    const { vault, ask } = this.#parts;
    const rememberable = why !== 'new' && (await vault.strength()) !== 'none';
    const entered = await ask(why, rememberable);
    if (entered === undefined) return 'given-up';
    const { passphrase, remember } = entered;
    if (rememberable && remember && (await this.#mayKeep())) await this.#keep(passphrase);
    return passphrase;
  }

  async #mayKeep(): Promise<boolean> {
    const { vault, choice, askWhereToKeep } = this.#parts;
    const strength = await vault.strength();
    if (strength !== 'hidden') return strength === 'system';
    return (choice ?? (await askWhereToKeep())) === 'system';
  }

  async #keep(passphrase: string): Promise<void> {
    const { vault, file } = this.#parts;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, await vault.seal(passphrase), { mode: 0o600 });
    this.#known = passphrase;
  }

  async #remembered(): Promise<string | undefined> {
    const { vault, file } = this.#parts;
    try {
      const { secret, stale } = await vault.open(await readFile(file));
      if (stale) await this.#keep(secret);
      this.#known = secret;
      return secret;
    } catch {
      // There is none, or the keyring it was sealed with is another one now: the person knows it.
      return undefined;
    }
  }
}

/** `k3fma-…`: thirty characters in groups of five. */
export function newPassphrase(): string {
  const letters: string[] = [];
  while (letters.length < groups * groupLength) {
    for (const byte of randomBytes(64)) {
      // Bytes past the last whole round of the alphabet would favor its beginning.
      const letter =
        byte < 256 - (256 % alphabet.length) ? alphabet[byte % alphabet.length] : undefined;
      if (letter !== undefined && letters.length < groups * groupLength) letters.push(letter);
    }
  }
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-');
}
