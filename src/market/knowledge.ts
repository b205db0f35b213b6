import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { bidsPerAnswerMax, knowledgeAgeMsMax } from '../limits.ts';
import type { DocumentId, RequestInput } from '../protocol/index.ts';
import { compareRisked, expectedShare } from '../statistics/index.ts';
import { solicitable } from '../trust/index.ts';
import { bidOnKnown } from './bids.ts';
import { strategyToward } from './concealment.ts';
import { type Conversion, suppliable } from './conversion.ts';
import { documentsFor, type Sighting, sightingsOf } from './directory.ts';
import { meansFor } from './forwarding.ts';
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
  offered: ReadonlyMap<DocumentId, Amount>,
  ownFee: Amount,
): ReadonlyMap<DocumentId, Amount> {
  const { enabled, fromDirectory } = ctx.settings.forwarding;
  // Whoever conceals its sources sells no knowledge of them.
  const reveals = strategyToward(ctx, from) === 'referral';
  const prices = new Map<DocumentId, Amount>();
  if (!enabled || !fromDirectory || !reveals) return prices;
  const { id: solicitation, query, currency } = asked;
  const others = solicitable(ctx, 'others').filter(({ peer }) => peer !== from);
  const suppliers = new Set(others.map(({ peer }) => peer));
  if (suppliers.size === 0) return prices;
  // Once such a bid is accepted its source is asked, for a fee, whether or not it has the document.
  let means = meansFor(ctx, from, ownFee);
  for (const documentId of documentsFor(ctx, query, bidsPerAnswerMax)) {
    if (offered.has(documentId)) continue;
    const known = bestKnown(ctx, documentId, asked, suppliers);
    if (!known || known.fee > means) continue;
    means -= known.fee;
    const { seen, price, conversion } = known;
    const { peer, title, sizeBytes: size, mediaType } = seen;
    const bought = { documentId, peer, currency: seen.currency, price: seen.price };
    const supply = { ...bought, ...(conversion && { conversion }) };
    const bid = bidOnKnown(
      ctx,
      supply,
      { title, size, mediaType },
      { solicitation, currency, price },
    );
    ctx.effect({ kind: 'line', exchange, body: { bid }, last: false });
    prices.set(documentId, price);
  }
  return prices;
}

/**
 * What was seen, what it costs in the currency that was asked in, at which rate where it is another, and what it is
 * offered for.
 */
interface Known {
  readonly seen: Sighting;
  readonly cost: Amount;
  /** Of asking its source. */
  readonly fee: Amount;
  readonly price: Amount;
  readonly conversion?: Conversion;
}

/**
 * The sighting to sell: fresh, in this currency or one that this peer converts to, at somebody with room on the tab,
 * fitting the query, with a profit, the best price first.
 */
function bestKnown(
  ctx: Context,
  documentId: DocumentId,
  { query, currency, maxPrice }: RequestInput<'solicit'>,
  suppliers: ReadonlySet<PeerId>,
): Known | undefined {
  const fit = sightingsOf(ctx, documentId).flatMap((seen): readonly Known[] => {
    if (!suppliers.has(seen.peer) || !isFresh(ctx, seen) || !fits(seen, query)) return [];
    const supply = suppliable(ctx, currency, seen);
    if (!supply) return [];
    const { cost, fee, conversion } = supply;
    const price = resalePrice(ctx, cost, maxPrice);
    if (price === undefined || commissionOn(ctx, cost) <= fee) return [];
    return [{ seen, cost, fee, price, ...(conversion && { conversion }) }];
  });
  const byRisk = ctx.settings.compareBids === 'risk-adjusted';
  const risked = ({ seen, cost: price }: Known) => ({
    price,
    share: expectedShare(ctx, seen.peer),
  });
  const [best] = fit.toSorted((a, b) =>
    byRisk ? compareRisked(risked(a), risked(b)) : a.cost - b.cost,
  );
  return best;
}

function isFresh({ now }: Context, { at }: Sighting): boolean {
  return at >= now - knowledgeAgeMsMax;
}

function fits(seen: Sighting, query: RequestInput<'solicit'>['query']): boolean {
  const { mediaType, minSize = 0, maxSize = Number.POSITIVE_INFINITY } = query;
  if (mediaType !== undefined && seen.mediaType !== mediaType) return false;
  return seen.sizeBytes >= minSize && seen.sizeBytes <= maxSize;
}
