import { isPeerId } from '../../../src/identity/index.ts';
import { SoukError } from '../../../src/problem.ts';
import { formatAmount } from '../amounts.ts';
import type { Commands } from '../command.ts';
import { plural } from '../format.ts';
import type { Names } from '../names.ts';
import { collect, integer } from '../options.ts';
import { fields } from '../table.ts';

interface CreateOptions {
  readonly decimals: number;
  readonly feeFlat: number;
  readonly feePerMillion: number;
  readonly redeemableFor?: string;
  readonly solicitationFee?: number;
}

interface Endpoints {
  readonly endpoint?: string[];
}

const units = integer(0, Number.MAX_SAFE_INTEGER);

export function addCurrency({ program, action }: Commands): void {
  const currency = program.command('currency').summary('your own currency, and those you take');
  currency
    .command('statement', { isDefault: true })
    .summary('what exists of your currency, and who holds how much')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('currency.statement', {}).catch(sayWhatToDo);
        const amount = (value: number) => formatAmount(value, found);
        const text = fields([
          ['currency', `${found.name} (${found.symbol})`],
          ['id', found.currency],
          ['issued', amount(found.issued)],
          ['destroyed', amount(found.destroyed)],
          [
            'held by others',
            `${amount(found.sumOfBalances)} in ${plural(found.holders, 'account')}`,
          ],
          ['on hold', amount(found.sumOfHeld)],
          ['redeemable for', found.redeemableFor],
        ]);
        output.result(found, text);
      }),
    );
  addCreation(currency, action);
  addIssuing(currency, action);
  addForeign(currency, action);
}

function sayWhatToDo(error: unknown): never {
  if (!(error instanceof SoukError) || error.code !== 'no-currency') throw error;
  throw new SoukError(
    error.code,
    `${error.message} To issue one: souk currency create <symbol> <name>. Those you take: souk wallet.`,
  );
}

function addCreation(currency: Commands['program'], action: Commands['action']): void {
  currency
    .command('create <symbol> <name>')
    .summary('issue a currency of your own')
    .option('--decimals <n>', 'how many are shown', integer(0, 6), 0)
    .option('--fee-flat <units>', 'fee of each transfer, in the smallest unit', units, 0)
    .option('--fee-per-million <n>', 'and of each million', integer(0, 1_000_000), 0)
    .option(
      '--solicitation-fee <units>',
      'what asking for a bid costs, in the smallest unit',
      units,
    )
    .option('--redeemable-for <text>', 'what one gets for it')
    .addHelpText('after', '\nExample:\n  souk currency create ALC "Alice coins" --decimals 2')
    .action(
      action(async ({ session, output }, symbol: string, name: string, options: CreateOptions) => {
        const { decimals, feeFlat, feePerMillion, redeemableFor, solicitationFee } = options;
        const made = await session.call('currency.create', {
          symbol,
          name,
          decimals,
          fee: { flat: feeFlat, perMillion: feePerMillion },
          ...(redeemableFor !== undefined && { redeemableFor }),
          ...(solicitationFee !== undefined && { solicitationFee }),
        });
        output.result(made, `You issue ${name} (${symbol}). It exists as soon as you spend it.`);
      }),
    );
}

interface IssueOptions {
  readonly tab?: boolean;
  readonly note: string;
}

function addIssuing(currency: Commands['program'], action: Commands['action']): void {
  currency
    .command('issue <peer> <amount>')
    .summary('pay in your own currency, which creates it')
    .option('--tab', 'on the tab of the peer, not as a gift')
    .option('--note <text>', 'for yourself', '')
    .action(
      action(async ({ session, output }, who: string, text: string, options: IssueOptions) => {
        const names = await session.names();
        const self = (await session.call('peer.status', {})).peer;
        const payee = names.peer(who);
        const issued = await session.call('currency.issue', {
          payee,
          amount: names.parse(text, self),
          as: options.tab ? 'tab' : 'gift',
          note: options.note,
        });
        const amount = names.amount(issued.amount, self);
        output.result(issued, `Issued ${amount} to ${names.nameOf(payee)}.`);
      }),
    );
}

function addForeign(currency: Commands['program'], action: Commands['action']): void {
  currency
    .command('add <currency>')
    .summary('follow a currency of somebody else, by id or by its issuer')
    .option('--endpoint <url>', 'where its issuer answers, where no card tells', collect)
    .action(
      action(async ({ session, output }, text: string, { endpoint }: Endpoints) => {
        const id = idOf(await session.names(), text);
        const place = endpoint && { endpoints: endpoint };
        await session.call('wallet.addCurrency', { currency: id, ...place });
        output.result({ currency: id }, `The wallet follows ${id}.`);
      }),
    );
  currency
    .command('accept <currency>')
    .summary('take payment in it')
    .option('--endpoint <url>', 'where its issuer answers, where no card tells', collect)
    .option(
      '--solicitation-fee <units>',
      'what asking for a bid costs, in the smallest unit',
      units,
      1,
    )
    .action(
      action(async ({ session, output }, text: string, options: AcceptOptions) => {
        const { endpoint, solicitationFee } = options;
        const id = idOf(await session.names(), text);
        const place = endpoint && { endpoints: endpoint };
        const taken = await session.call('currency.accept', {
          currency: id,
          solicitationFee,
          ...place,
        });
        output.result(taken, `Takes ${text} from now on.`);
      }),
    );
  currency
    .command('refuse <currency>')
    .summary('take it no more')
    .action(
      action(async ({ session, output }, text: string) => {
        const id = idOf(await session.names(), text);
        const taken = await session.call('currency.refuse', { currency: id });
        output.result(taken, `Does not take ${text} any more.`);
      }),
    );
  currency
    .command('forget <currency>')
    .summary('take it no more, and leave it out of the wallet')
    .option('--leave-money', 'also while there is money, a tab or a payment in it', false)
    .action(
      action(async ({ session, output }, text: string, options: { leaveMoney: boolean }) => {
        const id = idOf(await session.names(), text);
        const { leaveMoney } = options;
        const done = await session.call('wallet.forget', { currency: id, leaveMoney });
        output.result(done, `Forgot ${text}. Its rows stay in the journal.`);
      }),
    );
}

interface AcceptOptions extends Endpoints {
  readonly solicitationFee: number;
}

/** A currency of the wallet, or the peer that issues one: a currency has the id of its issuer. */
function idOf(names: Names, text: string) {
  if (isPeerId(text)) return text;
  try {
    return names.currency(text);
  } catch {
    return names.peer(text);
  }
}
