import type { Context } from '../../../src/kernel/index.ts';
import {
  allSavedSearches,
  type Buying,
  bidsOf,
  forgetSavedSearch,
  isDone,
  type ReceivedBid,
  recentSearches,
  type SavedSearch,
  type Search,
  saveSearch,
  searchFees,
  searchOf,
  setBuying,
  spentOf,
  startSearch,
  stopBuying,
} from '../../../src/market/index.ts';
import { expectedShare, riskAdjustedPrice, sellerShare } from '../../../src/statistics/index.ts';
import { termsIn } from '../../../src/tabs/index.ts';
import { solicitable } from '../../../src/trust/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, pageOf, refuse, take } from '../handler.ts';

export const searchHandlers: Handlers<Extract<MethodName, `search.${string}`>> = {
  'search.fees': ({ peer }, { offers }) =>
    peer.run((ctx) => {
      const untold = solicitable(ctx, 'self').filter(
        (neighbor) => !offers.some(({ currency }) => termsIn(ctx, neighbor.peer, currency)),
      );
      return { fees: searchFees(ctx, offers), unknown: untold.length };
    }),
  'search.start': ({ peer }, order) => peer.run((ctx) => searchView(take(startSearch(ctx, order)))),
  'search.get': ({ peer }, { search }) => peer.run((ctx) => searchView(known(ctx, search))),
  'search.bids': ({ peer }, { search, ...page }) =>
    peer.run((ctx) => {
      known(ctx, search);
      const { total, rows } = pageOf(bidsOf(ctx, search), page);
      return { total, bids: rows.map((each) => bidView(ctx, each)) };
    }),
  'search.recent': ({ peer }, { limit }) =>
    peer.run((ctx) => ({ searches: recentSearches(ctx, limit).map(searchView) })),
  'search.save': ({ peer }, order) =>
    peer.run((ctx) => savedView(ctx, take(saveSearch(ctx, order)))),
  'search.saved': ({ peer }) =>
    peer.run((ctx) => ({ searches: allSavedSearches(ctx).map((one) => savedView(ctx, one)) })),
  'search.buy': ({ peer }, { saved, ...order }) =>
    peer.run((ctx) => savedView(ctx, take(setBuying(ctx, saved, order)))),
  'search.stopBuying': ({ peer }, { saved }) =>
    peer.run((ctx) => ({ stopped: stopBuying(ctx, saved) })),
  'search.forget': async ({ peer }, { saved }) => {
    const kept = await peer.run((ctx) => forgetSavedSearch(ctx, saved));
    if (!kept) refuse('not-found', 'There is no such saved search.');
    return {};
  },
};

function savedView(
  ctx: Context,
  { known: _, offers, buying, ...saved }: SavedSearch,
): HandlerOutput<'search.save'> {
  return { ...saved, offers: [...offers], ...(buying && { buying: buyingView(ctx, buying) }) };
}

function buyingView(ctx: Context, buying: Buying): HandlerOutput<'search.buy'>['buying'] {
  const { passed: _, bought, left, budgets, ...rest } = buying;
  const { today, spent } = spentOf(ctx, buying);
  return {
    ...rest,
    state: rest.state === 'on' && isDone(ctx, buying) ? 'done' : rest.state,
    ...{ today, spent: [...spent], budgets: [...budgets] },
    ...{ bought: bought.toReversed(), left: left.toReversed() },
  };
}

function known(ctx: Context, id: string): Search {
  return searchOf(ctx, id) ?? refuse('not-found', 'There was no such search.');
}

function searchView(search: Search): HandlerOutput<'search.get'> {
  const { offers, askedPeers, refusals, ...rest } = search;
  return {
    ...rest,
    offers: [...offers],
    askedPeers: [...askedPeers],
    refusals: [...refusals],
  };
}

function bidView(
  ctx: Context,
  received: ReceivedBid,
): HandlerOutput<'search.bids'>['bids'][number] {
  const { id, solicitation, bidder, at, exp, bid } = received;
  const list = ctx.neighbors.get(bidder)?.list;
  const expected = expectedShare(ctx, bidder);
  return {
    id,
    search: solicitation,
    bidder,
    at,
    expiresAt: exp * 1_000,
    documentId: bid.sub,
    title: bid.title,
    sizeBytes: bid.size,
    mediaType: bid.mediaType,
    currency: bid.currency,
    price: bid.price,
    ...(list && { list }),
    share: sellerShare(ctx, bidder),
    expected,
    riskAdjusted: riskAdjustedPrice({ price: bid.price, share: expected }),
    sealed: bid.sealed === true,
  };
}
