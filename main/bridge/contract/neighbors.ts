import * as z from 'zod';
import {
  acceptedCurrency,
  amountField,
  documentId,
  endpoints,
  note,
  peerId,
  standings,
} from '../../../src/protocol/index.ts';
import {
  count,
  limit,
  method,
  milliseconds,
  nothing,
  offset,
  optionalAmount,
  reason,
  signedAmount,
} from './fields.ts';

const neighborLists = ['primary', 'secondary', 'undesirable'] as const;
const list = z.enum(neighborLists);

const neighbor = z.object({
  peer: peerId,
  name: z.string(),
  list,
  since: milliseconds,
  reason: z.string(),
  endpoints: z.array(z.string()),
  /** What it may owe; absent where the settings' limit holds. */
  creditLimit: amountField.optional(),
});

const neighborView = neighbor.extend({
  /** From its card: the currency it issues, and what it takes. */
  issues: peerId.optional(),
  accepts: z.array(acceptedCurrency),
  /** From its terms: what this peer is to it, and what it asks of it. */
  terms: z
    .object({
      at: milliseconds,
      standing: z.enum(standings),
      currencies: z.array(
        z.object({
          currency: peerId,
          solicitationFee: amountField,
          creditLimit: amountField,
          settleAt: amountField,
        }),
      ),
    })
    .optional(),
  /** What this peer owes it over both halves of their tabs; negative where this peer is owed. */
  tabs: z.array(z.object({ currency: peerId, netOwed: signedAmount })),
});

const introduction = z.object({
  peer: peerId,
  at: milliseconds,
  name: z.string(),
  note: z.string(),
});

const discovery = z.object({
  peer: peerId,
  name: z.string(),
  at: milliseconds,
  /** The three ways of the paper's §2.3. */
  way: z.enum(['seller-by-buyer', 'buyer-by-seller', 'seller-by-intermediary']),
  documentId,
  via: peerId.optional(),
  endpoints,
});

const page = z.strictObject({ limit, offset });

/** The three lists, and those who knock (protocol 4, 7). */
export const neighborMethods = {
  'neighbors.list': method(
    page.extend({ list: list.exactOptional() }),
    z.object({ total: count, neighbors: z.array(neighborView) }),
  ),
  /** Puts the peer of an invite on the primary list, and introduces this peer to it. */
  'neighbors.add': method(
    z.strictObject({
      invite: z.string().min(1).max(8_192),
      reason: reason.default(''),
      /** Told to the neighbor. */
      note: note.default(''),
      creditLimit: optionalAmount,
    }),
    neighbor,
  ),
  'neighbors.move': method(
    z.strictObject({ peer: peerId, list, reason: reason.default('') }),
    neighbor,
  ),
  'neighbors.remove': method(z.strictObject({ peer: peerId }), nothing),
  'introductions.list': method(
    page,
    z.object({ total: count, introductions: z.array(introduction) }),
  ),
  /** Puts who introduced itself on the primary list. */
  'introductions.accept': method(
    z.strictObject({ peer: peerId, reason: reason.default('') }),
    neighbor,
  ),
  'introductions.dismiss': method(z.strictObject({ peer: peerId }), nothing),
  /** Peers that this one met by trading, newest first. */
  'discoveries.list': method(page, z.object({ total: count, discoveries: z.array(discovery) })),
  /** Puts a discovered peer on the primary list. */
  'discoveries.accept': method(
    z.strictObject({ peer: peerId, reason: reason.default('') }),
    neighbor,
  ),
} as const;
