import type { Opened, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { Bid } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { standingOf } from '../tabs/index.ts';
import { servesOthers } from '../trust/index.ts';
import {
  isExpired,
  type KnownSupply,
  knownSupplyBehind,
  type ReceivedBid,
  supplierBidBehind,
} from './bids.ts';
import type { Conversion } from './conversion.ts';
import { seenAt } from './directory.ts';
import { hasRoom, isOnShelf } from './kept.ts';
import { chooseSupplier } from './supplier-choice.ts';

/**
 * From where a document comes when this peer's bid on it is accepted. Lists and policy may have changed since the bid
 * was made: callers are exposed when their money moves (§4).
 */
export type Source =
  | { readonly kind: 'shelf' }
  | {
      readonly kind: 'supplier';
      readonly bid: ReceivedBid;
      readonly conceal?: true;
      readonly conversion?: Conversion;
    }
  | { readonly kind: 'directory'; readonly known: KnownSupply };

/** In which currency a source is bought from, and at which rate where that is another; undefined for the shelf. */
export function suppliedBy(source: Source) {
  if (source.kind === 'shelf') return undefined;
  if (source.kind === 'directory') return source.known;
  const { bid, conversion } = source;
  return { currency: bid.bid.currency, ...(conversion && { conversion }) };
}

/**
 * Where an accepted bid is supplied from. `undesirable`, `unknown-bid`, `bid-expired`; `document-gone` where it is
 * not on the shelf any more, or its supplier is nobody to whom callers may be exposed (§4); `unavailable` where there
 * is no room to conceal it.
 */
export function sourceOf(
  ctx: Context,
  from: PeerId,
  { payload: bid }: Opened<Bid>,
  sealed: boolean,
): Result<Source, Problem> {
  if (standingOf(ctx, from) === 'undesirable')
    return fail(problem('undesirable', 'This peer does not trade with you.'));
  if (bid.iss !== ctx.self) return fail(problem('unknown-bid', 'This peer did not make that bid.'));
  if (isExpired(ctx, bid.exp)) return fail(problem('bid-expired', 'The bid has expired.'));
  const known = knownSupplyBehind(ctx, bid.jti);
  if (known && isStillKnown(ctx, known)) return ok({ kind: 'directory', known });
  const supplier = supplierOf(ctx, bid, sealed);
  if (supplier && !supplier.conceal) return ok({ kind: 'supplier', ...supplier });
  // What was meant to be concealed need not be bought again once it stands on the shelf.
  if (isOnShelf(ctx, bid.sub)) return ok({ kind: 'shelf' });
  if (!supplier)
    return fail(problem('document-gone', 'The document is not on the shelf any more.'));
  return hasRoom(ctx, bid.size)
    ? ok({ kind: 'supplier', ...supplier })
    : fail(problem('unavailable', 'This peer is too busy for this document. Try again.'));
}

/** What turned out to be wrong is forgotten: nobody is asked for it, and paid for that, a second time. */
function isStillKnown(ctx: Context, { peer, documentId }: KnownSupply): boolean {
  return servesOthers(ctx, peer) && seenAt(ctx, documentId, peer) !== undefined;
}

function supplierOf(ctx: Context, { jti, price }: Bid, sealed: boolean) {
  const offered = supplierBidBehind(ctx, jti);
  if (!offered) return undefined;
  // What was converted is bought as it was priced: others' prices are in another currency than the bid's.
  const chosen = offered.conversion ? offered.bid : chooseSupplier(ctx, offered.bid, price);
  // Whom one buys from against the key must offer that; the one behind the bid does.
  const taken = [...(sealed && !chosen.bid.sealed ? [] : [chosen]), offered.bid].find(
    ({ bidder }) => servesOthers(ctx, bidder),
  );
  return taken && { ...offered, bid: taken };
}
