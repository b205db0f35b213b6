import { type Amount, add } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { quote } from '../money/index.ts';
import type { ProblemCode } from '../problem.ts';
import type { DocumentId, SolicitationId } from '../protocol/index.ts';
import { compareRisked, riskAdjustedPrice } from '../statistics/index.ts';
import { allMirrors, debtTo, hasEntered } from '../tabs/index.ts';
import { bidsOf, isExpired, type ReceivedBid, total } from './bids.ts';
import type { BoughtByItself, Buying, LeftAlone, LeftReason } from './buying-record.ts';
import {
  notePurchase,
  openPurchases,
  type Purchase,
  purchaseOf,
  purchasesOfDocument,
} from './deals.ts';
import { buy } from './purchase.ts';
import type { SavedSearch } from './saved-finds.ts';
import { wantsSealed } from './sealed-purchase.ts';
import { riskedBid } from './supplier-choice.ts';

/** A saved search that buys by itself, within what its person set; the end of each run decides (docs/states.md). */

const dayMs = 24 * 60 * 60_000;
const leftMax = 50;

/** Buys what a run found and the person allowed; gives back what is known then. Nothing where it is not set on. */
export function buyFinds(ctx: Context, saved: SavedSearch, search: SolicitationId): SavedSearch {
  const { buying } = saved;
  if (buying?.state !== 'on') return saved;
  const passed = new Set(buying.passed);
  let now: Buying = buying;
  for (const bids of wanted(ctx, saved, search, passed)) {
    if (isDone(ctx, now)) break;
    now = buyOne(ctx, saved, now, bids);
  }
  return { ...saved, buying: now };
}

/** Whether it has bought all that it may; a purchase that came to nothing does not count. */
export function isDone(ctx: Context, { bought, documentsMax }: Buying): boolean {
  return standing(ctx, bought).length >= documentsMax;
}

/** What is spent of each budget, and how many documents were bought in the last 24 hours. */
export function spentOf(
  ctx: Context,
  { bought, budgets }: Buying,
): { readonly today: number; readonly spent: readonly { currency: CurrencyId; amount: Amount }[] } {
  const stands = standing(ctx, bought);
  return {
    today: stands.filter(({ at }) => at > ctx.now - dayMs).length,
    spent: budgets.map(({ currency }) => ({
      currency,
      amount: total(stands.filter((one) => one.currency === currency).map(({ cost }) => cost)),
    })),
  };
}

/** The bids of a run that may be taken, by document, the best document and the best bid of each first. */
function wanted(
  ctx: Context,
  { offers, buying }: SavedSearch,
  search: SolicitationId,
  passed: ReadonlySet<DocumentId>,
): readonly (readonly ReceivedBid[])[] {
  const rank = ({ bid }: ReceivedBid) => offers.findIndex((one) => one.currency === bid.currency);
  const better = (a: ReceivedBid, b: ReceivedBid) =>
    rank(a) - rank(b) ||
    (buying?.compare === 'risk-adjusted'
      ? compareRisked(riskedBid(ctx, a), riskedBid(ctx, b))
      : a.bid.price - b.bid.price) ||
    a.at - b.at;
  const open = bidsOf(ctx, search)
    .filter((one) => !passed.has(one.bid.sub) && !isExpired(ctx, one.exp) && rank(one) >= 0)
    .toSorted(better);
  return [...Map.groupBy(open, ({ bid }) => bid.sub).values()];
}

/** Takes the best bid on a document that nothing speaks against; else says what spoke against the best. */
function buyOne(
  ctx: Context,
  saved: SavedSearch,
  buying: Buying,
  bids: readonly ReceivedBid[],
): Buying {
  let left: LeftAlone | undefined;
  for (const each of bids) {
    const why = whyNot(ctx, saved, buying, each);
    if (why === undefined) {
      const begun = buy(ctx, each.id);
      if (begun.ok) return withBought(ctx, saved, buying, begun.value);
      left ??= { ...leftAlone(ctx, each, 'refused'), problem: begun.error };
    } else left ??= leftAlone(ctx, each, why);
  }
  return left ? withLeft(buying, left) : buying;
}

function whyNot(
  ctx: Context,
  { offers }: SavedSearch,
  buying: Buying,
  received: ReceivedBid,
): LeftReason | undefined {
  const { currency, price, sub } = received.bid;
  if (wasHad(ctx, sub)) return 'had';
  const limit = offers.find((offer) => offer.currency === currency)?.maxPrice ?? 0;
  const risked = riskAdjustedPrice(riskedBid(ctx, received));
  if (buying.compare === 'risk-adjusted' ? risked > limit : price > limit) return 'risk';
  const { today, spent } = spentOf(ctx, buying);
  if (today >= buying.perDayMax) return 'day';
  const budget = buying.budgets.find((one) => one.currency === currency)?.amount ?? 0;
  const gone = spent.find((one) => one.currency === currency)?.amount ?? 0;
  if (gone + price > budget) return 'budget';
  const sealed = wantsSealed(ctx, received, undefined);
  if (!sealed.ok) return sealed.error.code === 'insufficient-funds' ? 'funds' : 'refused';
  const paid = quote(ctx, currency, price);
  if (!paid.ok) return 'funds';
  // A tab's payments cost a fee for all of its entries together; a hold costs one of its own.
  const cost = sealed.value ? paid.value.total : price;
  if (gone + cost > budget) return 'budget';
  const short = paid.value.balance < cost + promised(ctx, currency);
  return currency !== ctx.self && short ? 'funds' : undefined;
}

/** What a balance has to last for already: debts on tabs, and purchases of the person's that are not charged yet. */
function promised(ctx: Context, currency: CurrencyId): number {
  const debts = allMirrors(ctx)
    .filter((mirror) => mirror.currency === currency)
    .map(({ peer }) => debtTo(ctx, peer, currency));
  const begun = openPurchases(ctx)
    .filter((one) => one.currency === currency && one.purpose.kind === 'self')
    .map((purchase) => uncharged(ctx, purchase));
  return [...debts, ...begun].reduce<number>((sum, each) => sum + each, 0);
}

/** What of a purchase's price is neither on the tab nor held: against its key that comes with the document. */
function uncharged(ctx: Context, { seller, currency, deal, price, sealed }: Purchase): number {
  if (!sealed) {
    const charge = { kind: 'purchase', reference: deal } as const;
    return hasEntered(ctx, seller, currency, charge) ? 0 : price;
  }
  if (sealed.expires !== undefined) return 0;
  const paid = quote(ctx, currency, price);
  return paid.ok ? paid.value.total : price;
}

/** On the shelf, or bought: nothing is bought a second time, also where what came was no good. */
function wasHad(ctx: Context, documentId: DocumentId): boolean {
  if (ctx.library.find(documentId)) return true;
  const own = purchasesOfDocument(ctx, documentId).filter(({ purpose }) => purpose.kind === 'self');
  return own.some((purchase) => !cameToNothing(ctx, purchase));
}

/** Failures after which it is certain that nothing was paid, nor will be. */
const nothingCharged: ReadonlySet<ProblemCode> = new Set([
  'bid-expired',
  'unknown-bid',
  'document-gone',
  'supplier-failed',
  'not-sealed',
  'currency-not-accepted',
]);

function cameToNothing(ctx: Context, purchase: Purchase): boolean {
  const { state, failure, sealed, instructions, seller, currency, deal } = purchase;
  if (state !== 'failed' || failure === undefined || !nothingCharged.has(failure.code))
    return false;
  if (sealed) return sealed.key === undefined;
  const charge = { kind: 'purchase', reference: deal } as const;
  return instructions === undefined && !hasEntered(ctx, seller, currency, charge);
}

function standing(ctx: Context, bought: readonly BoughtByItself[]): readonly BoughtByItself[] {
  return bought.filter(({ deal }) => {
    const purchase = purchaseOf(ctx, deal);
    return purchase === undefined || !cameToNothing(ctx, purchase);
  });
}

function withBought(ctx: Context, { id }: SavedSearch, buying: Buying, begun: Purchase): Buying {
  const { deal, documentId, title, currency, price, sealed } = notePurchase(ctx, begun, {
    saved: id,
  });
  const paid = sealed && price > 0 ? quote(ctx, currency, price) : undefined;
  const cost = paid?.ok ? add(price, paid.value.fee) : price;
  ctx.effect({ kind: 'event', event: { type: 'saved-search-bought', saved: id, deal } });
  const one = { at: ctx.now, deal, documentId, title, currency, cost };
  return { ...buying, bought: [...buying.bought, one] };
}

function leftAlone(ctx: Context, { bid }: ReceivedBid, why: LeftReason): LeftAlone {
  const { sub: documentId, title, currency, price } = bid;
  return { at: ctx.now, documentId, title, currency, price, why };
}

/** The latest reason for each document. */
function withLeft(buying: Buying, one: LeftAlone): Buying {
  const others = buying.left.filter(({ documentId }) => documentId !== one.documentId);
  return { ...buying, left: [...others, one].slice(-leftMax) };
}
