import { Option } from 'commander';
import { compareRisked } from '../../../src/statistics/index.ts';
import type { MethodInput, MethodOutput } from '../../bridge/contract.ts';
import type { Cli, Commands, Terminal } from '../command.ts';
import { confirm } from '../confirm.ts';
import { formatBytes, oneLine, plural } from '../format.ts';
import type { Names } from '../names.ts';
import { bytes, integer, limit } from '../options.ts';
import { bought, buyAndWait } from '../purchase.ts';
import { table } from '../table.ts';

type Bid = MethodOutput<'search.bids'>['bids'][number];
type Search = MethodOutput<'search.get'>;

interface SearchOptions {
  readonly max: string;
  readonly currency?: string;
  readonly type?: string;
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly budgetMs?: number;
  readonly buy?: 'lowest';
  readonly riskAdjusted?: boolean;
  readonly yes?: boolean;
}

const bidsPage = 1_000;

export function addSearch({ program, action, terminal }: Commands): void {
  program
    .command('search <text>')
    .summary('ask your neighbors for bids, by words or by document id')
    .description(
      'Shows what asking costs, asks the neighbors, and prints their bids as they come. Costs are ' +
        'confirmed first; --yes does that where nobody can be asked.',
    )
    .requiredOption('--max <amount>', 'what you would pay at most')
    .option('--currency <currency>', 'in which currency, by symbol, name or id')
    .option('--type <media type>', 'only such documents, as application/pdf')
    .option('--min-size <bytes>', 'as 500, 64k, 10M', bytes)
    .option('--max-size <bytes>', 'as 500, 64k, 10M', bytes)
    .option('--budget-ms <n>', 'how long to wait for bids', integer(100, 30_000))
    .addOption(new Option('--buy <which>', 'buys a bid, and waits for it').choices(['lowest']))
    .option(
      '--risk-adjusted',
      'the lowest is that of price ÷ share of deals that end well with the bidder',
    )
    .option('-y, --yes', 'does not ask before the fee is spent')
    .addHelpText(
      'after',
      '\nExamples:\n  souk search "tide tables" --max 20 --currency ALC\n  souk search b3-… --max 5 --buy lowest --yes',
    )
    .action(
      action(async (cli, text: string, options: SearchOptions) => {
        const names = await cli.session.names();
        const order = orderOf(names, text, options);
        await showFee(cli, terminal, names, order.offers, options.yes ?? false);
        const { search, bids } = await searchAndShow(cli, names, order);
        const byRisk = await comparesRisk(cli, options);
        const lowest = bids.toSorted(byRisk ? lowerRisked : lowerPrice)[0];
        if (!options.buy || !lowest) {
          const how = lowest
            ? `Buy one with: souk buy ${lowest.id}`
            : 'Nobody has it at that price.';
          return cli.output.result({ search, bids }, `${plural(bids.length, 'bid')}. ${how}`);
        }
        const purchase = await buyAndWait(cli, terminal, { bid: lowest.id });
        cli.output.result({ search, bids, purchase }, bought(purchase));
      }),
    );
}

export function addSearches({ program, action }: Commands): void {
  program
    .command('searches')
    .summary('what you searched for')
    .option('--limit <n>', 'at most so many', limit, 20)
    .action(
      action(async ({ session, output }, page: { limit: number }) => {
        const found = await session.call('search.recent', page);
        const rows = found.searches.map(({ id, query, state, bids, refusals }) => [
          query.text ?? query.documentId ?? '',
          state,
          String(bids),
          String(refusals.length),
          id,
        ]);
        const columns = [
          { head: 'searched', max: 60 },
          { head: 'state' },
          { head: 'bids', align: 'right' },
          { head: 'refusals', align: 'right' },
          { head: 'search' },
        ] as const;
        output.result(found, rows.length > 0 ? table(columns, rows) : 'Nothing yet.');
      }),
    );
}

/** As said, or as the settings say. */
async function comparesRisk({ session }: Cli, { riskAdjusted }: SearchOptions): Promise<boolean> {
  if (riskAdjusted !== undefined) return riskAdjusted;
  const { market } = await session.call('settings.get', {});
  return market.compareBids === 'risk-adjusted';
}

function lowerPrice(a: Bid, b: Bid): number {
  return a.price - b.price || b.at - a.at;
}

function lowerRisked(a: Bid, b: Bid): number {
  const risked = ({ price, expected: share }: Bid) => ({ price, share });
  return compareRisked(risked(a), risked(b)) || b.at - a.at;
}

type Order = MethodInput<'search.start'>;

function orderOf(names: Names, text: string, options: SearchOptions): Order {
  const { max, type, minSize, maxSize, budgetMs } = options;
  const currency = names.currency(options.currency);
  return {
    query: {
      ...(/^b3-[a-z2-7]{52}$/.test(text) ? { documentId: text } : { text }),
      ...(type !== undefined && { mediaType: type }),
      ...(minSize !== undefined && { minSize }),
      ...(maxSize !== undefined && { maxSize }),
    },
    offers: [{ currency, maxPrice: names.parse(max, currency) }],
    ...(budgetMs !== undefined && { budgetMs }),
  };
}

async function showFee(
  { session, output }: Cli,
  terminal: Terminal,
  names: Names,
  offers: Order['offers'],
  yes: boolean,
): Promise<void> {
  const { fees, unknown } = await session.call('search.fees', { offers });
  const costs = fees
    .filter(({ neighbors }) => neighbors > 0)
    .map(
      ({ currency, fees: total, neighbors }) =>
        `Asking ${plural(neighbors, 'neighbor')} costs ${names.amount(total, currency)}.`,
    );
  if (unknown > 0) costs.push(`${plural(unknown, 'neighbor')} of them did not tell their fee yet.`);
  const cost = costs.join(' ');
  const mayCost = unknown > 0 || fees.some(({ fees: total }) => total > 0);
  if (mayCost) await confirm(terminal, cost, yes);
  if (cost !== '') output.note(cost);
}

async function searchAndShow(
  { session, output }: Cli,
  names: Names,
  order: Order,
): Promise<{ readonly search: Search; readonly bids: readonly Bid[] }> {
  const events = await session.events();
  try {
    const { id } = await session.call('search.start', order);
    const bids: Bid[] = [];
    for await (const frame of events) {
      if (frame.kind === 'event') {
        const { event } = frame;
        if (event.type === 'search-refused' && event.search === id) {
          output.note(`${names.nameOf(event.peer)}: ${oneLine(event.problem.detail, 100)}`);
        }
        if (!('search' in event) || event.search !== id) continue;
      }
      const fresh = await bidsAfter(session, id, bids.length);
      for (const bid of fresh) output.line(bidLine(names, bid));
      bids.push(...fresh);
      const search = await session.call('search.get', { search: id });
      if (search.state === 'ended' && bids.length >= search.bids) return { search, bids };
    }
    throw new Error('The events ended before the search did.');
  } finally {
    events.close();
  }
}

async function bidsAfter(session: Cli['session'], search: string, offset: number): Promise<Bid[]> {
  const { bids } = await session.call('search.bids', { search, offset, limit: bidsPage });
  return bids;
}

function bidLine(names: Names, bid: Bid): string {
  const price = names.amount(bid.price, bid.currency).padStart(12);
  const size = formatBytes(bid.sizeBytes).padStart(10);
  const { good, of } = bid.share;
  const known = [bid.list, of > 0 && `${good} of ${plural(of, 'deal')} good`].filter(Boolean);
  const who = `${names.nameOf(bid.bidder)}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
  return `${price}  ${size}  ${oneLine(bid.title, 50)}  from ${who}  bid ${bid.id}`;
}
