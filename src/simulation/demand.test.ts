import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDemand, nextWish, usualDemand, zipf } from './demand.ts';
import { Random } from './random.ts';

describe('Demand', () => {
  it("follows Zipf's law: the k-th document is wanted k^−exponent times as often as the first", () => {
    const random = new Random(1);
    const draw = zipf([...Array(100).keys()], 1);
    const counts = Array<number>(100).fill(0);
    for (let n = 0; n < 100_000; n++) counts[draw(random)]! += 1;
    expect(counts[0]! / counts[1]!).toBeCloseTo(2, 0);
    expect(counts[0]! / counts[9]!).toBeGreaterThan(8.5);
    expect(counts[0]! / counts[9]!).toBeLessThan(11.5);
  });

  it('puts every document on a shelf, and none twice on the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer(), (peers, seed) => {
        const options = { ...usualDemand, documents: 200, kinds: 4 };
        const { shelves, documents } = makeDemand(options, peers, new Random(seed));
        expect(new Set(shelves.flat()).size).toBe(documents.length);
        for (const shelf of shelves) expect(new Set(shelf).size).toBe(shelf.length);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves the shelves of free riders empty', () => {
    const { shelves } = makeDemand({ ...usualDemand, freeRiders: 0.7 }, 100, new Random(1));
    expect(shelves.filter((shelf) => shelf.length === 0)).toHaveLength(70);
  });

  it('has more copies of what is wanted more', () => {
    const { shelves } = makeDemand(usualDemand, 1_000, new Random(1));
    const copies = (number: number) => shelves.filter((shelf) => shelf.includes(number)).length;
    expect(copies(0)).toBeGreaterThan(5 * copies(500));
  });

  it('prefers a kind in what a peer has and wants', () => {
    const random = new Random(1);
    const demand = makeDemand(usualDemand, 500, random);
    const kinds = demand.shelves.flatMap((shelf, peer) =>
      shelf.map((number) => demand.documents[number]?.kind === demand.tastes[peer]),
    );
    // 70 % by taste, and one in five of the rest by chance.
    expect(kinds.filter((fits) => fits).length / kinds.length).toBeGreaterThan(0.65);
    const wishes = Array.from({ length: 500 }, (_, peer) =>
      nextWish(demand, peer, () => false, random),
    );
    const fitting = wishes.filter((wish, peer) => wish?.kind === demand.tastes[peer]);
    expect(fitting.length / wishes.length).toBeGreaterThan(0.65);
  });

  it('wants nothing that is there already', () => {
    const random = new Random(1);
    const demand = makeDemand({ ...usualDemand, documents: 10 }, 20, random);
    for (let n = 0; n < 100; n++)
      expect(nextWish(demand, 0, (number) => number !== 3, random)?.number ?? 3).toBe(3);
    expect(nextWish(demand, 0, () => true, random)).toBeUndefined();
  });

  it('is the same again from the same seed', () => {
    const plain = (seed: number) => {
      const { shelves, documents } = makeDemand(usualDemand, 50, new Random(seed));
      return { shelves, documents };
    };
    expect(plain(3)).toEqual(plain(3));
    expect(plain(3)).not.toEqual(plain(4));
  });

  it('knows any number of kinds, each with a media type of its own, but not more than documents', () => {
    const many = makeDemand({ ...usualDemand, documents: 40, kinds: 40 }, 5, new Random(1));
    expect(new Set(many.documents.map(({ mediaType }) => mediaType)).size).toBe(40);
    expect(() =>
      makeDemand({ ...usualDemand, documents: 3, kinds: 4 }, 5, new Random(1)),
    ).toThrow();
  });
});
