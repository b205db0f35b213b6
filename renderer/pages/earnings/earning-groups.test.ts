import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commissionPairs,
  daysBefore,
  earningNothing,
  stepOf,
  stepsBetween,
  sumOf,
  sumsByStep,
} from './earning-groups.ts';

const days = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) })
  .map((at) => new Date(at).toISOString().slice(0, 10));
const steps = fc.constantFrom('day', 'week', 'month' as const);
const row = fc.record({
  day: days,
  currency: fc.constant('c'),
  kind: fc.constantFrom('sales', 'commissions'),
  amount: fc.integer({ min: -50, max: 500 }),
});

describe('days, weeks and months', () => {
  it('begin on the day, its Monday, and the first', () => {
    expect(stepOf('2026-11-22', 'day')).toBe('2026-11-22');
    expect(stepOf('2026-11-22', 'week')).toBe('2026-11-16');
    expect(stepOf('2026-11-16', 'week')).toBe('2026-11-16');
    expect(stepOf('2027-01-02', 'week')).toBe('2026-12-28');
    expect(stepOf('2026-11-22', 'month')).toBe('2026-11-01');
  });

  it('follow each other without a gap', () => {
    expect(stepsBetween('2026-11-28', '2026-12-01', 'day')).toEqual([
      '2026-11-28',
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
    ]);
    expect(stepsBetween('2026-11-22', '2026-12-01', 'week')).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(stepsBetween('2026-11-22', '2027-01-01', 'month')).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
    ]);
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  });

  it('hold each day in the last step that begins before it', () => {
    fc.assert(
      fc.property(days, fc.nat(300), steps, (day, back, step) => {
        const all = stepsBetween(daysBefore(day, back), day, step as never);
        expect(all.at(-1)).toBe(stepOf(day, step as never));
      }),
    );
  });
});

describe('the sums of a chart', () => {
  it('are those of the rows to the unit, by whatever step, and whether the empty steps fit or not', () => {
    fc.assert(
      fc.property(fc.array(row), steps, fc.boolean(), (rows, step, wide) => {
        const range = { from: wide ? '2020-01-01' : '2031-12-01', to: '2032-01-01' };
        const sums = sumsByStep(rows, step as never, range);
        expect(sumOf(sums.map(({ total }) => total))).toBe(sumOf(rows.map((each) => each.amount)));
        const sales = sumOf(sums.map(({ byKind }) => byKind['sales'] ?? 0));
        const sold = rows.filter(({ kind }) => kind === 'sales').map((each) => each.amount);
        expect(sales).toBe(sumOf(sold));
        const starts = sums.map(({ start }) => start);
        expect(starts).toEqual([...new Set(starts)].sort());
      }),
    );
  });
});

describe('who brings what', () => {
  const commission = { day: '2026-11-01', currency: 'c', kind: 'commissions' };
  const rows = [
    { ...commission, peer: 'bob', via: 'carol', amount: 3 },
    { ...commission, day: '2026-11-02', peer: 'bob', via: 'carol', amount: 4 },
    { ...commission, peer: 'carol', via: 'bob', amount: 9 },
    { ...commission, currency: 'd', peer: 'bob', via: 'carol', amount: 1 },
    { ...commission, kind: 'sales', peer: 'dave', amount: 5 },
    { ...commission, kind: 'sales', peer: 'erin', amount: -5 },
  ];

  it('tells commissions by pair and currency, the largest first', () => {
    expect(commissionPairs(rows)).toEqual([
      { currency: 'c', from: 'carol', to: 'bob', amount: 9 },
      { currency: 'c', from: 'bob', to: 'carol', amount: 7 },
      { currency: 'd', from: 'bob', to: 'carol', amount: 1 },
    ]);
  });

  it('tells which neighbors bring nothing: who only supplied has brought something', () => {
    const neighbors = ['bob', 'carol', 'dave', 'erin', 'frank'].map((peer) => ({ peer }));
    expect(earningNothing(neighbors, rows).map(({ peer }) => peer)).toEqual(['erin', 'frank']);
  });
});
