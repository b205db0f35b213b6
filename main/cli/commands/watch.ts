import type { Command } from 'commander';
import { buyingDocumentsMax, repeatEveryMsMax, repeatEveryMsMin } from '../../../src/limits.ts';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { formatTime } from '../format.ts';
import type { Names } from '../names.ts';
import { integer } from '../options.ts';
import { UsageError } from '../output.ts';

type Saved = MethodOutput<'search.saved'>['searches'][number];

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
      action(async ({ session, output }, saved: string) => {
        await session.call('search.forget', { saved });
        output.result({ saved }, 'Forgotten. What it bought stays bought.');
      }),
    );
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
      action(async ({ session, output }, id: string, options: BuyOptions) => {
        const names = await session.names();
        const { searches } = await session.call('search.saved', {});
        const currency = searches.find((each) => each.id === id)?.offers[0]?.currency;
        if (currency === undefined) throw new UsageError('There is no such watched search.');
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
      action(async ({ session, output }, saved: string | undefined) => {
        const stopped = await session.call(
          'search.stopBuying',
          saved === undefined ? {} : { saved },
        );
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

/** One watched search in lines: what it looks for, what it has bought and what it left alone. */
function watchText({ id, query, offers, everyMs, nextAt, buying }: Saved, names: Names): string {
  const wish = query.text ?? query.documentId ?? '';
  const prices = offers.map(({ currency, maxPrice }) => names.amount(maxPrice, currency));
  return [
    `${wish}, at most ${prices.join(' or ')}, every ${everyMs / minuteMs} min (${id})`,
    `  next ${formatTime(nextAt)}`,
    ...(buying ? buyingLines(buying, names) : ['  it buys nothing by itself']),
  ].join('\n');
}

function buyingLines(buying: NonNullable<Saved['buying']>, names: Names): readonly string[] {
  const { state, bought, documentsMax, today, perDayMax, budgets, spent, left } = buying;
  const money = budgets.map(({ currency, amount }) => {
    const gone = spent.find((one) => one.currency === currency)?.amount ?? 0;
    return `${names.amount(gone, currency)} of ${names.amount(amount, currency)}`;
  });
  return [
    `  buying is ${state}: ${bought.length} of ${documentsMax}, today ${today} of ${perDayMax}, ${money.join(', ')}`,
    ...bought.map(
      ({ at, title, deal, cost, currency }) =>
        `  ${formatTime(at)} bought ${title} for ${names.amount(cost, currency)} (deal ${deal})`,
    ),
    ...left.map(
      ({ at, title, price, currency, why, problem }) =>
        `  ${formatTime(at)} left ${title} at ${names.amount(price, currency)}: ${problem?.detail ?? reasons[why]}`,
    ),
  ];
}

const reasons = {
  risk: 'too dear at its risk',
  budget: 'past the budget',
  day: 'enough for this day',
  funds: 'not enough money',
  had: 'you have it, or bought it before',
  refused: 'it could not be bought',
} as const;
