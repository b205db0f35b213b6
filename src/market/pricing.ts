import { type Amount, amount, isAmount, share } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context, ShelfDocument } from '../kernel/index.ts';
import type { DocumentId } from '../protocol/index.ts';
import type { PricingRule } from '../settings/index.ts';
import { collection } from '../state/index.ts';

const mebibyte = 1024 * 1024;

/** A price set by hand for one document in one currency. */
interface PriceByHand {
  readonly documentId: DocumentId;
  readonly currency: CurrencyId;
  readonly price: Amount;
}

const pricesByHand = collection<PriceByHand>()('askingPrices', ['documentId', 'currency']);

/** The prices set by hand for a document, in each currency that has one. */
export function pricesSetFor(
  ctx: Pick<Context, 'tx'>,
  documentId: DocumentId,
): readonly PriceByHand[] {
  return ctx.tx.scan(pricesByHand, { prefix: [documentId] });
}

/** Sets what a document costs in a currency; undefined: the pricing rules say again. */
export function setAskingPrice(
  ctx: Context,
  documentId: DocumentId,
  currency: CurrencyId,
  price: Amount | undefined,
): void {
  if (price === undefined) ctx.tx.remove(pricesByHand, documentId, currency);
  else ctx.tx.put(pricesByHand, { documentId, currency, price });
}

/**
 * What this peer asks for a document of its own: the price set by hand, else the first pricing rule that
 * fits. Undefined where no rule fits, or no amount is large enough: the document is not for sale in this
 * currency.
 */
export function askingPrice(
  ctx: Context,
  document: ShelfDocument,
  currency: CurrencyId,
): Amount | undefined {
  const byHand = ctx.tx.get(pricesByHand, document.documentId, currency);
  return byHand ? byHand.price : priceByRule(ctx, document, currency);
}

/** What the first pricing rule that fits says, whatever was set by hand; undefined as in `askingPrice`. */
export function priceByRule(
  ctx: Pick<Context, 'settings'>,
  document: ShelfDocument,
  currency: CurrencyId,
): Amount | undefined {
  const rule = ctx.settings.pricing.find((candidate) => fits(candidate, document, currency));
  if (!rule) return undefined;
  const mebibytes = Math.ceil(document.sizeBytes / mebibyte);
  const price = rule.flat + mebibytes * rule.perMebibyte;
  return isAmount(price) ? price : undefined;
}

function fits(rule: PricingRule, document: ShelfDocument, currency: CurrencyId): boolean {
  const { mediaType } = rule;
  const kindFits =
    mediaType === undefined ||
    (mediaType.endsWith('/')
      ? document.mediaType.startsWith(mediaType)
      : document.mediaType === mediaType);
  return (
    kindFits &&
    (rule.currency === undefined || rule.currency === currency) &&
    document.sizeBytes >= (rule.minSize ?? 0) &&
    document.sizeBytes <= (rule.maxSize ?? Number.POSITIVE_INFINITY)
  );
}

/** The commission on a price: it never falls when the price rises, so a resold bid fits the caller's maximum. */
export function commissionOn(ctx: Pick<Context, 'settings'>, price: Amount): Amount {
  const { flat, perMillion } = ctx.settings.commission;
  const most = BigInt(flat) + (BigInt(price) * BigInt(perMillion)) / 1_000_000n;
  // No price is as high as such a commission: nothing is resold, and no caller can make this throw.
  if (most >= BigInt(Number.MAX_SAFE_INTEGER)) return amount(Number.MAX_SAFE_INTEGER);
  return share(price, ctx.settings.commission);
}

/**
 * The most that a supplier may ask so that its price and the commission on it fit a caller's maximum (§2.1);
 * undefined where the commission alone does not.
 */
export function maxPriceForSuppliers(
  ctx: Pick<Context, 'settings'>,
  maxPrice: Amount,
): Amount | undefined {
  const { flat, perMillion } = ctx.settings.commission;
  if (flat > maxPrice) return undefined;
  const whole = 1_000_000n + BigInt(perMillion);
  const most = Number((BigInt(maxPrice - flat) * 1_000_000n) / whole);
  // The commission is rounded up: that may be one unit more than there is.
  const fits = most + commissionOn(ctx, amount(most)) <= maxPrice;
  return fits ? amount(most) : most > 0 ? amount(most - 1) : undefined;
}

/**
 * What a supplier's document is offered for: its price and the commission on that; undefined where that is above a
 * caller's maximum.
 */
export function resalePrice(
  ctx: Pick<Context, 'settings'>,
  supplierPrice: Amount,
  maxPrice: Amount,
): Amount | undefined {
  const price = supplierPrice + commissionOn(ctx, supplierPrice);
  return price <= maxPrice ? amount(price) : undefined;
}
