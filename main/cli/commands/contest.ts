import { type Command, Option } from 'commander';
import { contestReason } from '../../../src/protocol/index.ts';
import type { Commands } from '../command.ts';
import { dealCalled } from './deal-called.ts';

/** `souk deals contest`: says that a bought document did not come, or was not what was bought. */
export function addContest(deals: Command, action: Commands['action']): void {
  deals
    .command('contest <deal>')
    .summary('say that it did not go well, and ask for the price back; once for each deal')
    .addOption(
      new Option('--reason <reason>', 'why').choices(contestReason.options).makeOptionMandatory(),
    )
    .option('--note <text>', 'a line for the seller', '')
    .addHelpText(
      'after',
      '\nA seller that has you as its primary neighbor refunds you, whatever happened. Whoever took part in the\n' +
        'deal and is no primary neighbor of yours goes to your undesirable list. A deal that was paid against its\n' +
        'key is told to those who took part, with its evidence: by the protocol no refund is owed.',
    )
    .action(
      action(async (cli, text: string, { reason, note }: ContestOptions) => {
        const deal = await dealCalled(cli, text);
        const purchase = await cli.session.call('deals.contest', { deal, reason, note });
        cli.output.result({ purchase }, `Contested: ${purchase.title}. See: souk deals show`);
      }),
    );
}

interface ContestOptions {
  readonly reason: (typeof contestReason.options)[number];
  readonly note: string;
}
