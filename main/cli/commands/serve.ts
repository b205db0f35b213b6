import type { Command } from 'commander';
import { type ProblemCode, SoukError } from '../../../src/problem.ts';
import type { Commands } from '../command.ts';
import { collect, integer, port } from '../options.ts';
import { exitCodes, type Output } from '../output.ts';
import type { ServeOptions } from '../serve.ts';

/** Why a peer did not start, for a program that started it. */
const startExitCodes: Partial<Record<ProblemCode, number>> = {
  'port-in-use': 10,
  'data-directory-locked': 11,
  'wrong-passphrase': 12,
  'key-file-damaged': 13,
  'settings-damaged': 14,
  'database-damaged': 15,
  'database-newer': 16,
  'disk-full': 17,
  'folder-unreadable': 18,
};

/** Tells why a peer did not start, and gives the exit code that says so to a program. */
export function startFailed(output: Output, error: unknown): number {
  const code = output.failed(error);
  const problem = error instanceof SoukError ? error.code : undefined;
  const known = problem && startExitCodes[problem];
  return code === exitCodes.refused && known !== undefined ? known : code;
}

const codes = Object.entries(startExitCodes).map(([code, exit]) => `  ${exit}  ${code}`);

export function addServe(commands: Commands): void {
  const { program } = commands;
  serving(program.command('peer'), commands, 'peer')
    .summary('run a peer until it is interrupted')
    .description(
      'Runs a peer: it trades with its neighbors, and the other commands drive it. Ctrl+C ends it in good order.',
    )
    .option('--ui', 'serve its screen on loopback, and open it in a browser')
    .option('--demo', 'bring the demo market up around it: simulated neighbors on this machine')
    .option('--no-open', 'only print the address of the screen');
  serving(program.command('issuer'), commands, 'issuer')
    .summary("run a currency's issuer that takes no part in the market")
    .description(
      'Runs an issuer: the accounts and transfers of a currency, without library, search or sale. What it says of its currency is kept; leave it out at later starts.',
    )
    .option('--symbol <symbol>', 'the symbol of its currency, as ALC')
    .option('--decimals <n>', 'how many decimals are shown', integer(0, 6), 0)
    .option(
      '--fee-flat <units>',
      'fee of each transfer, in the smallest unit',
      integer(0, 2 ** 40),
      0,
    )
    .option('--fee-per-million <n>', 'and of each million transferred', integer(0, 1_000_000), 0)
    .option('--redeemable-for <text>', 'what one gets for it');
}

function serving(command: Command, commands: Commands, role: 'peer' | 'issuer'): Command {
  return command
    .option('--name <name>', 'what others see')
    .option('--host <address>', 'the address to listen on for others')
    .option('--port <port>', 'the port to listen on for others; 0 takes any', port)
    .option(
      '--endpoint <url>',
      'where others reach it, as https://host:port; may be repeated',
      collect,
    )
    .option('--control-port <port>', 'the port on loopback by which it is driven', port)
    .option('--passphrase-file <file>', 'opens the key file; or set SOUK_PASSPHRASE')
    .option('--log-level <level>', 'fatal, error, warn, info or debug; to stderr', 'info')
    .addHelpText('after', `\nExit codes where it cannot start:\n${codes.join('\n')}`)
    .action(async (options: ServeOptions) => {
      const output = commands.output();
      try {
        // Loaded here only: the other commands need none of what a peer is made of.
        const { serve } = await import('../serve.ts');
        await serve(commands, role, options);
      } catch (error) {
        commands.exit(startFailed(output, error));
      }
    });
}
