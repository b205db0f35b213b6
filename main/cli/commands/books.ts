import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import type { Names } from '../names.ts';
import { day } from '../options.ts';
import { table } from '../table.ts';

interface EarningsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly currency?: string;
}

const dayMs = 24 * 60 * 60_000;
const daysShown = 30;

export function addBooks({ program, action }: Commands): void {
  program
    .command('earnings')
    .summary('what your peer earned, by day, kind and neighbor')
    .option('--from <day>', 'as 2026-11-01, in UTC; the last 30 days where it is not said', day)
    .option('--to <day>', 'today where it is not said', day)
    .option('--currency <currency>', 'of one only, by symbol, name or id')
    .action(
      action(async ({ session, output }, options: EarningsOptions) => {
        const names = await session.names();
        const { currency } = options;
        const found = await session.call('earnings.get', {
          from: options.from ?? dayOf(Date.now() - daysShown * dayMs),
          to: options.to ?? dayOf(Date.now()),
          ...(currency !== undefined && { currency: names.currency(currency) }),
        });
        output.result(found, earningsText(found, names));
      }),
    );
  program
    .command('journal')
    .summary('add the books up: every currency sums to zero')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('journal.check', {});
        const names = await session.names();
        const rows = found.currencies.flatMap(({ currency, accounts, sum }) => [
          ...accounts.map(({ account, balance }) => [
            names.formatOf(currency).symbol,
            account,
            names.amount(balance, currency),
          ]),
          [names.formatOf(currency).symbol, 'sum', names.amount(sum, currency)],
        ]);
        const verdict = found.balanced ? 'The books are balanced.' : 'The books are NOT balanced.';
        const columns = [
          { head: 'currency' },
          { head: 'account' },
          { head: 'balance', align: 'right' },
        ] as const;
        output.result(found, rows.length > 0 ? `${table(columns, rows)}\n${verdict}` : verdict);
      }),
    );
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function earningsText({ rows, totals }: MethodOutput<'earnings.get'>, names: Names): string {
  if (rows.length === 0) return 'Nothing was earned in this time.';
  const cells = rows.map(({ day: on, kind, peer, via, amount, currency }) => [
    on,
    kind,
    peer ? names.nameOf(peer) : '',
    via ? names.nameOf(via) : '',
    names.amount(amount, currency),
  ]);
  const columns = [
    { head: 'day' },
    { head: 'kind' },
    { head: 'from' },
    { head: 'through' },
    { head: 'earned', align: 'right' },
  ] as const;
  const sums = totals.map(
    ({ kind, amount, currency }) => `${kind}: ${names.amount(amount, currency)}`,
  );
  return `${table(columns, cells)}\nIn all: ${sums.join(', ')}`;
}
