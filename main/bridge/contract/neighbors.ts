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
import { strategies } from '../../../src/settings/index.ts';
import { listingOrigin, mark } from './contests.ts';
import {
  command,
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
import { dealKind, learned, sighting, statistics } from './statistics.ts';

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
  origin: listingOrigin.optional(),
  /** Whether sources are concealed from it (§3); absent where the settings' strategy holds. */
  strategy: z.enum(strategies).optional(),
});

const neighborView = neighbor.extend({
  /** For whom this peer asks it for bids now: the list and the policy say so (paper §4). */
  solicited: z.enum(['nobody', 'self', 'everybody']),
  /** The contested deals that it took part in. */
  marks: z.array(mark),
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
  statistics,
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

/** The card in an invite, for a person to look at before anything is added. */
const invitation = z.object({
  peer: peerId,
  name: z.string(),
  endpoints,
  issues: z.boolean(),
  accepts: z.array(acceptedCurrency),
  words: z.array(z.string()),
  /** The list on which this peer stands already. */
  list: list.optional(),
});

const acquaintance = z.object({
  peer: peerId,
  name: z.string(),
  words: z.array(z.string()),
  endpoints: z.array(z.string()),
  neighbor: neighborView.optional(),
  introduction: introduction.optional(),
  discovery: discovery.optional(),
  /** How the deals went and how it answers. */
  statistics,
  /** How the deals went by side and kind of document, with the prices of those that ended well and badly. */
  dealKinds: z.array(dealKind),
  learned,
  /** What was seen there lately, newest first. */
  documents: z.array(sighting),
  /** The journal's sums over all time. */
  money: z.array(
    z.object({
      currency: peerId,
      sold: signedAmount,
      bought: signedAmount,
      /** Commissions that it paid as a buyer, and those that it made possible as the supplier. */
      commissionsFrom: signedAmount,
      commissionsVia: signedAmount,
      feesFrom: signedAmount,
      feesTo: signedAmount,
    }),
  ),
});

/** The three lists, and those who knock (protocol 4, 7). */
export const neighborMethods = {
  'neighbors.list': method(
    page.extend({ list: list.exactOptional() }),
    z.object({ total: count, neighbors: z.array(neighborView) }),
  ),
  /** Who was taken off all lists, by the name it had there, the last first: old deals are read by it. */
  'neighbors.former': method(
    page,
    z.object({ total: count, peers: z.array(z.object({ peer: peerId, name: z.string() })) }),
  ),
  /** Puts the peer of an invite on the primary list, and introduces this peer to it. */
  'neighbors.add': command(
    z.strictObject({
      invite: z.string().min(1).max(8_192),
      reason: reason.default(''),
      /** Told to the neighbor. */
      note: note.default(''),
      creditLimit: optionalAmount,
    }),
    neighbor,
  ),
  /** Off the undesirable list, what spoke against it is forgiven; the reason is kept with it. */
  'neighbors.move': command(
    z.strictObject({ peer: peerId, list, reason: reason.default('') }),
    neighbor,
  ),
  /** Takes it off every list; that trading found it once does not bring it back. `unknown-neighbor`. */
  'neighbors.remove': command(z.strictObject({ peer: peerId }), nothing),
  /** All that is known of one peer, also of one that is on no list: `unknown-neighbor` where nothing is. */
  'neighbors.get': method(z.strictObject({ peer: peerId }), acquaintance),
  /** Whose invite this is; nothing is added. `bad-statement`, `bad-signature`, `bad-request`. */
  'neighbors.readInvite': method(
    z.strictObject({ invite: z.string().min(1).max(8_192) }),
    invitation,
  ),
  /** The words of a key, to be compared by voice. */
  'neighbors.words': method(
    z.strictObject({ peer: peerId }),
    z.object({ words: z.array(z.string()) }),
  ),
  /** Never: puts whoever was suggested or introduced itself on the undesirable list. */
  'neighbors.refuse': command(
    z.strictObject({ peer: peerId, reason: reason.default('') }),
    neighbor,
  ),
  /** What it may owe; `null` for the settings' limit. */
  'neighbors.limit': command(
    z.strictObject({ peer: peerId, creditLimit: amountField.nullable() }),
    neighbor,
  ),
  /** Whether sources are concealed from it when it buys (§3); `null` for the settings' strategy. */
  'neighbors.strategy': command(
    z.strictObject({ peer: peerId, strategy: z.enum(strategies).nullable() }),
    neighbor,
  ),
  /** Asks it for its terms now; an answer comes as an event `neighbor`. */
  'neighbors.check': command(z.strictObject({ peer: peerId }), nothing),
  'introductions.list': method(
    page,
    z.object({ total: count, introductions: z.array(introduction) }),
  ),
  /** Puts who introduced itself on the primary list. */
  'introductions.accept': command(
    z.strictObject({ peer: peerId, reason: reason.default('') }),
    neighbor,
  ),
  'introductions.dismiss': command(z.strictObject({ peer: peerId }), nothing),
  /** Peers that this one met by trading, newest first: all, or those to suggest as neighbors. */
  'discoveries.list': method(
    page.extend({ show: z.enum(['all', 'suggestions']).default('all') }),
    z.object({ total: count, discoveries: z.array(discovery) }),
  ),
  /** Not now: the peer is not suggested again for 90 days. */
  'discoveries.dismiss': command(z.strictObject({ peer: peerId }), nothing),
  /** Puts a discovered peer on the primary list. */
  'discoveries.accept': command(
    z.strictObject({ peer: peerId, reason: reason.default('') }),
    neighbor,
  ),
} as const;
