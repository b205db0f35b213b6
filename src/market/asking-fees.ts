import { type Amount, amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import { refreshTerms, termsIn } from '../tabs/index.ts';
import { endpointsOf, solicitable } from '../trust/index.ts';
import { total } from './bids.ts';
import type { AskedPeer, Round } from './round.ts';

/** What it costs a person to ask: a fee is a neighbor's own word, and may rise after it was seen. */

type Offers = Round['offers'];

/** A neighbor to be asked. */
export interface Asking {
  readonly peer: PeerId;
  /** The most that asking it may cost. */
  readonly feeMax?: Amount;
}

/** The first offered currency that a neighbor's terms accept; the first of all where they accept none. */
export function currencyFor(ctx: Context, peer: PeerId, offers: Offers) {
  return offers.find(({ currency }) => termsIn(ctx, peer, currency)) ?? offers[0];
}

/** What a search would cost in solicitation fees, by currency, as far as the neighbors' terms are known. */
export function searchFees(
  ctx: Context,
  offers: Offers,
): { readonly currency: CurrencyId; readonly fees: Amount; readonly neighbors: number }[] {
  const asks = solicitable(ctx, 'self').flatMap(({ peer }) => {
    const offer = currencyFor(ctx, peer, offers);
    const asking = offer && { peer, ...offer };
    return asking && !tooDear(ctx, asking)
      ? [{ currency: asking.currency, fee: feeOf(ctx, asking) }]
      : [];
  });
  return offers.map(({ currency }) => {
    const fees = asks.filter((ask) => ask.currency === currency).map(({ fee }) => fee);
    return { currency, fees: total(fees), neighbors: fees.length };
  });
}

/** The neighbors whose fees are known and together stay within the budget; the terms of others are learned anew. */
export function affordable(
  ctx: Context,
  neighbors: readonly Asking[],
  offers: Offers,
  budget: ReadonlyMap<CurrencyId, Amount>,
): readonly Asking[] {
  const left = new Map(budget);
  return neighbors.flatMap(({ peer }) => {
    const offer = currencyFor(ctx, peer, offers);
    const terms = offer && termsIn(ctx, peer, offer.currency);
    const rest = terms ? (left.get(offer.currency) ?? 0) - terms.solicitationFee : -1;
    if (!terms || rest < 0 || tooDear(ctx, { peer, ...offer })) {
      refreshTerms(ctx, peer, endpointsOf(ctx, peer));
      return [];
    }
    left.set(offer.currency, amount(rest));
    return [{ peer, feeMax: terms.solicitationFee }];
  });
}

/** Why a neighbor is not asked: for more than the answer may cost, or than a budget has for it, nobody is. */
export function tooDear(
  ctx: Context,
  asked: Pick<AskedPeer, 'peer' | 'currency' | 'maxPrice' | 'feeMax'>,
): Problem | undefined {
  const { maxPrice, feeMax = maxPrice } = asked;
  const fee = feeOf(ctx, asked);
  if (fee <= Math.min(maxPrice, feeMax)) return undefined;
  const why = 'It asks more for the question than you would pay for the document.';
  const raised = 'It asks more for the question than it did: more than there is for it.';
  return problem('fee-too-high', fee > maxPrice ? why : raised, { fee });
}

/** What a neighbor's terms ask for a question; nothing where they are not known. */
export function feeOf(
  ctx: Context,
  { peer, currency }: { readonly peer: PeerId; readonly currency: CurrencyId },
): Amount {
  return termsIn(ctx, peer, currency)?.solicitationFee ?? amount(0);
}
