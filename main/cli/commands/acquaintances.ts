import type { Command } from 'commander';
import type { Commands } from '../command.ts';
import { formatTime } from '../format.ts';
import { short } from '../names.ts';
import { table } from '../table.ts';

export function addIntroductions({ program, action }: Commands): void {
  const introductions = program
    .command('introductions')
    .summary('who would like to be your neighbor');
  introductions
    .command('list', { isDefault: true })
    .summary('show them')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('introductions.list', {});
        const rows = found.introductions.map(({ name, peer, at, note }) => [
          name,
          short(peer),
          formatTime(at),
          note,
        ]);
        const heads = [
          { head: 'name', max: 24 },
          { head: 'id' },
          { head: 'since' },
          { head: 'note' },
        ];
        output.result(found, rows.length > 0 ? table(heads, rows) : 'Nobody waits.');
      }),
    );
  addAccept(introductions, 'introductions.accept', action);
  addDismiss(introductions, 'introductions.dismiss', action);
}

export function addDiscoveries({ program, action }: Commands): void {
  const discoveries = program.command('discoveries').summary('peers that you met by trading');
  discoveries
    .command('list', { isDefault: true })
    .summary('show them')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('discoveries.list', {});
        const names = await session.names();
        const rows = found.discoveries.map(({ name, peer, at, way, via }) => [
          name,
          short(peer),
          formatTime(at),
          way,
          via ? names.nameOf(via) : '',
        ]);
        const heads = ['name', 'id', 'since', 'way', 'through'].map((head) => ({ head, max: 32 }));
        output.result(found, rows.length > 0 ? table(heads, rows) : 'Nobody yet: trade first.');
      }),
    );
  addAccept(discoveries, 'discoveries.accept', action);
  addDismiss(discoveries, 'discoveries.dismiss', action);
}

const dismissals = {
  'introductions.dismiss': { what: 'forget it', done: 'does not wait any more.' },
  'discoveries.dismiss': {
    what: 'not now: suggest it no more for 90 days',
    done: 'is not suggested for 90 days.',
  },
} as const;

function addDismiss(
  under: Command,
  method: keyof typeof dismissals,
  action: Commands['action'],
): void {
  const { what, done } = dismissals[method];
  under
    .command('dismiss <peer>')
    .summary(what)
    .action(
      action(async ({ session, output }, who: string) => {
        const peer = (await session.names()).newcomer(who);
        await session.call(method, { peer });
        output.result({ peer }, `${who} ${done}`);
      }),
    );
}

function addAccept(
  under: Command,
  method: 'introductions.accept' | 'discoveries.accept',
  action: Commands['action'],
): void {
  under
    .command('accept <peer>')
    .summary('add it to the primary list')
    .option('--reason <text>', 'why, for yourself', '')
    .action(
      action(async ({ session, output }, who: string, { reason }: { reason: string }) => {
        const peer = (await session.names()).newcomer(who);
        const added = await session.call(method, { peer, reason });
        output.result(added, `${added.name} is a neighbor now.`);
      }),
    );
}
