import type { Command } from 'commander';
import { dataDirectoryOf } from './data-directory.ts';
import { Output, type Streams } from './output.ts';
import { Session } from './session.ts';

/** What a command works with. */
export interface Cli {
  readonly session: Session;
  readonly output: Output;
}

/** Whether a person sits there: questions are asked, bars are drawn. */
export interface Terminal extends Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly interactive: boolean;
}

/** What a program of commands is built from; every command file adds its own. */
export interface Commands {
  readonly program: Command;
  readonly terminal: Terminal;
  /** The output for a command's options. */
  output(): Output;
  dataDirectory(): string;
  exit(code: number): void;
  /** An action over the running peer: connects, prints, and turns what is thrown into an exit code. */
  action<A extends unknown[]>(
    work: (cli: Cli, ...given: A) => Promise<void>,
  ): (...given: A) => Promise<void>;
  /** An action that needs no running peer. */
  offline<A extends unknown[]>(
    work: (output: Output, ...given: A) => Promise<void>,
  ): (...given: A) => Promise<void>;
}

export function commandsFor(
  program: Command,
  terminal: Terminal,
  exit: (code: number) => void,
): Commands {
  const options = () => program.opts<{ json?: boolean; data?: string }>();
  const output = () => new Output(terminal, options().json ?? false);
  const dataDirectory = () => dataDirectoryOf(options().data);
  return {
    program,
    terminal,
    exit,
    output,
    dataDirectory,
    action:
      (work) =>
      async (...given) => {
        const out = output();
        let session: Session | undefined;
        try {
          session = await Session.open(dataDirectory());
          await work({ session, output: out }, ...given);
        } catch (error) {
          exit(out.failed(error));
        } finally {
          session?.close();
        }
      },
    offline:
      (work) =>
      async (...given) => {
        const out = output();
        try {
          await work(out, ...given);
        } catch (error) {
          exit(out.failed(error));
        }
      },
  };
}
