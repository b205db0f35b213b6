import { EventEmitter } from 'node:events';
import { app, atEnd } from './app.ts';
import { closeBrowser, openPage, type StandInPage } from './page.ts';
import { Preventable } from './preventable.ts';
import { standFor } from './scheme.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Options {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: { readonly preload?: string };
}

const open = new Set<BrowserWindow>();

/** Stands for `BrowserWindow`: what it shows is a page of a real Chromium without a screen. */
export class BrowserWindow extends EventEmitter {
  readonly options: Options;
  readonly webContents: WebContents;
  readonly #page: Promise<StandInPage>;
  #bounds: Bounds;
  #visible: boolean;
  #focused = false;
  #maximized = false;
  #destroyed = false;

  constructor(options: Options) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600, show = true } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.#focused = show;
    this.webContents = new WebContents();
    app.emit('web-contents-created', {}, this.webContents);
    open.add(this);
    this.#page = openPage(this.webContents, options.webPreferences?.preload, { width, height });
    this.webContents.reloading = () => this.reload();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open];
  }

  /** For tests: the page itself. */
  async page(): Promise<StandInPage> {
    return await this.#page;
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.#page;
    await this.webContents.byProgram(() => page.goto(standFor(url)));
    this.emit('ready-to-show');
  }

  reload(): void {
    void this.#page.then(({ page }) => this.webContents.byProgram(() => page.reload()));
  }

  show(): void {
    this.#visible = true;
    this.#focused = true;
    this.emit('show');
  }

  hide(): void {
    this.#visible = false;
    this.#focused = false;
    this.emit('hide');
  }

  focus(): void {
    this.#focused = true;
  }

  /** For tests: the person looks elsewhere. */
  blur(): void {
    this.#focused = false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    this.show();
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  /** For tests: as a person moves or sizes it. */
  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
    this.emit('resize');
    this.emit('move');
  }

  /** Gives whether it closed. */
  close(): boolean {
    const event = new Preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    open.delete(this);
    void this.#page.then(({ page }) => page.close()).catch(() => undefined);
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (open.size > 0) return;
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }
}

atEnd.closeWindows = () => [...open].every((window) => window.close());
atEnd.closeBrowser = closeBrowser;
