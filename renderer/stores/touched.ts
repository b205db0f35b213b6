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
  'gifts.get',
  'exchanges.get',
  'wallet.incoming',
  'spending.get',
  'neighbors.list',
  'neighbors.get',
];

/** What a deal changes; the shelves tell how often each document was sold, and what that earned. */
const deal: readonly MethodName[] = [
  'deals.list',
  'deals.get',
  'deals.money',
  'downloads.list',
  'library.list',
  'library.kept',
  ...money,
];

const touched: Readonly<Record<Exclude<BridgeEvent['type'], 'command'>, readonly MethodName[]>> = {
  bid: ['search.bids', 'search.get', 'search.recent'],
  'search-refused': ['search.get'],
  'search-ended': ['search.get', 'search.bids', 'search.recent', 'search.saved'],
  'saved-search-found': ['search.saved'],
  'saved-search-bought': ['search.saved'],
  deal,
  contest: deal,
  money,
  tab: money,
  discrepancy: ['tabs.discrepancies', 'peer.status'],
  exchange: ['exchange.list', 'exchange.rates', 'wallet.list', 'wallet.statement'],
  rates: ['exchange.offers'],
  discovered: ['discoveries.list', 'neighbors.get', 'peer.status'],
  introduction: ['introductions.list', 'neighbors.get', 'peer.status'],
  neighbor: [
    'neighbors.list',
    'neighbors.former',
    'neighbors.get',
    'neighbors.readInvite',
    'introductions.list',
    'discoveries.list',
    'peer.status',
  ],
  download: ['downloads.list', 'peer.status'],
  upload: [],
  library: ['library.list', 'library.kept', 'library.progress', 'library.folders', 'peer.status'],
};

/** All of them where this is undefined. */
export function methodsTouchedBy(event: BridgeEvent['type']): readonly MethodName[] | undefined {
  return event === 'command' ? undefined : touched[event];
}
