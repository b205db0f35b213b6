import type { Command } from 'commander';
import type { Cli, Commands } from '../command.ts';
import { formatTime } from '../format.ts';
import { integer } from '../options.ts';
import { table } from '../table.ts';

interface InCurrency {
  readonly currency?: string;
}

export function addTabs({ program, action }: Commands): void {
  const tabs = program.command('tabs').summary('what you and your neighbors owe each other');
  tabs
    .command('list', { isDefault: true })
    .summary('show them')
    .action(action((cli) => showTabs(cli)));
  addEntries(tabs, action);
  addDiscrepancies(tabs, action);
  tabs
    .command('accept <peer>')
    .summary('take what you disputed for owed after all')
    .option('--currency <currency>', 'by symbol, name or id')
    .action(onTab('tabs.accept', (who, amount) => `You owe ${who} ${amount} more.`));
  program
    .command('settle <peer>')
    .summary('pay what you owe a peer now')
    .option('--currency <currency>', 'by symbol, name or id')
    .action(onTab('tabs.settle', (who, amount) => `Ordered ${amount} for ${who}.`));

  /** An action on the tab with a peer, and what it says of the amount. */
  function onTab(
    method: 'tabs.accept' | 'tabs.settle',
    said: (who: string, amount: string) => string,
  ) {
    return action(async ({ session, output }, who: string, options: InCurrency) => {
      const names = await session.names();
      const currency = names.currency(options.currency);
      const peer = names.peer(who);
      const done = await session.call(method, { peer, currency });
      output.result(done, said(names.nameOf(peer), names.amount(done.amount, currency)));
    });
  }
}

function addEntries(tabs: Command, action: Commands['action']): void {
  tabs
    .command('entries <peer>')
    .summary('what a peer was charged here')
    .option('--currency <currency>', 'by symbol, name or id')
    .option('--after <n>', 'after the n-th', integer(0, 2 ** 53 - 1), 0)
    .action(
      action(async ({ session, output }, who: string, options: InCurrency & { after: number }) => {
        const names = await session.names();
        const currency = names.currency(options.currency);
        const peer = names.peer(who);
        const { after } = options;
        const found = await session.call('tabs.entries', { peer, currency, after });
        const rows = found.entries.map((entry) => [
          String(entry.n),
          formatTime(entry.at),
          entry.kind,
          names.amount(entry.amount, currency),
          entry.reference,
        ]);
        const heads = ['n', 'when', 'kind', 'amount', 'reference'].map((head) => ({ head }));
        output.result(found, rows.length > 0 ? table(heads, rows) : 'No entries.');
      }),
    );
}

function addDiscrepancies(tabs: Command, action: Commands['action']): void {
  tabs
    .command('discrepancies')
    .summary('what peers charged and you cannot explain')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('tabs.discrepancies', {});
        const names = await session.names();
        const rows = found.discrepancies.map(({ at, peer, detail }) => [
          formatTime(at),
          names.nameOf(peer),
          detail,
        ]);
        const heads = [{ head: 'when' }, { head: 'peer' }, { head: 'what' }];
        output.result(found, rows.length > 0 ? table(heads, rows) : 'None.');
      }),
    );
}

async function showTabs({ session, output }: Cli): Promise<void> {
  const found = await session.call('tabs.list', {});
  const names = await session.names();
  const rows = found.tabs.map((tab) => [
    names.nameOf(tab.peer),
    names.amount(tab.claim, tab.currency),
    names.amount(tab.debt, tab.currency),
    names.amount(tab.netOwed, tab.currency),
    names.amount(tab.creditLimit, tab.currency),
    tab.paying === undefined ? '' : `paying ${names.amount(tab.paying, tab.currency)}`,
  ]);
  const columns = [
    { head: 'peer' },
    { head: 'owes you', align: 'right' },
    { head: 'you owe', align: 'right' },
    { head: 'you owe net', align: 'right' },
    { head: 'may owe', align: 'right' },
    { head: '' },
  ] as const;
  output.result(found, rows.length > 0 ? table(columns, rows) : 'No tabs.');
}
