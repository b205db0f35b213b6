import type { Random } from './random.ts';

/** Who knows whom: an undirected graph over the nodes 0 … size − 1, without loops or double edges. */
export interface Graph {
  /** Each node's neighbors, ascending. */
  readonly neighbors: readonly (readonly number[])[];
}

export type Topology =
  /** Everybody has the same number of neighbors, chosen at random. */
  | { readonly kind: 'random-regular'; readonly degree: number }
  /** Newcomers attach to `links` peers, the rather the more neighbors these have: a few hubs. */
  | { readonly kind: 'barabasi-albert'; readonly links: number }
  /** A ring of close acquaintances, of which the share `rewired` was replaced by far ones. */
  | { readonly kind: 'watts-strogatz'; readonly degree: number; readonly rewired: number }
  /** Groups in which many know each other, joined by few bridges for each group. */
  | {
      readonly kind: 'communities';
      readonly members: number;
      readonly degree: number;
      readonly bridges: number;
    };

const triesMax = 200;

/**
 * A connected graph of this kind; the same seed gives the same graph. Throws where there is none: an odd
 * sum of degrees, or a degree that is not below the number of nodes.
 */
export function makeGraph(topology: Topology, size: number, random: Random): Graph {
  for (let tries = 0; tries < triesMax; tries++) {
    const graph = sketch(topology, size, random);
    if (isConnected(graph)) return graph;
  }
  throw new Error(`No connected ${topology.kind} graph of ${size} nodes was found.`);
}

function sketch(topology: Topology, size: number, random: Random): Graph {
  switch (topology.kind) {
    case 'random-regular':
      return swapped(ringLattice(size, topology.degree), random);
    case 'barabasi-albert':
      return preferential(size, topology.links, random);
    case 'watts-strogatz':
      return rewired(ringLattice(size, topology.degree), topology.rewired, random);
    case 'communities':
      return communities(size, topology, random);
  }
}

/** Edges as they are being made. */
class Edges {
  readonly sets: Set<number>[];

  constructor(size: number) {
    this.sets = Array.from({ length: size }, () => new Set<number>());
  }

  has(a: number, b: number): boolean {
    return this.sets[a]?.has(b) ?? false;
  }

  add(a: number, b: number): boolean {
    if (a === b || this.has(a, b)) return false;
    this.sets[a]?.add(b);
    this.sets[b]?.add(a);
    return true;
  }

  remove(a: number, b: number): void {
    this.sets[a]?.delete(b);
    this.sets[b]?.delete(a);
  }

  /** Each edge once, from the lower node. */
  list(): [number, number][] {
    return this.sets.flatMap((set, a) =>
      [...set].filter((b) => a < b).map((b): [number, number] => [a, b]),
    );
  }

  graph(): Graph {
    return { neighbors: this.sets.map((set) => [...set].sort((a, b) => a - b)) };
  }
}

/** A ring in which each node knows the `degree` nearest; an odd degree adds the one opposite. */
function ringLattice(size: number, degree: number): Edges {
  if (degree >= size || degree < 1 || (degree * size) % 2 === 1)
    throw new Error(`${size} nodes cannot have ${degree} neighbors each.`);
  const edges = new Edges(size);
  for (let node = 0; node < size; node++) {
    for (let far = 1; far <= degree / 2; far++) edges.add(node, (node + far) % size);
    if (degree % 2 === 1) edges.add(node, (node + size / 2) % size);
  }
  return edges;
}

/** Swaps the ends of pairs of edges until nothing is left of the order: degrees stay as they are. */
function swapped(edges: Edges, random: Random): Graph {
  const list = edges.list();
  for (let swap = 0; swap < 10 * list.length; swap++) {
    const [one, other] = [random.below(list.length), random.below(list.length)];
    const [a, b] = list[one] as [number, number];
    const pair = list[other] as [number, number];
    const [c, d] = random.happens(0.5) ? pair : [pair[1], pair[0]];
    if (a === d || c === b || edges.has(a, d) || edges.has(c, b)) continue;
    edges.remove(a, b);
    edges.remove(c, d);
    edges.add(a, d);
    edges.add(c, b);
    list[one] = [a, d];
    list[other] = [c, b];
  }
  return edges.graph();
}

function preferential(size: number, links: number, random: Random): Graph {
  if (links < 1 || links + 1 > size) throw new Error(`${size} nodes cannot make ${links} links.`);
  const edges = new Edges(size);
  /** Every node once for each of its edges: a draw from it prefers the well connected. */
  const ends: number[] = [];
  const join = (a: number, b: number) => {
    if (edges.add(a, b)) ends.push(a, b);
  };
  for (let a = 0; a <= links; a++) for (let b = 0; b < a; b++) join(a, b);
  for (let node = links + 1; node < size; node++) {
    const chosen = new Set<number>();
    while (chosen.size < links) chosen.add(ends[random.below(ends.length)] as number);
    for (const other of chosen) join(node, other);
  }
  return edges.graph();
}

function rewired(edges: Edges, share: number, random: Random): Graph {
  const size = edges.sets.length;
  for (const [a, b] of edges.list()) {
    if (!random.happens(share)) continue;
    const other = random.below(size);
    if (edges.add(a, other)) edges.remove(a, b);
  }
  return edges.graph();
}

function communities(
  size: number,
  { members, degree, bridges }: Extract<Topology, { readonly kind: 'communities' }>,
  random: Random,
): Graph {
  const edges = new Edges(size);
  const groups = Math.max(1, Math.round(size / members));
  const bounds = (group: number) => Math.floor((group * size) / groups);
  const someoneOf = (group: number) =>
    bounds(group) + random.below(bounds(group + 1) - bounds(group));
  for (let group = 0; group < groups; group++) {
    const [first, count] = [bounds(group), bounds(group + 1) - bounds(group)];
    const within = degree >= count ? complete(count) : ringLattice(count, evenPart(degree, count));
    for (const [a, b] of swapped(within, random).neighbors.flatMap(pairs))
      edges.add(first + a, first + b);
    if (groups === 1) continue;
    edges.add(someoneOf(group), someoneOf((group + 1) % groups));
    for (let bridge = 1; bridge < bridges; bridge++) {
      const far = (group + 1 + random.below(groups - 1)) % groups;
      edges.add(someoneOf(group), someoneOf(far));
    }
  }
  return edges.graph();
}

function evenPart(degree: number, count: number): number {
  return (degree * count) % 2 === 0 ? degree : degree - 1;
}

function complete(count: number): Edges {
  const edges = new Edges(count);
  for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) edges.add(a, b);
  return edges;
}

const pairs = (others: readonly number[], node: number): [number, number][] =>
  others.filter((other) => node < other).map((other) => [node, other]);

export function isConnected({ neighbors }: Graph): boolean {
  const reached = new Set([0]);
  // A set is visited in the order of insertion, what is added meanwhile too.
  for (const node of reached) for (const other of neighbors[node] ?? []) reached.add(other);
  return reached.size === neighbors.length;
}

/** How likely two neighbors of a node know each other: the mean of the local clustering coefficients. */
export function clustering({ neighbors }: Graph): number {
  const known = neighbors.map((others) => new Set(others));
  const local = neighbors.map((others) => {
    const possible = (others.length * (others.length - 1)) / 2;
    const joined = others.flatMap((a, at) => others.slice(at + 1).filter((b) => known[a]?.has(b)));
    return possible === 0 ? 0 : joined.length / possible;
  });
  return local.reduce((sum, one) => sum + one, 0) / Math.max(1, local.length);
}
