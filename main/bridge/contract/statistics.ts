import * as z from 'zod';
import { type MediaKind, mediaKinds } from '../../../src/documents/index.ts';
import { amountField, documentId, mediaType, peerId } from '../../../src/protocol/index.ts';
import { dealSides } from '../../../src/statistics/index.ts';
import { count, limit, method, milliseconds, signedAmount } from './fields.ts';

const mediaKind = z.enum([...(Object.keys(mediaKinds) as MediaKind[]), 'other']);

/** How deals went; what came to nothing by this peer's own doing is `dropped`. */
const dealCounts = z.object({
  open: count,
  good: count,
  late: count,
  contested: count,
  /** Contested, though the buyer had signed that the document arrived. */
  contradicted: count,
  refunded: count,
  failed: count,
  dropped: count,
});

export const share = z.object({ good: count, of: count });

/** Ends of the steps in which the middle and the ninth of ten answers fall. */
const times = z.object({ answers: count, medianMs: count, p90Ms: count });

/** What a person judges a neighbor by (paper §4). */
export const statistics = z.object({
  /** Bought from it, sold to it; and for a commission: supplied by it, resold to it. */
  deals: z.object({
    bought: dealCounts,
    sold: dealCounts,
    supplied: dealCounts,
    resold: dealCounts,
  }),
  /** Of the deals in which it had to deliver: those that ended well, and all that ended. */
  share,
  /** The same, with what is assumed of a peer that nobody has dealt with. */
  expected: share,
  /** Whether it answered the last call; absent before the first. */
  answers: z.boolean().optional(),
  seenAt: milliseconds.optional(),
  missedAt: milliseconds.optional(),
  /** This peer's solicitations to it: all, those with a bid, refused, without an answer; and bids accepted. */
  asked: z.object({ all: count, bid: count, refused: count, silent: count, taken: count }),
  /** Its solicitations to this peer: all, those that got a bid; and bids that it accepted. */
  asks: z.object({ all: count, offered: count, taken: count }),
  /** To its first bid, or to the end without one. */
  bidTimes: times.optional(),
  /** From the acceptance to the instructions. */
  dealTimes: times.optional(),
});

export const dealKind = z.object({
  side: z.enum(dealSides),
  kind: mediaKind,
  counts: dealCounts,
  sums: z.array(z.object({ currency: peerId, well: amountField, badly: amountField })),
  at: milliseconds,
});

const chance = { asked: count, chancePerMillion: count };

/** What asking a neighbor has taught: chances in parts of a million. */
export const learned = z.object({
  /** How often it was asked, lately counting more. */
  asked: count,
  chancePerMillion: count,
  goodFor: z.array(
    z.discriminatedUnion('about', [
      z.object({ about: z.literal('kind'), value: mediaKind, ...chance }),
      z.object({ about: z.literal('word'), value: z.string(), ...chance }),
    ]),
  ),
  /** What asking it for others is worth: the commission on the price its documents had, and its fee. */
  prospects: z.array(
    z.object({
      currency: peerId,
      fee: amountField,
      commission: amountField.optional(),
      /** Of a hundred questions, in the smallest unit. */
      profitPerHundred: signedAmount.optional(),
    }),
  ),
});

/** Where a document was seen, at what price. */
export const sighting = z.object({
  documentId,
  peer: peerId,
  at: milliseconds,
  seenIn: z.enum(['bid', 'instructions']),
  title: z.string(),
  mediaType,
  sizeBytes: count,
  price: amountField,
  currency: peerId,
  /** Who served it when it was bought from that peer. */
  servedBy: peerId.optional(),
});

/** The directory of documents seen elsewhere (paper §3, §5). */
export const directoryMethods = {
  /** Newest first; with words, those that all stand in the title. */
  'directory.find': method(
    z.strictObject({ text: z.string().max(256).exactOptional(), limit }),
    z.object({
      /** How many sightings there are in all, and how many there can be. */
      total: count,
      most: count,
      sightings: z.array(sighting),
    }),
  ),
} as const;
