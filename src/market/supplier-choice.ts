import type { Amount } from '../amount.ts';
import type { Context } from '../kernel/index.ts';
import { compareRisked, expectedShare, type Risked } from '../statistics/index.ts';
import { bidsOf, isExpired, type ReceivedBid, receivedBid } from './bids.ts';
import type { Round } from './round.ts';

/** Which supplier an intermediary offers and buys from: by price, or with its settings by risk-adjusted price. */

/** A bid by what its risk makes of it: its price, and the share of deals with its bidder that end well. */
export function riskedBid(ctx: Context, { bidder, bid }: ReceivedBid): Risked {
  return { price: bid.price, share: expectedShare(ctx, bidder) };
}

/** Whether a supplier's bid is better than what was offered for its document so far, at `price` to the caller. */
export function isBetterSupply(
  ctx: Context,
  round: Round,
  supplier: ReceivedBid,
  price: Amount,
): boolean {
  const { sub } = supplier.bid;
  const lowest = round.best[sub];
  if (lowest === undefined) return true;
  const behind = round.suppliers?.[sub];
  // Prices in different currencies tell nothing of each other but by what they cost the caller.
  const converted = supplier.bid.currency !== round.offers[0]?.currency;
  if (ctx.settings.compareBids === 'price' || converted) return price < lowest;
  // What lies on the own shelf is at hand; no supplier is as sure.
  const best = behind === undefined ? undefined : receivedBid(ctx, behind);
  if (best && best.bid.currency !== supplier.bid.currency) return price < lowest;
  return best !== undefined && compareRisked(riskedBid(ctx, supplier), riskedBid(ctx, best)) < 0;
}

/**
 * The bid to accept when a buyer took an offer at `price` that was made on `behind`: that one, or with the
 * settings the one of the same answers that has the lowest risk-adjusted price and leaves a commission.
 */
export function chooseSupplier(ctx: Context, behind: ReceivedBid, price: Amount): ReceivedBid {
  if (ctx.settings.compareBids === 'price') return behind;
  const { sub, currency } = behind.bid;
  let chosen = behind;
  for (const other of bidsOf(ctx, behind.solicitation)) {
    const fits = other.bid.sub === sub && other.bid.currency === currency;
    if (!fits || other.bid.price >= price || isExpired(ctx, other.exp)) continue;
    if (compareRisked(riskedBid(ctx, other), riskedBid(ctx, chosen)) < 0) chosen = other;
  }
  return chosen;
}
