import * as z from 'zod';
import {
  depositsPerAnswerMax,
  ratesMax,
  tabEntriesPerAnswerMax,
  termsPerAnswerMax,
} from '../limits.ts';
import {
  amountField,
  bytes32,
  documentId,
  endpoints,
  peerId,
  positiveAmount,
  sequence,
  sizeBytes,
  transactionId,
  unixSeconds,
} from './fields.ts';

/** What the routes answer (protocol 3 to 9), as the caller checks it. */

/** A tab as its service sees it: positive = the caller owes the service (protocol 4). */
export const tabView = z.object({
  currency: peerId,
  balance: z.number().int(),
  entries: sequence,
});
export type TabView = z.infer<typeof tabView>;

export const tabEntryKinds = [
  'solicitation',
  'purchase',
  'payment',
  'refund',
  'exchange',
  'correction',
] as const;
export type TabEntryKind = (typeof tabEntryKinds)[number];
export const tabEntryView = z.object({
  n: sequence,
  at: z.number().int(),
  kind: z.enum(tabEntryKinds),
  /** Signed: a charge is positive, a payment or refund negative. */
  amount: z.number().int(),
  reference: z.string().max(64),
});
export type TabEntryView = z.infer<typeof tabEntryView>;

export const standings = ['primary', 'secondary', 'stranger'] as const;
export type Standing = (typeof standings)[number];

export const termsForCurrency = z.object({
  currency: peerId,
  endpoints,
  solicitationFee: amountField,
  creditLimit: amountField,
  settleAt: amountField,
  payment: z.object({ payee: peerId, transactionId }),
});
export type TermsForCurrency = z.infer<typeof termsForCurrency>;

/** A rate, as its peer offers it (protocol 8): `max` is what is left of it. */
export const offeredRate = z.object({
  give: peerId,
  get: peerId,
  numerator: positiveAmount,
  denominator: positiveAmount,
  max: amountField,
  expires: unixSeconds,
  /** Where the issuers of both answer. */
  giveEndpoints: endpoints,
  getEndpoints: endpoints,
  /** Whether it holds for strangers too, by a swap. */
  swaps: z.boolean(),
});
export type OfferedRate = z.infer<typeof offeredRate>;

export const answers = {
  currency: z.object({ currency: z.string() }),
  transfer: z.object({ receipt: z.string() }),
  deposits: z.object({
    deposits: z.array(z.string()).max(depositsPerAnswerMax),
    balance: amountField,
    held: amountField,
    sequence,
  }),
  account: z.object({ balance: amountField, held: amountField, sequence }),
  orders: z.object({ transfers: z.array(z.string()).max(depositsPerAnswerMax), sequence }),
  order: z.object({
    receipt: z.string().optional(),
    state: z.enum(['settled', 'held', 'voided']),
    preimage: bytes32.optional(),
  }),
  card: z.object({ card: z.string() }),
  introduce: z.object({ standing: z.enum(standings) }),
  terms: z.object({
    standing: z.enum(standings),
    currencies: z.array(termsForCurrency).max(termsPerAnswerMax),
  }),
  tab: z.object({ tab: tabView, entries: z.array(tabEntryView).max(tabEntriesPerAnswerMax) }),
  payTab: z.object({ tab: tabView }),
  rates: z.array(offeredRate).max(ratesMax),
  exchange: z.object({ got: positiveAmount, tab: tabView }),
  swap: z.object({ got: positiveAmount }),
  accept: z.object({
    instructions: z.string(),
    tab: tabView,
    sealed: z.object({ transactionId, holdSeconds: sequence }).exactOptional(),
    /** How long from the acceptance on the seller hears a contest of this deal (protocol 7). */
    contestWithinMs: sequence.exactOptional(),
  }),
  contest: z.object({
    /** `noted`: a sealed deal, of which nothing stands on the tab. */
    outcome: z.enum(['refunded', 'refused', 'noted']),
    tab: tabView,
    /** The buyer's own word that the document arrived, where the seller knows it. */
    delivery: z.string().optional(),
  }),
  showDelivery: z.object({}),
  open: z.object({ documentId, size: sizeBytes }),
  deliver: z.object({ documentId }),
} as const;

/** A line of the answer to a solicitation (protocol 5). */
export const solicitationLine = z.union([
  z.object({ bid: z.string() }),
  z.object({
    end: z.object({
      reason: z.enum(['complete', 'deadline', 'duplicate']),
      bids: sequence,
      charged: amountField,
      tab: tabView,
    }),
  }),
]);
export type SolicitationLine = z.infer<typeof solicitationLine>;

/** A problem document as it arrives (RFC 9457). */
export const problemDocument = z.looseObject({
  type: z.string(),
  title: z.string().optional(),
  status: z.number().optional(),
  detail: z.string().optional(),
  retryable: z.boolean().optional(),
});
