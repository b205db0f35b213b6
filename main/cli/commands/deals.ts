import { Option } from 'commander';
import type { DealId } from '../../../src/protocol/index.ts';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Cli, Commands } from '../command.ts';
import { formatBytes, formatDuration, formatTime } from '../format.ts';
import { type Names, short } from '../names.ts';
import { integer, limit, rate } from '../options.ts';
import { UsageError } from '../output.ts';
import { bought, buyAndWait } from '../purchase.ts';
import { fields, table } from '../table.ts';

type Deal = MethodOutput<'deals.list'>['deals'][number];

export function addDeals({ program, action, terminal }: Commands): void {
  program
    .command('buy <bid>')
    .summary('accept a bid, and wait for the document')
    .option('--no-wait', 'does not wait until it is there')
    .action(
      action(async (cli, bid: string, { wait }: { wait: boolean }) => {
        if (!wait) {
          const purchase = await cli.session.call('deals.buy', { bid });
          return cli.output.result({ purchase }, `Deal ${purchase.deal}: ${purchase.state}.`);
        }
        const purchase = await buyAndWait(cli, terminal, bid);
        cli.output.result({ purchase }, bought(purchase));
      }),
    );
  const deals = program.command('deals').summary('what you bought and sold');
  deals
    .command('list', { isDefault: true })
    .summary('show them, newest first')
    .addOption(new Option('--side <side>', 'one side only').choices(['purchase', 'sale']))
    .option('--limit <n>', 'at most so many', limit, 20)
    .option('--before <cursor>', 'the next page, as the one before says')
    .action(
      action(async ({ session, output }, options: DealsOptions) => {
        const found = await session.call('deals.list', options);
        output.result(found, dealTable(found, await session.names()));
      }),
    );
  deals
    .command('show <deal>')
    .summary('its states with their times')
    .action(
      action(async (cli, text: string) => {
        const deal = await dealCalled(cli, text);
        const found = await cli.session.call('deals.get', { deal });
        const names = await cli.session.names();
        const shown = found.sides.map((side) => dealText(side.deal, names));
        cli.output.result(found, shown.join('\n\n'));
      }),
    );
}

interface DealsOptions {
  readonly side?: 'purchase' | 'sale';
  readonly limit: number;
  readonly before?: string;
}

export function addDownloads({ program, action }: Commands): void {
  const downloads = program.command('downloads').summary('documents on their way');
  downloads
    .command('list', { isDefault: true })
    .summary('show them')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('downloads.list', {});
        const rows = found.downloads.map((each) => [
          each.title,
          each.state.kind,
          `${formatBytes(each.receivedBytes)} of ${formatBytes(each.sizeBytes)}`,
          `${formatBytes(each.bytesPerSecond)}/s`,
          each.secondsLeft === undefined ? '' : formatDuration(each.secondsLeft * 1_000),
          each.deal,
        ]);
        const heads = ['title', 'state', 'arrived', 'speed', 'left', 'deal'];
        const columns = heads.map((head) => ({ head, max: 50 }));
        output.result(found, rows.length > 0 ? table(columns, rows) : 'Nothing is on its way.');
      }),
    );
  for (const what of ['pause', 'resume', 'cancel'] as const) {
    downloads
      .command(`${what} <deal>`)
      .summary(what === 'cancel' ? 'give it up; what was paid stays paid' : `${what} it`)
      .action(
        action(async (cli, text: string) => {
          const deal = await dealCalled(cli, text);
          await cli.session.call(`downloads.${what}`, { deal });
          cli.output.result({ deal }, `${deal}: ${what}`);
        }),
      );
  }
  downloads
    .command('limit')
    .summary('bound the rates')
    .option('--down <rate>', 'bytes a second, as 500k; or off', rate)
    .option('--up <rate>', 'bytes a second, as 500k; or off', rate)
    .option('--at-once <n>', 'how many documents at the same time', integer(1, 64))
    .action(
      action(async ({ session, output }, { down, up, atOnce }: LimitOptions) => {
        const limits = await session.call('downloads.limit', {
          ...(down !== undefined && { downloadBytesPerSecond: down }),
          ...(up !== undefined && { uploadBytesPerSecond: up }),
          ...(atOnce !== undefined && { runningMax: atOnce }),
        });
        const shown = (bound?: number) =>
          bound === undefined ? 'no limit' : `${formatBytes(bound)}/s`;
        const { downloadBytesPerSecond, uploadBytesPerSecond } = limits;
        const text = `Down: ${shown(downloadBytesPerSecond)}. Up: ${shown(uploadBytesPerSecond)}.`;
        output.result(limits, text);
      }),
    );
}

interface LimitOptions {
  readonly down?: number | null;
  readonly up?: number | null;
  readonly atOnce?: number;
}

/** A deal by its id or by the beginning of it, among the newest. */
async function dealCalled({ session }: Cli, text: string): Promise<DealId> {
  const { deals } = await session.call('deals.list', { limit: 1_000 });
  const found = [...new Set(deals.map(({ deal }) => deal))].filter((id) => id.startsWith(text));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only) throw new UsageError(`"${text}" begins ${found.length} deals: write more of it.`);
  throw new UsageError(`No deal begins with "${text}". See: souk deals`);
}

const otherSide = (deal: Deal) => (deal.side === 'purchase' ? deal.seller : deal.buyer);

function dealTable({ deals, before }: MethodOutput<'deals.list'>, names: Names): string {
  if (deals.length === 0) return 'No deals.';
  const rows = deals.map((deal) => [
    formatTime(deal.at),
    deal.side === 'purchase' ? (deal.resoldTo ? 'bought to resell' : 'bought') : 'sold',
    deal.title,
    names.amount(deal.price, deal.currency),
    names.nameOf(otherSide(deal)),
    deal.state,
    short(deal.deal),
  ]);
  const columns = [
    { head: 'when' },
    { head: 'side' },
    { head: 'title', max: 50 },
    { head: 'price', align: 'right' },
    { head: 'peer' },
    { head: 'state' },
    { head: 'deal' },
  ] as const;
  const more = before === undefined ? '' : `\nMore: souk deals --before ${before}`;
  return table(columns, rows) + more;
}

function dealText(deal: Deal, names: Names): string {
  return fields([
    ['deal', deal.deal],
    [deal.side === 'purchase' ? 'bought' : 'sold', `${deal.title} (${deal.documentId})`],
    [deal.side === 'purchase' ? 'from' : 'to', names.nameOf(otherSide(deal))],
    ['price', names.amount(deal.price, deal.currency)],
    ...deal.history.map(({ state, at }): [string, string] => [formatTime(at), state]),
    ...(deal.side === 'purchase' && deal.failure
      ? [['failed', deal.failure.detail] as [string, string]]
      : []),
    ...(deal.side === 'purchase' && deal.path ? [['file', deal.path] as [string, string]] : []),
  ]);
}
