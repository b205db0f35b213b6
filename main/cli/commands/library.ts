import { Option } from 'commander';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Cli, Commands } from '../command.ts';
import { formatBytes } from '../format.ts';
import type { Names } from '../names.ts';
import { integer, limit } from '../options.ts';
import { table } from '../table.ts';
import { documentCalled } from './document-called.ts';

export function addLibrary({ program, action }: Commands): void {
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
  program
    .command('price <document> <amount>')
    .summary('ask this much for a document; "rules" leaves it to the pricing rules')
    .addOption(new Option('--currency <currency>', 'in which currency, by symbol, name or id'))
    .action(
      action(async ({ session, output }, id: string, text: string, options: Currency) => {
        const document = documentCalled(id);
        const names = await session.names();
        const currency = names.currency(options.currency);
        const price = text === 'rules' ? null : names.parse(text, currency);
        await session.call('library.price', { documentId: document, currency, price });
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

type Shelved = MethodOutput<'library.list'>['documents'][number];

/** What a buyer is asked in each currency; a price set by hand goes before that of the rules. */
function askedFor({ askingPrices, rulePrices }: Shelved, names: Names): string {
  const byHand = new Set(askingPrices.map(({ currency }) => currency));
  const asked = [
    ...askingPrices.map(({ currency, price }) => `${names.amount(price, currency)} by hand`),
    ...rulePrices
      .filter(({ currency }) => !byHand.has(currency))
      .map(({ currency, price }) => names.amount(price, currency)),
  ];
  return asked.join(', ') || 'not for sale';
}

function documentTable(found: MethodOutput<'library.list'>, names: Names): string {
  if (found.documents.length === 0) return 'Nothing. Share a folder with: souk share <folder>';
  const rows = found.documents.map((document) => [
    document.title,
    formatBytes(document.sizeBytes),
    document.mediaType,
    askedFor(document, names),
    document.documentId,
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
