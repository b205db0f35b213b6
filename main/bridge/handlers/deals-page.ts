import type { Context } from '../../../src/kernel/index.ts';
import {
  type Purchase,
  type PurchaseState,
  recentPurchases,
  recentSales,
  type Sale,
  type SaleState,
} from '../../../src/market/index.ts';
import type { HandlerInput, HandlerOutput } from '../contract.ts';
import { purchaseView, saleView } from './deal-view.ts';

type DealsPage = HandlerInput<'deals.list'>;
type Progress = Exclude<NonNullable<DealsPage['progress']>, 'contested'>;

const progressOf: Readonly<Record<PurchaseState | SaleState, Progress>> = {
  accepting: 'open',
  preparing: 'open',
  paying: 'open',
  agreed: 'open',
  opening: 'open',
  retrieving: 'open',
  holding: 'open',
  unsealing: 'open',
  delivered: 'ended',
  'passed-on': 'ended',
  failed: 'failed',
  expired: 'failed',
  buying: 'open',
  sealing: 'open',
  instructed: 'open',
  claiming: 'open',
  lapsed: 'failed',
  closed: 'ended',
  refunded: 'failed',
};

/**
 * A page of deals, newest first, purchases before sales of the same time. Its cursor is
 * `<time>.<how many of that time were given>`: several deals may begin in one millisecond.
 */
export function dealsPage(ctx: Context, page: DealsPage): HandlerOutput<'deals.list'> {
  const { side, roles, progress } = page;
  const [until, given = 0] = page.before?.split('.').map(Number) ?? [];
  const wanted = given + page.limit + 1;
  const fits = ({ state, contest }: Purchase | Sale) =>
    !progress ||
    (progress === 'contested' ? contest !== undefined : progressOf[state] === progress);
  const bought = (deal: Purchase) =>
    fits(deal) && (!roles || (deal.purpose.kind === 'self' && roles.includes('bought')));
  const sold = (deal: Sale) =>
    fits(deal) && (!roles || roles.includes(deal.supply.kind === 'shelf' ? 'sold' : 'found'));
  const purchases =
    side === 'sale' ? [] : newest((most) => recentPurchases(ctx, most, until), bought, wanted);
  const sales =
    side === 'purchase' ? [] : newest((most) => recentSales(ctx, most, until), sold, wanted);
  const merged = [
    ...purchases.map((purchase) => purchaseView(ctx, purchase)),
    ...sales.map((sale) => saleView(ctx, sale)),
  ].toSorted((a, b) => b.at - a.at);
  const fresh = merged.slice(given);
  const deals = fresh.slice(0, page.limit);
  const last = deals.at(-1);
  if (!last || fresh.length <= page.limit) return { deals };
  const ofLast = deals.filter(({ at }) => at === last.at).length;
  return { deals, before: `${last.at}.${last.at === until ? given + ofLast : ofLast}` };
}

/** The newest that fit, at most `wanted`: reads further back while too few do. */
function newest<D>(
  read: (most: number) => readonly D[],
  fits: (deal: D) => boolean,
  wanted: number,
): readonly D[] {
  for (let most = wanted; ; most *= 4) {
    const rows = read(most);
    const fitting = rows.filter(fits);
    if (fitting.length >= wanted || rows.length < most) return fitting.slice(0, wanted);
  }
}
