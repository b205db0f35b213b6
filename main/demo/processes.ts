import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { httpClient } from '../bridge/http-client.ts';
import { Actor } from './actor.ts';
import { type ActorName, issuerName } from './cast.ts';

/** From a bundle in `dist/main` it is found as well: that lies as deep in the checkout as this folder does. */
const program = fileURLToPath(new URL('../../main/demo/peer-process.ts', import.meta.url));
const stopMsMax = 5_000;
const saidMax = 2_000;
const started = z.object({ url: z.url(), token: z.string() });

/** Whether the programs of a demo can be started: a packaged desktop has no sources. */
export const programsAtHand = existsSync(program);

interface StartOptions {
  /** What others see. */
  readonly title?: string;
  /** Where it listens for others; 0 takes any. */
  readonly port?: number;
}

/** The peers' programs: started together, ended together, whatever happens to the demo. */
export class Processes {
  readonly #children: ChildProcess[] = [];
  readonly #actors: Actor[] = [];
  readonly #lost = Promise.withResolvers<never>();
  #stopping = false;

  /** Rejects when a program ends that nobody ended: there is no market without it. */
  get lost(): Promise<never> {
    return this.#lost.promise;
  }

  /** Starts one peer or issuer as a process of its own, and waits until it can be driven. */
  async start(
    name: ActorName,
    dataDirectory: string,
    { title = name, port = 0 }: StartOptions = {},
  ): Promise<Actor> {
    const role = name === issuerName ? 'issuer' : 'peer';
    const child = fork(program, [role, title, dataDirectory, `${port}`], {
      execPath: nodeBinary(),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#children.push(child);
    const { url, token } = await controlOf(child, name);
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      this.#lost.reject(new Error(`${name}'s program ended by itself (${signal ?? code}).`));
    });
    const client = httpClient({ url, token });
    const actor = await Actor.connect({ name, client, dataDirectory, controlUrl: url });
    this.#actors.push(actor);
    return actor;
  }

  /** Ends all in good order; what does not end in time is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const actor of this.#actors) actor.close();
    await Promise.all(this.#children.map(end));
  }
}

/** A desktop's own binary is no Node; the package `node` brings one along. */
function nodeBinary(): string {
  if (process.versions['electron'] === undefined) return process.execPath;
  const manifest = createRequire(import.meta.url).resolve('node/package.json');
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(path.dirname(manifest), 'bin', file);
}

/** How a process that just started can be driven; where it ended instead, what it said. */
async function controlOf(child: ChildProcess, name: ActorName): Promise<z.infer<typeof started>> {
  let said = '';
  child.stderr?.on('data', (text) => {
    said = `${said}${text}`.slice(-saidMax);
  });
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return started.parse(message);
  } catch (cause) {
    throw new Error(`${name}'s program did not start. ${said}`, { cause });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
  await ended;
  clearTimeout(late);
}
