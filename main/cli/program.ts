import { CommanderError } from 'commander';
import { version } from '../version.ts';
import { type Commands, commandsFor, type Terminal } from './command.ts';
import { addDiscoveries, addIntroductions } from './commands/acquaintances.ts';
import { addBooks } from './commands/books.ts';
import { addCurrency } from './commands/currency.ts';
import { addDeals, addDownloads } from './commands/deals.ts';
import { addExchange } from './commands/exchange.ts';
import { addKept } from './commands/kept.ts';
import { addLibrary } from './commands/library.ts';
import { addDirectory } from './commands/neighbor-details.ts';
import { addNeighbors } from './commands/neighbors.ts';
import { addPeer } from './commands/peer.ts';
import { addPolicy } from './commands/policy.ts';
import { addSafekeeping } from './commands/safekeeping.ts';
import { addSearch, addSearches } from './commands/search.ts';
import { addServe } from './commands/serve.ts';
import { addSettings } from './commands/settings.ts';
import { addSharing } from './commands/share.ts';
import { addTabs } from './commands/tabs.ts';
import { addPayments, addWallet } from './commands/wallet.ts';
import { addWatch } from './commands/watch.ts';
import { IdCommand } from './id-command.ts';
import { exitCodes, Output } from './output.ts';

const examples = `
First steps:
  souk peer --name Alice                          run a peer; the other commands drive it
  souk currency create ALC "Alice coins"          issue your own money
  souk share ~/papers                             offer what lies in a folder
  souk invite --file alice.souk                   give this to a friend
  souk neighbors add bob.souk                     and add theirs
  souk search "tide tables" --max 20 --currency BOB --buy lowest --yes

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no running peer.`;

/** The commands as the help lists them. */
const groups: readonly (readonly [heading: string, adders: readonly ((of: Commands) => void)[]])[] =
  [
    ['Your peer:', [addServe, addPeer, addSafekeeping, addSettings]],
    ['Neighbors:', [addNeighbors, addIntroductions, addDiscoveries, addPolicy, addDirectory]],
    ['What you offer:', [addSharing, addLibrary, addKept]],
    ['What you look for:', [addSearch, addSearches, addWatch, addDeals, addDownloads]],
    ['Money:', [addWallet, addPayments, addTabs, addCurrency, addExchange, addBooks]],
  ];

/** Runs the command line with these arguments and gives the exit code. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.done;
  const program = new IdCommand('souk')
    .description('Trade documents peer to peer, for currencies that people issue themselves.')
    .version(version)
    .option('--json', 'print exactly one JSON value')
    .option('--data <folder>', "the peer's data directory; or set SOUK_DATA")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .addHelpText('after', examples)
    .exitOverride();
  const commands = commandsFor(program, terminal, (given) => {
    code = given;
  });
  for (const [heading, adders] of groups) {
    program.commandsGroup(heading);
    for (const add of adders) add(commands);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.done;
    if (argv.includes('--json')) {
      const problem = { code: 'bad-request', detail: error.message };
      new Output(terminal, true).result({ error: problem }, '');
    }
    return exitCodes.usage;
  }
  return code;
}
