import type { Amount } from '../amount.ts';
import { addSigned, amount, zero } from '../amount.ts';
import {
  type Account,
  balanceOf,
  type Cause,
  inTransit,
  owesUs,
  post,
  weOwe,
} from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { tabEntriesPerAnswerMax } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { TabEntryKind, TabEntryView, TabView } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import { creditLimitOf, tabTransactionId } from './terms.ts';

/**
 * This peer's half of a tab: what a caller owes for what this peer's service charged it (protocol 4). This
 * peer alone writes it and numbers its entries; the caller keeps a mirror of it (`mirror.ts`).
 */
interface Tab {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  /** Positive: the caller owes this peer. */
  readonly balance: number;
  readonly entries: number;
}

interface TabEntry extends TabEntryView {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
}

const tabs = collection<Tab>()('tabs', ['peer', 'currency']);
const tabEntries = collection<TabEntry>()('tabEntries', ['peer', 'currency', 'n']);

export function tabView(ctx: Pick<Context, 'tx'>, peer: PeerId, currency: CurrencyId): TabView {
  const { balance, entries } = tabOf(ctx, peer, currency);
  return { currency, balance, entries };
}

/** All halves that this peer keeps. */
export function allTabs(ctx: Pick<Context, 'tx'>): readonly Tab[] {
  return ctx.tx.scan(tabs);
}

export function entriesOf(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  currency: CurrencyId,
  after: number,
): readonly TabEntryView[] {
  const found = ctx.tx.scan(tabEntries, {
    prefix: [peer, currency],
    after,
    limit: tabEntriesPerAnswerMax,
  });
  return found.map(({ n, at, kind, amount, reference }) => ({ n, at, kind, amount, reference }));
}

/** What counts against a peer's limit: its half of the tab less what this peer owes on the other. */
export function exposure(ctx: Context, peer: PeerId, currency: CurrencyId): number {
  return 0 - netOwed(ctx, peer, currency);
}

/** What this peer owes a peer over both halves of the tab, payments under way taken off; negative = is owed. */
export function netOwed(ctx: Pick<Context, 'tx'>, peer: PeerId, currency: CurrencyId): number {
  const owed = -balanceOf(ctx, currency, weOwe(peer)) - balanceOf(ctx, currency, inTransit(peer));
  return addSigned(owed, -balanceOf(ctx, currency, owesUs(peer)));
}

/**
 * What a peer's service has charged this peer and is to be paid, less what the peer owes on the other half.
 * What the peer has paid ahead is no debt: it draws it down.
 */
export function debtTo(ctx: Pick<Context, 'tx'>, peer: PeerId, currency: CurrencyId): Amount {
  const charged =
    -balanceOf(ctx, currency, weOwe(peer)) - balanceOf(ctx, currency, inTransit(peer));
  const due = charged - Math.max(0, balanceOf(ctx, currency, owesUs(peer)));
  return due > 0 ? amount(due) : zero;
}

interface Charge {
  readonly kind: Extract<TabEntryKind, 'solicitation' | 'purchase' | 'exchange'>;
  readonly amount: Amount;
  readonly reference: string;
  /** The account that earns, or clears, the charge. */
  readonly counter: Account;
  readonly cause: Cause;
}

/** Puts a charge on a caller's tab: `tab-limit` where it would pass the limit, with what must be paid first. */
export function charge(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { kind, amount: price, reference, counter, cause }: Charge,
): Result<TabView, Problem> {
  if (price === 0) return ok(tabView(ctx, peer, currency));
  const refusal = pastLimit(ctx, peer, currency, price);
  if (refusal) return fail(refusal);
  post(ctx, currency, cause, [
    { account: owesUs(peer), amount: price },
    { account: counter, amount: -price },
  ]);
  return ok(enter(ctx, peer, currency, { kind, amount: price, reference }));
}

/**
 * Puts on a peer's tab what it owes by an exchange that it has carried out already (protocol 8): whether
 * there is room was looked at before it was asked.
 */
export function enterExchange(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { amount: due, reference, counter, cause }: Omit<Charge, 'kind'>,
): TabView {
  post(ctx, currency, cause, [
    { account: owesUs(peer), amount: due },
    { account: counter, amount: -due },
  ]);
  return enter(ctx, peer, currency, { kind: 'exchange', amount: due, reference });
}

/** Room on a peer's tab that is kept for what it will owe once it has answered. */
interface KeptRoom {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly amount: Amount;
}

const keptRoom = collection<KeptRoom>()('tabRoom', ['peer', 'currency']);

/** Keeps room on a peer's tab, or, with a negative amount, gives it back. */
export function keepRoom(ctx: Context, peer: PeerId, currency: CurrencyId, change: number): void {
  const kept = ctx.tx.get(keptRoom, peer, currency)?.amount ?? zero;
  ctx.tx.put(keptRoom, { peer, currency, amount: amount(kept + change) });
}

/** The refusal `tab-limit` of a charge that would lead past a peer's limit; undefined where it fits. */
export function pastLimit(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  price: Amount,
): Problem | undefined {
  const limit = creditLimitOf(ctx, peer);
  const balance = exposure(ctx, peer, currency);
  const kept = ctx.tx.get(keptRoom, peer, currency)?.amount ?? zero;
  const needed = addSigned(addSigned(balance, kept), price) - limit;
  if (needed <= 0) return undefined;
  return problem('tab-limit', `The tab allows ${limit}; ${needed} must be paid first.`, {
    currency,
    balance,
    limit,
    needed,
    payment: { payee: ctx.self, transactionId: tabTransactionId },
  });
}

/** Takes a charge back (protocol 6: the supplier failed). */
export function refund(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { amount: price, reference, counter, cause }: Omit<Charge, 'kind'>,
): TabView {
  if (price === 0) return tabView(ctx, peer, currency);
  post(ctx, currency, cause, [
    { account: counter, amount: price },
    { account: owesUs(peer), amount: -price },
  ]);
  return enter(ctx, peer, currency, { kind: 'refund', amount: -price, reference });
}

/** Enters a payment whose money the wallet has already booked against the tab's account. */
export function enterPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  paid: { readonly amount: Amount; readonly order: string },
): TabView {
  return enter(ctx, peer, currency, {
    kind: 'payment',
    amount: -paid.amount,
    reference: paid.order,
  });
}

function enter(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  entry: { readonly kind: TabEntryKind; readonly amount: number; readonly reference: string },
): TabView {
  const tab = tabOf(ctx, peer, currency);
  const n = tab.entries + 1;
  const balance = addSigned(tab.balance, entry.amount);
  ctx.tx.put(tabEntries, { peer, currency, n, at: ctx.now, ...entry });
  ctx.tx.put(tabs, { peer, currency, balance, entries: n });
  ctx.effect({ kind: 'event', event: { type: 'tab', peer, currency } });
  return { currency, balance, entries: n };
}

function tabOf(ctx: Pick<Context, 'tx'>, peer: PeerId, currency: CurrencyId): Tab {
  return ctx.tx.get(tabs, peer, currency) ?? { peer, currency, balance: 0, entries: 0 };
}
