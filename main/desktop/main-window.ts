import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { desktopChannels } from './desktop-channels.ts';
import { pageOrigin } from './external-links.ts';
import { iconFile, preloadFile } from './places.ts';
import type { PreferencesFile } from './preferences.ts';
import type { Wanted } from './wanted.ts';
import { boundsFor, type Rectangle, windowMin } from './window-bounds.ts';

const saveAfterMs = 400;
const wantedMax = 8;
/** The page's ground in either theme: the window must not flash while the page loads. */
const ground = { light: '#faf9f7', dark: '#181715' } as const;

export interface MainWindowParts {
  readonly preferences: PreferencesFile;
  /** Developer tools show what a page holds: only for who builds Souk. */
  readonly developer: boolean;
  /** The person closes the window: `hide` it, `close` it, or leave it open while the program `ends`. */
  onClose(): 'hide' | 'close' | 'stay';
  onGone(reason: string): void;
}

/** The one window of Souk. It may be hidden or closed and come back; what it is to show waits for its page. */
export class MainWindow {
  readonly #parts: MainWindowParts;
  #window: BrowserWindow | undefined;
  #listening = false;
  #wanted: Wanted[] = [];
  #saving: NodeJS.Timeout | undefined;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
  }

  get contents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  /** For dialogs that belong to it. */
  get shown(): BrowserWindow | undefined {
    return this.#window?.isVisible() ? this.#window : undefined;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** Brings the window to the front, and makes it where there is none. */
  show(): void {
    const window = this.#window;
    if (!window) return this.#open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Shows something as soon as the page listens. The page asks before it does anything. */
  want(wanted: Wanted): void {
    this.#wanted = [...this.#wanted, wanted].slice(-wantedMax);
    this.show();
    this.#tell();
  }

  /** The page has begun to listen. */
  listening(): void {
    this.#listening = true;
    this.#tell();
  }

  hide(): void {
    this.#window?.hide();
  }

  reload(): void {
    this.#window?.reload();
  }

  #tell(): void {
    if (!this.#listening || !this.#window) return;
    for (const wanted of this.#wanted.splice(0)) {
      this.#window.webContents.send(desktopChannels.wanted, wanted);
    }
  }

  #open(): void {
    const { preferences, developer, onGone } = this.#parts;
    const saved = preferences.current.window;
    const window = new BrowserWindow({
      ...boundsFor(saved, workAreas()),
      minWidth: windowMin.width,
      minHeight: windowMin.height,
      show: false,
      title: 'Souk',
      icon: iconFile('png/512x512.png'),
      backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
      webPreferences: {
        preload: preloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: developer,
      },
    });
    this.#window = window;
    if (saved?.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('resize', () => this.#saveSoon());
    window.on('move', () => this.#saveSoon());
    window.on('close', (event) => {
      this.#save();
      const answer = this.#parts.onClose();
      if (answer !== 'close') event.preventDefault();
      if (answer === 'hide') window.hide();
    });
    window.on('closed', () => {
      clearTimeout(this.#saving);
      this.#window = undefined;
      this.#listening = false;
    });
    window.webContents.on('did-navigate', () => {
      this.#listening = false;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#listening = false;
      if (reason !== 'clean-exit') onGone(reason);
    });
    void window.loadURL(`${pageOrigin}/`);
  }

  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), saveAfterMs);
  }

  #save(): void {
    clearTimeout(this.#saving);
    const window = this.#window;
    if (!window || window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const maximized = window.isMaximized();
    // Where the disk is full the window opens where it was before: nothing to trouble a person with.
    this.#parts.preferences
      .change({ window: { x, y, width, height, maximized } })
      .catch(() => undefined);
  }
}

function workAreas(): [Rectangle, ...Rectangle[]] {
  const first = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
  return [first.workArea, ...others.map(({ workArea }) => workArea)];
}
