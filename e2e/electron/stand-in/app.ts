import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Preventable } from './preventable.ts';

const pollMs = 50;

/** What windows do when the program ends; set by them, so that this file needs to know none. */
export const atEnd: {
  closeWindows: () => boolean;
  closeBrowser: () => Promise<void>;
} = { closeWindows: () => true, closeBrowser: async () => undefined };

/** Stands for `app`: the life of the program, its paths and its one instance. */
class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly calls: { name: string; args: unknown[] }[] = [];
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #name = 'Electron';

  constructor() {
    super();
    this.#ready = new Promise((resolve) => setImmediate(resolve));
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  getLocale(): string {
    return process.env['STAND_IN_LOCALE'] ?? 'en-US';
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`There is no folder ${path}`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(this.#paths.get('userData') ?? '/nowhere', name);
  }

  enableSandbox(): void {
    this.#note('enableSandbox');
  }

  setAppUserModelId(id: string): void {
    this.#note('setAppUserModelId', id);
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#note('setAsDefaultProtocolClient', scheme);
    return true;
  }

  setLoginItemSettings(settings: unknown): void {
    this.#note('setLoginItemSettings', settings);
  }

  /** A folder can be made once; the second start leaves its command line in it. */
  requestSingleInstanceLock(): boolean {
    const lock = join(this.getPath('userData'), 'instance');
    try {
      mkdirSync(lock);
    } catch {
      writeFileSync(join(lock, `${process.pid}.json`), JSON.stringify(process.argv));
      return false;
    }
    setInterval(() => {
      for (const name of readdirSync(lock)) {
        const argv: unknown = JSON.parse(readFileSync(join(lock, name), 'utf8'));
        rmSync(join(lock, name));
        this.emit('second-instance', {}, argv, '/');
      }
    }, pollMs).unref();
    process.on('exit', () => rmSync(lock, { recursive: true, force: true }));
    return true;
  }

  quit(): void {
    setImmediate(() => {
      const event = new Preventable();
      this.emit('before-quit', event);
      if (event.defaultPrevented || !atEnd.closeWindows()) return;
      this.emit('will-quit', new Preventable());
      this.exit(0);
    });
  }

  exit(code: number): void {
    void atEnd.closeBrowser().finally(() => process.exit(code));
  }

  #note(name: string, ...args: unknown[]): void {
    this.calls.push({ name, args });
  }
}

export const app = new StandInApp();
