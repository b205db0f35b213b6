import type { MethodOutput } from '../../bridge/contract.ts';
import { formatTime } from '../format.ts';
import type { Names } from '../names.ts';

export type Watched = MethodOutput<'search.saved'>['searches'][number];

const minuteMs = 60_000;

/** One watched search in lines: what it looks for, what it has bought and what it left alone. */
export function watchText(
  { id, query, offers, everyMs, nextAt, buying }: Watched,
  names: Names,
): string {
  const wish = query.text ?? query.documentId ?? '';
  const prices = offers.map(({ currency, maxPrice }) => names.amount(maxPrice, currency));
  return [
    `${wish}, at most ${prices.join(' or ')}, every ${everyMs / minuteMs} min (${id})`,
    `  next ${formatTime(nextAt)}`,
    ...(buying ? buyingLines(buying, names) : ['  it buys nothing by itself']),
  ].join('\n');
}

function buyingLines(buying: NonNullable<Watched['buying']>, names: Names): readonly string[] {
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
