import { addSigned } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DealId } from '../protocol/index.ts';
import { collection, type Transaction } from '../state/index.ts';
import { day, type Milliseconds } from '../time.ts';
import type { Account } from './accounts.ts';

/** Why money moved, in the words of the wallet page. */
export const causes = [
  'sold',
  'bought',
  'commission',
  'solicitation-fee-in',
  'solicitation-fee-out',
  'transfer-fee',
  'refund',
  'payment-in',
  'payment-out',
  'issued',
  'destroyed',
  'exchange',
  'correction',
] as const;
export type CauseKind = (typeof causes)[number];

/** What a journal entry tells besides its numbers. A commission belongs to a pair: from `peer`, to `via`. */
export interface Cause {
  readonly kind: CauseKind;
  /** The other side. */
  readonly peer?: PeerId;
  /** For a commission: the supplier through whom it was earned. */
  readonly via?: PeerId;
  readonly deal?: DealId;
  /** The order, receipt or solicitation behind it. */
  readonly reference?: string;
  readonly reason: string;
}

export interface Posting {
  readonly account: Account;
  /** Signed; the postings of an entry sum to zero. */
  readonly amount: number;
}

/** One movement of money. Entries are never changed: a mistake is mended by another entry. */
export interface JournalEntry {
  readonly id: number;
  readonly at: Milliseconds;
  readonly currency: CurrencyId;
  readonly cause: Cause;
  readonly postings: readonly Posting[];
}

/** A posting with its place in the account: the `n`-th, and the balance after it. */
export interface AccountPosting extends Posting {
  readonly currency: CurrencyId;
  readonly n: number;
  readonly entry: number;
  readonly day: string;
  readonly balance: number;
}

const entries = collection<JournalEntry>()('journal', ['id'], { currency: ['currency', 'id'] });
const postings = collection<AccountPosting>()('postings', ['currency', 'account', 'n']);

/** Where an account stands: its last posting. Kept beside the postings, for every charge asks for it. */
interface AccountHead {
  readonly currency: CurrencyId;
  readonly account: Account;
  readonly n: number;
  readonly entry: number;
  readonly balance: number;
  /** Absent in the records of older versions. */
  readonly day?: string;
}

const heads = collection<AccountHead>()('accountHeads', ['currency', 'account']);
/** Which entries a deal caused: its money is asked for without reading the whole journal. */
const dealEntries = collection<{ readonly deal: DealId; readonly entry: number }>()('dealEntries', [
  'deal',
  'entry',
]);
const journalHead = collection<{ readonly of: 'journal'; readonly lastId: number }>()(
  'journalHead',
  ['of'],
);

type Reader = { readonly tx: Transaction };

/**
 * Books one movement of money. Zero postings are left out; an entry without any is not booked.
 * Throws where the postings do not sum to zero: that is a mistake of the program.
 */
export function post(
  ctx: Context,
  currency: CurrencyId,
  cause: Cause,
  moved: readonly Posting[],
): JournalEntry | undefined {
  const nonZero = moved.every(isMoved) ? moved : moved.filter(isMoved);
  let sum = 0;
  for (const { amount } of nonZero) sum = addSigned(sum, amount);
  if (sum !== 0) throw new Error(`An entry must sum to zero; ${cause.kind} sums to ${sum}.`);
  if (nonZero.length === 0) return undefined;
  const id = (ctx.tx.get(journalHead, 'journal')?.lastId ?? 0) + 1;
  ctx.tx.put(journalHead, { of: 'journal', lastId: id });
  const entry: JournalEntry = { id, at: ctx.now, currency, cause, postings: nonZero };
  ctx.tx.put(entries, entry);
  if (cause.deal !== undefined) ctx.tx.put(dealEntries, { deal: cause.deal, entry: id });
  const today = day(ctx.now);
  for (const { account, amount } of nonZero) {
    const last = headOf(ctx, currency, account);
    const balance = addSigned(last?.balance ?? 0, amount);
    const n = (last?.n ?? 0) + 1;
    const on = dayAfter(last, today);
    ctx.tx.put(heads, { currency, account, n, entry: id, balance, day: on });
    ctx.tx.put(postings, { currency, account, n, entry: id, balance, day: on, amount });
  }
  return entry;
}

function isMoved({ amount }: Posting): boolean {
  return amount !== 0;
}

/** The balance of an account: positive for assets, negative for income. */
export function balanceOf(reader: Reader, currency: CurrencyId, account: Account): number {
  return headOf(reader, currency, account)?.balance ?? 0;
}

/** The days of an account's postings never go back, also where the clock does: so they need no index. */
function dayAfter(last: AccountHead | undefined, today: string): string {
  return last?.day !== undefined && last.day > today ? last.day : today;
}

/** The balance of an account before the entry `entry` was booked. */
export function balanceBefore(
  reader: Reader,
  currency: CurrencyId,
  account: Account,
  entry: number,
): number {
  const last = headOf(reader, currency, account);
  if (!last || last.entry < entry) return last?.balance ?? 0;
  const before = countOf(reader, last, (posting) => posting.entry < entry);
  return before === 0 ? 0 : (reader.tx.get(postings, currency, account, before)?.balance ?? 0);
}

/** How many postings of an account, from the first on, are of a kind that no later one is, found by halving. */
function countOf(
  reader: Reader,
  { currency, account, n }: AccountHead,
  isOf: (posting: AccountPosting) => boolean,
): number {
  let [within, beyond] = [0, n + 1];
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    const posting = reader.tx.get(postings, currency, account, middle);
    if (posting && isOf(posting)) within = middle;
    else beyond = middle;
  }
  return within;
}

/** The entries of one currency, newest first, older than `before` and newer than `since` where given. */
export function journalOf(
  reader: Reader,
  currency: CurrencyId,
  page: { readonly before?: number; readonly since?: number; readonly limit: number },
): readonly JournalEntry[] {
  return reader.tx.scan(entries, {
    by: 'currency',
    prefix: [currency],
    descending: true,
    limit: page.limit,
    ...(page.since === undefined ? {} : { after: page.since }),
    ...(page.before === undefined ? {} : { to: page.before - 1 }),
  });
}

/** The postings of one account between two days (`YYYY-MM-DD`, both included), oldest first. */
export function postingsOf(
  reader: Reader,
  currency: CurrencyId,
  account: Account,
  days: { readonly from: string; readonly to: string },
): readonly AccountPosting[] {
  const head = headOf(reader, currency, account);
  if (!head) return [];
  const before = countOf(reader, head, (posting) => posting.day < days.from);
  const to = countOf(reader, head, (posting) => posting.day <= days.to);
  return reader.tx.scan(postings, { prefix: [currency, account], after: before, to });
}

/** All that a deal moved, in every currency, oldest first. */
export function entriesOfDeal(reader: Reader, deal: DealId): readonly JournalEntry[] {
  return reader.tx
    .scan(dealEntries, { prefix: [deal] })
    .flatMap(({ entry }) => entryOf(reader, entry) ?? []);
}

export function entryOf(reader: Reader, id: number): JournalEntry | undefined {
  return reader.tx.get(entries, id);
}

/** The balance of every account that was ever used in a currency. They sum to zero. */
export function balances(reader: Reader, currency: CurrencyId): ReadonlyMap<Account, number> {
  const all = reader.tx.scan(heads, { prefix: [currency] });
  return new Map(all.map(({ account, balance }) => [account, balance]));
}

/** Every currency in which anything was ever booked. */
export function currenciesOf(reader: Reader): readonly CurrencyId[] {
  const found: CurrencyId[] = [];
  let next = reader.tx.scan(heads, { limit: 1 })[0];
  while (next) {
    found.push(next.currency);
    next = reader.tx.scan(heads, { after: next.currency, limit: 1 })[0];
  }
  return found;
}

function headOf(reader: Reader, currency: CurrencyId, account: Account): AccountHead | undefined {
  return reader.tx.get(heads, currency, account);
}
