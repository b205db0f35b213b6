import { type Amount, addSigned } from '../amount.ts';
import { type Account, type Cause, inTransit, post, weOwe } from '../books/index.ts';
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
}

/** A charge or payment that is about to appear on the tab: known before the request that causes it. */
interface Expected {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly kind: 'solicitation' | 'purchase' | 'payment';
  readonly reference: string;
  /** The most that may be charged; of a payment exactly this. */
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
  };
  return reader.tx.get(mirrors, peer, currency) ?? none;
}

export function mirrorsIn(reader: Reader, currency: CurrencyId): readonly Mirror[] {
  return reader.tx.scan(mirrors, { by: 'currency', prefix: [currency] });
}

export function allMirrors(reader: Reader): readonly Mirror[] {
  return reader.tx.scan(mirrors);
}

/** To be called in the transaction that decides a request which will be charged, before it is sent. */
export function expectEntry(
  ctx: Context,
  service: { readonly peer: PeerId; readonly endpoints: readonly string[] },
  currency: CurrencyId,
  entry: Pick<Expected, 'kind' | 'reference' | 'amount' | 'counter' | 'cause'>,
): void {
  const { peer, endpoints } = service;
  ctx.tx.put(mirrors, { ...mirrorOf(ctx, peer, currency), endpoints });
  ctx.tx.put(expectedEntries, { peer, currency, ...entry, state: 'expected', since: ctx.now });
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
  const explained = difference === 1 && entry && view.balance === mirror.balance + entry.amount;
  if (explained) book(ctx, mirror, { n: view.entries, at: ctx.now, ...entry });
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
  if (mirror.asking || mirror.endpoints.length === 0) return;
  ctx.tx.put(mirrors, { ...mirror, asking: true });
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
  ctx.tx.put(mirrors, { ...before, asking: false });
  const parsed = outcome.kind === 'answered' ? answers.tab.safeParse(outcome.body) : undefined;
  if (!parsed?.success || parsed.data.tab.currency !== currency) {
    noteDiscrepancy(ctx, peer, currency, 'The peer did not show the entries of its tab.');
    return;
  }
  for (const entry of parsed.data.entries) {
    const mirror = mirrorOf(ctx, peer, currency);
    if (entry.n === mirror.entries + 1) book(ctx, mirror, entry);
  }
  const after = mirrorOf(ctx, peer, currency);
  const { tab } = parsed.data;
  if (tab.entries > after.entries && after.entries > before.entries)
    askForEntries(ctx, peer, currency);
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

/** Forgets expected charges that did not come within a day; a later one would be disputed. */
export function sweepExpected(ctx: Context, olderThan: Milliseconds): void {
  const stale = ctx.tx.scan(expectedEntries, { by: 'state', prefix: ['expected'], to: olderThan });
  for (const { peer, currency, kind, reference } of stale) {
    if (kind === 'solicitation') ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
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

function explain(
  ctx: Context,
  { peer, currency }: Mirror,
  entry: TabEntryView,
): Explanation | undefined {
  switch (entry.kind) {
    case 'solicitation':
    case 'purchase': {
      const expected = ctx.tx.get(expectedEntries, peer, currency, entry.kind, entry.reference);
      if (expected?.state !== 'expected' || entry.amount > expected.amount || entry.amount < 0)
        return undefined;
      settleExpected(ctx, expected, entry.kind === 'purchase');
      if (entry.kind === 'purchase')
        ctx.fact({ kind: 'purchase-entered', peer, reference: entry.reference });
      return { counter: expected.counter, cause: expected.cause, amount: entry.amount };
    }
    case 'payment': {
      const expected = ctx.tx.get(expectedEntries, peer, currency, 'payment', entry.reference);
      if (expected?.state !== 'expected' || entry.amount !== -expected.amount) return undefined;
      settleExpected(ctx, expected, false);
      return { counter: inTransit(peer), cause: expected.cause, amount: entry.amount };
    }
    case 'refund': {
      const bought = ctx.tx.get(expectedEntries, peer, currency, 'purchase', entry.reference);
      if (bought?.state !== 'entered' || entry.amount > 0 || -entry.amount > bought.amount)
        return undefined;
      ctx.tx.remove(expectedEntries, peer, currency, 'purchase', entry.reference);
      const cause: Cause = {
        ...bought.cause,
        kind: 'refund',
        reason: 'The supplier took its charge back.',
      };
      ctx.fact({ kind: 'purchase-refunded', peer, reference: entry.reference });
      return { counter: bought.counter, cause, amount: entry.amount };
    }
    case 'exchange':
    case 'correction':
      return undefined;
  }
}

/** Purchases are remembered once entered: they may be refunded. */
function settleExpected(ctx: Context, expected: Expected, keep: boolean): void {
  const { peer, currency, kind, reference } = expected;
  if (keep) ctx.tx.put(expectedEntries, { ...expected, state: 'entered' });
  else ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
}
