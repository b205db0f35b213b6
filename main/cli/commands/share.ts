import { resolve } from 'node:path';
import type { Cli, Commands, Terminal } from '../command.ts';
import { plural } from '../format.ts';
import { collect } from '../options.ts';
import { barFor } from '../progress.ts';

interface ShareOptions {
  readonly include?: string[];
  readonly exclude?: string[];
  readonly wait: boolean;
}

export function addSharing({ program, action, terminal }: Commands): void {
  program
    .command('share <folder>')
    .summary('offer what lies in a folder')
    .description('Shares a folder, and waits until its documents are hashed and on offer.')
    .option('--include <glob>', 'only what fits; may be repeated', collect)
    .option('--exclude <glob>', 'not what fits; may be repeated', collect)
    .option('--no-wait', 'does not wait for the hashing')
    .addHelpText('after', "\nExample:\n  souk share ~/papers --include '*.pdf' --exclude drafts")
    .action(
      action(async (cli, folder: string, { include, exclude, wait }: ShareOptions) => {
        const shared = await cli.session.call('library.share', {
          path: resolve(folder),
          ...(include && { include }),
          ...(exclude && { exclude }),
        });
        if (wait) await untilHashed(cli, terminal);
        const { total } = await cli.session.call('library.list', { limit: 1 });
        cli.output.result(
          { ...shared, documents: total },
          `Shares ${shared.path}; ${plural(total, 'document')} on offer in all.`,
        );
      }),
    );
  program
    .command('unshare <folder>')
    .summary('offer it no more')
    .action(
      action(async ({ session, output }, folder: string) => {
        const path = resolve(folder);
        await session.call('library.unshare', { path });
        output.result({ path }, `Does not share ${path} any more.`);
      }),
    );
  program
    .command('rescan')
    .summary('look at all shared folders again')
    .action(
      action(async ({ session, output }) => {
        const report = await session.call('library.rescan', {});
        const unreadable = report.unreadable.map(({ path, problem }) => `\n${path}: ${problem}`);
        const hashed = `Hashed ${plural(report.hashed, 'file')}, ${report.failed} failed.`;
        output.result(report, hashed + unreadable.join(''));
      }),
    );
}

/** Hashing tells of each step; `reading` for words goes on beside and delays no sale. */
async function untilHashed({ session, output }: Cli, terminal: Terminal): Promise<void> {
  const bar = barFor(terminal, output.json);
  const events = await session.events();
  try {
    const done = (activity: string) => activity === 'idle' || activity === 'reading';
    if (done((await session.call('library.progress', {})).activity)) return;
    for await (const frame of events) {
      if (frame.kind === 'snapshot' || frame.event.type !== 'library') continue;
      const { activity, bytesDone, bytesTotal, filesDone, filesTotal } = frame.event.progress;
      if (done(activity)) return;
      bar.show(bytesDone, bytesTotal, `${activity}, ${filesDone} of ${filesTotal} files`);
    }
  } finally {
    bar.end();
    events.close();
  }
}
