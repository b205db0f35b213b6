import type { Command } from 'commander';
import { buyingDocumentsMax, repeatEveryMsMax, repeatEveryMsMin } from '../../../src/limits.ts';
import type { Cli, Commands } from '../command.ts';
import { integer } from '../options.ts';
import { UsageError } from '../output.ts';
import { type Watched, watchText } from './watch-text.ts';

const minuteMs = 60_000;
const minutes = integer(repeatEveryMsMin / minuteMs, repeatEveryMsMax / minuteMs);
const documents = integer(1, buyingDocumentsMax);

/** Searches that repeat, and that may buy by themselves within limits: the wishlist. */
export function addWatch({ program, action }: Commands): void {
  program
    .command('watch <text>')
    .summary('search again and again, by words or by document id, and tell what is new')
    .requiredOption('--max <amount>', 'what you would pay for a document at most')
    .requiredOption('--fees <amount>', 'what asking may cost each time')
    .option('--currency <currency>', 'in which currency, by symbol, name or id')
    .option('--every <minutes>', 'how often', minutes, 24 * 60)
    .addHelpText('after', '\nIt buys nothing unless you let it: souk watches buy <id> --budget 50')
    .action(
      action(async ({ session, output }, text: string, options: WatchOptions) => {
        const names = await session.names();
        const currency = names.currency(options.currency);
        const saved = await session.call('search.save', {
          query: /^b3-[a-z2-7]{52}$/.test(text) ? { documentId: text } : { text },
          offers: [
            {
              currency,
              maxPrice: names.parse(options.max, currency),
              feesMax: names.parse(options.fees, currency),
            },
          ],
          everyMs: options.every * minuteMs,
        });
        output.result(saved, watchText(saved, names));
      }),
    );
  const watches = program.command('watches').summary('what is searched again and again');
  watches
    .command('list', { isDefault: true })
    .summary('show them, and what they have bought')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('search.saved', {});
        const names = await session.names();
        const texts = found.searches.map((saved) => watchText(saved, names));
        output.result(found, texts.join('\n\n') || 'Nothing is watched.');
      }),
    );
  addBuying(watches, action);
  watches
    .command('forget <id>')
    .summary('search for it no more')
    .action(
      action(async (cli, text: string) => {
        const { session, output } = cli;
        const { id: saved } = await watchCalled(cli, text);
        await session.call('search.forget', { saved });
        output.result({ saved }, 'Forgotten. What it bought stays bought.');
      }),
    );
}

/** A watched search by its id or by the beginning of it. */
async function watchCalled({ session }: Cli, text: string): Promise<Watched> {
  const { searches } = await session.call('search.saved', {});
  const found = searches.filter(({ id }) => id.startsWith(text));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only) throw new UsageError(`"${text}" begins ${found.length} ids: write more of it.`);
  throw new UsageError(`No watched search has an id that begins with "${text}". See: souk watches`);
}

function addBuying(watches: Command, action: Commands['action']): void {
  watches
    .command('buy <id>')
    .summary('let it buy the best of what it finds new, by itself')
    .requiredOption('--budget <amount>', 'what it may spend in all, in the currency that it offers')
    .option('--documents <n>', 'how many in all', documents, 1)
    .option('--per-day <n>', 'how many in 24 hours', documents, 1)
    .option('--risk-adjusted', 'compares price ÷ share of deals that end well, and limits that')
    .action(
      action(async (cli, text: string, options: BuyOptions) => {
        const { session, output } = cli;
        const names = await session.names();
        const { id, offers } = await watchCalled(cli, text);
        const [offer] = offers;
        if (offer === undefined) throw new UsageError('It offers no currency to buy in.');
        const { currency } = offer;
        const saved = await session.call('search.buy', {
          saved: id,
          compare: options.riskAdjusted ? 'risk-adjusted' : 'price',
          documentsMax: options.documents,
          perDayMax: options.perDay,
          budgets: [{ currency, amount: names.parse(options.budget, currency) }],
        });
        output.result(saved, watchText(saved, names));
      }),
    );
  watches
    .command('stop [id]')
    .summary('stop one buying by itself, or all, at once')
    .action(
      action(async (cli, text: string | undefined) => {
        const { session, output } = cli;
        // A mistyped id must not look as if that one had been stopped.
        const one = text === undefined ? {} : { saved: (await watchCalled(cli, text)).id };
        const stopped = await session.call('search.stopBuying', one);
        output.result(
          stopped,
          stopped.stopped === 0 ? 'None was buying.' : 'Stopped: nothing more is begun.',
        );
      }),
    );
}

interface WatchOptions {
  readonly max: string;
  readonly fees: string;
  readonly currency?: string;
  readonly every: number;
}

interface BuyOptions {
  readonly budget: string;
  readonly documents: number;
  readonly perDay: number;
  readonly riskAdjusted?: boolean;
}
