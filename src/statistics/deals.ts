import { type Amount, addSigned } from '../amount.ts';
import type { MediaKind } from '../documents/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/**
 * What the other peer was in a deal: `bought` from it for the person, `sold` to it from the own shelf. Of a
 * deal that was made for a commission, it `supplied` the document, or the document was `resold` to it.
 */
export const dealSides = ['bought', 'sold', 'supplied', 'resold'] as const;
export type DealSide = (typeof dealSides)[number];

/**
 * - `good`: the document, or the way to it, came in time
 * - `late`: it came, though the answer was slow or the deal had been given up before
 * - `contested`: one side said that it did not get what it paid for, whatever happened to the money
 * - `contradicted`: contested, though the buyer had signed that the document arrived
 * - `refunded`: the charge was taken back without a contest
 * - `failed`: it came to nothing
 * - `dropped`: it came to nothing by this peer's own doing; it speaks neither for nor against the other
 */
export const dealOutcomes = [
  'open',
  'good',
  'late',
  'contested',
  'contradicted',
  'refunded',
  'failed',
  'dropped',
] as const;
export type DealOutcome = (typeof dealOutcomes)[number];
export type DealCounts = Readonly<Record<DealOutcome, number>>;

/** The prices of deals in one currency: of those that ended well, and of those that ended badly. */
export interface DealSums {
  readonly currency: CurrencyId;
  readonly well: number;
  readonly badly: number;
}

/** How the deals of one kind with one peer went. */
export interface DealRecord {
  readonly peer: PeerId;
  readonly side: DealSide;
  readonly kind: MediaKind;
  readonly counts: DealCounts;
  readonly sums: readonly DealSums[];
  /** When one of them last changed. */
  readonly at: Milliseconds;
}

/** What of a deal is counted. */
export interface CountedDeal {
  readonly peer: PeerId;
  readonly side: DealSide;
  readonly kind: MediaKind;
  readonly currency: CurrencyId;
  readonly price: Amount;
}

const records = collection<DealRecord>()('dealRecords', ['peer', 'side', 'kind']);

/** A record holds the sums of so many currencies; deals in further ones are counted without. */
const currenciesMax = 32;

export const noDeals: DealCounts = {
  open: 0,
  good: 0,
  late: 0,
  contested: 0,
  contradicted: 0,
  refunded: 0,
  failed: 0,
  dropped: 0,
};

/** A deal went from one outcome to another; from none where it is new. */
export function countDeal(
  ctx: Context,
  { peer, side, kind, currency, price }: CountedDeal,
  from: DealOutcome | undefined,
  to: DealOutcome,
): void {
  if (from === to) return;
  const known = ctx.tx.get(records, peer, side, kind);
  const counts = { ...(known?.counts ?? noDeals) };
  if (from !== undefined) counts[from] = Math.max(0, counts[from] - 1);
  counts[to] += 1;
  const before = from === undefined ? undefined : wayOf(from);
  let sums = known?.sums ?? [];
  if (before) sums = withSum(sums, currency, before, -price);
  const after = wayOf(to);
  if (after) sums = withSum(sums, currency, after, price);
  ctx.tx.put(records, { peer, side, kind, counts, sums, at: ctx.now });
}

/** Everything that is known of the deals with a peer, by side and kind of document. */
export function dealRecordsOf(ctx: Pick<Context, 'tx'>, peer: PeerId): readonly DealRecord[] {
  return ctx.tx.scan(records, { prefix: [peer] });
}

/** The counts of several records together. */
export function addCounts(all: readonly Pick<DealRecord, 'counts'>[]): DealCounts {
  const sum = { ...noDeals };
  for (const { counts } of all) for (const each of dealOutcomes) sum[each] += counts[each];
  return sum;
}

/** Forgets all counts, before they are made anew from the deals. */
export function forgetDealRecords(ctx: Context): void {
  for (const { peer, side, kind } of ctx.tx.scan(records)) ctx.tx.remove(records, peer, side, kind);
}

/** Outcomes that speak neither for nor against the other side. */
const silent: ReadonlySet<DealOutcome> = new Set(['open', 'contradicted', 'dropped']);

function wayOf(outcome: DealOutcome): 'well' | 'badly' | undefined {
  if (outcome === 'good' || outcome === 'late') return 'well';
  return silent.has(outcome) ? undefined : 'badly';
}

function withSum(
  sums: readonly DealSums[],
  currency: CurrencyId,
  way: 'well' | 'badly',
  price: number,
): readonly DealSums[] {
  const known = sums.find((each) => each.currency === currency);
  if (!known && sums.length >= currenciesMax) return sums;
  const before = known ?? { currency, well: 0, badly: 0 };
  const most = Number.MAX_SAFE_INTEGER - before[way];
  // A sum that no amount can tell stays at the largest one: counting never makes a deal fail.
  const changed = { ...before, [way]: Math.max(0, addSigned(before[way], Math.min(price, most))) };
  return [...sums.filter((each) => each.currency !== currency), changed];
}
