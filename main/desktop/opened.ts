import { open } from 'node:fs/promises';
import { app } from 'electron';
import { inviteCharactersMax, inviteIn, isInviteFile, openedBy, type Wanted } from './wanted.ts';

/**
 * Links and files that the system hands to Souk, in each platform's way. What comes before somebody
 * listens waits. Nothing is added by opening it: the page asks.
 */
export class Opened {
  #listener: ((wanted: Wanted | undefined) => void) | undefined;
  #waiting: (Wanted | undefined)[] = [];

  /** MUST be called before the program is ready: macOS tells early. */
  setup(argv: readonly string[]): void {
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#tell(inviteIn(url));
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      void this.file(path);
    });
    void this.commandLine(argv, process.cwd());
  }

  /** True where the command line, written in a folder, asked for something. */
  async commandLine(argv: readonly string[], folder: string): Promise<boolean> {
    const opened = openedBy(argv, folder);
    if (opened === undefined) return false;
    if ('link' in opened) this.#tell(inviteIn(opened.link));
    else await this.file(opened.file);
    return true;
  }

  async file(path: string): Promise<void> {
    this.#tell(isInviteFile(path) ? await readInvite(path) : undefined);
  }

  /** Hears what is opened; undefined for what is no invite. */
  listen(listener: (wanted: Wanted | undefined) => void): void {
    this.#listener = listener;
    for (const wanted of this.#waiting.splice(0)) listener(wanted);
  }

  #tell(wanted: Wanted | undefined): void {
    if (this.#listener) this.#listener(wanted);
    else this.#waiting.push(wanted);
  }
}

/** Reads no more than an invite can have. */
async function readInvite(path: string): Promise<Wanted | undefined> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(inviteCharactersMax + 1),
    });
    return inviteIn(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return undefined;
  }
}
