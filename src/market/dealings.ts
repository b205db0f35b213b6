import type { PeerId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import {
  type Purchase,
  type PurchaseState,
  purchasesFrom,
  type Sale,
  type SaleState,
  salesTo,
} from './deals.ts';

/** How deals on one side went: each counts once, a contested one as that, whatever became of it. */
export interface DealCounts {
  readonly good: number;
  readonly failed: number;
  readonly open: number;
  readonly contested: number;
  /** Those of the contested whose buyer had signed before that the document arrived. */
  readonly contradicted: number;
}

/** How the deals with one peer went, those that this peer made for others among them. */
export interface DealingsWith {
  readonly purchases: DealCounts;
  readonly sales: DealCounts;
}

type End = 'good' | 'failed' | 'open';

const purchaseEnds: Readonly<Record<PurchaseState, End>> = {
  accepting: 'open',
  preparing: 'open',
  paying: 'open',
  opening: 'open',
  retrieving: 'open',
  delivered: 'good',
  'passed-on': 'good',
  failed: 'failed',
  expired: 'failed',
};

const saleEnds: Readonly<Record<SaleState, End>> = {
  buying: 'open',
  retrieving: 'open',
  instructed: 'open',
  delivered: 'good',
  refunded: 'failed',
  closed: 'good',
};

/** Counts the deals with a peer by how they went (experience: good, contested, failed, under way). */
export function dealingsWith(reader: { readonly tx: Transaction }, peer: PeerId): DealingsWith {
  return {
    purchases: counts(purchasesFrom(reader, peer), ({ state }) => purchaseEnds[state]),
    sales: counts(salesTo(reader, peer), ({ state }) => saleEnds[state]),
  };
}

function counts<D extends Purchase | Sale>(
  deals: readonly D[],
  endOf: (deal: D) => End,
): DealCounts {
  const ends = deals.map((deal) => (deal.contest ? 'contested' : endOf(deal)));
  const of = (wanted: End | 'contested') => ends.filter((end) => end === wanted).length;
  const contradicted = deals.filter(({ contest }) => contest?.contradicted).length;
  return {
    ...{ good: of('good'), failed: of('failed'), open: of('open'), contested: of('contested') },
    contradicted,
  };
}
