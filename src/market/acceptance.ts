import { draft, type Opened, type PeerId } from '../identity/index.ts';
import { type Context, newId, refuse, type ShelfDocument } from '../kernel/index.ts';
import { acceptanceDeadlineMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import {
  type Bid,
  type DealId,
  instructionsStatement,
  type RequestInput,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { charge, standingOf } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import { discover, joinSecondary, ownCard } from '../trust/index.ts';
import { type AccessKey, newAccessKey, openAccessKey, spendAccessKey } from './access-keys.ts';
import { isExpired, type ReceivedBid, supplierBidBehind } from './bids.ts';
import { dealOn, moveSale, noteSale, purchaseOf, type Sale, saleOf } from './deals.ts';
import { startPurchase } from './purchase.ts';
import { showToBuyer } from './shown-delivery.ts';
import { refuseRefunded, replyInstructions, saleLifetimeMs } from './supply.ts';

/** The seller's side of a deal (§2.2): charge, instruct or buy from the supplier first, serve, close. */

/** `POST /market/v1/acceptances`. The same deal again gets the same answer. */
export function answerAcceptance(
  ctx: Context,
  exchange: string,
  from: PeerId,
  { bid, deal }: RequestInput<'accept'>,
): void {
  const known = saleOf(ctx, from, deal);
  if (known) return answerAgain(ctx, exchange, known, bid.payload);
  const source = sourceOf(ctx, from, bid);
  if (!source.ok) return refuse(ctx, exchange, source.error);
  const { currency, price, title } = bid.payload;
  const fromShelf = source.value.kind === 'shelf';
  const charged = charge(ctx, from, currency, {
    kind: 'purchase',
    amount: price,
    reference: deal,
    counter: fromShelf ? 'income:sales' : 'clearing:deals',
    cause: { kind: 'sold', peer: from, deal, reason: `Sold: ${title}` },
  });
  if (!charged.ok) return refuse(ctx, exchange, charged.error);
  if (source.value.kind === 'shelf') sellFromShelf(ctx, exchange, from, deal, bid);
  else buyAndRefer(ctx, exchange, from, deal, bid, source.value.bid);
}

function answerAgain(ctx: Context, exchange: string, sale: Sale, bid: Bid): void {
  if (sale.bidId !== bid.jti) {
    return refuse(ctx, exchange, problem('deal-id-reused', 'This deal is about another bid.'));
  }
  switch (sale.state) {
    case 'buying':
      noteSale(ctx, sale, { exchange });
      return;
    case 'refunded':
      return refuseRefunded(ctx, exchange, sale);
    case 'instructed':
    case 'delivered':
    case 'closed':
      return replyInstructions(ctx, exchange, sale);
  }
}

type Source =
  | { readonly kind: 'shelf'; readonly document: ShelfDocument }
  | { readonly kind: 'supplier'; readonly bid: ReceivedBid };

function sourceOf(
  ctx: Context,
  from: PeerId,
  { payload: bid }: Opened<Bid>,
): Result<Source, Problem> {
  if (standingOf(ctx, from) === 'undesirable')
    return fail(problem('undesirable', 'This peer does not trade with you.'));
  if (bid.iss !== ctx.self) return fail(problem('unknown-bid', 'This peer did not make that bid.'));
  if (isExpired(ctx, bid.exp)) return fail(problem('bid-expired', 'The bid has expired.'));
  const supplierBid = supplierBidBehind(ctx, bid.jti);
  if (supplierBid) return ok({ kind: 'supplier', bid: supplierBid });
  const document = ctx.library.find(bid.sub);
  if (!document)
    return fail(problem('document-gone', 'The document is not on the shelf any more.'));
  return ok({ kind: 'shelf', document });
}

function sellFromShelf(
  ctx: Context,
  exchange: string,
  buyer: PeerId,
  deal: DealId,
  { payload: bid, text: bidText }: Opened<Bid>,
): void {
  const { sub: documentId, size: sizeBytes } = bid;
  const accessKey = newAccessKey(ctx, { documentId, sizeBytes, buyer, deal });
  const sale: Sale = {
    ...dealOn(ctx, deal, bid),
    state: 'instructed',
    buyer,
    ...{ bidId: bid.jti, bidText },
    supply: { kind: 'shelf', accessKey: accessKey.key },
  };
  const instructions = draft(instructionsStatement, {
    iss: ctx.self,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    sub: documentId,
    size: sizeBytes,
    endpoints: ctx.settings.endpoints,
    accessKey: accessKey.key,
    card: ctx.seal(ownCard(ctx)),
    exp: accessKey.exp,
  });
  const sold = moveSale(ctx, sale, 'instructed', ctx.now + saleLifetimeMs, { instructions });
  replyInstructions(ctx, exchange, sold);
}

function buyAndRefer(
  ctx: Context,
  exchange: string,
  buyer: PeerId,
  deal: DealId,
  { payload: bid, text: bidText }: Opened<Bid>,
  supplier: ReceivedBid,
): void {
  const purchase = startPurchase(ctx, supplier, { kind: 'resale', buyer, deal });
  const sale: Sale = {
    ...dealOn(ctx, deal, bid),
    state: 'buying',
    buyer,
    ...{ bidId: bid.jti, bidText },
    supply: { kind: 'supplier', purchase: purchase.deal },
  };
  moveSale(ctx, sale, 'buying', ctx.now + 4 * acceptanceDeadlineMs, { exchange });
}

/** `POST /documents/v1/openings`: the seller discovers the buyer (§2.3). */
export function answerOpening(
  ctx: Context,
  from: PeerId,
  input: RequestInput<'open'>,
): Result<Pick<AccessKey, 'documentId'> & { readonly size: number }, Problem> {
  const opened = openAccessKey(ctx, from, input);
  if (!opened.ok) return opened;
  const { documentId, sizeBytes, deal } = opened.value;
  discover(ctx, input.card, { way: 'buyer-by-seller', documentId, deal });
  return ok({ documentId, size: sizeBytes });
}

/** `POST /documents/v1/deliveries`: ends the sale that the key was made for. */
export function answerDelivery(
  ctx: Context,
  from: PeerId,
  key: string,
  { delivery }: RequestInput<'deliver'>,
): Result<Pick<AccessKey, 'documentId'>, Problem> {
  const spent = spendAccessKey(ctx, from, key, delivery);
  if (!spent.ok) return spent;
  const { buyer, deal, documentId } = spent.value;
  const sale = saleOf(ctx, buyer, deal);
  if (!sale || sale.state === 'delivered') return ok({ documentId });
  const delivered = moveSale(ctx, sale, 'delivered', ctx.now, { delivery: delivery.text });
  if (delivered.contest) showToBuyer(ctx, delivered, delivery.text);
  else joinSecondary(ctx, from, deal);
  return ok({ documentId });
}

/**
 * Nobody ended the sale, and nobody may contest it any more: it is closed as it stands. An intermediary takes
 * it for a deal that ended well, and keeps the peer that it met by it (§4).
 */
export function saleDeadline(ctx: Context, buyer: PeerId, deal: DealId): void {
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.state !== 'instructed' || ctx.now < sale.deadlineAt) return;
  moveSale(ctx, sale, 'closed', ctx.now);
  const { supply, contest } = sale;
  const serving =
    supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase)?.serving : undefined;
  if (serving !== undefined && !contest) joinSecondary(ctx, serving, deal);
}
