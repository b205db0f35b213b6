import { type Amount, addSigned } from '../amount.ts';
import { type Account, type Cause, post, weOwe } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, callUntilAnswered, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { answers, type TabEntryView, type TabView } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { noteDiscrepancy } from './discrepancies.ts';

/**
 * The other half of a tab, as its service keeps it: what this peer owes. Only entries that this peer
 * expects are booked; what it cannot explain is disputed: kept apart, noted and shown (protocol 4).
 */
interface Mirror {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly endpoints: readonly string[];
  /** As the service counts. */
  readonly balance: number;
  readonly entries: number;
  /** The part of the balance that this peer disputes. */
  readonly disputed: number;
  /** Entries are being asked for. */
  readonly asking: boolean;
  /** Since the question was sent there was reason to ask again: its answer may be too old. */
  readonly askAgain: boolean;
  /** When the service last showed its entries. */
  readonly checkedAt: Milliseconds;
}

/** A charge or payment that is about to appear on the tab: known before the request that causes it. */
interface Expected {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly kind: 'solicitation' | 'purchase' | 'payment';
  readonly reference: string;
  /** The most that may be charged for a solicitation; of a purchase and a payment exactly this. */
  readonly amount: Amount;
  readonly counter: Account;
  readonly cause: Cause;
  readonly state: 'expected' | 'entered';
  readonly since: Milliseconds;
}

const mirrors = collection<Mirror>()('mirrors', ['peer', 'currency'], { currency: ['currency'] });
const expectedEntries = collection<Expected>()(
  'expectedEntries',
  ['peer', 'currency', 'kind', 'reference'],
  {
    state: ['state', 'since'],
  },
);

type Reader = Pick<Context, 'tx'>;

export function mirrorOf(reader: Reader, peer: PeerId, currency: CurrencyId): Mirror {
  const none = {
    peer,
    currency,
    endpoints: [],
    balance: 0,
    entries: 0,
    disputed: 0,
    asking: false,
    askAgain: false,
    checkedAt: 0,
  };
  return reader.tx.get(mirrors, peer, currency) ?? none;
}

export function mirrorsIn(reader: Reader, currency: CurrencyId): readonly Mirror[] {
  return reader.tx.scan(mirrors, { by: 'currency', prefix: [currency] });
}

export function allMirrors(reader: Reader): readonly Mirror[] {
  return reader.tx.scan(mirrors);
}

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
  ctx.tx.put(mirrors, { ...mirrorOf(ctx, peer, currency), endpoints });
  if (entry.amount === 0 || hasEntered(ctx, peer, currency, entry)) return;
  ctx.tx.put(expectedEntries, { peer, currency, ...entry, state: 'expected', since: ctx.now });
}

/** Whether an entry that was expected stands on the tab. */
export function hasEntered(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  { kind, reference }: Pick<Expected, 'kind' | 'reference'>,
): boolean {
  return reader.tx.get(expectedEntries, peer, currency, kind, reference)?.state === 'entered';
}

/** Whether an entry is expected and has not been seen yet. */
export function isExpected(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  { kind, reference }: Pick<Expected, 'kind' | 'reference'>,
): boolean {
  return reader.tx.get(expectedEntries, peer, currency, kind, reference)?.state === 'expected';
}

/** The request was refused before it was charged: nothing will appear. */
export function forgetExpected(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  kind: Expected['kind'],
  reference: string,
): void {
  const found = ctx.tx.get(expectedEntries, peer, currency, kind, reference);
  if (found?.state === 'expected') ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
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
  if (view.entries < mirror.entries) return;
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
  ctx.tx.put(mirrors, { ...mirror, asking: true, askAgain: false });
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
  for (const entry of parsed.data.entries) {
    const mirror = mirrorOf(ctx, peer, currency);
    if (entry.n === mirror.entries + 1) book(ctx, mirror, entry);
  }
  const after = mirrorOf(ctx, peer, currency);
  const { tab } = parsed.data;
  const more = tab.entries > after.entries && after.entries > before.entries;
  if (more || before.askAgain) askForEntries(ctx, peer, currency);
  else if (tab.entries === after.entries && tab.balance !== after.balance) {
    noteDiscrepancy(
      ctx,
      peer,
      currency,
      `The tab says ${tab.balance}; its entries say ${after.balance}.`,
    );
  }
}

/** After a start: what was expected and never answered may have been entered meanwhile. */
export function askForUnanswered(ctx: Context): void {
  const waiting = ctx.tx.scan(expectedEntries, { by: 'state', prefix: ['expected'] });
  for (const { peer, currency } of waiting) askForEntries(ctx, peer, currency);
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
  const late = ctx.tx.scan(expectedEntries, {
    by: 'state',
    prefix: ['expected'],
    to: ctx.now - lookForMs,
  });
  for (const { peer, currency, kind, reference, since } of late) {
    const { asking, checkedAt } = mirrorOf(ctx, peer, currency);
    if (asking) continue;
    if (kind !== 'payment' && checkedAt > since + conclusiveMs)
      ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
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
  } else {
    noteDiscrepancy(
      ctx,
      peer,
      currency,
      `Entry ${entry.n} (${entry.kind} of ${entry.amount}) was not expected.`,
    );
  }
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

/**
 * What explains an entry: a fee that is not above the one in the terms, a purchase or payment of exactly
 * this amount, the refund of a purchase that was entered. Each explains one entry.
 */
function expectedFor(
  ctx: Context,
  { peer, currency }: Mirror,
  { kind, amount, reference }: TabEntryView,
): Expected | undefined {
  const found = (of: Expected['kind'], state: Expected['state']) => {
    const expected = ctx.tx.get(expectedEntries, peer, currency, of, reference);
    return expected?.state === state ? expected : undefined;
  };
  switch (kind) {
    case 'solicitation': {
      const expected = found('solicitation', 'expected');
      return expected && amount >= 0 && amount <= expected.amount ? expected : undefined;
    }
    case 'purchase': {
      const expected = found('purchase', 'expected');
      return expected?.amount === amount ? expected : undefined;
    }
    case 'payment': {
      const expected = found('payment', 'expected');
      return expected && amount === -expected.amount ? expected : undefined;
    }
    case 'refund': {
      const bought = found('purchase', 'entered');
      return bought && amount === -bought.amount ? bought : undefined;
    }
    case 'exchange':
    case 'correction':
      return undefined;
  }
}

/** Purchases are remembered once entered, for they may be refunded; payments until they are answered. */
function settleExpected(ctx: Context, expected: Expected, keep: boolean): void {
  const { peer, currency, kind, reference } = expected;
  if (keep) ctx.tx.put(expectedEntries, { ...expected, state: 'entered' });
  else ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
}

/** The payment was answered: whether it stands on the tab need not be remembered any more. */
export function forgetPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  order: string,
): void {
  if (hasEntered(ctx, peer, currency, { kind: 'payment', reference: order }))
    ctx.tx.remove(expectedEntries, peer, currency, 'payment', order);
}
