import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, clearTimer, drawShare, newId, setTimer } from '../kernel/index.ts';
import { savedSearchesMax, solicitationBudgetMsMin } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { type Query, query as queryField, type SolicitationId } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import { askForEntries, askTerms, knowsTerms, paymentUnderWay, termsIn } from '../tabs/index.ts';
import type { Milliseconds } from '../time.ts';
import { endpointsOf, solicitable } from '../trust/index.ts';
import { isPaidAhead, neededPayment, payNeeded } from './advance.ts';
import { type Asking, affordable, currencyFor, feeOf, tooDear } from './asking-fees.ts';
import { buyFinds } from './automatic-buying.ts';
import type { ReceivedBid } from './bids.ts';
import {
  allRounds,
  askPeer,
  closeRound,
  isComplete,
  putRound,
  type Round,
  roundOf,
  updateAsked,
} from './round.ts';
import { noteFinds, savedSearches } from './saved-finds.ts';
import { markSeen, timerOf } from './solicitation.ts';

/** A search of the person's own: what was asked, and what the neighbors that had no bid said. */
export interface Search {
  readonly id: SolicitationId;
  readonly at: Milliseconds;
  readonly query: Query;
  readonly offers: Round['offers'];
  readonly state: 'running' | 'ended';
  readonly askedPeers: readonly PeerId[];
  readonly refusals: readonly { readonly peer: PeerId; readonly problem: Problem }[];
  readonly bids: number;
  /** The saved search whose run it is. */
  readonly saved?: string;
}

export interface SearchOrder {
  readonly query: Query;
  /** What may be paid, in which currencies, the preferred first: a neighbor that refuses one is asked in the next. */
  readonly offers: Round['offers'];
  readonly budgetMs?: number;
  /** Asks only neighbors whose fees are known and fit in. */
  readonly budget?: { readonly saved: string; readonly fees: ReadonlyMap<CurrencyId, Amount> };
}

/** A saved search keeps its last run and the last that found something. */
const runsMax = 2 * savedSearchesMax;

const searches = collection<Search>()('searches', ['id'], { at: ['at'] });

/** Asks all neighbors for bids that the policy lets the person ask (§2.1, §4). `bad-request` where there is nobody to ask or nothing offered. */
export function startSearch(ctx: Context, order: SearchOrder): Result<Search, Problem> {
  const { budget } = order;
  const all = solicitable(ctx, 'self');
  const valid = queryField.safeParse(order.query);
  if (!valid.success) return fail(problem('bad-request', 'Search for a text or a document id.'));
  if (order.offers.length === 0)
    return fail(problem('bad-request', 'Say what you would pay, and in which currency.'));
  if (all.length === 0)
    return fail(problem('bad-request', 'You have no neighbor to ask. Add one with an invite.'));
  const neighbors: readonly Asking[] = budget
    ? affordable(ctx, all, order.offers, budget.fees)
    : all;
  if (neighbors.length === 0)
    return fail(problem('unavailable', 'No neighbor can be asked for the fees that you allow.'));
  const id = newId(ctx.chance);
  markSeen(ctx, id);
  const search: Search = {
    id,
    at: ctx.now,
    query: valid.data,
    offers: order.offers,
    state: 'running',
    askedPeers: neighbors.map(({ peer }) => peer),
    refusals: [],
    bids: 0,
    ...(budget && { saved: budget.saved }),
  };
  ctx.tx.put(searches, search);
  beginRound(ctx, search, neighbors, order.budgetMs ?? ctx.settings.search.budgetMs);
  // Where nobody could be asked it has ended already.
  return ok(searchOf(ctx, id) ?? search);
}

function beginRound(
  ctx: Context,
  { id, query, offers }: Search,
  neighbors: readonly Asking[],
  budgetMs: number,
): void {
  const deadlineAt = ctx.now + budgetMs;
  const first = offers[0];
  if (!first) return;
  const round: Round = {
    id,
    from: ctx.self,
    origin: { kind: 'search' },
    query,
    offers,
    deadlineAt,
    asked: neighbors.map(({ peer, feeMax }) => ({
      ...{ peer, ...(feeMax !== undefined && { feeMax }) },
      ...(currencyFor(ctx, peer, offers) ?? first),
      state: 'terms',
      bids: 0,
      tries: 0,
    })),
    bids: 0,
    best: {},
  };
  putRound(ctx, round);
  setTimer(ctx, timerOf(id), deadlineAt, { kind: 'solicitation-deadline', solicitation: id });
  for (const { peer } of neighbors) {
    // Terms that take none of the offered currencies may be outdated: a fee that they lack would be disputed.
    const fit =
      knowsTerms(ctx, peer) && offers.some(({ currency }) => termsIn(ctx, peer, currency));
    if (fit) askNow(ctx, id, peer);
    else askTerms(ctx, peer, endpointsOf(ctx, peer));
  }
}

function askNow(ctx: Context, id: SolicitationId, peer: PeerId): void {
  const round = roundOf(ctx, id);
  const offer = round && currencyFor(ctx, peer, round.offers);
  if (offer) askIn(ctx, id, peer, offer);
}

function askIn(
  ctx: Context,
  id: SolicitationId,
  peer: PeerId,
  offer: Round['offers'][number],
): void {
  const round = updateAsked(ctx, id, peer, offer);
  const asked = round?.asked.find((one) => one.peer === peer);
  if (!round || !asked) return;
  const dear = tooDear(ctx, asked);
  if (dear) giveUp(ctx, id, peer, dear);
  else askPeer(ctx, round, peer, drawMarginMs(ctx, round));
}

/** Of a person's own time a little is drawn off: who is asked must not tell it from a caller's (§2.1). */
function drawMarginMs({ chance, now, settings }: Context, { deadlineAt }: Round): number {
  const leftMs = deadlineAt - now;
  const most = Math.min(3 * settings.forwarding.marginMs, leftMs - solicitationBudgetMsMin);
  return Math.max(0, Math.floor(most * drawShare(chance)));
}

/** A neighbor's terms arrived, or it was paid: it is asked where a search waited for that. */
export function askWaiting(ctx: Context, peer: PeerId, waitedFor: 'terms' | 'paying'): void {
  for (const round of allRounds(ctx)) {
    if (round.origin.kind !== 'search') continue;
    const waits = round.asked.some((one) => one.peer === peer && one.state === waitedFor);
    if (!waits) continue;
    askNow(ctx, round.id, peer);
    endSearchIfComplete(ctx, round.id);
  }
}

/** A neighbor cannot be asked: no terms, or no payment. The searches that waited go on without it. */
export function giveUpWaiting(
  ctx: Context,
  peer: PeerId,
  waitedFor: 'terms' | 'paying',
  why: Problem,
): void {
  for (const round of allRounds(ctx)) {
    if (round.origin.kind !== 'search') continue;
    const waits = round.asked.some((one) => one.peer === peer && one.state === waitedFor);
    if (waits) giveUp(ctx, round.id, peer, why);
  }
}

function giveUp(ctx: Context, id: SolicitationId, peer: PeerId, why: Problem): void {
  updateAsked(ctx, id, peer, { state: 'done' });
  noteRefusal(ctx, id, peer, why);
  endSearchIfComplete(ctx, id);
}

/** A bid for the person's search is here: counted and told. */
export function noteBid(ctx: Context, id: SolicitationId, received: ReceivedBid): void {
  const search = ctx.tx.get(searches, id);
  if (!search) return;
  ctx.tx.put(searches, { ...search, bids: search.bids + 1 });
  const { bidder, bid } = received;
  ctx.effect({
    kind: 'event',
    event: {
      type: 'bid',
      search: id,
      bid: received.id,
      peer: bidder,
      documentId: bid.sub,
      price: bid.price,
    },
  });
}

/**
 * A neighbor refused: it is asked in another offered currency, or paid what its limit needs, or noted.
 * An alternative is used only where the person offered it (§2.1).
 */
export function takeRefusal(
  ctx: Context,
  id: SolicitationId,
  peer: PeerId,
  refusal: Problem,
): void {
  const round = roundOf(ctx, id);
  const asked = round?.asked.find((one) => one.peer === peer);
  if (!round || !asked) return;
  if (refusal.code === 'currency-not-accepted') {
    noteRefusal(ctx, id, peer, refusal);
    // What another currency costs to ask in is in no run's budget.
    const isRun = ctx.tx.get(searches, id)?.saved !== undefined;
    const offer = isRun ? undefined : nextOffer(round, asked.currency, refusal);
    if (!offer) return;
    if (termsIn(ctx, peer, offer.currency)) return askIn(ctx, id, peer, offer);
    // Its terms have changed: what it charges in this currency must be known before it is asked.
    updateAsked(ctx, id, peer, { ...offer, state: 'terms' });
    return askTerms(ctx, peer, endpointsOf(ctx, peer));
  }
  if (refusal.code === 'tab-limit') return payAndAskAgain(ctx, id, asked, refusal);
  noteRefusal(ctx, id, peer, refusal);
}

function payAndAskAgain(
  ctx: Context,
  id: SolicitationId,
  { peer, currency }: Round['asked'][number],
  refusal: Problem,
): void {
  if (paymentUnderWay(ctx, peer, currency)) {
    updateAsked(ctx, id, peer, { state: 'paying' });
    return;
  }
  const fee = feeOf(ctx, { peer, currency });
  // It was refused before what was paid for all arrived, and this peer heard of that only now.
  if (isPaidAhead(ctx, peer, currency, fee)) return askNow(ctx, id, peer);
  const needed = neededPayment(ctx, peer, currency, refusal);
  if (needed === undefined) askForEntries(ctx, peer, currency);
  const besides = fee * waitingElsewhere(ctx, id, peer, currency);
  const paid = needed === undefined ? undefined : payNeeded(ctx, peer, currency, needed, besides);
  if (paid?.ok) updateAsked(ctx, id, peer, { state: 'paying' });
  else noteRefusal(ctx, id, peer, paid ? paid.error : refusal);
}

/** In how many other searches a peer is being asked. */
function waitingElsewhere(
  ctx: Context,
  id: SolicitationId,
  peer: PeerId,
  currency: CurrencyId,
): number {
  return allRounds(ctx).filter(
    ({ id: other, origin, asked }) =>
      other !== id &&
      origin.kind === 'search' &&
      asked.some(
        (one) =>
          one.peer === peer &&
          one.currency === currency &&
          (one.state === 'asked' || one.state === 'paying'),
      ),
  ).length;
}

function nextOffer(round: Round, refused: CurrencyId, { members }: Problem) {
  const named = members?.['alternatives'];
  const accepted: readonly unknown[] = Array.isArray(named) ? named : [];
  return round.offers.find(({ currency }) => currency !== refused && accepted.includes(currency));
}

function noteRefusal(ctx: Context, id: SolicitationId, peer: PeerId, refusal: Problem): void {
  const search = ctx.tx.get(searches, id);
  if (!search) return;
  ctx.tx.put(searches, { ...search, refusals: [...search.refusals, { peer, problem: refusal }] });
  ctx.effect({
    kind: 'event',
    event: { type: 'search-refused', search: id, peer, problem: refusal },
  });
}

/** Ends the search of a round in which all are done, or whose time is over. */
export function endSearchIfComplete(ctx: Context, id: SolicitationId, atDeadline = false): void {
  const round = roundOf(ctx, id);
  if (round?.origin.kind !== 'search' || !(atDeadline || isComplete(round))) return;
  closeRound(ctx, round);
  clearTimer(ctx, timerOf(id));
  endSearch(ctx, id);
}

/** Ends a search, once; of a saved one it tells what is new, and buys where a person has set that on. */
export function endSearch(ctx: Context, id: SolicitationId): void {
  const search = ctx.tx.get(searches, id);
  if (!search || search.state === 'ended') return;
  ctx.tx.put(searches, { ...search, state: 'ended' });
  ctx.effect({ kind: 'event', event: { type: 'search-ended', search: id, bids: search.bids } });
  if (search.saved === undefined) return;
  const before = ctx.tx.get(savedSearches, search.saved)?.found?.search;
  const saved = noteFinds(ctx, search.saved, id);
  if (before !== undefined && saved?.found?.search !== before) forgetSearch(ctx, before);
  if (saved?.buying) ctx.tx.put(savedSearches, buyFinds(ctx, saved, id));
}

/** Takes a search out of the history; a round that is under way for it ends unnoticed. */
export function forgetSearch(ctx: Context, id: SolicitationId): void {
  ctx.tx.remove(searches, id);
}

/** A search of this peer's own; undefined where it is not known any more. */
export function searchOf(ctx: Pick<Context, 'tx'>, id: SolicitationId): Search | undefined {
  return ctx.tx.get(searches, id);
}

/** The person's own, newest first: runs of saved searches stand with those. */
export function recentSearches(ctx: Pick<Context, 'tx'>, limit: number): readonly Search[] {
  const scanned = limit + runsMax;
  const recent = ctx.tx.scan(searches, { by: 'at', descending: true, limit: scanned });
  return recent.filter(({ saved }) => saved === undefined).slice(0, limit);
}
