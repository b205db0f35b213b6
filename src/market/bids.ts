import { type Amount, add } from '../amount.ts';
import { type CurrencyId, type Draft, draft, type Opened, type PeerId } from '../identity/index.ts';
import { type Context, newId, removeUntil, type ShelfDocument } from '../kernel/index.ts';
import { bidLifetimeSeconds, bidLifetimeSecondsMax, clockSkewSeconds } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import {
  type Bid,
  bidStatement,
  type DocumentId,
  type Query,
  type SolicitationId,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Strategy } from '../settings/index.ts';
import { collection } from '../state/index.ts';
import { type Milliseconds, type Seconds, seconds } from '../time.ts';

/** A bid that a neighbor made to this peer: for its own search, or to be resold. */
export interface ReceivedBid {
  readonly id: string;
  readonly solicitation: SolicitationId;
  readonly bidder: PeerId;
  readonly at: Milliseconds;
  readonly text: string;
  readonly bid: Bid;
  /** The bid's own end, or the latest that this peer counts on. */
  readonly exp: Seconds;
}

/** Where a document is known to be, and at what price: enough to offer it without asking (§3). */
export interface KnownSupply {
  readonly documentId: DocumentId;
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly price: Amount;
  /** It is to be bought in another currency than it was sold in, at this peer's own rate. */
  readonly conversion?: { readonly cost: Amount; readonly rate: string };
}

/**
 * A bid of this peer's on a document that it does not have (§2.1): behind it stands a supplier's bid, or what
 * the directory says.
 */
interface Resale {
  readonly bid: string;
  readonly supplierBid?: string;
  readonly known?: KnownSupply;
  readonly exp: Seconds;
  /** Priced to be retrieved and served by this peer (§3). */
  readonly conceal?: true;
  /** Bought in another currency: what that costs in the bid's, at which rate. */
  readonly conversion?: { readonly cost: Amount; readonly rate: string };
}

const received = collection<ReceivedBid>()('bids', ['id'], {
  solicitation: ['solicitation', 'at'],
  exp: ['exp'],
});
const resales = collection<Resale>()('resales', ['bid'], { exp: ['exp'] });

interface Offer {
  readonly solicitation: SolicitationId;
  readonly currency: PeerId;
  readonly price: Amount;
  /** May be bought against the key (docs/protocol.md 9). */
  readonly sealed?: true;
}

/** A bid on a document of this peer's own. It is not kept: its signature shows that this peer made it. */
export function bidOnShelf(ctx: Context, document: ShelfDocument, offer: Offer): Draft<Bid> {
  const { documentId, title, sizeBytes, mediaType } = document;
  return draft(bidStatement, {
    ...newBid(ctx),
    sub: documentId,
    ...offer,
    title,
    size: sizeBytes,
    mediaType,
    exp: seconds(ctx.now) + bidLifetimeSeconds,
  });
}

/** A supplier's bid offered on at this peer's price; the caller cannot tell. It ends when the supplier's ends. */
export function bidOnResale(
  ctx: Context,
  supplier: ReceivedBid,
  offer: Offer,
  { strategy, conversion }: { readonly strategy: Strategy } & Pick<Resale, 'conversion'>,
): Draft<Bid> {
  const { sub, title, size, mediaType } = supplier.bid;
  const bid: Bid = { ...newBid(ctx), sub, ...offer, title, size, mediaType, exp: supplier.exp };
  ctx.tx.put(resales, {
    ...{ bid: bid.jti, supplierBid: supplier.id, exp: supplier.exp },
    ...(strategy === 'concealment' && { conceal: true }),
    ...(conversion && { conversion }),
  });
  return draft(bidStatement, bid);
}

/** A bid on what the directory knows: nobody has been asked yet. */
export function bidOnKnown(
  ctx: Context,
  known: KnownSupply,
  document: Pick<Bid, 'title' | 'size' | 'mediaType'>,
  offer: Offer,
): Draft<Bid> {
  const exp = seconds(ctx.now) + bidLifetimeSeconds;
  const bid: Bid = { ...newBid(ctx), sub: known.documentId, ...offer, ...document, exp };
  ctx.tx.put(resales, { bid: bid.jti, known, exp });
  return draft(bidStatement, bid);
}

function newBid(ctx: Context) {
  return { iss: ctx.self, iat: seconds(ctx.now), jti: newId(ctx.chance) };
}

/** What was asked of a neighbor, against which its bid is checked. */
export interface Asked {
  readonly peer: PeerId;
  readonly currency: PeerId;
  readonly maxPrice: Amount;
}

/** Opens a neighbor's bid and checks that it answers what was asked; keeps it. */
export function takeBid(
  ctx: Context,
  asked: Asked,
  solicitation: SolicitationId,
  query: Query,
  text: string,
): Result<ReceivedBid, Problem> {
  const opened = ctx.open(bidStatement, text);
  if (!opened.ok) return opened;
  const mismatch = mismatchOf(ctx, asked, solicitation, query, opened.value);
  if (mismatch) return fail(problem('bad-statement', mismatch));
  const bid = opened.value.payload;
  const kept: ReceivedBid = {
    id: bid.jti,
    solicitation,
    bidder: asked.peer,
    at: ctx.now,
    text,
    bid,
    exp: Math.min(bid.exp, seconds(ctx.now) + bidLifetimeSecondsMax),
  };
  ctx.tx.put(received, kept);
  return ok(kept);
}

function mismatchOf(
  ctx: Context,
  asked: Asked,
  solicitation: SolicitationId,
  query: Query,
  { payload: bid }: Opened<Bid>,
): string | undefined {
  if (bid.iss !== asked.peer) return 'The bid is not the one of the peer that was asked.';
  if (bid.solicitation !== solicitation) return 'The bid answers another solicitation.';
  if (bid.currency !== asked.currency) return 'The bid is in another currency.';
  if (bid.price > asked.maxPrice) return 'The bid is above the maximum price.';
  if (bid.exp <= seconds(ctx.now) - clockSkewSeconds) return 'The bid has expired.';
  if (query.documentId !== undefined && bid.sub !== query.documentId)
    return 'The bid is for another document.';
  if (query.mediaType !== undefined && bid.mediaType !== query.mediaType)
    return 'The bid is for another kind of document.';
  if (bid.size < (query.minSize ?? 0) || bid.size > (query.maxSize ?? bid.size))
    return 'The document has another size.';
  if (ctx.tx.get(received, bid.jti)) return 'The bid was given before.';
  return undefined;
}

/** A neighbor's bid by its id; undefined once it has been over for a day. */
export function receivedBid(ctx: Pick<Context, 'tx'>, id: string): ReceivedBid | undefined {
  return ctx.tx.get(received, id);
}

/** The bids that a search has brought. */
export function bidsOf(
  ctx: Pick<Context, 'tx'>,
  solicitation: SolicitationId,
): readonly ReceivedBid[] {
  return ctx.tx.scan(received, { by: 'solicitation', prefix: [solicitation] });
}

/** The supplier's bid behind a bid of this peer's, where it was a resale. */
export function supplierBidBehind(
  ctx: Pick<Context, 'tx'>,
  bid: string,
): ({ readonly bid: ReceivedBid } & Pick<Resale, 'conceal' | 'conversion'>) | undefined {
  const resale = ctx.tx.get(resales, bid);
  if (resale?.supplierBid === undefined) return undefined;
  const supplier = ctx.tx.get(received, resale.supplierBid);
  if (!supplier) return undefined;
  const { conceal, conversion } = resale;
  return { bid: supplier, ...(conceal && { conceal }), ...(conversion && { conversion }) };
}

/** What the directory said when this peer made the bid, where nothing else stands behind it. */
export function knownSupplyBehind(ctx: Pick<Context, 'tx'>, bid: string): KnownSupply | undefined {
  return ctx.tx.get(resales, bid)?.known;
}

/** Whether a time in a statement is past. */
export function isExpired(ctx: Context, exp: Seconds): boolean {
  return exp < seconds(ctx.now);
}

/** Forgets bids that ended a day ago: deals keep the text of theirs. True where more are left. */
export function sweepBids(ctx: Context): boolean {
  const to = seconds(ctx.now) - 24 * 60 * 60;
  const more = removeUntil(ctx, received, 'exp', to);
  return removeUntil(ctx, resales, 'exp', to) || more;
}

/** The total of several prices, for what a search may cost. */
export function total(amounts: readonly Amount[]): Amount {
  return amounts.reduce(add, 0 as Amount);
}
