import type { PeerId } from '../identity/index.ts';
import { type Context, clearTimer, newDealId, newId, setTimer } from '../kernel/index.ts';
import type { DealId, SolicitationId } from '../protocol/index.ts';
import type { Milliseconds } from '../time.ts';
import { servesOthers } from '../trust/index.ts';
import { isExpired, type KnownSupply, type ReceivedBid, receivedBid } from './bids.ts';
import { forgetSighting, seenAt } from './directory.ts';
import { startPurchase } from './purchase.ts';
import { askPeers, closeRound, isComplete, putRound, type Round, roundOf } from './round.ts';
import { markSeen, timerOf } from './solicitation.ts';
import { saleFailed } from './supply.ts';

/**
 * How a peer that sold its knowledge gets the document (§3): it accepts the source's bid while there is one, or
 * asks the source alone for a new one, at no more than the price that was known. Where there is none, the sale
 * is refunded and the knowledge forgotten.
 */

/** What an honest source needs to look at its shelf; the buyer waits meanwhile. */
const procurementBudgetMs = 5_000;

/** Begins to buy what was sold; gives the id that the purchase has, or will have. */
export function procure(ctx: Context, sale: WaitingSale, known: KnownSupply): DealId {
  const { buyer, deal, withinMs } = sale;
  const purchase = newDealId(ctx.chance);
  const standing = standingBid(ctx, known);
  const purpose = { kind: 'resale', buyer, deal } as const;
  if (standing) startPurchase(ctx, standing, purpose, { withinMs, deal: purchase });
  else askSource(ctx, { ...sale, purchase }, known);
  return purchase;
}

/** A sale whose buyer waits, and how long its source is waited for. */
interface WaitingSale {
  readonly buyer: PeerId;
  readonly deal: DealId;
  readonly withinMs: Milliseconds;
}

function standingBid(ctx: Context, known: KnownSupply): ReceivedBid | undefined {
  const { documentId, peer, price, currency } = known;
  const id = seenAt(ctx, documentId, peer)?.bid;
  const standing = id === undefined ? undefined : receivedBid(ctx, id);
  if (!standing || isExpired(ctx, standing.exp)) return undefined;
  return standing.bid.price <= price && standing.bid.currency === currency ? standing : undefined;
}

function askSource(
  ctx: Context,
  { withinMs, ...sale }: WaitingSale & { readonly purchase: DealId },
  { documentId, peer, currency, price: maxPrice }: KnownSupply,
): void {
  const id = newId(ctx.chance);
  markSeen(ctx, id);
  const suppliedBy = ctx.now + withinMs;
  const deadlineAt = ctx.now + Math.min(procurementBudgetMs, Math.floor(withinMs / 2));
  const round: Round = {
    id,
    from: ctx.self,
    origin: { kind: 'sale', ...sale, suppliedBy, supplied: false },
    query: { documentId },
    offers: [{ currency, maxPrice }],
    deadlineAt,
    asked: [{ peer, maxPrice, state: 'asked', currency, bids: 0, tries: 0 }],
    bids: 0,
    best: {},
  };
  setTimer(ctx, timerOf(id), deadlineAt, { kind: 'solicitation-deadline', solicitation: id });
  askPeers(ctx, round, 0);
}

/** The source's bid is here: the first is accepted. */
export function takeProcured(ctx: Context, id: SolicitationId, bid: ReceivedBid): void {
  const round = roundOf(ctx, id);
  if (round?.origin.kind !== 'sale' || round.origin.supplied) return;
  const { buyer, deal, purchase, suppliedBy } = round.origin;
  // The round's end refunds the sale.
  if (!servesOthers(ctx, bid.bidder)) return;
  putRound(ctx, { ...round, origin: { ...round.origin, supplied: true } });
  const how = { withinMs: suppliedBy - ctx.now, deal: purchase };
  startPurchase(ctx, bid, { kind: 'resale', buyer, deal }, how);
}

/** Ends the asking when the source has answered, or at the deadline; without a bid the sale has failed. */
export function endProcurementIfComplete(
  ctx: Context,
  id: SolicitationId,
  atDeadline = false,
): void {
  const round = roundOf(ctx, id);
  if (round?.origin.kind !== 'sale' || !(atDeadline || isComplete(round))) return;
  closeRound(ctx, round);
  clearTimer(ctx, timerOf(id));
  failProcurement(ctx, round);
}

/** The knowledge was wrong, or the source is away: the buyer is refunded, and the place is forgotten. */
export function failProcurement(ctx: Context, { origin, query, asked }: Round): void {
  if (origin.kind !== 'sale' || origin.supplied) return;
  const { documentId } = query;
  if (documentId !== undefined) for (const { peer } of asked) forgetSighting(ctx, documentId, peer);
  saleFailed(ctx, origin.buyer, origin.deal);
}
