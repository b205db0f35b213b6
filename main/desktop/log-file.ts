import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Logger, pino } from 'pino';

const fileBytesMax = 5 * 2 ** 20;

/** A log beside the desktop's other files; `bytesMax` bounds it, and as much of what came before, in `<file>.old`. */
export function openLog(file: string, bytesMax = fileBytesMax): Logger {
  return pino({ level: 'info' }, new LogFile(file, bytesMax));
}

/** Never throws: what tells of a full disk must not end the program by it. What cannot be written is lost. */
class LogFile {
  readonly #path: string;
  readonly #bytesMax: number;
  #file: number | undefined;
  #bytes = 0;

  constructor(path: string, bytesMax: number) {
    this.#path = path;
    this.#bytesMax = bytesMax;
  }

  write(text: string): void {
    const line = Buffer.from(text);
    try {
      let file = this.#file ?? this.#open('a');
      if (this.#bytes + line.length > this.#bytesMax) file = this.#turn(file);
      // At once, for the last line before an end is the one that tells why.
      this.#bytes += writeSync(file, line);
    } catch {
      // The next line tries again.
    }
  }

  /** What is full becomes the log before this one; where that cannot be, it is begun anew in its place. */
  #turn(full: number): number {
    this.#file = undefined;
    // Windows renames no file that is open.
    closeSync(full);
    try {
      renameSync(this.#path, `${this.#path}.old`);
    } catch {
      return this.#open('w');
    }
    return this.#open('a');
  }

  #open(how: 'a' | 'w'): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = openSync(this.#path, how, 0o600);
    this.#bytes = fstatSync(file).size;
    this.#file = file;
    return file;
  }
}
