import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { SoukError } from '../src/problem.ts';
import { startFailed } from './cli/commands/serve.ts';
import { dataDirectoryOf } from './cli/data-directory.ts';
import { port as portOption } from './cli/options.ts';
import { Output } from './cli/output.ts';
import { type ServeOptions, serve } from './cli/serve.ts';
import { keyFileState } from './network/index.ts';
import { fileNames, openDataDirectory, SettingsFile } from './storage/index.ts';
import { electronWindow, freePortAfter, isSeen, packageRoot } from './ui/index.ts';

/** What `npm start` opens: the desktop window where Electron is there, else the same screen served on loopback. */

interface StartOptions {
  readonly data?: string;
  readonly port?: number;
  readonly demo: boolean;
  readonly browser: boolean;
  readonly open: boolean;
}

const streams = { stdout: process.stdout, stderr: process.stderr };
const output = new Output(streams, false);
const say = (line: string) => output.line(line);
const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY);

const options = new Command('npm start --')
  .description('Opens Souk: a window of its own where that can be, else a page in a browser.')
  .option('--data <folder>', "the peer's data directory; or set SOUK_DATA")
  .option('--port <port>', 'the port to listen on for others; it is kept', portOption)
  .option('--demo', 'a new peer amid simulated neighbors, for play money; it keeps nothing', false)
  .option('--browser', 'do without Electron, also where it is there', false)
  .option('--no-open', 'only print the address of the screen')
  .parse()
  .opts<StartOptions>();

try {
  process.exitCode = await start(options);
} catch (error) {
  process.exitCode = startFailed(output, error);
}

async function start({ data, port, demo, browser, open }: StartOptions): Promise<number> {
  if (demo) return await runDemo(data, open);
  const dataDirectory = dataDirectoryOf(data);
  const window = await desktopWindow(open && !browser);
  if (window !== undefined) return await runElectron(window, dataDirectory, port);
  return await runServed(dataDirectory, { open, ...(port !== undefined && { port }) });
}

/** Where no data directory is named, the peer and all it had go with its end. */
async function runDemo(data: string | undefined, open: boolean): Promise<number> {
  const passing = data === undefined ? await mkdtemp(join(tmpdir(), 'souk-demo-')) : undefined;
  say('Bringing up a market of simulated neighbors. Ctrl+C ends it.');
  try {
    const alone = passing === undefined ? {} : { host: '127.0.0.1', port: 0 };
    return await runServed(passing ?? dataDirectoryOf(data), { ...alone, demo: true, open });
  } finally {
    if (passing !== undefined) {
      // A window that is still open writes into its profile until it notices.
      await rm(passing, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Electron's program; undefined where it was not wanted or, told in one line, cannot be had. */
async function desktopWindow(wanted: boolean): Promise<string | undefined> {
  const { platform, env } = process;
  if (!wanted || !isSeen({ platform, env, terminal: Boolean(process.stdout.isTTY) }))
    return undefined;
  const window = await electronWindow(say);
  if (window.found) return window.program;
  say(`Without Electron (${window.why}), the same screen comes by a browser.`);
  return undefined;
}

async function runElectron(
  program: string,
  dataDirectory: string,
  port: number | undefined,
): Promise<number> {
  if (port !== undefined) await keepPort(dataDirectory, port);
  const superUser = process.platform === 'linux' && process.getuid?.() === 0;
  const child = spawn(program, [packageRoot, ...(superUser ? ['--no-sandbox'] : [])], {
    stdio: 'inherit',
    env: { ...process.env, SOUK_DATA: dataDirectory },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The window takes its port from the settings. */
async function keepPort(dataDirectory: string, port: number): Promise<void> {
  const directory = openDataDirectory(dataDirectory);
  try {
    const settings = await SettingsFile.open(join(directory.path, fileNames.settings));
    await settings.save({ ...settings.current, port });
  } finally {
    directory.close();
  }
}

/** A taken port is the one problem with a way out that can be offered here; all others say theirs. */
async function runServed(
  dataDirectory: string,
  given: Pick<ServeOptions, 'open' | 'port' | 'host' | 'demo'>,
): Promise<number> {
  // Only a sealed key asks for its passphrase: a new one is made without a question, before the first page.
  const sealed = (await keyFileState(join(dataDirectory, fileNames.key))) === 'sealed';
  const place = {
    terminal: { ...streams, stdin: process.stdin, interactive: interactive && sealed },
    output: () => output,
    dataDirectory: () => dataDirectory,
  };
  const base = { ui: true, logLevel: 'warn', decimals: 0, feeFlat: 0, feePerMillion: 0 };
  for (let said = given; ; ) {
    try {
      await serve(place, 'peer', { ...base, ...said });
      return 0;
    } catch (error) {
      const port = await otherPort(error);
      if (port === undefined) return startFailed(output, error);
      said = { ...said, port };
    }
  }
}

/** Asks where a person sits there; undefined where nobody does, they decline, or the port is not the trouble. */
async function otherPort(error: unknown): Promise<number | undefined> {
  if (!(error instanceof SoukError) || error.code !== 'port-in-use') return undefined;
  const taken = Number(error.members?.['port']);
  const free = Number.isInteger(taken) ? await freePortAfter(taken) : undefined;
  if (free === undefined) return undefined;
  if (!interactive) {
    output.note(`Port ${taken} is in use, ${free} is free: npm start -- --port ${free}`);
    return undefined;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const question = `Port ${taken} is in use, port ${free} is free. Use that one from now on? [Y/n] `;
  const answer = await lines.question(question);
  lines.close();
  return /^(y(es)?)?$/i.test(answer.trim()) ? free : undefined;
}
