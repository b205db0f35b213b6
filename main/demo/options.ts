import { realpath, stat } from 'node:fs/promises';
import { Command } from 'commander';

export interface DemoOptions {
  /** The user's own folder, to be shared by one of the peers. */
  readonly folder?: string;
  readonly keep: boolean;
  readonly json: boolean;
}

/** Reads the command line; `--help` and mistakes end the program. Throws where the folder cannot be read. */
export async function optionsOf(argv: readonly string[]): Promise<DemoOptions> {
  const command = new Command('npm run demo --')
    .description(
      'A market of six peers and an issuer on this machine: they trade real files, and it tells what the money did.',
    )
    .option('--folder <dir>', 'let one of the peers share your own folder, and sell from it')
    .option('--keep', 'leave the market running, until Ctrl-C, and say how to drive it', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .parse([...argv]);
  const { folder, keep, json } = command.opts<{ folder?: string; keep: boolean; json: boolean }>();
  if (folder === undefined) return { keep, json };
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory()) {
    throw new Error(`${folder} is not a folder that can be read.`);
  }
  return { folder: real, keep, json };
}
