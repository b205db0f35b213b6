import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Query } from '../protocol/index.ts';
import { termsIn } from '../tabs/index.ts';
import { seenAt, sightingsAt } from './directory.ts';
import { hitChances } from './hit-rates.ts';
import { commissionOn } from './pricing.ts';

/** Whom it is worth to ask on a caller's behalf (§2.1, §5; protocol 5). */

/** Where a document has been seen it will most likely be found again. */
const chanceWhereSeen = 0.9;

/** Parts of a million: next to money there are whole numbers only. */
const million = 1_000_000n;

/** The chance, in parts of a million, that each neighbor has a bid for a question. */
export function chancesFor(
  ctx: Pick<Context, 'tx' | 'now'>,
  query: Query,
): (peer: PeerId) => number {
  const learned = hitChances(ctx, query);
  const { documentId } = query;
  return (peer) => {
    const seen = documentId !== undefined && seenAt(ctx, documentId, peer) !== undefined;
    return perMillion(seen ? chanceWhereSeen : learned(peer));
  };
}

/**
 * Chance of a hit × commission − the neighbor's fee, in millionths of the currency's smallest unit. Forwarding
 * is worth it above zero.
 */
export function expectedProfit(chancePerMillion: number, commission: Amount, fee: Amount): bigint {
  return BigInt(chancePerMillion) * BigInt(commission) - million * BigInt(fee);
}

export function perMillion(chance: number): number {
  return Math.floor(chance * 1_000_000);
}

/** What asking a neighbor is expected to bring in one of its currencies. */
export interface Prospect {
  readonly currency: CurrencyId;
  readonly fee: Amount;
  /** The commission on the price that its documents had lately; absent where none was seen. */
  readonly commission?: Amount;
  /** What a hundred questions would bring, in the smallest unit. */
  readonly profitPerHundred?: number;
}

const lookedAt = 50;

/** The expected profit of asking a neighbor on others' behalf, from what its documents cost lately. */
export function prospectsOf(
  ctx: Context,
  peer: PeerId,
  chancePerMillion: number,
  currencies: readonly CurrencyId[],
): readonly Prospect[] {
  const seen = sightingsAt(ctx, peer, lookedAt);
  return currencies.flatMap((currency) => {
    const fee = termsIn(ctx, peer, currency)?.solicitationFee;
    if (fee === undefined) return [];
    const prices = seen.filter((one) => one.currency === currency).map(({ price }) => price);
    const middle = prices.toSorted((a, b) => a - b)[Math.floor(prices.length / 2)];
    if (middle === undefined) return [{ currency, fee }];
    const commission = commissionOn(ctx, middle);
    const profit = (expectedProfit(chancePerMillion, commission, fee) * 100n) / million;
    return [{ currency, fee, commission, profitPerHundred: Number(profit) }];
  });
}
