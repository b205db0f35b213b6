import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collection } from './collection.ts';
import { MemoryStore } from './memory-store.ts';
import { storeSuite } from './store.suite.ts';

storeSuite('MemoryStore', () => ({ store: new MemoryStore(), close: () => undefined }));

interface Thing {
  readonly a: string;
  readonly b: number;
  readonly rank: number;
}
const things = collection<Thing>()('things', ['a', 'b'], { rank: ['rank'] });

const step = fc.record({
  key: fc.nat(60),
  rank: fc.nat(5),
  kind: fc.constantFrom('put', 'put', 'put', 'remove', 'look'),
});

describe('MemoryStore', () => {
  it('keeps few records and many alike, and its orders whatever is replaced and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const store = new MemoryStore();
        const model = new Map<number, Thing>();
        for (const { key, rank, kind } of steps) {
          const thing = { a: `a${key % 7}`, b: key, rank };
          store.transaction((tx) => {
            if (kind === 'put') {
              tx.put(things, thing);
              model.set(key, thing);
            } else if (kind === 'remove') {
              tx.remove(things, thing.a, thing.b);
              model.delete(key);
            } else {
              const ranked = [...model.values()].sort(
                (x, y) => x.rank - y.rank || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b - y.b),
              );
              expect(tx.scan(things, { by: 'rank' })).toEqual(ranked);
            }
            expect(tx.get(things, thing.a, thing.b)).toEqual(model.get(key));
          });
        }
        expect(store.transaction((tx) => tx.scan(things))).toHaveLength(model.size);
      }),
      { numRuns: 60 },
    );
  });

  it('tells what each batch has written, in its order, and nothing of what was taken back', () => {
    const told: unknown[] = [];
    const store = new MemoryStore((changes) => {
      told.push(...changes.map(({ of, before, after }) => [of.name, before, after]));
    });
    const [one, other] = [
      { a: 'a', b: 1, rank: 1 },
      { a: 'a', b: 1, rank: 2 },
    ];
    store.transaction((tx) => tx.put(things, one));
    store.transaction((tx) => tx.get(things, 'a', 1));
    expect(() =>
      store.transaction((tx) => {
        tx.remove(things, 'a', 1);
        throw new Error('no');
      }),
    ).toThrow('no');
    store.transaction((tx) => {
      tx.put(things, other);
      tx.remove(things, 'a', 1);
    });
    expect(told).toEqual([
      ['things', undefined, one],
      ['things', one, other],
      ['things', other, undefined],
    ]);
  });
});
