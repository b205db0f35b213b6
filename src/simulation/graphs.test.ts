import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustering, isConnected, makeGraph, type Topology } from './graphs.ts';
import { Random } from './random.ts';

const kinds: readonly Topology[] = [
  { kind: 'random-regular', degree: 6 },
  { kind: 'barabasi-albert', links: 3 },
  { kind: 'watts-strogatz', degree: 6, rewired: 0.1 },
  { kind: 'communities', members: 12, degree: 5, bridges: 3 },
];

describe.each(kinds)('A graph of the kind $kind', (topology) => {
  it('is connected, mutual, and without loops or double edges', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 300 }), fc.integer(), (size, seed) => {
        const graph = makeGraph(topology, size, new Random(seed));
        expect(graph.neighbors).toHaveLength(size);
        expect(isConnected(graph)).toBe(true);
        graph.neighbors.forEach((others, node) => {
          expect(new Set(others).size).toBe(others.length);
          expect(others).not.toContain(node);
          for (const other of others) expect(graph.neighbors[other]).toContain(node);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('is the same again from the same seed, and another from another', () => {
    const one = makeGraph(topology, 100, new Random(7));
    expect(makeGraph(topology, 100, new Random(7))).toEqual(one);
    expect(makeGraph(topology, 100, new Random(8))).not.toEqual(one);
  });
});

describe('What tells the kinds apart', () => {
  const degreesOf = (topology: Topology, size = 1_000) =>
    makeGraph(topology, size, new Random(1)).neighbors.map((others) => others.length);

  it('is that all are equal in a random regular graph, for odd degrees too', () => {
    expect(new Set(degreesOf({ kind: 'random-regular', degree: 6 }))).toEqual(new Set([6]));
    expect(new Set(degreesOf({ kind: 'random-regular', degree: 3 }))).toEqual(new Set([3]));
  });

  it('is that a few have very many neighbors where newcomers prefer the well connected', () => {
    const degrees = degreesOf({ kind: 'barabasi-albert', links: 3 });
    expect(Math.min(...degrees)).toBe(3);
    expect(Math.max(...degrees)).toBeGreaterThan(30);
    expect(degrees.reduce((sum, one) => sum + one, 0)).toBe(2 * (6 + 3 * 996));
  });

  it('is that a small world is clustered, and a random one is not', () => {
    const clusteringOf = (topology: Topology) =>
      clustering(makeGraph(topology, 1_000, new Random(1)));
    expect(clusteringOf({ kind: 'random-regular', degree: 6 })).toBeLessThan(0.02);
    // The lattice of six neighbors has 3/5; (1 − p)³ of it is left.
    expect(clusteringOf({ kind: 'watts-strogatz', degree: 6, rewired: 0 })).toBeCloseTo(0.6);
    expect(clusteringOf({ kind: 'watts-strogatz', degree: 6, rewired: 0.1 })).toBeCloseTo(0.44, 1);
  });

  it('is that most neighbors in communities are of the own one', () => {
    const members = 20;
    const { neighbors } = makeGraph(
      { kind: 'communities', members, degree: 6, bridges: 4 },
      400,
      new Random(1),
    );
    const groupOf = (node: number) => Math.floor(node / members);
    const edges = neighbors.flatMap((others, node) =>
      others.map((other) => [node, other] as const),
    );
    const own = edges.filter(([a = 0, b = 0]) => groupOf(a) === groupOf(b));
    expect(own.length / edges.length).toBeGreaterThan(0.85);
    expect(own.length).toBeLessThan(edges.length);
  });

  it('is never a degree that cannot be', () => {
    expect(() => makeGraph({ kind: 'random-regular', degree: 3 }, 9, new Random(1))).toThrow('9');
    expect(() => makeGraph({ kind: 'random-regular', degree: 9 }, 9, new Random(1))).toThrow('9');
  });
});
