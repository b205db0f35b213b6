import { type Problem, SoukError } from '../../src/problem.ts';

export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** 0 done, 1 refused, 2 wrong usage, 3 no running peer. */
export const exitCodes = { done: 0, refused: 1, usage: 2, noPeer: 3 } as const;

/**
 * What a command prints: text for a person, or with `--json` exactly one JSON value. Text goes to stdout;
 * what only goes along, and errors, to stderr.
 */
export class Output {
  readonly json: boolean;
  readonly #streams: Streams;

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.json = json;
  }

  /** The command's result: once. */
  result(value: unknown, text: string): void {
    this.#streams.stdout.write(`${this.json ? JSON.stringify(value, undefined, 2) : text}\n`);
  }

  /** A line on the way to the result, for a person only. */
  line(text: string): void {
    if (!this.json) this.#streams.stdout.write(`${text}\n`);
  }

  /** What goes along with a result and is none, for a person only. */
  note(text: string): void {
    if (!this.json) this.#streams.stderr.write(`${text}\n`);
  }

  /** A command that failed: what happened, and the exit code. */
  failed(error: unknown): number {
    const problem = problemOf(error);
    if (this.json) this.result({ error: problem }, '');
    else this.#streams.stderr.write(`souk: ${problem.detail} (${problem.code})\n`);
    if (error instanceof UsageError) return exitCodes.usage;
    return problem.code === 'no-running-peer' ? exitCodes.noPeer : exitCodes.refused;
  }
}

/** The command was given what it cannot work with. */
export class UsageError extends SoukError {
  constructor(detail: string) {
    super('bad-request', detail);
    this.name = 'UsageError';
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof SoukError) return error.toProblem();
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
