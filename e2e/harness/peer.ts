import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PeerId } from '../../src/identity/index.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { Trap } from './moments.ts';
import type { FromPeerProcess, PeerProcessOptions, ToPeerProcess } from './peer-process.ts';

const program = fileURLToPath(new URL('./peer-process.ts', import.meta.url));
/** A restart is mostly the reading of the program: the compiled form is kept between starts. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/souk-e2e', import.meta.url));

/** The peer could not start, or refused a command: the code of its problem and what it says. */
export class PeerProblem extends Error {
  readonly code: string | undefined;

  constructor({ code, message }: { readonly code?: string; readonly message: string }) {
    super(message);
    this.code = code;
  }
}

/** The process ended before it answered. */
export class PeerDied extends Error {}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Running {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  readonly waiting: Map<number, Waiting>;
}

const everyChild = new Set<ChildProcess>();

/** Ends every process that this test file started: for `afterAll`. */
export async function endAllPeers(): Promise<void> {
  await Promise.all(
    [...everyChild].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }),
  );
}

/** A peer that can be killed and started again on the same data directory. */
export class PeerProcess {
  readonly name: string;
  options: PeerProcessOptions;
  /** Known once it has started. */
  self = '' as PeerId;
  port = 0;
  /** How long the last start took, from the fork to an open port. */
  startMs = 0;
  /** The newest lines of its log. */
  log = '';
  #running: Running | undefined;
  #asked = 0;

  constructor(name: string, options: PeerProcessOptions) {
    this.name = name;
    this.options = options;
  }

  get isUp(): boolean {
    return this.#running !== undefined;
  }

  get endpoint(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** Starts the process; rejects with a PeerProblem where the peer says why it cannot. */
  async start(): Promise<void> {
    if (this.#running) throw new Error(`${this.name} runs already.`);
    const child = fork(program, [JSON.stringify(this.options)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    everyChild.add(child);
    child.stderr?.on('data', (bytes) => {
      this.log = `${this.log}${bytes}`.slice(-20_000);
    });
    const ready = Promise.withResolvers<void>();
    const waiting = new Map<number, Waiting>();
    const exited = new Promise<void>((resolve) => {
      child.once('exit', (code, signal) => {
        everyChild.delete(child);
        this.#running = undefined;
        const died = new PeerDied(`${this.name} ended (${signal ?? code}).\n${this.log}`);
        ready.reject(died);
        for (const { reject } of waiting.values()) reject(died);
        resolve();
      });
    });
    this.#running = { child, exited, waiting };
    child.on('message', (message: FromPeerProcess) => {
      if ('ready' in message) {
        this.self = message.ready.self as PeerId;
        this.port = message.ready.port;
        this.startMs = message.ready.startMs;
        ready.resolve();
      } else if ('failed' in message) ready.reject(new PeerProblem(message.failed));
      else if ('problem' in message)
        waiting.get(message.id)?.reject(new PeerProblem(message.problem));
      else waiting.get(message.id)?.resolve(message.value);
    });
    try {
      await ready.promise;
      // They stand in the file now, with what the peer itself adds to them.
      const { settings: _kept, ...rest } = this.options;
      this.options = rest;
    } catch (error) {
      child.kill('SIGKILL');
      await exited;
      throw error;
    }
  }

  /** Rejects with PeerDied where the process ends before it answers, with PeerProblem where it refuses. */
  ask<N extends CommandName>(
    command: N,
    ...[input]: undefined extends CommandInput<N> ? [] : [input: CommandInput<N>]
  ): Promise<CommandOutput<N>> {
    const running = this.#running;
    if (!running) return Promise.reject(new PeerDied(`${this.name} does not run.`));
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      running.waiting.set(id, {
        resolve: (value) => {
          running.waiting.delete(id);
          resolve(value as CommandOutput<N>);
        },
        reject,
      });
      send(running.child, { id, command, input });
    });
  }

  /** Lets the process kill itself when it gets to the moment. */
  arm(trap: Trap): void {
    if (this.#running) send(this.#running.child, { arm: trap });
  }

  /** Resolves when the process has ended, however that came. */
  ended(): Promise<void> {
    return this.#running?.exited ?? Promise.resolve();
  }

  /** Signal 9: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    const running = this.#running;
    running?.child.kill('SIGKILL');
    await running?.exited;
  }

  /** Ends it in peace. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    await this.ask('close');
    running.child.disconnect();
    await running.exited;
  }
}

function send(child: ChildProcess, message: ToPeerProcess): void {
  // A process that has just been killed hears nothing; its end is told by `exit`.
  child.send(message, () => undefined);
}
