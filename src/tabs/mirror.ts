import { addSigned } from '../amount.ts';
import { type Account, balanceOf, type Cause, post, weOwe } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, callUntilAnswered, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type TabEntryView, type TabView } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { noteDiscrepancy } from './discrepancies.ts';
import {
  type Expected,
  expectedFor,
  forgetExpected,
  putExpected,
  settleExpected,
  waitingEntries,
} from './expected.ts';
import { type Mirror, mirrorOf, mirrors } from './mirror-record.ts';
import { noteRaised } from './raised.ts';

/** An answer that tells of fewer entries was overtaken, most often: it is looked into so often at most. */
const lookBackMs = 10_000;
/** A tab without end, or one that goes back again and again, must not keep this peer busy. */
const askOnMax = 100;
const askOnMs = 60_000;

/**
 * To be called in the transaction that decides a request which will be charged, before it is sent. What
 * stands on the tab already is not expected a second time; nothing is expected of a request that is free.
 */
export function expectEntry(
  ctx: Context,
  service: { readonly peer: PeerId; readonly endpoints: readonly string[] },
  currency: CurrencyId,
  entry: Pick<Expected, 'kind' | 'reference' | 'amount' | 'counter' | 'cause'>,
): void {
  const { peer, endpoints } = service;
  const mirror = mirrorOf(ctx, peer, currency);
  if (mirror.endpoints !== endpoints) ctx.tx.put(mirrors, { ...mirror, endpoints });
  if (entry.amount > 0) putExpected(ctx, { peer, currency, ...entry });
}

/**
 * Takes in the tab that came with an answer. When it is exactly one expected entry ahead of the mirror the
 * entry is booked; when it is not, the service is asked for what the mirror lacks.
 */
export function takeTabView(
  ctx: Context,
  peer: PeerId,
  view: TabView,
  entry?: {
    readonly kind: TabEntryView['kind'];
    readonly amount: number;
    readonly reference: string;
  },
): void {
  const mirror = mirrorOf(ctx, peer, view.currency);
  if (view.entries < mirror.entries) {
    if (mirror.checkedAt < ctx.now - lookBackMs) askForEntries(ctx, peer, view.currency);
    return;
  }
  const difference = view.entries - mirror.entries;
  if (difference === 0 && view.balance === mirror.balance) return;
  const next = entry && { n: view.entries, at: ctx.now, ...entry };
  // The one new entry may also be another of the same amount: it is booked only where it was expected.
  const explained =
    difference === 1 &&
    next !== undefined &&
    view.balance === mirror.balance + next.amount &&
    expectedFor(ctx, mirror, next) !== undefined;
  if (explained) book(ctx, mirror, next);
  else if (difference === 0)
    noteDiscrepancy(
      ctx,
      peer,
      view.currency,
      `The tab says ${view.balance}; its entries say ${mirror.balance}.`,
    );
  else askForEntries(ctx, peer, view.currency);
}

/** Asks the service for the entries that the mirror lacks, until it answers. */
export function askForEntries(ctx: Context, peer: PeerId, currency: CurrencyId): void {
  const mirror = mirrorOf(ctx, peer, currency);
  if (mirror.endpoints.length === 0) return;
  if (mirror.asking) {
    ctx.tx.put(mirrors, { ...mirror, askAgain: true });
    return;
  }
  const askedAfter = mirror.entries;
  ctx.tx.put(mirrors, { ...mirror, asking: true, askAgain: false, askedAfter });
  callUntilAnswered(ctx, {
    to: { peer, endpoints: mirror.endpoints },
    request: { route: 'tab', params: { currency }, search: { after: mirror.entries } },
    purpose: { kind: 'tab-entries', peer, currency },
    timeoutMs: requestTimeoutMs,
  });
}

export function takeEntries(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  outcome: Outcome,
): void {
  const before = mirrorOf(ctx, peer, currency);
  const parsed = outcome.kind === 'answered' ? answers.tab.safeParse(outcome.body) : undefined;
  if (!parsed?.success || parsed.data.tab.currency !== currency) {
    ctx.tx.put(mirrors, { ...before, asking: false, askAgain: false });
    noteDiscrepancy(ctx, peer, currency, 'The peer did not show the entries of its tab.');
    return;
  }
  ctx.tx.put(mirrors, { ...before, asking: false, askAgain: false, checkedAt: ctx.now });
  const { tab } = parsed.data;
  if (tab.entries < (before.askedAfter ?? 0)) return readAnew(ctx, before, tab.entries);
  for (const entry of parsed.data.entries) {
    const mirror = mirrorOf(ctx, peer, currency);
    if (entry.n !== mirror.entries + 1) continue;
    if (!isCountable(ctx, mirror, entry)) {
      const why = `Entry ${entry.n} leads past what can be counted.`;
      return noteDiscrepancy(ctx, peer, currency, why);
    }
    book(ctx, mirror, entry);
  }
  const after = mirrorOf(ctx, peer, currency);
  if (after.rereading && tab.entries === after.entries) endReading(ctx, after);
  const more = tab.entries > after.entries && after.entries > before.entries;
  if (more || before.askAgain) askOn(ctx, peer, currency);
  else if (tab.entries === after.entries && tab.balance !== after.balance) {
    noteDiscrepancy(
      ctx,
      peer,
      currency,
      `The tab says ${tab.balance}; its entries say ${after.balance}.`,
    );
  }
}

/**
 * The service has lost entries that it had shown, as when it was restored from a backup: its tab is taken
 * over as it is now. What was booked stays; the difference is disputed, so that a person sees it.
 */
function readAnew(ctx: Context, before: Mirror, entries: number): void {
  const { peer, currency } = before;
  ctx.tx.put(mirrors, {
    ...mirrorOf(ctx, peer, currency),
    balance: 0,
    entries: 0,
    disputed: 0,
    askAgain: false,
    rereading: true,
  });
  noteDiscrepancy(
    ctx,
    peer,
    currency,
    `The tab had ${before.entries} entries of ${before.balance} and has ${entries} now: the peer has lost what it knew.`,
  );
  askOn(ctx, peer, currency);
}

/** Asks for more because of an answer; past the bound only the next charge, or time, is reason to. */
function askOn(ctx: Context, peer: PeerId, currency: CurrencyId): void {
  const mirror = mirrorOf(ctx, peer, currency);
  const { askedOn } = mirror;
  const isRecent = askedOn !== undefined && askedOn.since > ctx.now - askOnMs;
  const { since, count } = isRecent ? askedOn : { since: ctx.now, count: 0 };
  if (count >= askOnMax) return;
  ctx.tx.put(mirrors, { ...mirror, askedOn: { since, count: count + 1 } });
  askForEntries(ctx, peer, currency);
}

/** Whether all sums stay in range with an entry, also with what the books say that is owed. */
function isCountable(ctx: Context, mirror: Mirror, { amount }: TabEntryView): boolean {
  const { peer, currency, balance, disputed } = mirror;
  const owed = -balanceOf(ctx, currency, weOwe(peer));
  return [balance + amount, balance + amount - owed, disputed + amount].every(Number.isSafeInteger);
}

function endReading(ctx: Context, { rereading: _, ...mirror }: Mirror): void {
  const owed = -balanceOf(ctx, mirror.currency, weOwe(mirror.peer));
  ctx.tx.put(mirrors, { ...mirror, disputed: addSigned(mirror.balance, -owed) });
}

/**
 * Takes what this peer disputed on a tab for owed after all, at a person's word: after a restore from a
 * backup it may be known to be right. A negative amount is one that was not expected. `bad-request` where
 * nothing is disputed.
 */
export function acceptDisputed(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
): Result<{ readonly amount: number }, Problem> {
  const mirror = mirrorOf(ctx, peer, currency);
  const { disputed } = mirror;
  if (disputed === 0) return fail(problem('bad-request', 'Nothing on this tab is disputed.'));
  ctx.tx.put(mirrors, { ...mirror, disputed: 0 });
  post(ctx, currency, { kind: 'correction', peer, reason: 'Accepted what was disputed.' }, [
    { account: 'expense:corrections', amount: disputed },
    { account: weOwe(peer), amount: -disputed },
  ]);
  ctx.effect({ kind: 'event', event: { type: 'tab', peer, currency } });
  ctx.fact({ kind: 'owing', peer, currency });
  return ok({ amount: disputed });
}

/** After a start: what was expected and never answered may have been entered meanwhile. */
export function askForUnanswered(ctx: Context): void {
  for (const { peer, currency } of waitingEntries(ctx)) askForEntries(ctx, peer, currency);
}

/** A request that is older than this has been answered, or will be in time; its charge is looked for. */
const lookForMs = 2 * 60_000;
const lookAgainMs = 5 * 60_000;
/** No request of this protocol is carried out so long after it was decided. */
const conclusiveMs = 20 * 60_000;

/**
 * Looks on the tabs for charges that were expected and not seen; those that a service does not show after
 * the request can no longer arrive are forgotten: a later one would be disputed.
 */
export function sweepExpected(ctx: Context): void {
  for (const { peer, currency, kind, reference, since } of waitingEntries(
    ctx,
    ctx.now - lookForMs,
  )) {
    const { asking, checkedAt } = mirrorOf(ctx, peer, currency);
    if (asking) continue;
    const lasting = kind === 'payment' || kind === 'exchange';
    if (!lasting && checkedAt > since + conclusiveMs)
      forgetExpected(ctx, peer, currency, kind, reference);
    else if (checkedAt < ctx.now - lookAgainMs) askForEntries(ctx, peer, currency);
  }
}

function book(ctx: Context, mirror: Mirror, entry: TabEntryView): void {
  const { peer, currency } = mirror;
  const explained = explain(ctx, mirror, entry);
  const disputed = explained ? mirror.disputed : addSigned(mirror.disputed, entry.amount);
  const balance = addSigned(mirror.balance, entry.amount);
  ctx.tx.put(mirrors, { ...mirror, balance, disputed, entries: entry.n });
  if (explained) {
    const { counter, cause, amount: moved } = explained;
    post(ctx, currency, cause, [
      { account: counter, amount: moved },
      { account: weOwe(peer), amount: -moved },
    ]);
  } else if (!mirror.rereading && !noteRaised(ctx, mirror, currency, entry)) {
    noteUnexpected(ctx, mirror, entry);
  }
  ctx.effect({ kind: 'event', event: { type: 'tab', peer, currency } });
  ctx.fact({ kind: 'owing', peer, currency });
}

type Place = Pick<Mirror, 'peer' | 'currency'>;

export function noteUnexpected(
  ctx: Context,
  { peer, currency }: Place,
  { n, kind, amount }: Pick<TabEntryView, 'n' | 'kind' | 'amount'>,
): void {
  noteDiscrepancy(ctx, peer, currency, `Entry ${n} (${kind} of ${amount}) was not expected.`);
}

/** An entry that was disputed is explained after all. */
export function bookDisputed(
  ctx: Context,
  { peer, currency, amount }: Place & { readonly amount: number },
  { counter, cause }: Pick<Explanation, 'counter' | 'cause'>,
): void {
  const mirror = mirrorOf(ctx, peer, currency);
  ctx.tx.put(mirrors, { ...mirror, disputed: addSigned(mirror.disputed, -amount) });
  post(ctx, currency, cause, [
    { account: counter, amount },
    { account: weOwe(peer), amount: -amount },
  ]);
  ctx.effect({ kind: 'event', event: { type: 'tab', peer, currency } });
  ctx.fact({ kind: 'owing', peer, currency });
}

interface Explanation {
  readonly counter: Account;
  readonly cause: Cause;
  /** Signed as on the tab: positive is owed more. */
  readonly amount: number;
}

function explain(ctx: Context, mirror: Mirror, entry: TabEntryView): Explanation | undefined {
  const expected = expectedFor(ctx, mirror, entry);
  if (!expected) return undefined;
  const { peer, counter, cause, reference } = expected;
  const { amount } = entry;
  switch (entry.kind) {
    case 'purchase':
      settleExpected(ctx, expected, true);
      ctx.fact({ kind: 'purchase-entered', peer, reference });
      return { counter, cause, amount };
    case 'refund':
      settleExpected(ctx, expected, false);
      ctx.fact({ kind: 'purchase-refunded', peer, reference });
      return {
        counter,
        cause: { ...cause, kind: 'refund', reason: 'The supplier took its charge back.' },
        amount,
      };
    default:
      settleExpected(ctx, expected, entry.kind === 'payment');
      return { counter, cause, amount };
  }
}
