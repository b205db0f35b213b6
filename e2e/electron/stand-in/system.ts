import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';

/** What the rest of Electron is to the desktop: recorded, and answered as a test says. */

interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly submenu?: readonly MenuItem[];
  readonly checked?: boolean;
  click?(item: { checked: boolean }): void;
}

export class Menu {
  static application: Menu | undefined;
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItem[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.application = menu;
  }
}

interface Image {
  readonly path: string;
}

export const nativeImage = {
  createFromPath: (path: string): Image => {
    if (!existsSync(path)) throw new Error(`There is no image ${path}`);
    return { path };
  },
};

export class Tray extends EventEmitter {
  static readonly all: Tray[] = [];
  readonly image: Image;
  menu: Menu | undefined;
  #destroyed = false;

  constructor(image: Image) {
    super();
    this.image = image;
    Tray.all.push(this);
  }

  setToolTip(): void {}

  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
  }
}

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly title: string;
  readonly body: string;

  constructor({ title, body }: { readonly title: string; readonly body: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.shown.push(this);
  }
}

type Options = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

/** Dialogs wait for the test's answer, given before or after they open. */
class StandInDialog {
  readonly shown: { readonly kind: string; readonly options: Options }[] = [];
  readonly #answers: Answer[] = JSON.parse(process.env['STAND_IN_ANSWERS'] ?? '[]');
  readonly #waiting: ((answer: Answer) => void)[] = [];

  showMessageBox(...args: unknown[]): Promise<Answer> {
    return this.#show('message', args);
  }

  showOpenDialog(...args: unknown[]): Promise<Answer> {
    return this.#show('open', args);
  }

  showSaveDialog(...args: unknown[]): Promise<Answer> {
    return this.#show('save', args);
  }

  showErrorBox(title: string, content: string): void {
    this.shown.push({ kind: 'error', options: { title, content } });
  }

  answer(answer: Answer): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(answer);
    else this.#answers.push(answer);
  }

  #show(kind: string, args: unknown[]): Promise<Answer> {
    const { icon: _icon, ...options } = args.at(-1) as Record<string, unknown>;
    this.shown.push({ kind, options });
    const answer = this.#answers.shift();
    if (answer) return Promise.resolve(answer);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

export const dialog = new StandInDialog();

class StandInSession extends EventEmitter {
  readonly handlers: Record<string, (...args: never[]) => unknown> = {};
  spellChecker = true;

  setPermissionRequestHandler(handler: (...args: never[]) => unknown): void {
    this.handlers['request'] = handler;
  }

  setPermissionCheckHandler(handler: (...args: never[]) => unknown): void {
    this.handlers['check'] = handler;
  }

  setDevicePermissionHandler(handler: (...args: never[]) => unknown): void {
    this.handlers['device'] = handler;
  }

  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on;
  }
}

export const session = { defaultSession: new StandInSession() };

const done: { readonly name: string; readonly args: readonly unknown[] }[] = [];
const note = (name: string, ...args: unknown[]) => void done.push({ name, args });

export const shell = {
  done,
  openExternal: async (url: string) => note('openExternal', url),
  openPath: async (path: string) => {
    note('openPath', path);
    return '';
  },
  showItemInFolder: (path: string) => note('showItemInFolder', path),
};

export const clipboard = {
  text: '',
  writeText: (text: string): void => {
    clipboard.text = text;
  },
};

export const crashReporter = {
  started: undefined as unknown,
  start: (options: unknown): void => {
    crashReporter.started = options;
  },
};

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
};

export const nativeTheme = { shouldUseDarkColors: false };

const keyring = process.env['STAND_IN_KEYRING'] ?? 'gnome_libsecret';
const mask = 0x5a;

/** Its sealing hides no secret from anybody: it shows only that what is on the disk is not the text. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => keyring !== 'none',
  getSelectedStorageBackend: () => keyring,
  encryptStringAsync: async (text: string) =>
    Buffer.from(text).map((byte) => byte ^ mask) as Buffer,
  decryptStringAsync: async (sealed: Buffer) => ({
    result: Buffer.from(sealed.map((byte) => byte ^ mask)).toString(),
    shouldReEncrypt: false,
  }),
};
