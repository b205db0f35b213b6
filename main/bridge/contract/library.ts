import * as z from 'zod';
import { amountField, dealId, documentId, mediaType, peerId } from '../../../src/protocol/index.ts';
import { command, count, limit, method, milliseconds, nothing, offset, path } from './fields.ts';

const globs = z.array(z.string().min(1).max(1_000)).max(1_000).default([]);

const folder = z.object({
  path,
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  /** Why the folder could not be read last time: the system's code, as `ENOENT`. */
  problem: z.string().optional(),
});

export const libraryProgress = z.object({
  activity: z.enum(['idle', 'walking', 'hashing', 'reading']),
  filesDone: count,
  filesTotal: count,
  bytesDone: count,
  bytesTotal: count,
});

const shelfDocument = z.object({
  documentId,
  title: z.string(),
  sizeBytes: count,
  mediaType,
  /** Set by hand; where there is none the pricing rules say. */
  askingPrices: z.array(z.object({ currency: peerId, price: amountField })),
  /** What the pricing rules say, in each currency that this peer takes and a rule fits. */
  rulePrices: z.array(z.object({ currency: peerId, price: amountField })),
  /** Sales from the own shelf, and what they brought. */
  sold: count,
  earned: z.array(z.object({ currency: peerId, amount: amountField })),
});

/** Shared folders and what stands in them (protocol 6). */
export const libraryMethods = {
  'library.folders': method(nothing, z.object({ folders: z.array(folder) })),
  /** Shares a folder, or gives a shared one other rules: globs. `folder-unreadable`. */
  'library.share': command(z.strictObject({ path, include: globs, exclude: globs }), folder),
  /** `not-found` where the folder is not shared. */
  'library.unshare': command(z.strictObject({ path }), nothing),
  /** Looks at all shared folders again; answers when everything found is hashed and on offer. */
  'library.rescan': command(
    nothing,
    z.object({
      hashed: count,
      failed: count,
      unreadable: z.array(z.object({ path: z.string(), problem: z.string() })),
    }),
  ),
  /** What is on offer, by title; with a text what holds all its words. */
  'library.list': method(
    z.strictObject({ text: z.string().max(256).exactOptional(), limit, offset }),
    z.object({ total: count, documents: z.array(shelfDocument) }),
  ),
  /** Sets an asking price by hand; `null` leaves it to the pricing rules again. `unknown-document`. */
  'library.price': command(
    z.strictObject({ documentId, currency: peerId, price: amountField.nullable() }),
    nothing,
  ),
  /** Copies of documents that were bought for others (§3, concealment): the one that goes first leads. */
  'library.kept': method(
    nothing,
    z.object({
      budgetBytes: count,
      keptBytes: count,
      /** What is being retrieved to be kept. */
      comingBytes: count,
      copies: z.array(
        z.object({
          documentId,
          title: z.string(),
          sizeBytes: count,
          mediaType,
          at: milliseconds,
          deal: dealId,
          seller: peerId,
          /** A buyer is still to retrieve it: it cannot go now. */
          inUse: z.boolean(),
          /** Sales from the shelf since, and what they brought. */
          sold: count,
          earned: z.array(z.object({ currency: peerId, amount: amountField })),
        }),
      ),
    }),
  ),
  /** Deletes a kept copy. `unknown-document`, `document-in-use`. */
  'library.dropKept': command(z.strictObject({ documentId }), nothing),
  'library.progress': method(nothing, libraryProgress),
} as const;
