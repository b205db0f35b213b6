import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedRecords } from './sorted-records.ts';

interface Numbered {
  readonly number: number;
}

const numberOf = (record: object) => (record as Numbered).number;
const everything = { start: () => false, end: () => true };

type Step =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly number: number }
  | { readonly kind: 'addAll'; readonly from: number; readonly count: number }
  | { readonly kind: 'look'; readonly from: number; readonly to: number; readonly limit: number };

const number = fc.integer({ min: 0, max: 5_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), number }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), number }) },
  fc.record({
    kind: fc.constant('addAll' as const),
    from: number,
    count: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({
    ...{ kind: fc.constant('look' as const), from: number, to: number },
    limit: fc.integer({ min: 1, max: 1_200 }),
  }),
);

/** The same, all in one list that is sorted anew each time. */
class Model {
  records: Numbered[] = [];

  at(sought: number): Numbered | undefined {
    return this.records.find(({ number }) => number === sought);
  }

  put(...records: readonly Numbered[]): void {
    this.records = [...this.records, ...records].sort((a, b) => a.number - b.number);
  }

  between(from: number, to: number): readonly number[] {
    return this.records.map(numberOf).filter((one) => one >= from && one <= to);
  }
}

function play(steps: readonly Step[]): void {
  const model = new Model();
  const sorted = new SortedRecords((a, b) => numberOf(a) - numberOf(b));
  for (const one of steps) {
    playStep(one, model, sorted);
    expect(sorted.size).toBe(model.records.length);
  }
  const { start, end } = everything;
  expect(sorted.first(start, end, Number.POSITIVE_INFINITY)).toEqual(model.records);
}

function playStep(one: Step, model: Model, sorted: SortedRecords): void {
  switch (one.kind) {
    case 'add': {
      const record = { number: one.number };
      if (model.at(one.number)) return;
      model.put(record);
      return sorted.add(record);
    }
    case 'addAll': {
      const numbers = Array.from({ length: one.count }, (_, index) => one.from + index);
      const records = numbers.filter((at) => !model.at(at)).map((at) => ({ number: at }));
      model.put(...records);
      return sorted.addAll(records);
    }
    case 'remove': {
      const there = model.at(one.number);
      sorted.remove({ number: one.number });
      if (there) sorted.remove(there);
      model.records = model.records.filter((record) => record !== there);
      return;
    }
    case 'replace': {
      const [there, other] = [model.at(one.number), { number: one.number }];
      expect(sorted.replace(there ?? other, other)).toBe(there !== undefined);
      model.records = model.records.map((record) => (record === there ? other : record));
      return;
    }
    case 'look': {
      const start = (record: object) => numberOf(record) < one.from;
      const end = (record: object) => numberOf(record) <= one.to;
      const within = model.between(one.from, one.to);
      expect(sorted.first(start, end, one.limit).map(numberOf)).toEqual(within.slice(0, one.limit));
      const backwards = sorted.last(start, end, one.limit).map(numberOf);
      expect(backwards).toEqual(within.toReversed().slice(0, one.limit));
    }
  }
}

describe('sorted records', () => {
  it('are what one sorted list would be, however many they are', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 120, size: 'max' }), play), { numRuns: 60 });
  });

  it('that grow one by one, from either end, stay in their order', () => {
    for (const numberAt of [(n: number) => n, (n: number) => -n]) {
      const sorted = new SortedRecords((a, b) => numberOf(a) - numberOf(b));
      for (let n = 0; n < 2_000; n++) sorted.add({ number: numberAt(n) });
      const { start, end } = everything;
      const numbers = sorted.first(start, end, 2_000).map(numberOf);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(numbers).toHaveLength(2_000);
      expect(sorted.last(start, end, 3).map(numberOf)).toEqual(numbers.slice(-3).toReversed());
    }
  });
});
