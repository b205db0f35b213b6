import type { App } from 'electron';

/** What would be broken off by an end. */
export interface UnderWay {
  readonly uploads: number;
  readonly downloads: number;
}

export interface QuitParts {
  readonly app: Pick<App, 'on' | 'quit'>;
  underWay(): UnderWay;
  ask(underWay: UnderWay): Promise<'quit' | 'hide' | 'cancel'>;
  hide(): void;
  /** Ends everything in good order. */
  close(): Promise<void>;
  onFault(error: unknown): void;
}

const closeMsMax = 10_000;

/** Ends the program in good order: asks while documents are on their way, then lets the peer finish. */
export class Quit {
  readonly #parts: QuitParts;
  #state: 'running' | 'asking' | 'closing' | 'closed' = 'running';

  constructor(parts: QuitParts) {
    this.#parts = parts;
  }

  setup(): void {
    this.#parts.app.on('before-quit', (event) => {
      if (this.#state === 'closed') return;
      event.preventDefault();
      void this.#leave();
    });
  }

  get isLeaving(): boolean {
    return this.#state === 'closing' || this.#state === 'closed';
  }

  /** Ends without asking: who asked for it knows. */
  now(): void {
    void this.#close();
  }

  async #leave(): Promise<void> {
    if (this.#state !== 'running') return;
    const { underWay, ask, hide } = this.#parts;
    const now = underWay();
    if (now.uploads + now.downloads > 0) {
      this.#state = 'asking';
      const answer = await ask(now).catch(() => 'cancel' as const);
      // Somebody else may have ended it meanwhile, as a command line.
      if (this.isLeaving) return;
      this.#state = 'running';
      if (answer === 'hide') hide();
      if (answer !== 'quit') return;
    }
    await this.#close();
  }

  async #close(): Promise<void> {
    if (this.isLeaving) return;
    this.#state = 'closing';
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, closeMsMax);
    await Promise.race([this.#parts.close().catch(this.#parts.onFault), late.promise]);
    clearTimeout(timer);
    this.#state = 'closed';
    this.#parts.app.quit();
  }
}
