import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BridgeClient } from '../../main/bridge/client.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../main/bridge/contract.ts';
import { type Control, readControlFile } from '../../main/bridge/control-file.ts';
import { httpClient } from '../../main/bridge/http-client.ts';
import { requestTicket } from '../../main/bridge/ticket-client.ts';
import { screenUrl } from '../../main/ui/index.ts';
import type { PeerId } from '../../src/identity/index.ts';
import { SoukError } from '../../src/problem.ts';
import { freePort } from '../harness/market.ts';
import { until } from '../harness/until.ts';

/** Not its launcher, `souk.mjs`: a signal must reach the peer itself. */
const program = fileURLToPath(new URL('../../main/cli/main.ts', import.meta.url));
const logBytesKept = 20_000;

interface Told {
  readonly peer: PeerId;
  readonly endpoints: readonly string[];
}

const everyChild = new Set<ChildProcess>();

/** A peer as a person starts it, `souk peer --ui`: a process of its own that serves its screen. */
export class ScreenPeer {
  readonly name: string;
  readonly directory: string;
  id = '' as PeerId;
  log = '';
  #endpoints: readonly string[] = [];
  #ports: { readonly peer: number; readonly control: number } | undefined;
  #child: ChildProcess | undefined;
  #client: BridgeClient | undefined;
  #control: Control | undefined;

  constructor(name: string, root: string) {
    this.name = name;
    this.directory = join(root, name);
  }

  get endpoints(): string[] {
    return [...this.#endpoints];
  }

  get downloads(): string {
    return join(this.directory, 'downloads');
  }

  /** Starts it, or starts it again over its data and on its ports. */
  async start(): Promise<this> {
    this.#ports ??= { peer: await freePort(), control: await freePort() };
    const { peer, control } = this.#ports;
    const child = spawn(
      process.execPath,
      [
        ...[
          '--disable-warning=ExperimentalWarning',
          program,
          'peer',
          '--ui',
          '--no-open',
          '--json',
          '--log-level',
          'error',
        ],
        ...['--data', this.directory, '--name', this.name, '--host', '127.0.0.1'],
        ...['--port', `${peer}`, '--control-port', `${control}`],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    everyChild.add(child);
    child.once('exit', () => everyChild.delete(child));
    child.stderr.on('data', (text) => {
      this.log = `${this.log}${text}`.slice(-logBytesKept);
    });
    this.#child = child;
    const told = await firstAnswer(child).catch((error: unknown) => {
      throw new Error(`${this.name} did not start. ${error}\n${this.log}`);
    });
    this.id = told.peer;
    this.#endpoints = told.endpoints;
    this.#control = readControlFile(this.directory);
    if (!this.#control) throw new Error(`${this.name} left no way to be driven.`);
    this.#client = httpClient(this.#control);
    return this;
  }

  /** An address of its screen: it opens once. */
  async screen(): Promise<string> {
    if (!this.#control) throw new Error(`${this.name} was not started.`);
    return screenUrl(this.#control.url, await requestTicket(this.#control));
  }

  /** Throws a SoukError where the peer refuses. */
  async ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    if (!this.#client) throw new Error(`${this.name} was not started.`);
    const answer = await this.#client.call(method, input);
    if (answer.ok) return answer.value;
    throw SoukError.from(answer.error);
  }

  /** Asks until the answer is as wanted, and gives it back. */
  until<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    isWanted: (answer: MethodOutput<M>) => boolean,
  ): Promise<MethodOutput<M>> {
    let last: unknown;
    return until(
      `${this.name}: ${method}`,
      async () => {
        const answer = await this.ask(method, input);
        last = answer;
        return isWanted(answer) ? answer : undefined;
      },
      { withinMs: 60_000, everyMs: 100, missing: () => JSON.stringify(last)?.slice(0, 2_000) },
    );
  }

  /** Takes a currency, and waits until its issuer has told its terms. */
  async accept(issuer: ScreenPeer): Promise<void> {
    await this.ask('currency.accept', { currency: issuer.id, endpoints: issuer.endpoints });
    await this.until('wallet.list', {}, ({ currencies }) =>
      currencies.some(({ currency, state }) => currency === issuer.id && state === 'ready'),
    );
  }

  /** Gives money of its own to another, who has it when this resolves. */
  async issue(payee: ScreenPeer, amount: number): Promise<void> {
    await this.ask('currency.issue', { payee: payee.id, amount, note: 'For other work.' });
    await payee.until('wallet.list', {}, ({ currencies }) =>
      currencies.some(({ currency, balance }) => currency === this.id && balance >= amount),
    );
  }

  /** Writes files into a folder of its own; gives back its path. */
  async write(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
    const folder = join(this.directory, '..', `${this.name}'s files`);
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    return folder;
  }

  /** Puts a folder on its shelves, and waits until all of it is on offer. */
  async share(path: string): Promise<void> {
    await this.ask('library.share', { path });
    await this.ask('library.rescan', {});
    await this.until('library.progress', {}, ({ activity }) => activity === 'idle');
  }

  /** It stands still, with all its connections open, until `thaw`: nothing on the wire says so. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Signal 9: no handler runs, nothing is flushed. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#client?.close();
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/** Ends what a failed test left running. */
export async function endEveryPeer(): Promise<void> {
  await Promise.all(
    [...everyChild].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }),
  );
}

function firstAnswer(child: ChildProcess): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  let text = '';
  child.stdout?.on('data', (part) => {
    text += part;
    if (text.endsWith('}\n')) resolve(JSON.parse(text));
  });
  child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
  return promise;
}
