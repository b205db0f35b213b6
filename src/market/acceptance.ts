import type { PeerId } from '../identity/index.ts';
import { type Context, refuse } from '../kernel/index.ts';
import { acceptanceDeadlineMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId, RequestInput } from '../protocol/index.ts';
import { ok, type Result } from '../result.ts';
import { noteSold } from '../statistics/index.ts';
import { charge, tabView } from '../tabs/index.ts';
import { discover, joinSecondary } from '../trust/index.ts';
import { type AccessKey, openAccessKey, spendAccessKey } from './access-keys.ts';
import { serveFromShelf } from './concealment.ts';
import { drawConversion, pastRate } from './conversion.ts';
import { dealOn, moveSale, noteSale, purchaseOf, type Sale, saleOf } from './deals.ts';
import { procure } from './procurement.ts';
import { startPurchase } from './purchase.ts';
import { replySealed, sealedSaleDeadline, sellSealed, tooManySealed } from './sealed-sale.ts';
import { showToBuyer } from './shown-delivery.ts';
import { type Source, sourceOf, suppliedBy } from './source.ts';
import { expectPatience, keepMet, refuseRefunded, replyInstructions } from './supply.ts';
import { contestLifetimeMs, supplierWaitMs } from './waiting.ts';

/** The seller's side of a deal (§2.2): charge, instruct or buy from the supplier first, serve, close. */

/** A bid of this peer's that is accepted: by whom, in which exchange, and how long its buyer waits if it says so. */
type Accepted = Omit<RequestInput<'accept'>, 'receipt'> & {
  readonly exchange: string;
  readonly buyer: PeerId;
};

/** `POST /market/v1/acceptances`. The same deal again gets the same answer. */
export function answerAcceptance(
  ctx: Context,
  exchange: string,
  from: PeerId,
  input: RequestInput<'accept'>,
): void {
  const { bid, deal, sealed, withinMs } = input;
  const accepted: Accepted = { ...input, exchange, buyer: from };
  const known = saleOf(ctx, from, deal);
  if (known) return answerAgain(ctx, accepted, known);
  const found = sourceOf(ctx, from, bid, sealed === true);
  if (!found.ok) return refuse(ctx, exchange, found.error);
  const source = found.value;
  const fromShelf = source.kind === 'shelf';
  if (!fromShelf && supplierWaitMs(withinMs) === undefined) return refuseHurry(ctx, accepted);
  if (sealed) return acceptSealed(ctx, accepted, source);
  const { currency, price, title } = bid.payload;
  const supply = suppliedBy(source);
  const past = supply && pastRate(ctx, currency, supply);
  if (past) return refuse(ctx, exchange, past);
  const charged = charge(ctx, from, currency, {
    kind: 'purchase',
    amount: price,
    reference: deal,
    counter: fromShelf ? 'income:sales' : 'clearing:deals',
    cause: { kind: 'sold', peer: from, deal, reason: `Sold: ${title}` },
  });
  if (!charged.ok) return refuse(ctx, exchange, charged.error);
  if (supply) drawConversion(ctx, currency, supply);
  noteSold(ctx, from);
  if (fromShelf) sellFromShelf(ctx, accepted);
  else buyForBuyer(ctx, accepted, source);
  const sale = saleOf(ctx, from, deal);
  const { entries: entry, balance } = charged.value;
  if (sale && price > 0) noteSale(ctx, sale, { charged: { entry, balance } });
}

/** Against the key (docs/protocol.md 9): nothing is charged on the tab. */
function acceptSealed(ctx: Context, accepted: Accepted, source: Source): void {
  const { exchange, buyer, deal, bid } = accepted;
  if (!bid.payload.sealed)
    return refuse(ctx, exchange, problem('not-sealed', 'This bid is paid on the tab only.'));
  const busy = tooManySealed(ctx, buyer);
  if (busy) return refuse(ctx, exchange, busy);
  noteSold(ctx, buyer);
  if (source.kind !== 'shelf') return buyForBuyer(ctx, accepted, source);
  sellSealed(ctx, { exchange, buyer, deal, bid, ...waiting(ctx, accepted) });
}

/** Nothing was charged, and nothing is: what is left is too little for a supplier, or for whoever is behind it. */
function refuseHurry(ctx: Context, { exchange, buyer, bid }: Accepted): void {
  const tab = tabView(ctx, buyer, bid.payload.currency);
  const why = 'There is no time left in which it could be bought; nothing is charged.';
  refuse(ctx, exchange, problem('supplier-failed', why, { tab }));
}

function waiting({ now }: Context, { withinMs }: Accepted): Pick<Sale, 'waitsUntil'> {
  return withinMs === undefined ? {} : { waitsUntil: now + withinMs };
}

function answerAgain(ctx: Context, accepted: Accepted, sale: Sale): void {
  const { exchange, bid, sealed } = accepted;
  if (sale.bidId !== bid.payload.jti || (sale.sealed !== undefined) !== (sealed === true)) {
    return refuse(ctx, exchange, problem('deal-id-reused', 'This deal is about another bid.'));
  }
  switch (sale.state) {
    case 'buying':
    case 'retrieving':
    case 'sealing': {
      const waits = noteSale(ctx, sale, { exchange, ...waiting(ctx, accepted) });
      // Whoever was told to wait, and asks again, is told again if it takes long.
      if (isPreparing(ctx, sale)) expectPatience(ctx, waits, true);
      return;
    }
    case 'refunded':
    case 'lapsed':
      return refuseRefunded(ctx, exchange, sale);
    case 'instructed':
    case 'holding':
    case 'claiming':
    case 'delivered':
    case 'closed':
      return (sale.sealed ? replySealed : replyInstructions)(ctx, exchange, sale);
  }
}

function isPreparing(ctx: Context, { state, supply }: Sale): boolean {
  if (state === 'retrieving' || state === 'sealing') return true;
  return supply.kind === 'supplier' && purchaseOf(ctx, supply.purchase)?.state === 'preparing';
}

function sellFromShelf(ctx: Context, { exchange, buyer, deal, bid: accepted }: Accepted): void {
  const { payload: bid, text: bidText } = accepted;
  const begun = { ...dealOn(ctx, deal, bid), buyer, bidId: bid.jti, bidText };
  const { accessKey, instructions } = serveFromShelf(ctx, begun);
  const sale: Sale = { ...begun, state: 'instructed', supply: { kind: 'shelf', accessKey } };
  const sold = moveSale(ctx, sale, 'instructed', ctx.now + contestLifetimeMs, { instructions });
  replyInstructions(ctx, exchange, sold);
}

/** Referral or concealment (§3), as the bid was priced. */
function buyForBuyer(
  ctx: Context,
  accepted: Accepted,
  source: Exclude<Source, { readonly kind: 'shelf' }>,
): void {
  const { exchange, buyer, deal, sealed } = accepted;
  const { payload: bid, text: bidText } = accepted.bid;
  const withinMs = supplierWaitMs(accepted.withinMs) ?? acceptanceDeadlineMs;
  const conceal = source.kind === 'supplier' && source.conceal;
  const supplied = suppliedBy(source);
  const purpose = { kind: 'resale', buyer, deal, ...(conceal && { conceal }) } as const;
  const purchase =
    source.kind === 'supplier'
      ? startPurchase(ctx, source.bid, purpose, { withinMs, sealed: sealed === true }).deal
      : procure(ctx, { buyer, deal, withinMs }, source.known);
  const sale: Sale = {
    ...dealOn(ctx, deal, bid),
    state: 'buying',
    buyer,
    ...{ bidId: bid.jti, bidText },
    ...(sealed && { sealed: {} }),
    ...waiting(ctx, accepted),
    supply: {
      ...{ kind: 'supplier', purchase },
      ...(conceal && { concealed: conceal }),
      ...(supplied?.conversion && {
        conversion: { ...supplied.conversion, get: supplied.currency },
      }),
    },
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
  const { documentId, sizeBytes, deal, sealed } = opened.value;
  const sold = sealed?.documentId ?? documentId;
  discover(ctx, input.card, { way: 'buyer-by-seller', documentId: sold, deal });
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
  // A buyer that says so again takes nothing back of its first word.
  const { buyer, deal, documentId, delivery: word = delivery.text } = spent.value;
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.sealed) {
    // What ends it is the payment; this is the buyer's word that it could be decrypted.
    const signed = noteSale(ctx, sale, { delivery: word });
    if (sale.contest) showToBuyer(ctx, signed, word);
    else if (sale.state === 'delivered') joinSecondary(ctx, from, deal);
    return ok({ documentId });
  }
  if (!sale || sale.state === 'delivered') return ok({ documentId });
  const delivered = moveSale(ctx, sale, 'delivered', ctx.now, { delivery: word });
  if (delivered.contest) showToBuyer(ctx, delivered, word);
  else joinSecondary(ctx, from, deal);
  return ok({ documentId });
}

/** Nobody ended the sale, and nobody may contest it any more: it is closed as it stands. */
export function saleDeadline(ctx: Context, buyer: PeerId, deal: DealId): void {
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.sealed) return sealedSaleDeadline(ctx, sale);
  if (sale?.state !== 'instructed' || ctx.now < sale.deadlineAt) return;
  keepMet(ctx, moveSale(ctx, sale, 'closed', ctx.now));
}
