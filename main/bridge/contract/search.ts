import * as z from 'zod';
import {
  buyingDocumentsMax,
  repeatEveryMsMax,
  repeatEveryMsMin,
  solicitationBudgetMsMax,
  solicitationBudgetMsMin,
} from '../../../src/limits.ts';
import {
  amountField,
  dealId,
  documentId,
  mediaType,
  peerId,
  query,
  randomId,
} from '../../../src/protocol/index.ts';
import {
  command,
  count,
  limit,
  method,
  milliseconds,
  nothing,
  offset,
  problemField,
} from './fields.ts';
import { share } from './statistics.ts';

/** What may be paid, in which currencies, the preferred first. */
const offers = z
  .array(z.strictObject({ currency: peerId, maxPrice: amountField }))
  .min(1)
  .max(32);

const search = z.object({
  id: randomId,
  at: milliseconds,
  query,
  offers: z.array(z.object({ currency: peerId, maxPrice: amountField })),
  state: z.enum(['running', 'ended']),
  askedPeers: z.array(peerId),
  /** Why neighbors had no bid to give. */
  refusals: z.array(z.object({ peer: peerId, problem: problemField })),
  bids: count,
});

const bid = z.object({
  id: randomId,
  search: randomId,
  bidder: peerId,
  at: milliseconds,
  expiresAt: milliseconds,
  documentId,
  title: z.string(),
  sizeBytes: count,
  mediaType,
  currency: peerId,
  price: amountField,
  /** The list on which the bidder stands; absent where it is on none any more. */
  list: z.enum(['primary', 'secondary', 'undesirable']).optional(),
  /** Of the deals in which it had to deliver: those that ended well, and all that ended. */
  share,
  /** The share that is expected, and the price divided by it, rounded up. */
  expected: share,
  riskAdjusted: amountField,
  /** May be bought against the key. */
  sealed: z.boolean(),
});

/** What one run of a saved search may pay for a document, and for asking. */
const savedOffer = z.strictObject({
  currency: peerId,
  maxPrice: amountField,
  feesMax: amountField,
});

/** Within what a saved search may buy by itself; the price of a document is limited by its offers. */
const buyingOrder = {
  compare: z.enum(['price', 'risk-adjusted']),
  documentsMax: z.number().int().min(1).max(buyingDocumentsMax),
  perDayMax: z.number().int().min(1).max(buyingDocumentsMax),
  budgets: z
    .array(z.strictObject({ currency: peerId, amount: amountField }))
    .min(1)
    .max(32),
};

const buying = z.object({
  ...buyingOrder,
  /** `done`: it has bought all that it may. */
  state: z.enum(['on', 'stopped', 'done']),
  since: milliseconds,
  /** In the last 24 hours, and of each budget. */
  today: count,
  spent: z.array(z.object({ currency: peerId, amount: amountField })),
  /** Newest first. */
  bought: z.array(
    z.object({
      at: milliseconds,
      deal: dealId,
      documentId,
      title: z.string(),
      currency: peerId,
      cost: amountField,
    }),
  ),
  /** What was wanted and left alone, and why; newest first. */
  left: z.array(
    z.object({
      at: milliseconds,
      documentId,
      title: z.string(),
      currency: peerId,
      price: amountField,
      why: z.enum(['risk', 'budget', 'day', 'funds', 'had', 'refused']),
      problem: problemField.optional(),
    }),
  ),
});

const savedSearch = z.object({
  id: randomId,
  at: milliseconds,
  query,
  offers: z.array(savedOffer),
  everyMs: milliseconds,
  nextAt: milliseconds,
  /** The last run: the search it was, or why nobody was asked. */
  lastRun: z
    .object({
      at: milliseconds,
      search: randomId.optional(),
      problem: problemField.optional(),
    })
    .optional(),
  /** The last run that found what no run had found before. */
  found: z.object({ at: milliseconds, search: randomId, documents: count }).optional(),
  /** Absent unless it was ever set on to buy by itself. */
  buying: buying.optional(),
});

/** Searching is soliciting bids from the neighbors (paper §2.1, protocol 5). */
export const searchMethods = {
  /** What a search would cost in solicitation fees, as far as the neighbors' terms are known. */
  'search.fees': method(
    z.strictObject({ offers }),
    z.object({
      fees: z.array(z.object({ currency: peerId, fees: amountField, neighbors: count })),
      /** Neighbors that did not tell yet what asking them in an offered currency costs: above they count as 0. */
      unknown: count,
    }),
  ),
  /** Asks the neighbors; bids come as events `bid`, the end as `search-ended`. */
  'search.start': command(
    z.strictObject({
      query,
      offers,
      budgetMs: z
        .number()
        .int()
        .min(solicitationBudgetMsMin)
        .max(solicitationBudgetMsMax)
        .exactOptional(),
    }),
    search,
  ),
  /** `not-found` where there was no such search. */
  'search.get': method(z.strictObject({ search: randomId }), search),
  /** The bids of a search so far, in the order in which they came. */
  'search.bids': method(
    z.strictObject({ search: randomId, limit, offset }),
    z.object({ total: count, bids: z.array(bid) }),
  ),
  /** Newest first. */
  'search.recent': method(z.strictObject({ limit }), z.object({ searches: z.array(search) })),
  /**
   * Keeps a search that repeats, each run within its fees; what is new comes as `saved-search-found`. After
   * `after`, a search that was just made, its results are known and the first run waits its time.
   * `bad-request` where too many are kept.
   */
  'search.save': command(
    z.strictObject({
      query,
      offers: z.array(savedOffer).min(1).max(32),
      everyMs: z.number().int().min(repeatEveryMsMin).max(repeatEveryMsMax),
      after: randomId.exactOptional(),
    }),
    savedSearch,
  ),
  /** Newest first. */
  'search.saved': method(nothing, z.object({ searches: z.array(savedSearch) })),
  /** Sets a saved search on to buy by itself, from its next run on. `not-found`, `bad-request`. */
  'search.buy': command(z.strictObject({ saved: randomId, ...buyingOrder }), savedSearch),
  /** Stops one saved search buying, or all, at once: how many were on. */
  'search.stopBuying': command(
    z.strictObject({ saved: randomId.exactOptional() }),
    z.object({ stopped: count }),
  ),
  /** `not-found` where it was not kept. */
  'search.forget': command(z.strictObject({ saved: randomId }), nothing),
} as const;
