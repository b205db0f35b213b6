import type { Amount } from '../amount.ts';
import { amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, callOnce, failureOf, type Outcome } from '../kernel/index.ts';
import {
  bidsPerAnswerMax,
  solicitationBudgetMsMin,
  solicitationsMax,
  solicitationsPerPeerMax,
} from '../limits.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import {
  type DealId,
  type Query,
  type SolicitationId,
  solicitationLine,
} from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import { type AskedFor, noteAsked, noteCalled } from '../statistics/index.ts';
import {
  askForEntries,
  expectEntry,
  forgetExpected,
  isExpected,
  standingOf,
  takeTabView,
  termsIn,
} from '../tabs/index.ts';
import type { Milliseconds } from '../time.ts';
import { endpointsOf } from '../trust/index.ts';
import { type ReceivedBid, takeBid } from './bids.ts';
import { noteSighting } from './directory.ts';
import { learnAnswer, learnBid } from './hit-rates.ts';

/** Where a neighbor stands in a round: waiting for its terms or for a payment, asked, or done. */
export type AskState = 'terms' | 'paying' | 'asked' | 'done';

export interface AskedPeer {
  readonly peer: PeerId;
  readonly state: AskState;
  readonly currency: CurrencyId;
  readonly maxPrice: Amount;
  /** The most that asking it may cost, where a budget says so. */
  readonly feeMax?: Amount;
  readonly callId?: string;
  readonly bids: number;
  /** When it was asked last, and when its first bid came. */
  readonly askedAt?: Milliseconds;
  readonly bidAt?: Milliseconds;
  /** How often it was asked in this round: after a payment, or in another currency. */
  readonly tries: number;
}

/**
 * For whom a round asks: for the person's own search, for a caller whose answer streams meanwhile, or for a
 * sale of what the directory knew.
 */
export type RoundOrigin =
  | { readonly kind: 'search' }
  | {
      readonly kind: 'sale';
      readonly buyer: PeerId;
      readonly deal: DealId;
      /** The purchase that the first bid makes, under the id that the sale names. */
      readonly purchase: DealId;
      /** Until when the buyer behind it waits. */
      readonly suppliedBy: Milliseconds;
      readonly supplied: boolean;
    }
  | { readonly kind: 'request'; readonly exchange: string; readonly charged: Amount };

/**
 * One solicitation under way at this peer (§2.1): the neighbors that are asked and what they said.
 * It ends when all are done, or at its deadline.
 */
export interface Round {
  readonly id: SolicitationId;
  /** Who asked: a caller, or this peer itself. */
  readonly from: PeerId;
  readonly origin: RoundOrigin;
  readonly query: Query;
  /** The currencies in which the origin pays, in the order of its preference. */
  readonly offers: readonly { readonly currency: CurrencyId; readonly maxPrice: Amount }[];
  readonly deadlineAt: Milliseconds;
  readonly asked: readonly AskedPeer[];
  /** Bids given to the caller, and the lowest price for each document. */
  readonly bids: number;
  readonly best: Readonly<Record<string, Amount>>;
  /** The suppliers' bids behind those that were best, where bids are compared by risk as well. */
  readonly suppliers?: Readonly<Record<string, string>>;
}

const rounds = collection<Round>()('rounds', ['id'], { from: ['from'] });

const triesMax = 3;
/** From so many bids of an answer the words of the titles are learned. */
const bidsLearned = 3;
/** The shell gives an answer's stream this much longer than its budget before it hangs up. */
const streamGraceMs = 2_000;

export function roundOf(ctx: Pick<Context, 'tx'>, id: SolicitationId): Round | undefined {
  return ctx.tx.get(rounds, id);
}

export function allRounds(ctx: Pick<Context, 'tx'>): readonly Round[] {
  return ctx.tx.scan(rounds);
}

/** Whether a caller has as many rounds under way as one may have, or all callers together (protocol 10). */
export function isBusyFor(ctx: Pick<Context, 'tx'>, from: PeerId): boolean {
  const underWay = ctx.tx.scan(rounds, { limit: solicitationsMax }).length;
  // Most peers have few: who asked them need not be looked up.
  if (underWay < solicitationsPerPeerMax) return false;
  if (underWay >= solicitationsMax) return true;
  const own = ctx.tx.scan(rounds, { by: 'from', prefix: [from], limit: solicitationsPerPeerMax });
  return own.length >= solicitationsPerPeerMax;
}

export function putRound(ctx: Context, round: Round): void {
  ctx.tx.put(rounds, round);
}

export function removeRound(ctx: Context, id: SolicitationId): void {
  ctx.tx.remove(rounds, id);
}

/** Changes what is known of one neighbor of a round; the round then, or undefined where it has ended. */
export function updateAsked(
  ctx: Context,
  id: SolicitationId,
  peer: PeerId,
  change: Partial<AskedPeer>,
): Round | undefined {
  const round = roundOf(ctx, id);
  if (!round) return undefined;
  const asked = round.asked.map((one) => (one.peer === peer ? { ...one, ...change } : one));
  const changed = { ...round, asked };
  putRound(ctx, changed);
  return changed;
}

/** Sends the solicitation to one neighbor; its fee is expected on the tab from now on. */
export function askPeer(ctx: Context, round: Round, peer: PeerId, forwardMarginMs: number): void {
  const asked = round.asked.map((one) =>
    one.peer === peer ? ask(ctx, round, one, forwardMarginMs) : one,
  );
  putRound(ctx, { ...round, asked });
}

/** Begins a round: sends the solicitation to all its neighbors. */
export function askPeers(ctx: Context, round: Round, forwardMarginMs: number): void {
  const asked = round.asked.map((one) => ask(ctx, round, one, forwardMarginMs));
  putRound(ctx, { ...round, asked });
}

function ask(ctx: Context, round: Round, one: AskedPeer, forwardMarginMs: number): AskedPeer {
  const { peer, currency, maxPrice } = one;
  const budgetMs = round.deadlineAt - ctx.now - forwardMarginMs;
  const isBarred = standingOf(ctx, peer) === 'undesirable';
  if (isBarred || budgetMs < solicitationBudgetMsMin || one.tries >= triesMax)
    return { ...one, state: 'done' };
  const endpoints = endpointsOf(ctx, peer);
  const fee = termsIn(ctx, peer, currency)?.solicitationFee ?? amount(0);
  expectEntry(ctx, { peer, endpoints }, currency, {
    kind: 'solicitation',
    reference: round.id,
    amount: fee,
    counter: 'expense:solicitation-fees',
    cause: {
      kind: 'solicitation-fee-out',
      peer,
      reference: round.id,
      reason: `Asked for a bid: ${describe(round.query)}`,
    },
  });
  const callId = callOnce(ctx, {
    to: { peer, endpoints },
    request: {
      route: 'solicit',
      body: { id: round.id, query: round.query, currency, maxPrice, budgetMs },
    },
    purpose: { kind: 'solicitation', solicitation: round.id, peer },
    timeoutMs: budgetMs + streamGraceMs,
  });
  const [state, tries, askedAt] = ['asked' as const, one.tries + 1, ctx.now];
  return { ...one, state, callId, askedAt, tries };
}

/** Takes one line of a neighbor's answer in: a bid that fits what was asked, or the end with the tab. */
export function takeLine(
  ctx: Context,
  round: Round,
  peer: PeerId,
  line: unknown,
): ReceivedBid | undefined {
  const asked = round.asked.find((one) => one.peer === peer);
  const parsed = solicitationLine.safeParse(line);
  if (!asked || !parsed.success) return undefined;
  if ('end' in parsed.data) {
    const { charged, tab } = parsed.data.end;
    if (charged === 0) forgetExpected(ctx, peer, asked.currency, 'solicitation', round.id);
    takeTabView(ctx, peer, tab, { kind: 'solicitation', amount: charged, reference: round.id });
    return undefined;
  }
  if (asked.bids >= bidsPerAnswerMax) return undefined;
  const bid = takeBid(ctx, asked, round.id, round.query, parsed.data.bid);
  if (!bid.ok) return undefined;
  updateAsked(ctx, round.id, peer, {
    bids: asked.bids + 1,
    ...(asked.bidAt === undefined && { bidAt: ctx.now }),
  });
  const { sub, title, mediaType, size, price, currency } = bid.value.bid;
  if (asked.bids < bidsLearned) learnBid(ctx, peer, round.query, bid.value.bid);
  noteSighting(ctx, {
    documentId: sub,
    peer,
    seenIn: 'bid',
    title,
    mediaType,
    sizeBytes: size,
    price,
    currency,
    bid: bid.value.id,
  });
  return bid.value;
}

/**
 * A neighbor's answer ended. Gives back the refusal where there was one; what it costs is settled by the
 * tab's entries where the answer did not tell.
 */
export function endAsking(
  ctx: Context,
  round: Round,
  peer: PeerId,
  outcome: Outcome,
): Problem | undefined {
  const { id } = round;
  const asked = round.asked.find((one) => one.peer === peer);
  if (!asked) return undefined;
  const done = { ...asked, state: 'done' } as const;
  putRound(ctx, { ...round, asked: round.asked.map((one) => (one === asked ? done : one)) });
  noteCalled(ctx, peer, outcome);
  if (outcome.kind === 'answered') {
    learnAnswer(ctx, peer, round.query, asked.bids > 0);
    noteAnswer(ctx, asked, asked.bids > 0 ? 'bid' : 'none');
    // An answer that did not tell what it cost: the tab does.
    if (isExpected(ctx, peer, asked.currency, { kind: 'solicitation', reference: id }))
      askForEntries(ctx, peer, asked.currency);
    return undefined;
  }
  const failure = failureOf(outcome);
  if (outcome.kind === 'unreachable') noteAnswer(ctx, asked, 'silent');
  else if (!negotiable.has(failure.code)) noteAnswer(ctx, asked, 'refused');
  // Who does not trade with this peer any more may have charged a copy before.
  if (outcome.kind === 'unreachable' || failure.code === 'undesirable')
    askForEntries(ctx, peer, asked.currency);
  // A copy of a request that came at a bad moment, or before a payment, may still arrive and be charged.
  else if (!outcome.retryable && failure.code !== 'tab-limit')
    forgetExpected(ctx, peer, asked.currency, 'solicitation', id);
  return failure;
}

/** Ends a round for good: calls still under way are hung up, their charges looked for on the tabs. */
export function closeRound(ctx: Context, round: Round): void {
  removeRound(ctx, round.id);
  for (const asked of round.asked) {
    const { peer, currency, state, callId, bids } = asked;
    if (state !== 'asked' || callId === undefined) continue;
    learnAnswer(ctx, peer, round.query, bids > 0);
    noteAnswer(ctx, asked, bids > 0 ? 'bid' : 'silent');
    ctx.effect({ kind: 'hang-up', callId });
    askForEntries(ctx, peer, currency);
  }
}

/** After these the same neighbor is asked again, in another way: they are no answer to the question. */
const negotiable: ReadonlySet<ProblemCode> = new Set(['tab-limit', 'currency-not-accepted']);

function noteAnswer(
  ctx: Context,
  { peer, askedAt, bidAt }: AskedPeer,
  result: AskedFor['result'],
): void {
  const took = askedAt === undefined ? undefined : (bidAt ?? ctx.now) - askedAt;
  const told = result === 'bid' || result === 'none';
  noteAsked(ctx, peer, { result, ...(told && took !== undefined && { tookMs: took }) });
}

/** Whether nobody is to be waited for any more. */
export function isComplete(round: Round): boolean {
  return round.asked.every(({ state }) => state === 'done');
}

/** What was asked for, in words for the journal. */
export function describe(query: Query): string {
  return query.text ?? query.documentId ?? '';
}
