import type { Command } from 'commander';
import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { formatDuration, formatTime, plural } from '../format.ts';
import type { Names } from '../names.ts';
import { limit } from '../options.ts';
import { fields, table } from '../table.ts';

type Known = MethodOutput<'neighbors.get'>;
type Statistics = Known['statistics'];

/** `souk neighbors show`: what a person judges a neighbor by, and what the peer has learned of it. */
export function addNeighborDetails(neighbors: Command, action: Commands['action']): void {
  neighbors
    .command('show <peer>')
    .summary('how trade with it went, how it answers, and what it is good for')
    .action(
      action(async ({ session, output }, who: string) => {
        const names = await session.names();
        const found = await session.call('neighbors.get', { peer: names.peer(who) });
        output.result(found, knownText(found, names));
      }),
    );
}

/** `souk directory`: the documents seen elsewhere, and who has them. */
export function addDirectory({ program, action }: Commands): void {
  program
    .command('directory [text]')
    .summary('documents that you saw at others, newest first; with words, those that have them')
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(
      action(async ({ session, output }, text: string | undefined, page: { limit: number }) => {
        const names = await session.names();
        const found = await session.call('directory.find', {
          ...page,
          ...(text !== undefined && { text }),
        });
        const rows = found.sightings.map(({ title, peer, servedBy, price, currency, at }) => [
          title,
          names.nameOf(peer),
          servedBy === undefined || servedBy === peer ? '' : names.nameOf(servedBy),
          names.amount(price, currency),
          formatTime(at),
        ]);
        const columns = [
          { head: 'document', max: 50 },
          { head: 'at' },
          { head: 'served by' },
          { head: 'price', align: 'right' },
          { head: 'seen' },
        ] as const;
        const all = `${plural(found.total, 'sighting')} of ${found.most} at most.`;
        output.result(found, rows.length > 0 ? `${table(columns, rows)}\n${all}` : all);
      }),
    );
}

function knownText(known: Known, names: Names): string {
  const { statistics, neighbor, learned } = known;
  const { share, expected, seenAt, answers, asked, asks } = statistics;
  const reach = answers === undefined ? 'not called yet' : answers ? 'answers' : 'does not answer';
  const facts: [string, string][] = [
    ['name', known.name],
    ['id', known.peer],
    ['list', neighbor?.list ?? 'none'],
    ['reachable', `${reach}, last seen ${seenAt === undefined ? 'never' : formatTime(seenAt)}`],
    [
      'delivered',
      `${share.good} of ${plural(share.of, 'deal')}; counts as ${expected.good} of ${expected.of}`,
    ],
    [
      'you asked it',
      `${plural(asked.all, 'time')}: ${asked.bid} with a bid, ${asked.refused} refused, ${asked.silent} silent, ${asked.taken} taken`,
    ],
    [
      'it asked you',
      `${plural(asks.all, 'time')}: ${asks.offered} with a bid, ${asks.taken} taken`,
    ],
    ['bids within', timesText(statistics.bidTimes)],
    ['instructs within', timesText(statistics.dealTimes)],
    ['chance of a bid', percent(learned.chancePerMillion)],
    ['good for', goodForText(learned)],
  ];
  const profits = learned.prospects.map(
    ({ currency, fee, commission, profitPerHundred }): [string, string] => [
      'asking it',
      commission === undefined || profitPerHundred === undefined
        ? `costs ${names.amount(fee, currency)}`
        : `brings ${names.amount(profitPerHundred, currency)} in a hundred questions: ` +
          `chance × ${names.amount(commission, currency)} − ${names.amount(fee, currency)}`,
    ],
  );
  return `${fields([...facts, ...profits])}\n\n${dealsTable(statistics)}`;
}

const sides = { bought: 'bought', supplied: 'supplied', sold: 'sold', resold: 'resold' } as const;
const outcomes = ['good', 'late', 'contested', 'contradicted', 'refunded', 'failed'] as const;

function dealsTable({ deals }: Statistics): string {
  const columns = [
    { head: 'deals' },
    ...[...outcomes, 'open', 'own fault'].map((head) => ({ head, align: 'right' as const })),
  ];
  const rows = Object.values(sides).map((side) => {
    const counts = deals[side];
    const shown = [...outcomes.map((outcome) => counts[outcome]), counts.open, counts.dropped];
    return [side, ...shown.map(String)];
  });
  return table(columns, rows);
}

function timesText(times: Statistics['bidTimes']): string {
  if (!times) return 'not known yet';
  const text = (ms: number) => (ms < 1_000 ? `${ms} ms` : formatDuration(ms));
  return `${text(times.medianMs)} for half, ${text(times.p90Ms)} for nine of ten`;
}

function goodForText({ goodFor }: Known['learned']): string {
  if (goodFor.length === 0) return 'not known yet';
  return goodFor
    .map(({ value, chancePerMillion }) => `${value} ${percent(chancePerMillion)}`)
    .join(', ');
}

function percent(perMillion: number): string {
  return `${Math.round(perMillion / 10_000)} %`;
}
