import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { formatTime } from '../format.ts';
import { type Names, short } from '../names.ts';
import { integer, limit } from '../options.ts';
import { table } from '../table.ts';

interface InCurrency {
  readonly currency?: string;
}

export function addWallet({ program, action }: Commands): void {
  const wallet = program.command('wallet').summary('your money');
  wallet
    .command('list', { isDefault: true })
    .summary('every currency')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('wallet.list', {});
        output.result(found, walletTable(found, await session.names()));
      }),
    );
  wallet
    .command('statement')
    .summary('every movement and its cause, newest first')
    .option('--currency <currency>', 'by symbol, name or id')
    .option('--limit <n>', 'at most so many', limit, 30)
    .option('--before <n>', 'the next page, as the one before says', integer(0, 2 ** 53 - 1))
    .action(
      action(async ({ session, output }, options: InCurrency & StatementPage) => {
        const names = await session.names();
        const { currency: called, ...page } = options;
        const currency = names.currency(called);
        const found = await session.call('wallet.statement', { currency, ...page });
        output.result(found, statementTable(found, names));
      }),
    );
  wallet
    .command('orders')
    .summary('what you paid')
    .option('--currency <currency>', 'by symbol, name or id')
    .option('--limit <n>', 'at most so many', limit, 30)
    .action(
      action(async ({ session, output }, options: InCurrency & { limit: number }) => {
        const names = await session.names();
        const currency = names.currency(options.currency);
        const found = await session.call('wallet.orders', { currency, limit: options.limit });
        const rows = found.orders.map((order) => [
          formatTime(order.at),
          names.nameOf(order.payee),
          names.amount(order.amount, currency),
          order.state,
          purposeText(order.purpose),
        ]);
        const heads = ['when', 'to', 'amount', 'state', 'for'].map((head) => ({ head, max: 50 }));
        output.result(found, rows.length > 0 ? table(heads, rows) : 'Nothing was paid.');
      }),
    );
}

function purposeText(purpose: MethodOutput<'wallet.orders'>['orders'][number]['purpose']): string {
  switch (purpose.kind) {
    case 'tab':
      return 'on the tab';
    case 'gift':
      return purpose.note;
    case 'hold':
      return purpose.use === 'exchange' ? 'an exchange' : 'a delivery';
  }
}

interface StatementPage {
  readonly limit: number;
  readonly before?: number;
}

interface SendOptions extends InCurrency {
  readonly note: string;
  readonly transactionId?: string;
}

export function addPayments({ program, action }: Commands): void {
  program
    .command('send <peer> <amount>')
    .summary('pay somebody')
    .option('--currency <currency>', 'by symbol, name or id')
    .option('--note <text>', 'for yourself', '')
    .option('--transaction-id <id>', 'as the payee made it')
    .addHelpText('after', '\nExample:\n  souk send bob 12.50 --currency ALC --note thanks')
    .action(
      action(async ({ session, output }, who: string, text: string, options: SendOptions) => {
        const names = await session.names();
        const currency = names.currency(options.currency);
        const payee = names.peer(who);
        const { note, transactionId } = options;
        const sent = await session.call('wallet.send', {
          currency,
          payee,
          amount: names.parse(text, currency),
          note,
          ...(transactionId !== undefined && { transactionId }),
        });
        const said = `Ordered ${names.amount(sent.amount, currency)} for ${names.nameOf(payee)}.`;
        output.result(sent, `${said} Its state: souk wallet orders`);
      }),
    );
  program
    .command('receive')
    .summary('what a payer has to know')
    .option('--currency <currency>', 'by symbol, name or id')
    .action(
      action(async ({ session, output }, options: InCurrency) => {
        const names = await session.names();
        const currency = names.currency(options.currency);
        const told = await session.call('wallet.receive', { currency });
        output.result(
          told,
          `souk send ${told.payee} <amount> --currency ${currency} --transaction-id ${told.transactionId}`,
        );
      }),
    );
}

function walletTable({ currencies }: MethodOutput<'wallet.list'>, names: Names): string {
  if (currencies.length === 0) {
    return 'No currency. Issue one (souk currency create) or follow one (souk currency add).';
  }
  const rows = currencies.map((each) => {
    const amount = (units: number) => names.amount(units, each.currency);
    return [
      each.symbol ?? short(each.currency),
      each.own ? `issued ${amount(each.outstanding)}` : amount(each.balance),
      amount(each.ordered + each.held),
      amount(each.tabsOwedToUs),
      amount(each.tabsWeOwe),
      each.discrepancy ? 'the issuer says otherwise' : (each.trouble?.detail ?? each.state),
    ];
  });
  const columns = [
    { head: 'currency' },
    { head: 'balance', align: 'right' },
    { head: 'on its way', align: 'right' },
    { head: 'owed to you', align: 'right' },
    { head: 'you owe', align: 'right' },
    { head: 'state', max: 60 },
  ] as const;
  return table(columns, rows);
}

function statementTable({ rows, before }: MethodOutput<'wallet.statement'>, names: Names): string {
  if (rows.length === 0) return 'Nothing moved yet.';
  const cells = rows.map(({ at, currency, cause, money, claims, result }) => [
    formatTime(at),
    cause.kind,
    names.amount(money, currency),
    names.amount(claims, currency),
    names.amount(result, currency),
    cause.peer ? names.nameOf(cause.peer) : '',
    cause.reason,
  ]);
  const columns = [
    { head: 'when' },
    { head: 'cause' },
    { head: 'money', align: 'right' },
    { head: 'tabs', align: 'right' },
    { head: 'result', align: 'right' },
    { head: 'peer' },
    { head: 'why', max: 60 },
  ] as const;
  return table(columns, cells) + (before === undefined ? '' : `\nMore: --before ${before}`);
}
