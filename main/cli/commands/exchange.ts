import type { MethodOutput } from '../../bridge/contract.ts';
import type { Cli, Commands } from '../command.ts';
import { formatTime } from '../format.ts';
import type { Names } from '../names.ts';
import { integer, limit } from '../options.ts';
import { UsageError } from '../output.ts';
import { table } from '../table.ts';

type Rate = Pick<
  MethodOutput<'exchange.rates'>['rates'][number],
  'give' | 'get' | 'numerator' | 'denominator'
>;
type Exchange = MethodOutput<'exchange.list'>['exchanges'][number];

interface RateOptions {
  readonly max: string;
  readonly days: number;
}

interface TakeOptions {
  readonly way?: 'tab' | 'swap';
  readonly wait?: boolean;
}

const answerWaitMs = 2_000;
const lookAgainMs = 60_000;

export function addExchange({ program, action }: Commands): void {
  const exchange = program
    .command('exchange')
    .summary('one currency for another')
    .addHelpText(
      'after',
      `
Examples:
  souk exchange rate 1 ALC 3 BOB --max 100 --days 7   give 3 BOB for each ALC, 100 ALC in all
  souk exchange offers                                what your neighbors offer
  souk exchange take bob 10 ALC BOB                   give bob 10 ALC for BOB`,
    );
  exchange
    .command('list', { isDefault: true })
    .summary('your exchanges, newest first')
    .option('--limit <n>', 'at most so many', limit, 30)
    .action(
      action(async ({ session, output }, options: { limit: number }) => {
        const found = await session.call('exchange.list', { limit: options.limit });
        const names = await session.names();
        const rows = found.exchanges.map((one) => exchangeRow(one, names));
        const heads = ['when', 'with', 'gave', 'got', 'way', 'state'].map((head) => ({ head }));
        output.result(found, rows.length > 0 ? table(heads, rows) : 'Nothing was exchanged.');
      }),
    );
  exchange
    .command('rates')
    .summary('what you offer')
    .action(action((cli) => showRates(cli)));
  addOwnRates(exchange, action);
  addTaking(exchange, action);
}

async function showRates({ session, output }: Cli): Promise<void> {
  const found = await session.call('exchange.rates', {});
  const names = await session.names();
  const rows = found.rates.map((rate) => [
    rateText(rate, names),
    names.amount(rate.left, rate.give),
    formatTime(rate.expires * 1000),
    rate.expired ? 'expired' : idleText(rate.idle),
  ]);
  const heads = [
    { head: 'others give, and get' },
    { head: 'left' },
    { head: 'until' },
    { head: '' },
  ];
  output.result(found, rows.length > 0 ? table(heads, rows) : 'You offer no rate.');
}

function idleText(idle: MethodOutput<'exchange.rates'>['rates'][number]['idle']): string {
  if (idle === 'not-accepted') return 'not offered: you do not take payment in what is given';
  return idle ? 'not offered: the wallet does not know what is got' : 'offered';
}

function addOwnRates(exchange: Commands['program'], action: Commands['action']): void {
  exchange
    .command('rate <give-amount> <give> <get-amount> <get>')
    .summary('offer: whoever gives you so much gets so much')
    .requiredOption('--max <amount>', 'of what is given, in all')
    .option('--days <n>', 'how long it holds', integer(1, 3_650), 7)
    .action(
      action(
        async ({ session, output }, ...given: [string, string, string, string, RateOptions]) => {
          const [giveAmount, giveText, getAmount, getText, options] = given;
          const names = await session.names();
          const [give, get] = [names.currency(giveText), names.currency(getText)];
          const rate = {
            ...{ give, get },
            numerator: names.parse(getAmount, get),
            denominator: names.parse(giveAmount, give),
            max: names.parse(options.max, give),
            expires: Math.floor(Date.now() / 1000) + options.days * 24 * 60 * 60,
          };
          const { rates } = await session.call('exchange.rates', {});
          const others = rates.filter((one) => one.give !== give || one.get !== get).map(plain);
          await session.call('exchange.setRates', { rates: [...others, rate] });
          output.result(rate, `You offer: ${rateText(rate, names)}.`);
        },
      ),
    );
  exchange
    .command('withdraw <give> <get>')
    .summary('offer a rate no more')
    .action(
      action(async ({ session, output }, giveText: string, getText: string) => {
        const names = await session.names();
        const [give, get] = [names.currency(giveText), names.currency(getText)];
        const { rates } = await session.call('exchange.rates', {});
        const others = rates.filter((one) => one.give !== give || one.get !== get).map(plain);
        if (others.length === rates.length) throw new UsageError('You offer no such rate.');
        await session.call('exchange.setRates', { rates: others });
        output.result({ rates: others }, 'Withdrawn.');
      }),
    );
}

function plain(rate: MethodOutput<'exchange.rates'>['rates'][number]) {
  const { give, get, numerator, denominator, max, expires } = rate;
  return { give, get, numerator, denominator, max, expires };
}

function addTaking(exchange: Commands['program'], action: Commands['action']): void {
  exchange
    .command('offers [peer]')
    .summary('what your neighbors offer, or one peer')
    .action(
      action(async ({ session, output }, who: string | undefined) => {
        const names = await session.names();
        const peer = who === undefined ? undefined : names.peer(who);
        await askAndWait(session, peer);
        const found = await session.call('exchange.offers', {});
        const offers = found.offers.filter((each) => peer === undefined || each.peer === peer);
        const rows = offers.flatMap((each) =>
          each.rates.map((rate) => [
            names.nameOf(each.peer),
            rateText(rate, names),
            names.amount(rate.max, rate.give),
            formatTime(rate.expires * 1000),
          ]),
        );
        const heads = ['peer', 'you give, and get', 'at most', 'until'].map((head) => ({ head }));
        output.result({ offers }, rows.length > 0 ? table(heads, rows) : 'Nobody offers a rate.');
      }),
    );
  exchange
    .command('take <peer> <amount> <give> <get>')
    .summary('give a peer so much at its rate')
    .option('--way <way>', 'tab or swap; the tabs where they have room for it', wayOf)
    .option('--wait', 'until it has ended, two hours at most')
    .action(
      action(
        async ({ session, output }, ...given: [string, string, string, string, TakeOptions]) => {
          const [who, text, giveText, getText, { way, wait }] = given;
          const names = await session.names();
          const [give, get, peer] = [
            names.currency(giveText),
            names.currency(getText),
            names.peer(who),
          ];
          await askAndWait(session, peer);
          const order = { peer, give, get, amount: names.parse(text, give), ...(way && { way }) };
          const taken = await session.call('exchange.take', order);
          const ended = wait ? await untilEnded(session, taken) : taken;
          const said = `${names.amount(ended.amount, give)} for ${names.amount(ended.got, get)}`;
          output.result(ended, `${said}: ${ended.state}. More: souk exchange list`);
        },
      ),
    );
}

/** Asks for rates; of what does not answer in time the last word is shown. */
async function askAndWait(
  session: Cli['session'],
  peer: Exchange['peer'] | undefined,
): Promise<void> {
  const events = await session.events();
  try {
    const { asked } = await session.call('exchange.ask', peer === undefined ? {} : { peer });
    if (asked.length > 0) await eventWithin(events, answerWaitMs, (type) => type === 'rates');
  } finally {
    events.close();
  }
}

const ended: readonly Exchange['state'][] = ['exchanged', 'returned', 'failed', 'lost'];

async function untilEnded(session: Cli['session'], taken: Exchange): Promise<Exchange> {
  const events = await session.events();
  try {
    for (;;) {
      const { exchanges } = await session.call('exchange.list', { limit: 1_000 });
      const now = exchanges.find(({ peer, id }) => peer === taken.peer && id === taken.id) ?? taken;
      if (ended.includes(now.state)) return now;
      await eventWithin(events, lookAgainMs, (type) => type === 'exchange');
    }
  } finally {
    events.close();
  }
}

/** Waits for an event of a type, no longer than so. */
async function eventWithin(
  events: Awaited<ReturnType<Cli['session']['events']>>,
  timeMs: number,
  fits: (type: string) => boolean,
): Promise<void> {
  const time = Promise.withResolvers<void>();
  const timer = setTimeout(time.resolve, timeMs);
  const told = (async () => {
    for await (const frame of events) {
      if (frame.kind === 'event' && fits(frame.event.type)) return;
    }
  })();
  // The peer may end after the time is up: nobody waits for that any more.
  told.catch(() => undefined);
  try {
    await Promise.race([told, time.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function wayOf(text: string): 'tab' | 'swap' {
  if (text === 'tab' || text === 'swap') return text;
  throw new UsageError('The way is tab or swap.');
}

function rateText({ give, get, numerator, denominator }: Rate, names: Names): string {
  return `${names.amount(denominator, give)} for ${names.amount(numerator, get)}`;
}

function exchangeRow(one: Exchange, names: Names): string[] {
  const sides = [names.amount(one.amount, one.give), names.amount(one.got, one.get)];
  const [gave = '', got = ''] = one.side === 'taker' ? sides : sides.toReversed();
  const state = one.failure ? `${one.state}: ${one.failure.detail}` : one.state;
  return [formatTime(one.at), names.nameOf(one.peer), gave, got, one.way, state];
}
