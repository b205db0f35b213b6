import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { SoukError } from '../../src/problem.ts';
import { type PeerOptions, type RunningPeer, startPeer } from '../host/index.ts';
import { keyFileState } from '../network/index.ts';
import { fileNames } from '../storage/index.ts';
import type { Passphrase } from './passphrase.ts';
import { type StartProblem, startProblemOf, type WayOut } from './start-problems.ts';

export interface StartParts {
  readonly dataDirectory: string;
  readonly log: Logger;
  readonly passphrase: Pick<Passphrase, 'find' | 'again'>;
  /** Shows a problem with its ways out, and gives the one that was chosen. */
  askWayOut(problem: StartProblem): Promise<WayOut>;
  showFile(path: string): void;
  now(): number;
}

/**
 * Starts the peer, and as often as it cannot tells the person why and does what they choose. Undefined
 * where they give up.
 */
export async function startWithHelp(parts: StartParts): Promise<RunningPeer | undefined> {
  const keyFile = join(parts.dataDirectory, fileNames.key);
  const attempt: Attempt = {};
  for (;;) {
    try {
      attempt.passphrase ??= await parts.passphrase.find(await keyFileState(keyFile));
      if (attempt.passphrase === 'given-up') return undefined;
      return await startPeer(optionsOf(parts, attempt));
    } catch (error) {
      parts.log.error({ err: error }, 'The peer did not start.');
      if (!(await mended(refusalIn(error), attempt, parts))) return undefined;
    }
  }
}

/** What the next attempt to start begins with. */
interface Attempt {
  passphrase?: string | undefined;
  settings?: NonNullable<PeerOptions['settings']>;
}

function optionsOf({ dataDirectory, log }: StartParts, attempt: Attempt): PeerOptions {
  const { passphrase, settings } = attempt;
  return {
    dataDirectory,
    log,
    ...(passphrase !== undefined && { passphrase }),
    ...(settings && { settings }),
  };
}

/** Does what the person chooses about a failed start. False where they give up. */
async function mended(failed: SoukError, attempt: Attempt, parts: StartParts): Promise<boolean> {
  if (failed.code === 'wrong-passphrase') {
    attempt.passphrase = await parts.passphrase.again();
    return true;
  }
  const file = (name: keyof typeof fileNames) => join(parts.dataDirectory, fileNames[name]);
  const problem = startProblemOf(failed, {
    settings: file('settings'),
    neighbors: file('neighbors'),
  });
  const way = await chosen(problem, parts);
  if (way === 'any-port') attempt.settings = (current) => ({ ...current, port: 0 });
  if (way === 'set-aside' && problem.file !== undefined) {
    await rename(problem.file, `${problem.file}.damaged-${parts.now()}.bak`);
  }
  return way !== 'quit';
}

/** Showing a file is no way out yet: the question stands. */
async function chosen(problem: StartProblem, parts: StartParts): Promise<WayOut> {
  for (;;) {
    const way = await parts.askWayOut(problem);
    if (way !== 'show') return way;
    parts.showFile(problem.file ?? join(parts.dataDirectory, fileNames.key));
  }
}

function refusalIn(error: unknown): SoukError {
  if (error instanceof SoukError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new SoukError('internal', detail, { cause: error });
}
