import type { BridgeEvent, MethodName } from '../../main/bridge/contract.ts';

/** Which answers an event may change. What moves money changes nearly everything that shows it. */
const money: readonly MethodName[] = [
  'wallet.list',
  'wallet.statement',
  'wallet.orders',
  'wallet.quote',
  'currency.holders',
  'tabs.list',
  'tabs.entries',
  'currency.statement',
  'earnings.get',
  'neighbors.list',
];

const touched: Readonly<Record<BridgeEvent['type'], readonly MethodName[]>> = {
  bid: ['search.bids', 'search.get', 'search.recent'],
  'search-refused': ['search.get'],
  'search-ended': ['search.get', 'search.bids', 'search.recent'],
  deal: ['deals.list', 'deals.get', 'downloads.list', ...money],
  money,
  tab: money,
  discrepancy: ['tabs.discrepancies', 'peer.status'],
  discovered: ['discoveries.list', 'peer.status'],
  introduction: ['introductions.list', 'peer.status'],
  neighbor: ['neighbors.list', 'introductions.list', 'discoveries.list', 'peer.status'],
  download: ['downloads.list', 'peer.status'],
  upload: [],
  library: ['library.list', 'library.progress', 'library.folders', 'peer.status'],
};

export function methodsTouchedBy(event: BridgeEvent['type']): ReadonlySet<MethodName> {
  return new Set(touched[event]);
}
