import { type Amount, amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { addCounts, type DealSide, dealRecordsOf } from './deals.ts';

/** So many of so many deals: a share without rounding. */
export interface Share {
  readonly good: number;
  readonly of: number;
}

/** The sides on which a peer had to deliver. */
const sellerSides: ReadonlySet<DealSide> = new Set(['bought', 'supplied']);

/**
 * How many of the deals in which a peer was the seller ended well; those that are open say nothing yet, nor
 * does a contest that its own buyer contradicted.
 */
export function sellerShare(ctx: Pick<Context, 'tx'>, peer: PeerId): Share {
  const { good, late, contested, refunded, failed } = addCounts(
    dealRecordsOf(ctx, peer).filter(({ side }) => sellerSides.has(side)),
  );
  return { good: good + late, of: good + late + contested + refunded + failed };
}

/**
 * Deals that are taken for granted before any was made: an unknown bidder is neither perfect nor infinitely
 * dear. A person chose the primary neighbors, so three of four are expected to end well there; elsewhere
 * one of two. With each deal that was made the assumption counts less.
 */
const primaryPrior: Share = { good: 3, of: 4 };
const otherPrior: Share = { good: 1, of: 2 };

/** The share of deals that is expected to end well with a peer: what was seen, and the assumption. */
export function expectedShare(ctx: Pick<Context, 'tx' | 'neighbors'>, peer: PeerId): Share {
  const prior = ctx.neighbors.get(peer)?.list === 'primary' ? primaryPrior : otherPrior;
  const { good, of } = sellerShare(ctx, peer);
  return { good: good + prior.good, of: of + prior.of };
}

/** A price, and the share of deals that is expected to end well with who asks it. */
export interface Risked {
  readonly price: Amount;
  readonly share: Share;
}

/**
 * The risk-adjusted price (LCP 1.9, protocol 5): what a delivered document costs in the long run, price ÷
 * share, rounded up to a whole unit; the largest amount where it would be past it. For people: what is
 * compared is not rounded.
 */
export function riskAdjustedPrice({ price, share }: Risked): Amount {
  const good = BigInt(share.good);
  const adjusted = (BigInt(price) * BigInt(share.of) + good - 1n) / good;
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return amount(Number(adjusted > most ? most : adjusted));
}

/** Below zero where `a` is the better offer: by risk-adjusted price, then by share, then by price. */
export function compareRisked(a: Risked, b: Risked): number {
  const left = BigInt(a.price) * BigInt(a.share.of) * BigInt(b.share.good);
  const right = BigInt(b.price) * BigInt(b.share.of) * BigInt(a.share.good);
  if (left !== right) return left < right ? -1 : 1;
  const [aShare, bShare] = [a.share.good * b.share.of, b.share.good * a.share.of];
  return aShare === bShare ? a.price - b.price : bShare - aShare;
}
