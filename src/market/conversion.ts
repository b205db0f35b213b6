import { type Amount, amount } from '../amount.ts';
import { post } from '../books/index.ts';
import {
  conversionRates,
  costAt,
  drawOnRate,
  mostAt,
  ownRates,
  rateKey,
  restoreRate,
} from '../exchange/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { TermsForCurrency } from '../protocol/index.ts';
import { netOwed, termsIn } from '../tabs/index.ts';
import type { Purchase, Sale } from './deals.ts';

/**
 * Conversion (protocol 8): an intermediary that is asked in one currency buys in another at its own rate, and
 * bids in the one that it was asked in. What the supplier's price costs at that rate it takes as the price.
 */
export interface Conversion {
  /** What the supply costs, in the currency that was asked in. */
  readonly cost: Amount;
  /** The rate as it stood. */
  readonly rate: string;
  /** The currency that it is bought in. */
  readonly get?: CurrencyId;
}

/** A neighbor that can be asked: in which currency, how much it may ask, and what asking costs the caller's way. */
export interface Askable {
  readonly currency: CurrencyId;
  readonly maxPrice: Amount;
  readonly terms: TermsForCurrency;
  /** The solicitation fee in the currency that this peer was asked in. */
  readonly fee: Amount;
}

/** How a neighbor is asked on behalf of a caller that pays in `asked`: in that, or at an own rate in another. */
export function askableIn(
  ctx: Context,
  peer: PeerId,
  asked: CurrencyId,
  maxPrice: Amount,
): Askable | undefined {
  const terms = termsIn(ctx, peer, asked);
  if (terms) return { currency: asked, maxPrice, terms, fee: terms.solicitationFee };
  for (const { get } of conversionRates(ctx, asked)) {
    const other = termsIn(ctx, peer, get);
    const pair = { give: asked, get };
    const most = other && mostAt(ctx, pair, maxPrice);
    const fee = other && costAt(ctx, pair, other.solicitationFee);
    if (other && most !== undefined && fee !== undefined) {
      return { currency: get, maxPrice: most, terms: other, fee };
    }
  }
  return undefined;
}

/** How a known supply is sold on to a caller that pays in `asked`: its cost and the fee of asking, in that currency. */
export function suppliable(
  ctx: Context,
  asked: CurrencyId,
  known: { readonly peer: PeerId; readonly currency: CurrencyId; readonly price: Amount },
): { readonly cost: Amount; readonly fee: Amount; readonly conversion?: Conversion } | undefined {
  const { peer, currency: get } = known;
  const terms = termsIn(ctx, peer, get);
  const room = terms && terms.creditLimit - netOwed(ctx, peer, get) >= terms.solicitationFee;
  if (!terms || !room) return undefined;
  const converts = conversionRates(ctx, asked).some((rate) => rate.get === get);
  if (get !== asked && !converts) return undefined;
  const supply = convert(ctx, asked, known);
  const pair = { give: asked, get };
  const fee = get === asked ? terms.solicitationFee : costAt(ctx, pair, terms.solicitationFee);
  return supply && fee !== undefined ? { ...supply, fee } : undefined;
}

/** What a supplier's price costs in the currency that was asked in; undefined where the rate does not hold for it. */
export function convert(
  ctx: Context,
  asked: CurrencyId,
  { currency, price }: { readonly currency: CurrencyId; readonly price: Amount },
): { readonly cost: Amount; readonly conversion?: Conversion } | undefined {
  if (currency === asked) return { cost: price };
  const pair = { give: asked, get: currency };
  const cost = costAt(ctx, pair, price);
  const rate = rateKey(ctx, pair);
  return cost === undefined || rate === undefined
    ? undefined
    : { cost, conversion: { cost, rate } };
}

/** What a supply that is converted needs of its rate. */
interface Converted {
  readonly currency: CurrencyId;
  readonly conversion?: Conversion;
}

/** The refusal of a bid whose rate others have used up meanwhile; nothing was charged. */
export function pastRate(
  ctx: Context,
  asked: CurrencyId,
  { currency: get, conversion }: Converted,
): Problem | undefined {
  const pair = { give: asked, get };
  // On a rate that was changed since the bid draws nothing: the bid stands as it was made.
  if (!conversion || rateKey(ctx, pair) !== conversion.rate) return undefined;
  const left = ownRates(ctx).find((one) => rateKey(ctx, one) === conversion.rate)?.left ?? 0;
  return left < conversion.cost
    ? problem('bid-expired', 'The rate behind this bid is used up: search again.')
    : undefined;
}

/** The sale is made: what it converts is taken off what the rate holds for. */
export function drawConversion(
  ctx: Context,
  asked: CurrencyId,
  { currency: get, conversion }: Converted,
): void {
  const pair = { give: asked, get };
  if (conversion && rateKey(ctx, pair) === conversion.rate) drawOnRate(ctx, pair, conversion.cost);
}

/** The sale came to nothing: the rate holds for so much again. */
export function restoreConversion(ctx: Context, sale: Sale, bought?: CurrencyId): void {
  const conversion = conversionOf(sale);
  const get = conversion?.get ?? bought;
  if (!conversion || get === undefined) return;
  restoreRate(ctx, { give: sale.currency, get }, conversion.cost, conversion.rate);
}

/** What a sale's supply cost, in the sale's currency. */
export function supplyCost(sale: Sale, purchase: Purchase): Amount {
  return conversionOf(sale)?.cost ?? amount(purchase.price);
}

/** Moves a conversion out of the clearing of both currencies, or, with −1, back into it. */
export function bookConversion(ctx: Context, sale: Sale, purchase: Purchase, sign: 1 | -1): void {
  const conversion = conversionOf(sale);
  if (!conversion) return;
  const { buyer, deal, currency, title } = sale;
  const cause = { kind: 'exchange', peer: buyer, via: purchase.seller, deal } as const;
  const reason = `${sign === 1 ? 'Bought in another currency' : 'Taken back'}: ${title}`;
  post(ctx, currency, { ...cause, reason }, [
    { account: 'clearing:deals', amount: sign * conversion.cost },
    { account: 'equity:exchange', amount: -sign * conversion.cost },
  ]);
  post(ctx, purchase.currency, { ...cause, reason }, [
    { account: 'equity:exchange', amount: sign * purchase.price },
    { account: 'clearing:deals', amount: -sign * purchase.price },
  ]);
}

function conversionOf({ supply }: Sale): Conversion | undefined {
  return supply.kind === 'supplier' ? supply.conversion : undefined;
}
