import type { RunningPeer } from '../../main/host/index.ts';
import { amount } from '../../src/amount.ts';
import { askRates, recentExchanges, type Take, takeRate } from '../../src/exchange/index.ts';
import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import type { NeighborList } from '../../src/kernel/index.ts';
import {
  bidsOf,
  buy,
  type Complaint,
  contest,
  keptCopies,
  purchaseOf,
  recentSales,
  searchOf,
  startSearch,
} from '../../src/market/index.ts';
import { addCurrency, pay } from '../../src/money/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { DealId, Query, SolicitationId } from '../../src/protocol/index.ts';
import type { Result } from '../../src/result.ts';
import { type ExchangeRate, exchangeRates, type MarketSettings } from '../../src/settings/index.ts';
import { settleNow } from '../../src/tabs/index.ts';
import { addNeighbor, moveNeighbor, ownCard } from '../../src/trust/index.ts';
import { booksOf } from './books.ts';
import { uploadedBytes } from './uploads.ts';

/** What a test may ask of a peer in another process. Inputs and outputs travel as JSON. */
export const commands = {
  /** This peer's card as text: an invite. */
  card: (peer: RunningPeer) => peer.run((ctx) => ctx.seal(ownCard(ctx))),

  addNeighbor: (peer: RunningPeer, input: { readonly invite: string; readonly limit?: number }) =>
    peer.run((ctx) => {
      const { invite, limit } = input;
      const creditLimit = limit === undefined ? {} : { creditLimit: amount(limit) };
      return addNeighbor(ctx, { invite, reason: 'a test', note: '', ...creditLimit }).ok;
    }),

  follow: (peer: RunningPeer, to: { currency: CurrencyId; endpoints: readonly string[] }) =>
    peer.run((ctx) => addCurrency(ctx, to)),

  /** Shares a folder and hashes what is in it: its documents. */
  share: async (peer: RunningPeer, folder: string) => {
    await peer.share({ path: folder, include: [], exclude: [] });
    await peer.library.rescan();
    return documentsOf(peer);
  },

  documents: async (peer: RunningPeer) => documentsOf(peer),

  pay: (
    peer: RunningPeer,
    input: { readonly currency: CurrencyId; readonly payee: PeerId; readonly amount: number },
  ): Promise<Result<{ readonly order: string }, Problem>> =>
    peer.run((ctx) =>
      pay(ctx, {
        ...input,
        amount: amount(input.amount),
        transactionId: 'gift',
        purpose: { kind: 'gift', note: 'a test' },
      }),
    ),

  settle: (peer: RunningPeer, input: { readonly peer: PeerId; readonly currency: CurrencyId }) =>
    peer.run((ctx) => settleNow(ctx, input.peer, input.currency)),

  /** Searches and waits for the end: the bids, the cheapest first. */
  search: async (
    peer: RunningPeer,
    input: {
      readonly query: Query;
      readonly currency: CurrencyId;
      readonly maxPrice: number;
      readonly budgetMs?: number;
    },
  ) => {
    const { query, currency, maxPrice, budgetMs = 3_000 } = input;
    const offers = [{ currency, maxPrice: amount(maxPrice) }];
    const ended = Promise.withResolvers<void>();
    let search: SolicitationId | undefined;
    const quiet = peer.onEvent((event) => {
      if (event.type === 'search-ended' && event.search === search) ended.resolve();
    });
    const started = await peer.run((ctx) => {
      const order = startSearch(ctx, { query, offers, budgetMs });
      if (order.ok) search = order.value.id;
      return order;
    });
    if (!started.ok) return { bids: [], refusals: [started.error] };
    await ended.promise;
    quiet();
    return peer.run((ctx) => ({
      bids: bidsOf(ctx, started.value.id)
        .map(({ id, bidder, bid, text }) => ({
          id,
          bidder,
          documentId: bid.sub,
          price: bid.price,
          text,
        }))
        .toSorted((a, b) => a.price - b.price),
      refusals: (searchOf(ctx, started.value.id)?.refusals ?? []).map(({ problem }) => problem),
    }));
  },

  buy: (peer: RunningPeer, bid: string): Promise<Result<{ readonly deal: DealId }, Problem>> =>
    peer.run((ctx) => {
      const bought = buy(ctx, bid);
      return bought.ok ? { ok: true, value: { deal: bought.value.deal } } : bought;
    }),

  /** Against the key. */
  buySealed: (
    peer: RunningPeer,
    bid: string,
  ): Promise<Result<{ readonly deal: DealId }, Problem>> =>
    peer.run((ctx) => {
      const bought = buy(ctx, bid, true);
      return bought.ok ? { ok: true, value: { deal: bought.value.deal } } : bought;
    }),

  purchase: (peer: RunningPeer, deal: DealId) =>
    peer.run((ctx) => {
      const purchase = purchaseOf(ctx, deal);
      if (!purchase) return undefined;
      const { state, path, failure, instructions, serving, contest: made } = purchase;
      const { since, withinMs, lost } = purchase;
      const accessKey = instructions?.accessKey;
      return { state, since, withinMs, lost, path, failure, serving, accessKey, contest: made };
    }),

  /** Contests a deal, as a person does. */
  contest: async (
    peer: RunningPeer,
    { deal, ...complaint }: Complaint & { readonly deal: DealId },
  ): Promise<Result<{ readonly deal: DealId }, Problem>> => {
    const contested = await peer.run((ctx) => contest(ctx, deal, complaint));
    if (contested.ok) await peer.downloads.cancel(deal);
    return contested.ok ? { ok: true, value: { deal } } : contested;
  },

  policy: (peer: RunningPeer, policy: MarketSettings['policy']) =>
    peer.changeSettings((settings) => ({ ...settings, market: { ...settings.market, policy } })),

  move: (
    peer: RunningPeer,
    to: { readonly peer: PeerId; readonly list: NeighborList; readonly reason: string },
  ) => peer.run((ctx) => moveNeighbor(ctx, to.peer, to.list, to.reason).ok),

  /** Everybody on the three lists. */
  lists: (peer: RunningPeer) => peer.run((ctx) => ctx.neighbors.all()),

  /** The newest sales, and what is kept of documents that were bought for others. */
  resales: (peer: RunningPeer) =>
    peer.run((ctx) => ({
      sales: recentSales(ctx, 100).map(({ deal, state, buyer }) => ({ deal, state, buyer })),
      kept: keptCopies(ctx).map(({ documentId, place, state }) => ({ documentId, place, state })),
    })),

  /** Offers a rate and no other. */
  offer: (peer: RunningPeer, rate: Record<keyof ExchangeRate, unknown>) =>
    peer.changeSettings((settings) => {
      const exchange = { ...settings.market.exchange, rates: exchangeRates.parse([rate]) };
      return { ...settings, market: { ...settings.market, exchange } };
    }),

  /** Asks a peer for its rates and takes one up. */
  exchange: async (
    peer: RunningPeer,
    { amount: given, ...pair }: Omit<Take, 'amount'> & { readonly amount: number },
  ): Promise<
    Result<{ readonly id: string; readonly way: string; readonly got: number }, Problem>
  > => {
    const told = Promise.withResolvers<void>();
    const quiet = peer.onEvent((event) => {
      if (event.type === 'rates') told.resolve();
    });
    const asked = await peer.run((ctx) => askRates(ctx, [pair.peer]));
    if (asked.length > 0) await told.promise;
    quiet();
    return peer.run((ctx) => takeRate(ctx, { ...pair, amount: amount(given) }));
  },

  exchanges: (peer: RunningPeer) =>
    peer.run((ctx) => recentExchanges(ctx, 10).map(({ id, state }) => ({ id, state }))),

  /** How far the retrievals are. */
  downloads: async (peer: RunningPeer) => peer.downloads.list(),

  /** The bytes of documents that have left this process since it started. */
  uploaded: async (_peer: RunningPeer) => uploadedBytes(),

  books: (peer: RunningPeer) => peer.run((ctx) => booksOf(ctx)),

  backup: (peer: RunningPeer, file: string) => peer.backup(file),

  close: (peer: RunningPeer) => peer.close(),
} as const;

function documentsOf(peer: RunningPeer) {
  const { documents } = peer.library.list({ offset: 0, limit: 1_000 });
  return documents.map(({ documentId, title, sizeBytes }) => ({ documentId, title, sizeBytes }));
}

type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<N extends CommandName> = Parameters<Commands[N]>[1];
export type CommandOutput<N extends CommandName> = Awaited<ReturnType<Commands[N]>>;
