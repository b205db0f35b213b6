import { EventEmitter } from 'node:events';
import { Preventable } from './preventable.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

let count = 0;

/** Stands for `webContents`; what happens in the page is told to it by `page.ts`. */
export class WebContents extends EventEmitter {
  readonly id = ++count;
  url = '';
  /** How a page that is there is told something; undefined until then. */
  sending: ((channel: string, args: unknown[]) => void) | undefined;
  reloading: () => void = () => undefined;
  #programs = 0;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  getURL(): string {
    return this.url;
  }

  send(channel: string, ...args: unknown[]): void {
    this.sending?.(channel, args);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** For tests and the page: whether a new window would be opened. */
  opens(url: string): boolean {
    return this.#openHandler({ url }).action === 'allow';
  }

  /** Goes somewhere because the program says so: that asks nobody. */
  async byProgram(go: () => Promise<unknown>): Promise<void> {
    this.#programs += 1;
    try {
      await go();
    } finally {
      this.#programs -= 1;
    }
  }

  /** Whether the page may go there. */
  mayNavigate(url: string): boolean {
    if (this.#programs > 0) return true;
    const event = Object.assign(new Preventable(), { url, isMainFrame: true });
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }
}
