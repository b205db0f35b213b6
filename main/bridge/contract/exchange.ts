import * as z from 'zod';
import {
  amountField,
  endpoints,
  peerId,
  positiveAmount,
  randomId,
  unixSeconds,
} from '../../../src/protocol/index.ts';
import { exchangeRates } from '../../../src/settings/index.ts';
import { command, limit, method, milliseconds, nothing, problemField } from './fields.ts';

const pair = { give: peerId, get: peerId };

const ownRate = z.object({
  ...pair,
  numerator: positiveAmount,
  denominator: positiveAmount,
  max: positiveAmount,
  expires: unixSeconds,
  /** What of `max` nobody has taken up yet. */
  left: amountField,
  expired: z.boolean(),
  /** Why nobody is offered it: payment in `give` is not taken, or the wallet does not know `get`. */
  idle: z.enum(['not-accepted', 'unknown-currency']).optional(),
});

const offer = z.object({
  ...pair,
  numerator: positiveAmount,
  denominator: positiveAmount,
  max: amountField,
  expires: unixSeconds,
  giveEndpoints: endpoints,
  getEndpoints: endpoints,
  swaps: z.boolean(),
});

const holdState = z.enum(['held', 'settled', 'voided']);
const way = z.enum(['tab', 'swap']);

/** An exchange in its taker's words: `amount` of `give` for `got` of `get`. */
const exchange = z.object({
  peer: peerId,
  id: randomId,
  side: z.enum(['taker', 'maker']),
  way,
  /** On tabs `asking`, then `exchanged` or `failed`; a swap's are drawn in docs/states.md. */
  state: z.enum([
    'asking',
    'promised',
    'holding',
    'claiming',
    'exchanged',
    'returning',
    'returned',
    'failed',
    'lost',
  ]),
  ...pair,
  amount: amountField,
  got: amountField,
  at: milliseconds,
  changedAt: milliseconds,
  failure: problemField.optional(),
  /** Of a swap: how the two holds stand, and when they end by themselves. */
  firstState: holdState.optional(),
  firstExpires: unixSeconds.optional(),
  secondState: holdState.optional(),
  secondExpires: unixSeconds.optional(),
});

const order = z.strictObject({
  peer: peerId,
  ...pair,
  amount: positiveAmount,
  /** On the tabs, or by holds; left out: on the tabs where they have room for it. */
  way: way.exactOptional(),
});

/** Exchange of currencies (protocol 8). */
export const exchangeMethods = {
  /** What this peer offers; anybody may take it up. */
  'exchange.rates': method(
    nothing,
    z.object({ rates: z.array(ownRate), swaps: z.boolean(), convert: z.boolean() }),
  ),
  /** Offers these rates from now on and no others. What was changed in a rate begins anew. */
  'exchange.setRates': command(z.strictObject({ rates: exchangeRates }), nothing),
  /** Exchanges with strangers too; buys in other currencies than it is asked in. */
  'exchange.settings': command(
    z.strictObject({
      swaps: z.boolean().exactOptional(),
      convert: z.boolean().exactOptional(),
    }),
    nothing,
  ),
  /** What other peers offered when they were last asked. */
  'exchange.offers': method(
    nothing,
    z.object({
      offers: z.array(z.object({ peer: peerId, at: milliseconds, rates: z.array(offer) })),
    }),
  ),
  /** Asks the neighbors for their rates, or this peer; an event `rates` tells of each answer. */
  'exchange.ask': command(
    z.strictObject({ peer: peerId.exactOptional() }),
    /** Those that were not asked a moment ago. */
    z.object({ asked: z.array(peerId) }),
  ),
  /** What would be got, and on which way. `no-rate`, `rate-expired`, `exchange-limit`. */
  'exchange.quote': method(order, z.object({ got: amountField, way })),
  /** Takes a rate up, for what it gives now. Refusals as of the quote, and where nothing moved. */
  'exchange.take': command(order, exchange),
  /** This peer's exchanges, newest first. */
  'exchange.list': method(z.strictObject({ limit }), z.object({ exchanges: z.array(exchange) })),
} as const;
