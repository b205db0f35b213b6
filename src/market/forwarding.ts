import { type Amount, amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { feesPerFeeMax } from '../limits.ts';
import type { Query, RequestInput } from '../protocol/index.ts';
import {
  knowsTerms,
  netOwed,
  payTab,
  refreshTerms,
  settleNow,
  standingOf,
  termsIn,
} from '../tabs/index.ts';
import { endpointsOf, solicitable } from '../trust/index.ts';
import type { Asked } from './bids.ts';
import { resaleSettings } from './concealment.ts';
import { type Askable, askableIn } from './conversion.ts';
import { seenAt, sightingsAt } from './directory.ts';
import { hitChances } from './hit-rates.ts';
import { commissionOn, maxPriceForSuppliers } from './pricing.ts';

/** Whom it is worth to ask on a caller's behalf (§2.1, §5; protocol 5). */

/** Where a document has been seen it will most likely be found again. */
const chanceWhereSeen = 0.9;

/** Parts of a million: next to money there are whole numbers only. */
const million = 1_000_000n;

/** The chance, in parts of a million, that each neighbor has a bid for a question. */
function chancesFor(ctx: Pick<Context, 'tx' | 'now'>, query: Query): (peer: PeerId) => number {
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
function expectedProfit(chancePerMillion: number, commission: Amount, fee: Amount): bigint {
  return BigInt(chancePerMillion) * BigInt(commission) - million * BigInt(fee);
}

/** A chance from 0 to 1 in whole parts of a million, rounded down. */
export function perMillion(chance: number): number {
  return Math.floor(chance * 1_000_000);
}

/**
 * The fees that a caller's question may cost this peer. What a caller says that it would pay costs it nothing, nor does
 * what it buys and is refunded: for one that is not trusted that is a few times its own fee.
 */
export function meansFor(ctx: Context, from: PeerId, ownFee: Amount): number {
  const trusted = standingOf(ctx, from) === 'primary';
  return trusted ? Number.POSITIVE_INFINITY : feesPerFeeMax * ownFee;
}

/** What a caller's question leaves for suppliers, and for this peer. */
interface Resale {
  readonly currency: CurrencyId;
  readonly forSuppliers: Amount;
  readonly commission: Amount;
}

/** A neighbor that is worth asking, and what its tab lacks for its fee. */
interface Candidate extends Askable {
  readonly peer: PeerId;
  readonly profit: bigint;
  readonly lacking: number;
}

/**
 * The neighbors that are asked on a caller's behalf: where a profit is expected and the tab has room for the fee, the
 * highest profit first. Where a peer gives no credit its fee is paid ahead, for the next time.
 */
export function forwardTargets(
  ctx: Context,
  from: PeerId,
  { query, currency, maxPrice, budgetMs }: RequestInput<'solicit'>,
  ownFee: Amount,
): readonly Asked[] {
  const { enabled, marginMs, neighborsMax } = ctx.settings.forwarding;
  const reselling = { settings: resaleSettings(ctx, from) };
  const forSuppliers = maxPriceForSuppliers(reselling, maxPrice);
  if (!enabled || forSuppliers === undefined || budgetMs <= marginMs) return [];
  let means = meansFor(ctx, from, ownFee);
  const targets: Asked[] = [];
  const commission = commissionOn(reselling, maxPrice);
  for (const one of candidates(ctx, from, query, { currency, forSuppliers, commission })) {
    if (one.fee > means) continue;
    means -= one.fee;
    const { peer, currency: paid, maxPrice: most, lacking } = one;
    if (lacking > 0) payTab(ctx, peer, paid, amount(lacking));
    else if (targets.length < neighborsMax) targets.push({ peer, currency: paid, maxPrice: most });
  }
  return targets;
}

/** Whom to ask by what it is expected to bring. Nothing is asked on credit that is not there: what is owed is paid. */
function candidates(
  ctx: Context,
  from: PeerId,
  query: Query,
  { currency: asked, forSuppliers, commission }: Resale,
): readonly Candidate[] {
  let chanceOf: ReturnType<typeof chancesFor> | undefined;
  return solicitable(ctx, 'others')
    .filter(({ peer }) => peer !== from)
    .flatMap(({ peer }): readonly Candidate[] => {
      if (!knowsTerms(ctx, peer)) refreshTerms(ctx, peer, endpointsOf(ctx, peer));
      const askable = askableIn(ctx, peer, asked, forSuppliers);
      if (!askable) return [];
      chanceOf ??= chancesFor(ctx, query);
      const profit = expectedProfit(chanceOf(peer), commission, askable.fee);
      const { currency, terms } = askable;
      const lacking = netOwed(ctx, peer, currency) + terms.solicitationFee - terms.creditLimit;
      const ahead = profit > 0n && terms.creditLimit < terms.solicitationFee;
      if (lacking > 0 && !ahead) settleNow(ctx, peer, currency);
      return profit > 0n && (lacking <= 0 || ahead) ? [{ peer, ...askable, profit, lacking }] : [];
    })
    .toSorted((a, b) => (a.profit === b.profit ? 0 : a.profit > b.profit ? -1 : 1));
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
