import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Commands } from '../command.ts';
import { formatBytes, formatDuration, plural } from '../format.ts';
import { UsageError } from '../output.ts';
import { newPassphrase } from '../passphrase.ts';
import { fields } from '../table.ts';

export function addPeer({ program, terminal, action, offline, dataDirectory }: Commands): void {
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
    .command('backup <file>')
    .summary('write the whole peer into one file')
    .description(
      'Writes key, money, deals and settings into one new file, no documents. Who has it has the money.',
    )
    .action(
      action(async ({ session, output }, file: string) => {
        const made = await session.call('peer.backup', { file: resolve(file) });
        const left = made.leftOut.length > 0 ? ` Left out: ${made.leftOut.join(', ')}.` : '';
        output.result(made, `Wrote ${plural(made.files.length, 'file')} into ${made.file}.${left}`);
      }),
    );
  program
    .command('seal')
    .summary('seal a key that was kept plainly, with a passphrase')
    .description(
      'The passphrase is asked for at each start from then on. It cannot be found again.',
    )
    .option('--passphrase-file <file>', 'its first line is the passphrase')
    .action(
      action(async ({ session, output }, { passphraseFile }: { passphraseFile?: string }) => {
        const passphrase = await newPassphrase(terminal, passphraseFile);
        const sealed = await session.call('peer.sealKey', { passphrase });
        output.result(sealed, 'The key is sealed.');
      }),
    );
  program
    .command('restore <file>')
    .summary('make a data directory from a backup')
    .description('The data directory must be empty or missing, and no peer run on it.')
    .addHelpText('after', '\nExample:\n  souk restore alice.backup --data ~/souk-restored')
    .action(
      offline(async (output, file: string) => {
        const directory = dataDirectory();
        const { restoreFrom } = await import('../../storage/index.ts');
        await restoreFrom(resolve(file), directory);
        output.result({ dataDirectory: directory }, `Restored into ${directory}.`);
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

export function addSettings({ program, action }: Commands): void {
  const settings = program.command('settings').summary('show and change settings');
  settings
    .command('get', { isDefault: true })
    .summary('show them')
    .action(
      action(async ({ session, output }) => {
        const shown = await session.call('settings.get', {});
        output.result(shown, JSON.stringify(shown, undefined, 2));
      }),
    );
  settings
    .command('set <member> <value>')
    .summary('change one; the value is JSON or a text, null brings the default back')
    .addHelpText(
      'after',
      '\nExamples:\n  souk settings set market.creditLimit 500\n  souk settings set market.commission \'{"flat":1}\'',
    )
    .action(
      action(async ({ session, output }, member: string, value: string) => {
        const answer = await session.call('settings.set', { patch: patchOf(member, value) });
        const later = answer.restartNeeded ? ' It holds from the next start on.' : '';
        output.result(answer, `Changed ${member}.${later}`);
      }),
    );
}

type Patch = { [member: string]: Json };
type Json = string | number | boolean | null | Json[] | Patch;

function patchOf(member: string, value: string): Patch {
  const names = member.split('.').toReversed();
  if (names.some((name) => name === '')) throw new UsageError(`"${member}" names no setting.`);
  let patch: Json = jsonOrText(value);
  for (const name of names) patch = { [name]: patch };
  return patch as Patch;
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
