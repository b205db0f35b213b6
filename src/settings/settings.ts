import * as z from 'zod';
import type { Amount } from '../amount.ts';
import { ratesMax, solicitationBudgetMsMax, solicitationBudgetMsMin } from '../limits.ts';
import {
  acceptedCurrency,
  amountField,
  endpoints,
  feeSchedule,
  label,
  line,
  mediaType,
  name,
  peerId,
  positiveAmount,
  sizeBytes,
  unixSeconds,
} from '../protocol/index.ts';

/** A number that stands for an amount where a default is written down. */
const units = (value: number) => amountField.default(value as Amount);
const rate = (flat: number, perMillion: number) =>
  feeSchedule.default({ flat: flat as Amount, perMillion: perMillion as Amount });

/** What documents cost that nobody priced by hand: the first rule that fits (protocol 5). */
export const pricingRule = z.strictObject({
  currency: peerId.optional(),
  /** `text/plain`, or a whole kind as `text/`. */
  mediaType: z.union([mediaType, z.string().regex(/^[a-z]+\/$/)]).optional(),
  minSize: sizeBytes.optional(),
  maxSize: sizeBytes.optional(),
  flat: amountField,
  perMebibyte: amountField,
});
export type PricingRule = z.infer<typeof pricingRule>;

/**
 * What an intermediary does with its source (§3): `referral` passes the source's instructions on,
 * `concealment` retrieves the document and serves it itself.
 */
export const strategies = ['referral', 'concealment'] as const;
export type Strategy = (typeof strategies)[number];

/**
 * What this peer exchanges (protocol 8), in the words of whoever takes it up: for each `denominator` of `give`
 * that is given it gets `numerator` of `get`, rounded down; `max` of `give` in all; `expires` in Unix seconds.
 * A rate that is changed in any member is a new one, of which nothing is used up.
 */
const exchangeRate = z
  .strictObject({
    give: peerId,
    get: peerId,
    numerator: positiveAmount,
    denominator: positiveAmount,
    max: positiveAmount,
    expires: unixSeconds,
  })
  .refine(({ give, get }) => give !== get, 'exchanges a currency for itself');
export type ExchangeRate = z.infer<typeof exchangeRate>;

export const exchangeRates = z
  .array(exchangeRate)
  .max(ratesMax)
  .refine(
    (all) => new Set(all.map(({ give, get }) => `${give} ${get}`)).size === all.length,
    'names a pair of currencies twice',
  );

/** The currency this peer issues (protocol 3); absent where it issues none. */
export const ownCurrency = z.strictObject({
  name,
  symbol: label(8),
  decimals: z.number().int().min(0).max(6).default(0),
  fee: rate(0, 0),
  redeemableFor: line(500).default('documents from my shelves'),
});
export type OwnCurrency = z.infer<typeof ownCurrency>;

/** How this peer trades: what a person sets, what the core reads with every input. */
export const marketSettings = z.strictObject({
  name: name.default('A peer'),
  /** Where others reach this peer; empty until it listens. */
  endpoints: endpoints.default([]),
  issues: ownCurrency.optional(),
  /** Currencies taken beside the own one, and what a solicitation paid in each costs. */
  accepts: z.array(acceptedCurrency).default([]),
  /** What a solicitation paid in the own currency costs. */
  ownSolicitationFee: units(1),
  /** The commission: `flat + ceil(price × perMillion / 10^6)` of a document found through others (§2.1). */
  commission: rate(2, 100_000),
  /** Toward buyers whose entry says nothing else. */
  strategy: z.enum(strategies).default('referral'),
  /** What a concealed document costs beside the commission, and how much of the disk kept copies may take. */
  concealment: z
    .strictObject({
      surcharge: rate(2, 50_000),
      budgetBytes: sizeBytes.default(2 ** 30),
    })
    .prefault({}),
  /**
   * Sealed delivery, against the key (docs/protocol.md 9): to whom bids offer it, and whether it is taken
   * from sellers that are no primary neighbors.
   */
  sealed: z
    .strictObject({
      offer: z.enum(['nobody', 'others', 'everybody']).default('everybody'),
      buy: z.enum(['never', 'prefer', 'require']).default('prefer'),
    })
    .prefault({}),
  /** What a neighbor may owe; a stranger's limit is 0 (protocol 4). */
  creditLimit: units(100),
  /** A debt of this much is paid; half of the limit where it is not said. */
  settleAt: amountField.optional(),
  /** Whom this peer asks for bids beside its primary neighbors (§4): nobody, or those it met in good deals. */
  policy: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  /**
   * How bids are compared, in searches and where this peer chooses a supplier: by price, or by the price
   * divided by the share of deals that ends well with the bidder (protocol 5).
   */
  compareBids: z.enum(['price', 'risk-adjusted']).default('price'),
  pricing: z.array(pricingRule).default([{ flat: 5 as Amount, perMebibyte: 1 as Amount }]),
  forwarding: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Time kept back for the way home when asking on. */
      marginMs: z.number().int().min(10).max(5_000).default(200),
      neighborsMax: z.number().int().min(0).max(256).default(32),
      /** A super node (§3): offers what its directory knows, without asking anybody before a bid is accepted. */
      fromDirectory: z.boolean().default(false),
    })
    .prefault({}),
  exchange: z
    .strictObject({
      rates: exchangeRates.default([]),
      /** Exchanges with strangers too, by hash-locked holds at both issuers. */
      swaps: z.boolean().default(true),
      /** Asked in one currency it buys in another where a rate allows, and bids in the one asked for. */
      convert: z.boolean().default(false),
    })
    .prefault({}),
  search: z
    .strictObject({
      budgetMs: z
        .number()
        .int()
        .min(solicitationBudgetMsMin)
        .max(solicitationBudgetMsMax)
        .default(5_000),
    })
    .prefault({}),
});
export type MarketSettings = z.infer<typeof marketSettings>;

/** Never above the limit: a debt that could not reach its threshold would never be paid. */
export function settleThreshold(settings: MarketSettings, creditLimit: Amount): Amount {
  const half = Math.floor(creditLimit / 2) as Amount;
  return Math.min(settings.settleAt ?? half, creditLimit) as Amount;
}
