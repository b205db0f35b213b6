import { draft, type Opened, type PeerId } from '../identity/index.ts';
import { type Context, type HoldKey, newId, newKey, refuse, reply } from '../kernel/index.ts';
import {
  accessKeyLifetimeSeconds,
  preparationMs,
  sealedClaimSeconds,
  sealedHoldSeconds,
  sealedHopSeconds,
  sealedSalesMax,
  sealedSalesPerBuyerMax,
  sealedSalesPerNeighborMax,
} from '../limits.ts';
import { claimHold, incomingHold, releaseHold, supportsHolds } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import {
  type Bid,
  type DealId,
  type DocumentId,
  instructionsStatement,
} from '../protocol/index.ts';
import { standingOf, tabView } from '../tabs/index.ts';
import { type Milliseconds, seconds } from '../time.ts';
import { ownCard } from '../trust/index.ts';
import { newAccessKey } from './access-keys.ts';
import {
  dealOn,
  moveSale,
  type Purchase,
  type Sale,
  saleOf,
  salesIn,
  setSaleDeadline,
  unpaidSealedSales,
} from './deals.ts';
import { lockOf, type SealedPurchase, settlingMs, transactionIdOf } from './seal-record.ts';
import { hearsContestsUntil } from './sealed-contest.ts';
import { earnCommission, expectPatience, keepMet } from './supply.ts';
import { hearsMs } from './waiting.ts';

/** The seller's side of a sealed deal (docs/protocol.md 9): the document encrypted, and its key against a hold. */

/** A hold is taken until so long after the instructions ended. */
const payingMs = 60 * 60_000;

/** Whether bids to this peer offer a sealed delivery. */
export function offersSealed(
  ctx: Context,
  buyer: PeerId,
  { currency, price }: Pick<Bid, 'currency' | 'price'>,
): boolean {
  const { offer } = ctx.settings.sealed;
  if (offer === 'nobody' || price < 1 || !supportsHolds(ctx, currency)) return false;
  return offer === 'everybody' || standingOf(ctx, buyer) !== 'primary';
}

/**
 * Encrypting costs a reading of the document, a resale one of the places at the supplier, and nobody has paid
 * for it: so many at once are enough. What others begin takes no place of the primary neighbors'.
 */
export function tooManySealed(ctx: Context, buyer: PeerId): Problem | undefined {
  const trusted = (peer: PeerId) => standingOf(ctx, peer) === 'primary';
  const open = unpaidSealedSales(ctx).filter((sale) => trusted(sale.buyer) === trusted(buyer));
  const ofBuyer = open.filter((sale) => sale.buyer === buyer).length;
  const most = trusted(buyer) ? sealedSalesPerNeighborMax : sealedSalesPerBuyerMax;
  return ofBuyer >= most || open.length >= sealedSalesMax
    ? problem('rate-limited', 'Too many sealed deals are open.', { retryAfterMs: 60_000 })
    : undefined;
}

/** A sealed sale from the shelf: the document is encrypted under a fresh key, which the shell does. */
export function sellSealed(
  ctx: Context,
  {
    exchange,
    buyer,
    deal,
    bid: { payload: bid, text: bidText },
    ...waiting
  }: Pick<Sale, 'buyer' | 'deal' | 'waitsUntil'> & {
    readonly exchange: string;
    readonly bid: Opened<Bid>;
  },
): void {
  const sale: Sale = {
    ...waiting,
    ...dealOn(ctx, deal, bid),
    state: 'sealing',
    buyer,
    ...{ bidId: bid.jti, bidText },
    supply: { kind: 'shelf' },
    sealed: { key: newKey(ctx.chance) },
  };
  expectPatience(ctx, moveSale(ctx, sale, 'sealing', ctx.now + preparationMs, { exchange }));
  ctx.effect({ kind: 'seal', buyer, deal });
}

/** The document is encrypted, and has this id: the buyer gets its instructions. */
export function sealed(ctx: Context, buyer: PeerId, deal: DealId, documentId: DocumentId): void {
  const sale = saleOf(ctx, buyer, deal);
  const key = sale?.sealed?.key;
  if (sale?.state !== 'sealing' || key === undefined) return;
  const { documentId: plain, sizeBytes, exchange } = sale;
  const terms = { documentId, sha256: lockOf(ctx, key), holdSeconds: sealedHoldSeconds };
  const access = newAccessKey(ctx, {
    ...{ documentId, sizeBytes, buyer, deal },
    sealed: { documentId: plain, key },
  });
  const instructions = draft(instructionsStatement, {
    ...{ iss: ctx.self, iat: seconds(ctx.now), jti: newId(ctx.chance) },
    ...{ sub: plain, size: sizeBytes, endpoints: ctx.settings.endpoints },
    ...{ accessKey: access.key, card: ctx.seal(ownCard(ctx)), exp: access.exp },
    sealed: { documentId, sha256: terms.sha256 },
  });
  const instructed = moveSale(ctx, sale, 'instructed', access.exp * 1000 + payingMs, {
    supply: { kind: 'shelf', accessKey: access.key },
    sealed: { key, terms },
    instructions,
  });
  if (exchange !== undefined) replySealed(ctx, exchange, instructed);
}

/** The document cannot be encrypted, as it is gone: nothing was charged. */
export function sealingFailed(ctx: Context, buyer: PeerId, deal: DealId, why: Problem): void {
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.state !== 'sealing') return;
  const { exchange } = sale;
  lapse(ctx, sale);
  if (exchange !== undefined) refuse(ctx, exchange, why);
}

/** After a start: what was being encrypted is encrypted anew. */
export function resumeSealing(ctx: Context): void {
  for (const { buyer, deal } of salesIn(ctx, 'sealing')) ctx.effect({ kind: 'seal', buyer, deal });
}

/** An intermediary's buyer gets the serving peer's instructions, and a longer hold to make. */
export function passSealedOn(
  ctx: Context,
  { buyer, deal }: { readonly buyer: PeerId; readonly deal: DealId },
  terms: NonNullable<SealedPurchase['terms']>,
  { instructions, contestWithinMs }: Required<Pick<Sale, 'instructions' | 'contestWithinMs'>>,
): Milliseconds {
  const sale = saleOf(ctx, buyer, deal);
  const endsAt = ctx.now + accessKeyLifetimeSeconds * 1000 + payingMs;
  if (sale?.state !== 'buying') return endsAt;
  const { exchange } = sale;
  const { documentId, sha256 } = terms;
  const holdSeconds = terms.holdSeconds + sealedHopSeconds;
  const instructed = moveSale(ctx, sale, 'instructed', endsAt, {
    instructions,
    sealed: { terms: { documentId, sha256, holdSeconds } },
    contestWithinMs,
  });
  if (exchange !== undefined) replySealed(ctx, exchange, instructed);
  return endsAt;
}

/** Tells a buyer its instructions, and the hold that it has to make for the key (docs/protocol.md 9). */
export function replySealed(ctx: Context, exchange: string, sale: Sale): void {
  const { buyer, currency, deal, instructions, sealed: known } = sale;
  const holdSeconds = known?.terms?.holdSeconds ?? sealedHoldSeconds;
  reply(ctx, exchange, {
    instructions,
    tab: tabView(ctx, buyer, currency),
    contestWithinMs: hearsMs(sale),
    sealed: { transactionId: transactionIdOf(deal), holdSeconds },
  });
}

/** What is wrong with a buyer's hold: it is given back then. `lastingSeconds` must be left of it. */
export function flawOf(
  ctx: Context,
  sale: Sale,
  key: HoldKey,
  lastingSeconds = sealedClaimSeconds,
): string | undefined {
  const hold = incomingHold(ctx, key);
  const lock = sale.sealed?.terms?.sha256;
  if (sale.state !== 'instructed' || !hold) return 'The deal is over.';
  if (hold.currency !== sale.currency || hold.amount !== sale.price) return 'It is another amount.';
  if (hold.hold.sha256 !== lock) return 'It has another lock.';
  if (hold.hold.expires < seconds(ctx.now) + lastingSeconds) return 'It ends too soon.';
  return undefined;
}

/** The buyer's hold stands: the key is shown to the issuer, and the price is this peer's. */
export function claim(ctx: Context, sale: Sale, hold: HoldKey, key: string): boolean {
  const { buyer: peer, deal, title, supply } = sale;
  const account = supply.kind === 'shelf' ? 'income:sales' : 'clearing:deals';
  const cause = { kind: 'sold', peer, deal, reason: `Sold: ${title}` } as const;
  const claiming = { sealed: { ...sale.sealed, hold, key } };
  const expires = incomingHold(ctx, hold)?.hold.expires ?? seconds(ctx.now);
  // Moved first: in the own currency the claim is answered before it returns.
  const moved = moveSale(ctx, sale, 'claiming', expires * 1000 + settlingMs, claiming);
  if (claimHold(ctx, hold, key, { account, cause }).ok) return true;
  lapse(ctx, moved);
  return false;
}

/** The price is here: the deal is done, and what an intermediary found is a commission. */
export function sealedPaid(ctx: Context, sale: Sale, purchase: Purchase | undefined): void {
  if (sale.state === 'delivered') return;
  if (purchase) earnCommission(ctx, sale, purchase);
  const paid = moveSale(ctx, sale, 'delivered', ctx.now);
  if (!purchase) return;
  setSaleDeadline(ctx, paid, hearsContestsUntil(ctx, paid) + 1);
}

/** Nobody pays, and nobody gets the key. What the issuer takes after all still counts. */
export function lapse(ctx: Context, sale: Sale): Sale {
  return moveSale(ctx, sale, 'lapsed', ctx.now);
}

/**
 * Nobody paid in time: should a claim that is under way succeed after all, it counts. Or it was paid long ago, and
 * nobody contested it.
 */
export function sealedSaleDeadline(ctx: Context, sale: Sale): void {
  if (sale.state === 'delivered' && ctx.now > hearsContestsUntil(ctx, sale)) keepMet(ctx, sale);
  const ended = sale.state === 'delivered' || sale.state === 'lapsed' || sale.state === 'buying';
  if (ended || ctx.now < sale.deadlineAt) return;
  const { exchange } = sale;
  lapse(ctx, sale);
  if (exchange === undefined) return;
  refuse(ctx, exchange, problem('document-gone', 'The document could not be made ready.'));
}

/** The own side cannot go on: the buyer's money is free again. */
export function giveBack(ctx: Context, sale: Sale): void {
  const hold = sale.sealed?.hold;
  if (hold) releaseHold(ctx, hold);
  lapse(ctx, sale);
}

/** The buyer's hold stands, and the supplier is to be paid: its end, `untilMs`, and a while for the issuer's word. */
export function noteHold(ctx: Context, sale: Sale, hold: HoldKey, untilMs: Milliseconds): Sale {
  return moveSale(ctx, sale, 'holding', untilMs + settlingMs, { sealed: { ...sale.sealed, hold } });
}

/** What a sealed document is made of, for whoever serves it: the document and the key. */
export function sealOf(ctx: Context, buyer: PeerId, deal: DealId) {
  const sale = saleOf(ctx, buyer, deal);
  const key = sale?.sealed?.key;
  return sale && key !== undefined && sale.supply.kind === 'shelf'
    ? { documentId: sale.documentId, key, state: sale.state }
    : undefined;
}
