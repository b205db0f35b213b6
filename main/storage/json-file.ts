import { readFile } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { SoukError } from '../../src/problem.ts';
import { isErrno, storageProblem } from './storage-problem.ts';

/**
 * A lowdb adapter for a small file that a person may read and change.
 * - `read` gives null where there is no file, and throws `settings-damaged` on one that is not JSON or
 *   does not fit the schema; the file is left as it is.
 * - `write` replaces the file at once or not at all; several writes are made in the order of the calls.
 *   Throws `disk-full`, the old file then stands. Throws a ZodError on data that could not be read again.
 */
class JsonFile<T> implements Adapter<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;

  constructor(path: string, schema: z.ZodType<T>) {
    this.#path = path;
    this.#schema = schema;
  }

  async read(): Promise<T | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return null;
      throw damaged(this.#path, messageOf(error), error);
    }
    return this.#parse(text.replace(/^\ufeff/, ''));
  }

  async write(data: T): Promise<void> {
    const text = `${JSON.stringify(this.#schema.parse(data), null, 2)}\n`;
    try {
      await writeFileAtomic(this.#path, text, { mode: 0o600 });
    } catch (error) {
      throw storageProblem(error, this.#path);
    }
  }

  #parse(text: string): T {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw damaged(this.#path, `line ${lineOf(error, text)}: ${messageOf(error)}`, error);
    }
    const parsed = this.#schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map(({ path, message }) => `${shown(path)}: ${message}`);
    throw damaged(this.#path, faults.join('; '), parsed.error);
  }
}

/** Opens a JSON file with lowdb; `defaults` stand until something is written. */
export async function openJsonFile<T>(
  path: string,
  schema: z.ZodType<T>,
  defaults: T,
): Promise<Low<T>> {
  const file = new Low(new JsonFile(path, schema), defaults);
  await file.read();
  return file;
}

function damaged(path: string, fault: string, cause: unknown): SoukError {
  return new SoukError(
    'settings-damaged',
    `${path} cannot be read: ${fault}. It was left as it is; mend it, or move it away to begin with ` +
      'the defaults.',
    { cause },
  );
}

/** The engine tells the place of most syntax errors; where it tells none, the text broke off. */
function lineOf(error: unknown, text: string): number {
  const position = /at position (\d+)/.exec(messageOf(error))?.[1];
  const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
  return before.split('\n').length;
}

/** `market.pricing[0].flat`, as one would write it. */
function shown(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole file';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
