/** Rows of the journal's days, put together for a chart and the table behind it. Amounts never leave their currency. */

export type Step = 'day' | 'week' | 'month';

export interface FlowRow {
  /** UTC, as `2026-11-30`. */
  readonly day: string;
  readonly currency: string;
  readonly kind: string;
  readonly peer?: string | undefined;
  readonly via?: string | undefined;
  readonly amount: number;
}

const dayMs = 24 * 3_600_000;
/** Beyond, a chart has no room for what was not. */
const stepsMax = 400;

/** The first day of a day's step: itself, its Monday, or the first of its month. */
export function stepOf(day: string, step: Step): string {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  const at = Date.parse(day);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return dayOf(at - sinceMonday * dayMs);
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The day `count` days before another; negative for after. */
export function daysBefore(day: string, count: number): string {
  return dayOf(Date.parse(day) - count * dayMs);
}

function nextStep(start: string, step: Step): string {
  if (step !== 'month') return daysBefore(start, step === 'week' ? -7 : -1);
  const at = new Date(Date.parse(start));
  return dayOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

/** Every step from one day to another, both included, also where nothing happened. */
export function stepsBetween(from: string, to: string, step: Step): readonly string[] {
  const steps: string[] = [];
  for (let start = stepOf(from, step); start <= to; start = nextStep(start, step)) {
    steps.push(start);
    if (steps.length > stepsMax) return [];
  }
  return steps;
}

/** One step of a currency: what came of each kind, and the sum. */
export interface StepSum {
  readonly start: string;
  readonly byKind: Readonly<Record<string, number>>;
  readonly total: number;
}

/**
 * A currency's rows by step, oldest first. Steps without rows are there as well, as long as they fit into
 * a chart; the sums are in any case those of the rows.
 */
export function sumsByStep(
  rows: readonly FlowRow[],
  step: Step,
  range: { readonly from: string; readonly to: string },
): readonly StepSum[] {
  const sums = new Map<string, Record<string, number>>();
  for (const start of stepsBetween(range.from, range.to, step)) sums.set(start, {});
  for (const { day, kind, amount } of rows) {
    const start = stepOf(day, step);
    const byKind = sums.get(start) ?? {};
    byKind[kind] = (byKind[kind] ?? 0) + amount;
    sums.set(start, byKind);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([start, byKind]) => ({ start, byKind, total: sumOf(Object.values(byKind)) }));
}

/** A commission belongs to a pair: the buyer it came from, and the supplier it went to. */
export interface PairSum {
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

export function commissionPairs(rows: readonly FlowRow[]): readonly PairSum[] {
  const pairs = new Map<string, PairSum>();
  for (const { kind, currency, peer, via, amount } of rows) {
    if (kind !== 'commissions' || peer === undefined || via === undefined) continue;
    const key = `${currency} ${peer} ${via}`;
    const before = pairs.get(key)?.amount ?? 0;
    pairs.set(key, { currency, from: peer, to: via, amount: before + amount });
  }
  return [...pairs.values()].sort((a, b) => b.amount - a.amount);
}

/** The neighbors that brought nothing in any currency: neither as the one who paid nor as the one through whom it came. */
export function earningNothing<N extends { readonly peer: string }>(
  neighbors: readonly N[],
  rows: readonly FlowRow[],
): readonly N[] {
  const earning = new Set<string>();
  for (const { peer, via, amount } of rows) {
    if (amount <= 0) continue;
    if (peer !== undefined) earning.add(peer);
    if (via !== undefined) earning.add(via);
  }
  return neighbors.filter(({ peer }) => !earning.has(peer));
}

/** The currencies in which anything moved, in the order of their first row. */
export function currenciesIn(...parts: readonly (readonly FlowRow[])[]): readonly string[] {
  return [...new Set(parts.flat().map(({ currency }) => currency))];
}

export function sumOf(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
