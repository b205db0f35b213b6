import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { bidsPerAnswerMax, knowledgeAgeMsMax } from '../limits.ts';
import type { DocumentId, RequestInput } from '../protocol/index.ts';
import { compareRisked, expectedShare } from '../statistics/index.ts';
import { netOwed, termsIn } from '../tabs/index.ts';
import { solicitable } from '../trust/index.ts';
import { bidOnKnown } from './bids.ts';
import { strategyToward } from './concealment.ts';
import { documentsFor, type Sighting, sightingsOf } from './directory.ts';
import { commissionOn, resalePrice } from './pricing.ts';

/**
 * The super node (§3): it sells what it knows. Where its directory says who has a document, it offers it at the
 * last known price plus its commission, and asks nobody before its bid is accepted.
 */

/** Offers what the directory knows and is not offered yet; gives the prices, by document. */
export function offerFromDirectory(
  ctx: Context,
  exchange: string,
  from: PeerId,
  asked: RequestInput<'solicit'>,
  offered: Readonly<Record<string, Amount>>,
): Record<string, Amount> {
  const { enabled, fromDirectory } = ctx.settings.forwarding;
  // Whoever conceals its sources sells no knowledge of them.
  const reveals = strategyToward(ctx, from) === 'referral';
  if (!enabled || !fromDirectory || !reveals) return {};
  const { id: solicitation, query, currency } = asked;
  const suppliers = suppliersIn(ctx, from, asked);
  if (suppliers.size === 0) return {};
  const prices: Record<string, Amount> = {};
  for (const documentId of documentsFor(ctx, query, bidsPerAnswerMax)) {
    if (offered[documentId] !== undefined) continue;
    const known = bestKnown(ctx, documentId, asked, suppliers);
    if (!known) continue;
    const { peer, title, sizeBytes: size, mediaType } = known;
    const price = resalePrice(ctx, known.price);
    const supply = { documentId, peer, currency, price: known.price };
    const bid = bidOnKnown(
      ctx,
      supply,
      { title, size, mediaType },
      { solicitation, currency, price },
    );
    ctx.effect({ kind: 'line', exchange, body: { bid }, last: false });
    prices[documentId] = price;
  }
  return prices;
}

/** The peers that may be asked in this currency and have room on the tab, with what asking costs. */
function suppliersIn(
  ctx: Context,
  from: PeerId,
  { currency }: RequestInput<'solicit'>,
): ReadonlyMap<PeerId, Amount> {
  const fees = new Map<PeerId, Amount>();
  for (const { peer } of solicitable(ctx, 'others')) {
    const terms = peer === from ? undefined : termsIn(ctx, peer, currency);
    if (!terms) continue;
    const room = terms.creditLimit - netOwed(ctx, peer, currency);
    if (room >= terms.solicitationFee) fees.set(peer, terms.solicitationFee);
  }
  return fees;
}

/** The sighting to sell: fresh, in this currency, fitting the query, with a profit, the best price first. */
function bestKnown(
  ctx: Context,
  documentId: DocumentId,
  { query, currency, maxPrice }: RequestInput<'solicit'>,
  suppliers: ReadonlyMap<PeerId, Amount>,
): Sighting | undefined {
  const { mediaType, minSize = 0, maxSize = Number.POSITIVE_INFINITY } = query;
  const fit = sightingsOf(ctx, documentId).filter((seen) => {
    const fee = suppliers.get(seen.peer);
    if (fee === undefined || seen.currency !== currency) return false;
    if (seen.at < ctx.now - knowledgeAgeMsMax || commissionOn(ctx, seen.price) <= fee) return false;
    if (mediaType !== undefined && seen.mediaType !== mediaType) return false;
    if (seen.sizeBytes < minSize || seen.sizeBytes > maxSize) return false;
    return seen.price <= maxPrice && resalePrice(ctx, seen.price) <= maxPrice;
  });
  const byRisk = ctx.settings.compareBids === 'risk-adjusted';
  const risked = ({ peer, price }: Sighting) => ({ price, share: expectedShare(ctx, peer) });
  const [best] = fit.toSorted((a, b) =>
    byRisk ? compareRisked(risked(a), risked(b)) : a.price - b.price,
  );
  return best;
}
