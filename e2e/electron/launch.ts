import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../harness/until.ts';

type StandIn = typeof import('./stand-in/index.ts');

const register = new URL('./stand-in/register.mjs', import.meta.url).href;
export const bundle = fileURLToPath(new URL('../../dist/main/electron.js', import.meta.url));

export interface LaunchOptions {
  readonly dataDirectory: string;
  readonly args?: readonly string[];
  /** Answers to the dialogs, in the order in which they open. */
  readonly answers?: readonly Readonly<Record<string, unknown>>[];
  /** `gnome_libsecret`, `basic_text` or `none`. */
  readonly keyring?: string;
}

/** The desktop's real bundles, running against the stand-in in a process of their own. */
export class LaunchedDesktop {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | null>;
  #asked = 0;
  output = '';

  constructor({ dataDirectory, args = [], answers = [], keyring }: LaunchOptions) {
    this.#child = fork(bundle, args, {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
      silent: true,
      env: {
        ...process.env,
        SOUK_DATA: dataDirectory,
        XDG_CONFIG_HOME: `${dataDirectory}/config`,
        STAND_IN_ANSWERS: JSON.stringify(answers),
        ...(keyring && { STAND_IN_KEYRING: keyring }),
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (text) => {
        this.output += String(text);
      });
    }
    this.exited = once(this.#child, 'exit').then(([code]) => code as number | null);
  }

  /** Runs a function in the desktop's main process; it may use nothing but what it is given. */
  async evaluate<A, T>(
    run: (electron: StandIn, argument: A) => T,
    argument?: A,
  ): Promise<Awaited<T>> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = Promise.withResolvers<Awaited<T>>();
    const hear = (message: { id: number; value: Awaited<T>; error?: string }) => {
      if (message.id !== id) return;
      this.#child.off('message', hear);
      if (message.error === undefined) answered.resolve(message.value);
      else answered.reject(new Error(message.error));
    };
    this.#child.on('message', hear);
    this.#child.send({ id, code: String(run), argument });
    const gone = this.exited.then((code) => {
      throw new Error(`The desktop ended with ${code}.\n${this.output}`);
    });
    return await Promise.race([answered.promise, gone]);
  }

  /** Runs the text of an expression in the page of the first window. */
  async inPage<T>(expression: string): Promise<T> {
    return (await this.evaluate(async ({ BrowserWindow }, code) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) throw new Error('There is no window.');
      const { page } = await window.page();
      return await page.evaluate(code);
    }, expression)) as T;
  }

  /** Waits until something holds in the main process. */
  async until<A>(what: string, holds: (electron: StandIn, argument: A) => unknown, argument?: A) {
    await until(what, async () => ((await this.evaluate(holds, argument)) ? true : undefined));
  }

  /** Waits until the window shows a text. */
  async untilShown(text: string): Promise<void> {
    await until(`the window shows ${text}`, async () => {
      const shown = await this.inPage<string>('document.body?.innerText ?? ""').catch(() => '');
      return shown.includes(text) ? true : undefined;
    });
  }

  async quit(): Promise<number | null> {
    await this.evaluate(({ app }) => app.quit());
    return await this.exited;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await this.exited;
    }
  }
}
