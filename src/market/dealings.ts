import type { PeerId } from '../identity/index.ts';
import type { Transaction } from '../state/index.ts';
import { type PurchaseState, purchasesFrom, type SaleState, salesTo } from './deals.ts';

/** How deals on one side went. */
export interface DealCounts {
  readonly good: number;
  readonly failed: number;
  readonly open: number;
}

/** How the deals with one peer went, those that this peer made for others among them. */
export interface DealingsWith {
  readonly purchases: DealCounts;
  readonly sales: DealCounts;
}

const purchaseEnds: Readonly<Record<PurchaseState, keyof DealCounts>> = {
  accepting: 'open',
  paying: 'open',
  opening: 'open',
  retrieving: 'open',
  delivered: 'good',
  'passed-on': 'good',
  failed: 'failed',
  expired: 'failed',
};

const saleEnds: Readonly<Record<SaleState, keyof DealCounts>> = {
  buying: 'open',
  instructed: 'open',
  delivered: 'good',
  refunded: 'failed',
  closed: 'good',
};

/** Counts the deals with a peer by how they went (experience: good, failed, under way). */
export function dealingsWith(reader: { readonly tx: Transaction }, peer: PeerId): DealingsWith {
  return {
    purchases: counts(purchasesFrom(reader, peer).map(({ state }) => purchaseEnds[state])),
    sales: counts(salesTo(reader, peer).map(({ state }) => saleEnds[state])),
  };
}

function counts(ends: readonly (keyof DealCounts)[]): DealCounts {
  const of = (wanted: keyof DealCounts) => ends.filter((end) => end === wanted).length;
  return { good: of('good'), failed: of('failed'), open: of('open') };
}
