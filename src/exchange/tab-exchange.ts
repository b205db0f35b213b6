import { type Amount, amount, zero } from '../amount.ts';
import { post } from '../books/index.ts';
import type { PeerId } from '../identity/index.ts';
import {
  answerWith,
  type Context,
  callUntilAnswered,
  failureOf,
  newId,
  type Outcome,
} from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  askForEntries,
  charge,
  enterExchange,
  expectEntry,
  forgetExpected,
  keepRoom,
  pastLimit,
  standingOf,
  tabView,
  takeTabView,
} from '../tabs/index.ts';
import { endpointsOf } from '../trust/index.ts';
import {
  causeOf,
  type Exchange,
  exchangeOf,
  given,
  isSame,
  putExchange,
  received,
  type TabExchange,
} from './exchanges.ts';
import { drawOnRate, quoteExchange, type Wanted } from './rates.ts';

/**
 * Exchange on two tabs (protocol 8): what the taker gives it owes the maker from then on, on the maker's
 * half; what it gets the maker owes it, on the taker's half. Both settle as any debt.
 */

/** `POST /market/v1/exchange`: books the maker's side, once for each taker and id, and answers. */
export function answerExchange(
  ctx: Context,
  exchange: string,
  from: PeerId,
  input: RequestInput<'exchange'>,
): void {
  const known = exchangeOf(ctx, from, input.id);
  const done = known ? answerAgain(known, input) : makeExchange(ctx, from, input);
  if (!done.ok) return answerWith(ctx, exchange, done);
  const { give, get, got, id } = done.value;
  if (input.tab && input.tab.currency === get) {
    takeTabView(ctx, from, input.tab, { kind: 'exchange', amount: got, reference: id });
  }
  answerWith(ctx, exchange, ok({ got, tab: tabView(ctx, from, give) }));
}

function makeExchange(
  ctx: Context,
  from: PeerId,
  asked: RequestInput<'exchange'>,
): Result<TabExchange, Problem> {
  const standing = standingOf(ctx, from);
  if (standing === 'undesirable') {
    return fail(problem('undesirable', 'This peer does not trade with you.'));
  }
  const made = bookExchange(ctx, from, asked);
  // A copy of a refused request may come later: it must not be carried out when nobody expects it any more.
  if (!made.ok && standing !== 'stranger') {
    const { id, give, get, amount: value, least } = asked;
    putExchange(ctx, {
      ...{ peer: from, id, side: 'maker', way: 'tab', state: 'failed', failure: made.error },
      ...{ give, get, amount: value, got: least ?? zero, at: ctx.now, changedAt: ctx.now },
    } as const);
  }
  return made;
}

function answerAgain(
  known: Exchange,
  asked: RequestInput<'exchange'>,
): Result<TabExchange, Problem> {
  if (known.way !== 'tab' || !isSame(known, 'tab', asked)) {
    return fail(problem('exchange-id-reused', 'Another exchange had this id; make a new one.'));
  }
  return known.failure ? fail(known.failure) : ok(known);
}

function bookExchange(
  ctx: Context,
  from: PeerId,
  asked: RequestInput<'exchange'>,
): Result<TabExchange, Problem> {
  const got = quoteExchange(ctx, asked);
  if (!got.ok) return got;
  const { id, give, get, amount: value } = asked;
  const key = { peer: from, id };
  const charged = charge(ctx, from, give, {
    kind: 'exchange',
    amount: value,
    reference: id,
    counter: 'equity:exchange',
    cause: causeOf(key, received),
  });
  if (!charged.ok) return charged;
  drawOnRate(ctx, asked, value);
  // Owed from now on; it stands on the taker's half once the taker has heard of it.
  post(ctx, get, causeOf(key, given), [
    { account: 'equity:exchange', amount: got.value },
    { account: 'clearing:exchange', amount: -got.value },
  ]);
  expectEntry(ctx, { peer: from, endpoints: endpointsOf(ctx, from) }, get, {
    kind: 'exchange',
    reference: id,
    amount: got.value,
    counter: 'clearing:exchange',
    cause: causeOf(key, given),
  });
  return ok(
    putExchange(ctx, {
      ...{ ...key, side: 'maker', way: 'tab', state: 'exchanged' },
      ...{ give, get, amount: value, got: got.value, at: ctx.now, changedAt: ctx.now },
    } as const),
  );
}

/**
 * Takes a neighbor's rate up on the two tabs: asks until it answers, over restarts. `least` is what must be
 * got; what is got is told by the exchange. Problems, and nothing is asked: `bad-request`, and `tab-limit`
 * where the neighbor would owe more than it may here.
 */
export function startTabExchange(
  ctx: Context,
  peer: PeerId,
  { give, get, amount: value, least }: Wanted & { readonly least: Amount },
): Result<TabExchange, Problem> {
  if (give === get || peer === ctx.self || value < 1 || least < 1) {
    return fail(problem('bad-request', 'An exchange is between two currencies and two peers.'));
  }
  const past = pastLimit(ctx, peer, get, least);
  if (past) return fail(past);
  keepRoom(ctx, peer, get, least);
  const id = newId(ctx.chance);
  const to = { peer, endpoints: endpointsOf(ctx, peer) };
  expectEntry(ctx, to, give, {
    kind: 'exchange',
    reference: id,
    amount: value,
    counter: 'equity:exchange',
    cause: causeOf({ peer, id }, given),
  });
  const started = putExchange(ctx, {
    ...{ peer, id, side: 'taker', way: 'tab', state: 'asking' },
    ...{ give, get, amount: value, got: least, at: ctx.now, changedAt: ctx.now },
  } as const);
  callUntilAnswered(ctx, {
    to,
    request: { route: 'exchange', body: { id, give, get, amount: value, least } },
    purpose: { kind: 'exchange', peer, id },
    timeoutMs: requestTimeoutMs,
  });
  return ok(started);
}

/** The maker's answer: the taker enters its side, and shows it. */
export function takeExchangeAnswer(
  ctx: Context,
  { peer, id }: { readonly peer: PeerId; readonly id: string },
  outcome: Outcome,
): void {
  const known = exchangeOf(ctx, peer, id);
  if (known?.way !== 'tab' || known.state !== 'asking') return;
  keepRoom(ctx, peer, known.get, -known.got);
  const parsed = outcome.kind === 'answered' ? answers.exchange.safeParse(outcome.body) : undefined;
  if (parsed?.success && parsed.data.got >= known.got) {
    takeTabView(ctx, peer, parsed.data.tab, {
      kind: 'exchange',
      amount: known.amount,
      reference: id,
    });
    return enterSide(ctx, known, plausible(known, parsed.data.got));
  }
  if (outcome.kind === 'refused') forgetExpected(ctx, peer, known.give, 'exchange', id);
  else askForEntries(ctx, peer, known.give);
  const failure =
    outcome.kind === 'answered'
      ? problem('bad-request', 'The answer was not well formed.')
      : failureOf(outcome);
  putExchange(ctx, { ...known, state: 'failed', failure });
}

/**
 * A rate may have become better since it was looked at, but not more than twice as good: past that, what was
 * agreed on by `least` is entered, for a made-up sum would leave no room on the accounts for true ones.
 */
function plausible({ got: least }: TabExchange, got: Amount): Amount {
  return got <= 2 * least ? got : least;
}

function enterSide(ctx: Context, known: TabExchange, got: Amount): void {
  const { peer, id, give, get, amount: value } = known;
  const tab = enterExchange(ctx, peer, get, {
    amount: amount(got),
    reference: id,
    counter: 'equity:exchange',
    cause: causeOf(known, received),
  });
  putExchange(ctx, { ...known, state: 'exchanged', got });
  callUntilAnswered(ctx, {
    to: { peer, endpoints: endpointsOf(ctx, peer) },
    request: { route: 'exchange', body: { id, give, get, amount: value, tab } },
    purpose: { kind: 'exchange-shown', peer, id },
    timeoutMs: requestTimeoutMs,
  });
}
