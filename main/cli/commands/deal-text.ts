import type { MethodOutput } from '../../bridge/contract.ts';
import { formatTime } from '../format.ts';
import type { Names } from '../names.ts';
import { fields } from '../table.ts';

type Side = MethodOutput<'deals.get'>['sides'][number];
type Deal = Side['deal'];
type Line = readonly [string, string];

export const otherSide = (deal: Deal) => (deal.side === 'purchase' ? deal.seller : deal.buyer);

/** One side of a deal: its states, its contest, and the statements that are held of it. */
export function dealText({ deal, evidence }: Side, names: Names): string {
  return fields([
    ['deal', deal.deal],
    [deal.side === 'purchase' ? 'bought' : 'sold', `${deal.title} (${deal.documentId})`],
    [deal.side === 'purchase' ? 'from' : 'to', names.nameOf(otherSide(deal))],
    ['price', names.amount(deal.price, deal.currency)],
    ...deal.history.map(({ state, at }): Line => [formatTime(at), state]),
    ...(deal.side === 'purchase' ? purchaseLines(deal, names) : saleLines(deal, names)),
    ...evidence.map(({ kind, text }): Line => ['evidence', `${kind} ${text}`]),
  ]);
}

function purchaseLines(deal: Extract<Deal, { side: 'purchase' }>, names: Names): readonly Line[] {
  const { serving, failure, path, contest, contestableUntil, sealed } = deal;
  return [
    ...lines('served by', serving !== undefined && names.nameOf(serving)),
    ...lines('failed', failure?.detail),
    ...lines('file', path),
    ...lines('contest', contest && contestText(contest, contest.state)),
    ...lines('answer', contest?.failure?.detail),
    ...lines('shown', contest && shownText(contest)),
    ...lines('contest', contestableUntil && possibleText(contestableUntil, sealed !== undefined)),
    ...lines('key', sealed?.key),
  ];
}

function saleLines(deal: Extract<Deal, { side: 'sale' }>, names: Names): readonly Line[] {
  const { opening, contest } = deal;
  const opened = opening?.at === undefined ? '' : `, ${formatTime(opening.at)}`;
  return [
    ...lines('opened by', opening && names.nameOf(opening.peer) + opened),
    ...lines('contest', contest && contestText(contest, contest.outcome)),
    ...lines('shown', contest && shownText(contest)),
  ];
}

function lines(name: string, value: string | number | false | undefined): readonly Line[] {
  return value ? [[name, String(value)]] : [];
}

function possibleText(until: number, sealed: boolean): string {
  return `possible until ${formatTime(until)}${sealed ? '; paid against its key: no refund is owed' : ''}`;
}

type Contest = NonNullable<Deal['contest']>;

function contestText({ at, reason, note }: Contest, state: string): string {
  return `${formatTime(at)}, ${reason}${note && ` (${note})`}: ${state}`;
}

function shownText({ delivered, contradicted }: Contest): string {
  if (contradicted && !delivered) return 'the key was shown: the encrypted document had come';
  if (contradicted) return 'the buyer who contested had signed that the document arrived';
  return delivered ? 'a buyer has signed that the document arrived' : '';
}
