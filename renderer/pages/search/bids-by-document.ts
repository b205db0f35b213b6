import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type BidView = MethodOutput<'search.bids'>['bids'][number];

/** All bids on one document, the cheapest first. */
export interface DocumentBids {
  readonly documentId: string;
  readonly best: BidView;
  readonly bids: readonly BidView[];
}

/** Bids grouped by document, in the order in which the documents were first bid on. */
export function bidsByDocument(bids: readonly BidView[]): readonly DocumentBids[] {
  const groups = new Map<string, BidView[]>();
  for (const bid of bids) {
    const group = groups.get(bid.documentId);
    if (group) group.push(bid);
    else groups.set(bid.documentId, [bid]);
  }
  return [...groups].map(([documentId, group]) => {
    const sorted = group.toSorted((a, b) => a.price - b.price);
    return { documentId, best: sorted[0] as BidView, bids: sorted };
  });
}
