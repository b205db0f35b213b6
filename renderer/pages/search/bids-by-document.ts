import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { compareRisked } from '../../../src/statistics/index.ts';
import { kindOf, type MediaKind } from '../../components/media-kinds.ts';

/** How bids are compared. */
export type Comparison = MethodOutput<'settings.get'>['market']['compareBids'];

export type BidView = MethodOutput<'search.bids'>['bids'][number];

/** All bids on one document: those that hold first, then by the preferred currency, then the better offer. */
export interface DocumentBids {
  readonly documentId: string;
  readonly best: BidView;
  readonly bids: readonly BidView[];
}

/** Bids grouped by document, in the order in which the documents were first bid on. */
export function bidsByDocument(
  bids: readonly BidView[],
  currencies: readonly string[],
  now: number,
  compare: Comparison = 'price',
): readonly DocumentBids[] {
  const groups = new Map<string, BidView[]>();
  for (const bid of bids) {
    const group = groups.get(bid.documentId);
    if (group) group.push(bid);
    else groups.set(bid.documentId, [bid]);
  }
  const place = ({ currency }: BidView) => {
    const at = currencies.indexOf(currency);
    return at < 0 ? currencies.length : at;
  };
  const ended = ({ expiresAt }: BidView) => Number(expiresAt <= now);
  return [...groups].map(([documentId, group]) => {
    // Prices in two currencies cannot be compared: the preferred one stands first.
    const sorted = group.toSorted(
      (a, b) => ended(a) - ended(b) || place(a) - place(b) || compareBids(a, b, compare),
    );
    return { documentId, best: sorted[0] as BidView, bids: sorted };
  });
}

/** By price, or by what a delivered document costs in the long run; below zero where `a` is the better one. */
export function compareBids(a: BidView, b: BidView, compare: Comparison): number {
  if (compare === 'price') return a.price - b.price;
  return compareRisked(
    { price: a.price, share: a.expected },
    { price: b.price, share: b.expected },
  );
}

/** What of the bids to show. */
export interface BidFilter {
  readonly kind?: MediaKind | undefined;
  readonly currency?: string | undefined;
}

export function fitsFilter(bid: BidView, { kind, currency }: BidFilter): boolean {
  return (
    (kind === undefined || kindOf(bid.mediaType) === kind) &&
    (currency === undefined || bid.currency === currency)
  );
}
