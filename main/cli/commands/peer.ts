import { writeFile } from 'node:fs/promises';
import type { Commands } from '../command.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { fields } from '../table.ts';

export function addPeer({ program, action }: Commands): void {
  program
    .command('status')
    .summary('what the peer is and does')
    .action(
      action(async ({ session, output }) => {
        const status = await session.call('peer.status', {});
        const { counts, issues } = status;
        const text = fields([
          ['peer', status.peer],
          ['name', status.name],
          ['role', status.role],
          ['reached at', status.endpoints.join(', ')],
          ['issues', issues ? `${issues.name} (${issues.symbol})` : 'no currency'],
          ['neighbors', String(counts.neighbors)],
          ['introductions', String(counts.introductions)],
          ['discovered', String(counts.discoveries)],
          ['documents', String(counts.documents)],
          ['downloads', String(counts.downloads)],
          ['discrepancies', String(counts.discrepancies)],
          ['up for', formatDuration(status.uptimeMs)],
          ['memory', formatBytes(status.memoryBytes)],
          ['data', status.dataDirectory],
          ['version', status.version],
        ]);
        output.result(status, text);
      }),
    );
  program
    .command('invite')
    .summary("this peer's card, for others to add it")
    .description('Prints an invite. Whoever adds it knows where this peer is; it names no secret.')
    .option('--file <file>', 'writes it to a file, by custom *.souk')
    .addHelpText('after', '\nExample:\n  souk invite --file alice.souk')
    .action(
      action(async ({ session, output }, { file }: { file?: string }) => {
        const invite = await session.call('peer.invite', {});
        if (file !== undefined) await writeFile(file, `${invite.link}\n`);
        output.result(invite, file === undefined ? invite.link : `Wrote the invite to ${file}.`);
      }),
    );
  program
    .command('rename <name>')
    .summary('what others see')
    .action(
      action(async ({ session, output }, name: string) => {
        output.result(await session.call('peer.rename', { name }), `Others see "${name}".`);
      }),
    );
  program
    .command('stop')
    .summary('end the peer in good order')
    .action(
      action(async ({ session, output }) => {
        output.result(await session.call('peer.stop', {}), 'The peer ends.');
      }),
    );
}
