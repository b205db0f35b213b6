import { type Amount, amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, clearTimer, refuse, removeUntil, setTimer } from '../kernel/index.ts';
import { bidsPerAnswerMax, seenSolicitationMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { DocumentId, RequestInput, SolicitationId } from '../protocol/index.ts';
import { ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import { noteAnswered } from '../statistics/index.ts';
import { acceptedCurrency, alternatives, charge, standingOf, tabView } from '../tabs/index.ts';
import type { Milliseconds } from '../time.ts';
import { bidOnResale, bidOnShelf, type ReceivedBid } from './bids.ts';
import { resaleSettings, strategyToward } from './concealment.ts';
import { convert } from './conversion.ts';
import { forwardTargets } from './forwarding.ts';
import { offerFromDirectory } from './knowledge.ts';
import { askingPrice, resalePrice } from './pricing.ts';
import {
  askPeers,
  closeRound,
  describe,
  isBusyFor,
  isComplete,
  putRound,
  type Round,
  roundOf,
} from './round.ts';
import { offersSealed } from './sealed-sale.ts';
import { isBetterSupply } from './supplier-choice.ts';

/** A caller's fee for an id, so that a request which arrives twice is charged once. */
interface Fee {
  readonly from: PeerId;
  readonly currency: CurrencyId;
  readonly fee: Amount;
}

/** Solicitation ids seen lately, this peer's own too: a loop ends at the first peer that it reaches twice. */
interface Seen {
  readonly id: SolicitationId;
  readonly at: Milliseconds;
  /** What the caller paid that came with it first: mostly the only one. */
  readonly first?: Fee;
}

/** What a caller paid that came with an id which was seen before. */
interface ChargedFee extends Fee {
  readonly id: SolicitationId;
  readonly at: Milliseconds;
}

const seen = collection<Seen>()('seenSolicitations', ['id'], { at: ['at'] });
const chargedFees = collection<ChargedFee>()('chargedSolicitations', ['id', 'from', 'currency'], {
  at: ['at'],
});

/** Remembers an id of this peer's own. */
export function markSeen(ctx: Context, id: SolicitationId): void {
  ctx.tx.put(seen, { id, at: ctx.now });
}

/** Forgets ids after the time of protocol 10. True where more are left. */
export function sweepSeen(ctx: Context): boolean {
  const to = ctx.now - seenSolicitationMs;
  const more = removeUntil(ctx, seen, 'at', to);
  return removeUntil(ctx, chargedFees, 'at', to) || more;
}

type Solicitation = RequestInput<'solicit'>;

/**
 * Answers a solicitation (§2.1, protocol 5), in this order: standing and limits, the currency, the fee, the
 * repeated id; then own copies, then neighbors where a profit is expected. An id that comes round over
 * another neighbor costs that neighbor its fee; the same request of the same caller again costs nothing more.
 */
export function answerSolicitation(
  ctx: Context,
  exchange: string,
  from: PeerId,
  asked: Solicitation,
): void {
  const { id, query, currency, maxPrice, budgetMs } = asked;
  const barred = bar(ctx, from);
  if (barred) return refuse(ctx, exchange, barred);
  const terms = acceptedCurrency(ctx, currency);
  if (!terms) {
    return refuse(
      ctx,
      exchange,
      problem(
        'currency-not-accepted',
        'This peer does not accept the currency.',
        alternatives(ctx),
      ),
    );
  }
  const before = ctx.tx.get(seen, id);
  const charged = chargeFee(ctx, from, asked, terms.solicitationFee, before);
  if (!charged.ok) return refuse(ctx, exchange, charged.error);
  const answer = { exchange, from, currency, charged: charged.value };
  if (before) return end(ctx, answer, 'duplicate', 0);

  const own = offerOwnCopies(ctx, exchange, from, asked);
  const known = offerFromDirectory(ctx, exchange, from, asked, own, terms.solicitationFee);
  const bids = own.size + known.size;
  // A super node that knows the place asks nobody; a document that is here needs no other.
  const enough = known.size > 0 || (query.documentId !== undefined && bids > 0);
  const targets = enough ? [] : forwardTargets(ctx, from, asked, terms.solicitationFee);
  if (targets.length === 0) return end(ctx, answer, 'complete', bids);

  const deadlineAt = ctx.now + budgetMs;
  const round: Round = {
    id,
    from,
    origin: { kind: 'request', exchange, charged: charged.value },
    query,
    offers: [{ currency, maxPrice }],
    deadlineAt,
    asked: targets.map((target) => ({ ...target, state: 'asked', bids: 0, tries: 0 })),
    bids,
    best: Object.fromEntries([...own, ...known]),
  };
  setTimer(ctx, timerOf(id), deadlineAt, { kind: 'solicitation-deadline', solicitation: id });
  askPeers(ctx, round, ctx.settings.forwarding.marginMs);
  endIfComplete(ctx, id);
}

/** Puts the fee on the caller's tab, once for each id, and notes id and fee; gives what was charged. */
function chargeFee(
  ctx: Context,
  from: PeerId,
  { id, query, currency }: Solicitation,
  fee: Amount,
  before: Seen | undefined,
): Result<Amount, Problem> {
  const paid = before && feeBefore(ctx, before, from, currency);
  if (paid !== undefined) return ok(paid);
  const charged = charge(ctx, from, currency, {
    kind: 'solicitation',
    amount: fee,
    reference: id,
    counter: 'income:solicitation-fees',
    cause: {
      kind: 'solicitation-fee-in',
      peer: from,
      reference: id,
      reason: `Asked for: ${describe(query)}`,
    },
  });
  if (!charged.ok) return charged;
  if (before) ctx.tx.put(chargedFees, { id, from, currency, fee, at: ctx.now });
  else ctx.tx.put(seen, { id, at: ctx.now, first: { from, currency, fee } });
  return ok(fee);
}

function feeBefore(
  ctx: Context,
  { id, first }: Seen,
  from: PeerId,
  currency: CurrencyId,
): Amount | undefined {
  if (first?.from === from && first.currency === currency) return first.fee;
  return ctx.tx.get(chargedFees, id, from, currency)?.fee;
}

function bar(ctx: Context, from: PeerId): Problem | undefined {
  if (standingOf(ctx, from) === 'undesirable')
    return problem('undesirable', 'This peer does not trade with you.');
  return isBusyFor(ctx, from)
    ? problem('rate-limited', 'Too many solicitations at once.', { retryAfterMs: 1_000 })
    : undefined;
}

function offerOwnCopies(
  ctx: Context,
  exchange: string,
  from: PeerId,
  { id, query, currency, maxPrice }: Solicitation,
): ReadonlyMap<DocumentId, Amount> {
  const best = new Map<DocumentId, Amount>();
  for (const document of ctx.library.search(query, bidsPerAnswerMax)) {
    const price = askingPrice(ctx, document, currency);
    if (price === undefined || price > maxPrice) continue;
    const sealed = offersSealed(ctx, from, { currency, price });
    const offer = { solicitation: id, currency, price, ...(sealed && { sealed }) };
    const bid = bidOnShelf(ctx, document, offer);
    ctx.effect({ kind: 'line', exchange, body: { bid }, last: false });
    best.set(document.documentId, price);
  }
  return best;
}

/** Offers a supplier's bid on, at its price plus commission, where it is the best for its document so far. */
export function offerOn(ctx: Context, id: SolicitationId, supplier: ReceivedBid): void {
  const round = roundOf(ctx, id);
  const offer = round?.offers[0];
  if (!round || !offer || round.origin.kind !== 'request') return;
  const { sub, size } = supplier.bid;
  const supply = convert(ctx, offer.currency, supplier.bid);
  if (!supply) return;
  const strategy = strategyToward(ctx, round.from);
  // A copy that finds no room cannot be made, and the source is not told: there is no bid.
  if (strategy === 'concealment' && size > ctx.settings.concealment.budgetBytes) return;
  const { currency, maxPrice } = offer;
  const price = resalePrice({ settings: resaleSettings(ctx, round.from) }, supply.cost, maxPrice);
  if (price === undefined || !isBetterSupply(ctx, round, supplier, price)) return;
  if (round.bids >= bidsPerAnswerMax) return;
  const sealed =
    supplier.bid.sealed === true &&
    supplier.bid.currency === currency &&
    strategy === 'referral' &&
    offersSealed(ctx, round.from, { currency, price });
  const resale = { solicitation: id, currency, price, ...(sealed && { sealed }) };
  const bid = bidOnResale(ctx, supplier, resale, { strategy, ...supply });
  ctx.effect({ kind: 'line', exchange: round.origin.exchange, body: { bid }, last: false });
  putRound(ctx, {
    ...round,
    bids: round.bids + 1,
    best: { ...round.best, [sub]: price },
    suppliers: { ...round.suppliers, [sub]: supplier.id },
  });
}

/** Ends a caller's answer when every neighbor is done, or at the deadline. */
export function endIfComplete(ctx: Context, id: SolicitationId, atDeadline = false): void {
  const round = roundOf(ctx, id);
  if (round?.origin.kind !== 'request' || !(atDeadline || isComplete(round))) return;
  closeRound(ctx, round);
  clearTimer(ctx, timerOf(id));
  const { exchange, charged } = round.origin;
  const currency = round.offers[0]?.currency ?? ctx.self;
  end(
    ctx,
    { exchange, from: round.from, currency, charged },
    isComplete(round) ? 'complete' : 'deadline',
    round.bids,
  );
}

interface Answer {
  readonly exchange: string;
  readonly from: PeerId;
  readonly currency: CurrencyId;
  readonly charged: Amount;
}

function end(
  ctx: Context,
  { exchange, from, currency, charged }: Answer,
  reason: 'complete' | 'deadline' | 'duplicate',
  bids: number,
): void {
  const tab = tabView(ctx, from, currency);
  if (reason !== 'duplicate') noteAnswered(ctx, from, bids);
  ctx.effect({
    kind: 'line',
    exchange,
    body: { end: { reason, bids, charged: amount(charged), tab } },
    last: true,
  });
}

export function timerOf(id: SolicitationId): string {
  return `solicitation:${id}`;
}
