import { Option } from 'commander';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { formatBytes, formatDuration, formatTime } from '../format.ts';
import { type Names, short } from '../names.ts';
import { integer, limit, rate } from '../options.ts';
import { bought, buyAndWait } from '../purchase.ts';
import { table } from '../table.ts';
import { addContest } from './contest.ts';
import { dealCalled } from './deal-called.ts';
import { dealText, otherSide } from './deal-text.ts';

export function addDeals({ program, action, terminal }: Commands): void {
  program
    .command('buy <bid>')
    .summary('accept a bid, and wait for the document')
    .option('--no-wait', 'does not wait until it is there')
    .addOption(new Option('--sealed', 'against the key: held at the issuer until it is shown'))
    .addOption(new Option('--on-tab', 'on the tab, whatever the settings say').conflicts('sealed'))
    .action(
      action(async (cli, bid: string, { wait, sealed, onTab }: BuyOptions) => {
        const how = sealed || onTab ? { sealed: sealed === true } : {};
        if (!wait) {
          const purchase = await cli.session.call('deals.buy', { bid, ...how });
          return cli.output.result({ purchase }, `Deal ${purchase.deal}: ${purchase.state}.`);
        }
        const purchase = await buyAndWait(cli, terminal, { bid, ...how });
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
    .addOption(
      new Option('--progress <progress>', 'only those that stand so').choices([
        'open',
        'ended',
        'failed',
        'contested',
      ]),
    )
    .action(
      action(async ({ session, output }, options: DealsOptions) => {
        const found = await session.call('deals.list', options);
        output.result(found, dealTable(found, await session.names()));
      }),
    );
  deals
    .command('show <deal>')
    .summary('its states with their times, and what you hold of it in evidence')
    .action(
      action(async (cli, text: string) => {
        const deal = await dealCalled(cli, text);
        const found = await cli.session.call('deals.get', { deal });
        const names = await cli.session.names();
        const shown = found.sides.map((side) => dealText(side, names));
        cli.output.result(found, shown.join('\n\n'));
      }),
    );
  addContest(deals, action);
}

interface BuyOptions {
  readonly wait: boolean;
  readonly sealed?: boolean;
  readonly onTab?: boolean;
}

interface DealsOptions {
  readonly side?: 'purchase' | 'sale';
  readonly limit: number;
  readonly before?: string;
  readonly progress?: 'open' | 'ended' | 'failed' | 'contested';
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

function dealTable({ deals, before }: MethodOutput<'deals.list'>, names: Names): string {
  if (deals.length === 0) return 'No deals.';
  const rows = deals.map((deal) => [
    formatTime(deal.at),
    deal.side === 'purchase' ? (deal.resoldTo ? 'bought to resell' : 'bought') : 'sold',
    deal.title,
    names.amount(deal.price, deal.currency),
    names.nameOf(otherSide(deal)),
    deal.contest ? `${deal.state}, contested` : deal.state,
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
