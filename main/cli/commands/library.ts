import { resolve } from 'node:path';
import { Option } from 'commander';
import { documentId } from '../../../src/protocol/index.ts';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Cli, Commands, Terminal } from '../command.ts';
import { formatBytes, formatTime, plural } from '../format.ts';
import type { Names } from '../names.ts';
import { collect, integer, limit } from '../options.ts';
import { UsageError } from '../output.ts';
import { barFor } from '../progress.ts';
import { table } from '../table.ts';

interface ShareOptions {
  readonly include?: string[];
  readonly exclude?: string[];
  readonly wait: boolean;
}

export function addLibrary({ program, action, terminal }: Commands): void {
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
  program
    .command('library [text]')
    .summary('what is on offer, or what of it holds these words')
    .option('--folders', 'the shared folders instead')
    .option('--limit <n>', 'at most so many', limit, 50)
    .option('--offset <n>', 'after so many', integer(0, Number.MAX_SAFE_INTEGER), 0)
    .action(
      action(async (cli, text: string | undefined, options: ListOptions) => {
        if (options.folders) return showFolders(cli);
        const { limit: most, offset } = options;
        const page = { limit: most, offset, ...(text !== undefined && { text }) };
        const found = await cli.session.call('library.list', page);
        cli.output.result(found, documentTable(found, await cli.session.names()));
      }),
    );
  const kept = program
    .command('kept')
    .summary('copies of documents that you fetched for others, concealing where from');
  kept
    .command('list', { isDefault: true })
    .summary('show them, the one that goes first leading')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('library.kept', {});
        output.result(found, keptTable(found, await session.names()));
      }),
    );
  kept
    .command('drop <document>')
    .summary('delete a copy')
    .action(
      action(async ({ session, output }, id: string) => {
        const document = documentId.safeParse(id);
        if (!document.success) throw new UsageError(`"${id}" is no document id: b3-…`);
        await session.call('library.dropKept', { documentId: document.data });
        output.result({ documentId: id }, `Dropped ${id}.`);
      }),
    );
  program
    .command('price <document> <amount>')
    .summary('ask this much for a document; "rules" leaves it to the pricing rules')
    .addOption(new Option('--currency <currency>', 'in which currency, by symbol, name or id'))
    .action(
      action(async ({ session, output }, id: string, text: string, options: Currency) => {
        const document = documentId.safeParse(id);
        if (!document.success) throw new UsageError(`"${id}" is no document id: b3-…`);
        const names = await session.names();
        const currency = names.currency(options.currency);
        const price = text === 'rules' ? null : names.parse(text, currency);
        await session.call('library.price', { documentId: document.data, currency, price });
        const said = price === null ? 'what the rules say' : names.amount(price, currency);
        output.result({ documentId: id, currency, price }, `Asks ${said} for ${id}.`);
      }),
    );
}

interface ListOptions {
  readonly folders?: boolean;
  readonly limit: number;
  readonly offset: number;
}

interface Currency {
  readonly currency?: string;
}

async function showFolders({ session, output }: Cli): Promise<void> {
  const found = await session.call('library.folders', {});
  const rows = found.folders.map(({ path, include, exclude }) => [
    path,
    include.join(' ') || 'all',
    exclude.join(' ') || 'nothing',
  ]);
  const heads = [{ head: 'folder' }, { head: 'shares' }, { head: 'but' }];
  output.result(found, rows.length > 0 ? table(heads, rows) : 'Shares no folder.');
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

function documentTable(found: MethodOutput<'library.list'>, names: Names): string {
  if (found.documents.length === 0) return 'Nothing. Share a folder with: souk share <folder>';
  const rows = found.documents.map(({ title, sizeBytes, mediaType, askingPrices, documentId }) => [
    title,
    formatBytes(sizeBytes),
    mediaType,
    askingPrices.map(({ currency, price }) => names.amount(price, currency)).join(', ') ||
      'by rule',
    documentId,
  ]);
  const columns = [
    { head: 'title', max: 60 },
    { head: 'size', align: 'right' },
    { head: 'kind', max: 32 },
    { head: 'asked' },
    { head: 'document' },
  ] as const;
  return `${table(columns, rows)}\n${found.documents.length} of ${found.total}`;
}

function keptTable(found: MethodOutput<'library.kept'>, names: Names): string {
  const { budgetBytes, keptBytes, comingBytes, copies } = found;
  const coming = comingBytes > 0 ? `, ${formatBytes(comingBytes)} on the way` : '';
  const used = `${formatBytes(keptBytes)} of ${formatBytes(budgetBytes)} used${coming}`;
  if (copies.length === 0) return `No kept copies. ${used}`;
  const rows = copies.map(({ title, sizeBytes, seller, at, sold, documentId: id, inUse }) => [
    title,
    formatBytes(sizeBytes),
    names.nameOf(seller),
    formatTime(at),
    `${sold}`,
    inUse ? 'being sold' : '',
    id,
  ]);
  const columns = [
    { head: 'title', max: 48 },
    { head: 'size', align: 'right' },
    { head: 'from', max: 20 },
    { head: 'since' },
    { head: 'sold', align: 'right' },
    { head: '' },
    { head: 'document' },
  ] as const;
  return `${table(columns, rows)}\n${used}`;
}
