import { useAnswer } from '../../stores/use-answer.ts';
import { dayOf, daysBefore, type FlowRow } from './earning-groups.ts';

export const ranges = ['today', '7', '30', 'all'] as const;
export type RangeName = (typeof ranges)[number];

export function isRangeName(text: string | undefined): text is RangeName {
  return ranges.some((known) => known === text);
}

const beforeAllTrade = '2000-01-01';

/** The UTC days of a range that ends today, both included. */
export function daysOf(
  range: RangeName,
  now: number,
): { readonly from: string; readonly to: string } {
  const to = dayOf(now);
  if (range === 'all') return { from: beforeAllTrade, to };
  return { from: range === 'today' ? to : daysBefore(to, Number(range) - 1), to };
}

export interface MoneyFlows {
  readonly earned: readonly FlowRow[];
  readonly spent: readonly FlowRow[];
  /** Given, not earned. */
  readonly received: readonly FlowRow[];
  /** What exchanges brought, and took: it stands for what was there before. */
  readonly exchanged: readonly FlowRow[];
  /** The days in which something may be: of everything, from the first that something is. */
  readonly days: { readonly from: string; readonly to: string };
}

/** What was earned, spent, given and exchanged in a range; undefined until all of it is known. */
export function useMoneyFlows(range: RangeName): MoneyFlows | undefined {
  const days = daysOf(range, Date.now());
  const earned = useAnswer('earnings.get', days).data?.rows;
  const spent = useAnswer('spending.get', days).data?.rows;
  const received = useAnswer('gifts.get', days).data?.rows;
  const exchanged = useAnswer('exchanges.get', days).data?.rows;
  if (!earned || !spent || !received || !exchanged) return undefined;
  const moved = [...earned, ...spent, ...received, ...exchanged].map(({ day }) => day);
  const [first = days.to] = moved.toSorted();
  const seen = range === 'all' ? { from: first, to: days.to } : days;
  return { earned, spent, received, exchanged, days: seen };
}
