import * as z from 'zod';
import { amountField, dealId, documentId, mediaType, peerId } from '../../../src/protocol/index.ts';
import { contestMade, contestMethods, contestTaken, opening } from './contests.ts';
import {
  bytesPerSecond,
  command,
  count,
  cursor,
  limit,
  method,
  milliseconds,
  nothing,
  problemField,
  signedAmount,
} from './fields.ts';

const deal = {
  deal: dealId,
  /** Paid by a hold that only the document's key settles, not on the tab (docs/protocol.md 9). */
  sealed: z
    .object({
      /** When the money goes back to the buyer unless the key is shown. */
      heldUntil: milliseconds.optional(),
      /** What the seller revealed, once it did: with instructions and file it proves a fake. */
      key: z.string().optional(),
    })
    .optional(),
  documentId,
  title: z.string(),
  sizeBytes: count,
  mediaType,
  currency: peerId,
  price: amountField,
  at: milliseconds,
  /** When the present state began, and when it ends by itself. */
  since: milliseconds,
  deadlineAt: milliseconds,
  history: z.array(z.object({ state: z.string(), at: milliseconds })),
};

const purchase = z.object({
  ...deal,
  side: z.literal('purchase'),
  state: z.enum([
    'accepting',
    'preparing',
    'paying',
    'agreed',
    'opening',
    'retrieving',
    'holding',
    'unsealing',
    'delivered',
    'passed-on',
    'failed',
    'expired',
  ]),
  seller: peerId,
  /** The peer from which the document comes; learned with the instructions. */
  serving: peerId.optional(),
  /** The own buyer for whom it was bought, where this peer is an intermediary. */
  resoldTo: peerId.optional(),
  failure: problemField.optional(),
  path: z.string().optional(),
  contest: contestMade.optional(),
  /** It can be contested, until then; absent where it cannot be. */
  contestableUntil: milliseconds.optional(),
});

const sale = z.object({
  ...deal,
  side: z.literal('sale'),
  state: z.enum([
    'buying',
    'retrieving',
    'sealing',
    'instructed',
    'holding',
    'claiming',
    'delivered',
    'refunded',
    'lapsed',
    'closed',
  ]),
  buyer: peerId,
  /** From the own shelf, or bought from a supplier. */
  supply: z.enum(['shelf', 'supplier']),
  /** The buyer is served from the own shelf and learns nothing of the supplier (§3). */
  concealed: z.boolean(),
  /** The purchase behind it, where it was bought. */
  supplyDeal: dealId.optional(),
  /** From whom it was bought then, and for how much: the rest of the price is the commission. */
  supplier: peerId.optional(),
  supplyPrice: amountField.optional(),
  contest: contestTaken.optional(),
  /** From the own shelf: who opened its access key. */
  opening: opening.optional(),
});

/**
 * What this peer is in a deal: it bought for itself, it sold from its shelf, or it found the document for
 * its buyer. A purchase for a buyer stands behind its sale.
 */
const dealRole = z.enum(['bought', 'sold', 'found']);
/** `ended` came to a good end, `failed` to a bad one; `contested` are those of any that were contested. */
const dealProgress = z.enum(['open', 'ended', 'failed', 'contested']);

const dealView = z.discriminatedUnion('side', [purchase, sale]);

/** A signed statement that this peer keeps: who relies on one keeps it (protocol 1). */
const evidence = z.object({
  kind: z.enum(['souk-bid', 'souk-receipt', 'souk-instructions', 'souk-delivery', 'souk-contest']),
  text: z.string(),
});

export const retrievalState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('verifying'), verifiedBytes: count }),
  z.object({ kind: z.literal('manifest') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({
    kind: z.literal('retrieving'),
    receivedBytes: count,
    bytesPerSecond: z.number().min(0),
    /** Nothing has come since then; half a minute later the connection is taken for lost. */
    silentSince: milliseconds.optional(),
  }),
  z.object({ kind: z.literal('waiting'), problem: problemField, retryAt: milliseconds }),
  z.object({ kind: z.literal('complete'), path: z.string() }),
  z.object({ kind: z.literal('interrupted'), problem: problemField }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['corrupt', 'not-delivered', 'refused']),
    problem: problemField,
  }),
]);

const download = z.object({
  deal: dealId,
  documentId,
  title: z.string(),
  sizeBytes: count,
  state: retrievalState,
  receivedBytes: count,
  bytesPerSecond: z.number().min(0),
  /** Absent where nobody can say. */
  secondsLeft: count.optional(),
  /** Retrieved to be sold on, concealing from whom. */
  forBuyer: z.boolean(),
});

/** Buying, both sides of every deal, and the documents on their way (paper §2.2, protocol 6). */
export const dealMethods = {
  /** Accepts a bid. Its states come as events `deal`. `unknown-bid`, `bid-expired`. */
  'deals.buy': command(
    z.strictObject({
      bid: z.string().min(1).max(64),
      /** Against the key, or not; as the settings say where it is left out. `not-sealed`, `insufficient-funds`. */
      sealed: z.boolean().exactOptional(),
    }),
    purchase,
  ),
  ...contestMethods(purchase),
  /** Newest first; with `roles`, deals are told once, in one of these roles. */
  'deals.list': method(
    z.strictObject({
      side: z.enum(['purchase', 'sale']).exactOptional(),
      roles: z.array(dealRole).min(1).exactOptional(),
      progress: dealProgress.exactOptional(),
      limit,
      before: cursor,
    }),
    z.object({ deals: z.array(dealView), before: z.string().optional() }),
  ),
  /** What this peer knows of a deal: an intermediary has both sides of its own. `unknown-deal`. */
  'deals.get': method(
    z.strictObject({ deal: dealId }),
    z.object({ sides: z.array(z.object({ deal: dealView, evidence: z.array(evidence) })) }),
  ),
  /** What a deal moved in the books, oldest first: as `wallet.statement` tells its rows. */
  'deals.money': method(
    z.strictObject({ deal: dealId }),
    z.object({
      rows: z.array(
        z.object({
          id: count,
          at: milliseconds,
          currency: peerId,
          cause: z.object({ kind: z.string(), peer: peerId.optional(), reason: z.string() }),
          money: signedAmount,
          claims: signedAmount,
          issued: signedAmount,
          result: signedAmount,
        }),
      ),
    }),
  ),
  /** What is on its way or waits; what has arrived is a deal. */
  'downloads.list': method(nothing, z.object({ downloads: z.array(download) })),
  /** `unknown-deal` where nothing is on its way; so `resume` and `cancel`. */
  'downloads.pause': command(z.strictObject({ deal: dealId }), nothing),
  /** Goes on with what was paused or interrupted; what waits for its next attempt is tried at once. */
  'downloads.resume': command(z.strictObject({ deal: dealId }), nothing),
  /** Gives the document up, and what had arrived of it. What was paid stays paid. */
  'downloads.cancel': command(z.strictObject({ deal: dealId }), nothing),
  /** Sets the rates, `null` for no limit, and how many documents come at the same time. */
  'downloads.limit': command(
    z.strictObject({
      downloadBytesPerSecond: bytesPerSecond.nullable().exactOptional(),
      uploadBytesPerSecond: bytesPerSecond.nullable().exactOptional(),
      runningMax: z.number().int().min(1).max(64).exactOptional(),
    }),
    z.object({
      downloadBytesPerSecond: bytesPerSecond.optional(),
      uploadBytesPerSecond: bytesPerSecond.optional(),
    }),
  ),
} as const;
