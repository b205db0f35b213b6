import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { strategies } from '../../../src/settings/index.ts';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { plural } from '../format.ts';
import { type Names, short } from '../names.ts';
import { limit } from '../options.ts';
import { UsageError } from '../output.ts';
import { table } from '../table.ts';
import { addNeighborDetails } from './neighbor-details.ts';

type List = 'primary' | 'secondary' | 'undesirable';
const lists: readonly List[] = ['primary', 'secondary', 'undesirable'];

export function addNeighbors({ program, action }: Commands): void {
  const neighbors = program.command('neighbors').summary('the peers that you trade with');
  neighbors
    .command('list', { isDefault: true })
    .summary('show them')
    .addOption(new Option('--list <list>', 'of one list only').choices(lists))
    .option('--limit <n>', 'at most so many', limit, 100)
    .action(
      action(async ({ session, output }, options: { list?: List; limit: number }) => {
        const found = await session.call('neighbors.list', options);
        output.result(found, neighborTable(found, await session.names()));
      }),
    );
  addNeighborDetails(neighbors, action);
  neighbors
    .command('add <invite>')
    .summary('add the peer of an invite: a link, or a file that holds one')
    .option('--reason <text>', 'why, for yourself', '')
    .option('--note <text>', 'a line for the neighbor', '')
    .option('--credit <units>', 'what it may owe, in the smallest unit', Number)
    .addHelpText(
      'after',
      '\nExamples:\n  souk neighbors add alice.souk --reason "met at the fair"\n  souk neighbors add souk://card/eyJ…',
    )
    .action(
      action(async ({ session, output }, invite: string, options: AddOptions) => {
        const { reason, note, credit } = options;
        const added = await session.call('neighbors.add', {
          invite: await readInvite(invite),
          reason,
          note,
          ...(credit !== undefined && { creditLimit: credit }),
        });
        output.result(added, `Added ${added.name} (${added.peer}), and introduced you.`);
      }),
    );
  neighbors
    .command('remove <peer>')
    .summary('take a peer off all lists')
    .action(
      action(async ({ session, output }, who: string) => {
        const peer = (await session.names()).peer(who);
        await session.call('neighbors.remove', { peer });
        output.result({ peer }, `${who} is on no list any more.`);
      }),
    );
  addJudging(neighbors, action);
}

function addJudging(neighbors: Command, action: Commands['action']): void {
  neighbors
    .command('move <peer> <list>')
    .summary(`move a peer to the list ${lists.join(', ')}; off the last one it is forgiven`)
    .option('--reason <text>', 'why, for yourself', '')
    .action(
      action(
        async ({ session, output }, who: string, to: string, { reason }: { reason: string }) => {
          const list = lists.find((each) => each === to);
          if (!list) throw new UsageError(`The lists are ${lists.join(', ')}.`);
          const peer = (await session.names()).peer(who);
          const moved = await session.call('neighbors.move', { peer, list, reason });
          output.result(moved, `${moved.name} is on the ${moved.list} list.`);
        },
      ),
    );
  neighbors
    .command('strategy <peer> <strategy>')
    .summary('conceal your sources from a peer that buys, or refer to them')
    .addHelpText(
      'after',
      `\nThe strategies are ${strategies.join(', ')}; "settings" follows those.`,
    )
    .action(
      action(async ({ session, output }, who: string, how: string) => {
        const strategy = strategies.find((each) => each === how) ?? null;
        if (strategy === null && how !== 'settings')
          throw new UsageError(`The strategies are ${strategies.join(', ')} and settings.`);
        const peer = (await session.names()).peer(who);
        const changed = await session.call('neighbors.strategy', { peer, strategy });
        const said = strategy ?? 'what the settings say';
        output.result(changed, `Toward ${changed.name}: ${said}.`);
      }),
    );
}

interface AddOptions {
  readonly reason: string;
  readonly note: string;
  readonly credit?: number;
}

/** An invite as text, or the file that holds it. */
async function readInvite(invite: string): Promise<string> {
  if (invite.startsWith('souk://') || /^[\w-]+\.[\w-]+\.[\w-]+$/.test(invite)) {
    const file = await readFile(invite, 'utf8').catch(() => undefined);
    return (file ?? invite).trim();
  }
  return await readFile(invite, 'utf8').then(
    (text) => text.trim(),
    () => {
      throw new UsageError(`"${invite}" is neither an invite nor a file that can be read.`);
    },
  );
}

const askedFor = { nobody: 'nobody', self: 'you', everybody: 'you and others' } as const;

function neighborTable(found: MethodOutput<'neighbors.list'>, names: Names): string {
  if (found.total === 0) return 'No neighbors yet. Add one with: souk neighbors add <invite>';
  const rows = found.neighbors.map(({ name, peer, list, solicited, terms, tabs, endpoints }) => [
    name,
    short(peer),
    list,
    askedFor[solicited],
    terms?.standing ?? 'not known',
    tabs.map(({ currency, netOwed }) => names.amount(netOwed, currency)).join(', '),
    endpoints[0] ?? '',
  ]);
  const heads = ['name', 'id', 'list', 'asked for', 'you are to it', 'you owe', 'at'];
  const shown = found.neighbors.length;
  const more = shown < found.total ? `\n${plural(found.total - shown, 'more neighbor')}` : '';
  return (
    table(
      heads.map((head) => ({ head, max: 40 })),
      rows,
    ) + more
  );
}
