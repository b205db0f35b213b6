import { resolve } from 'node:path';
import type { Commands } from '../command.ts';
import { plural } from '../format.ts';
import { newPassphrase } from '../passphrase.ts';

export function addSafekeeping(commands: Commands): void {
  const { program, terminal, action, offline, dataDirectory } = commands;
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
}
