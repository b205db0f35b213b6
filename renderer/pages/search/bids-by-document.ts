import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { kindOf, type MediaKind } from '../../components/media-kinds.ts';

export type BidView = MethodOutput<'search.bids'>['bids'][number];

/** All bids on one document: those that hold first, then by the person's preference of currencies and price. */
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
      (a, b) => ended(a) - ended(b) || place(a) - place(b) || a.price - b.price,
    );
    return { documentId, best: sorted[0] as BidView, bids: sorted };
  });
}

/** What of the bids to show. */
export interface BidFilter {
  readonly kind?: MediaKind;
  readonly currency?: string;
}

export function fitsFilter(bid: BidView, { kind, currency }: BidFilter): boolean {
  return (
    (kind === undefined || kindOf(bid.mediaType) === kind) &&
    (currency === undefined || bid.currency === currency)
  );
}
