import {
  type Demand,
  type Graph,
  makeDemand,
  makeGraph,
  nextWish,
  type PlannedDocument,
  Random,
  usualDemand,
} from '../../../src/simulation/index.ts';

/** Who looks for what on which graph: the same for every way of searching. */
export interface SearchTask {
  readonly graph: Graph;
  readonly demand: Demand;
  readonly searches: readonly { readonly peer: number; readonly document: PlannedDocument }[];
  holds(peer: number, document: number): boolean;
}

/** Ten thousand peers, each with six neighbors at random and five documents of as many as there are peers. */
export function searchTask(
  seed: number,
  { peers, searches: count }: { readonly peers: number; readonly searches: number },
): SearchTask {
  const random = new Random(seed);
  const graph = makeGraph({ kind: 'random-regular', degree: 6 }, peers, random.fork());
  const demand = makeDemand({ ...usualDemand, documents: peers }, peers, random.fork());
  const shelves = demand.shelves.map((shelf) => new Set(shelf));
  const holds = (peer: number, document: number) => shelves[peer]?.has(document) ?? false;
  const searches = Array.from({ length: count }).flatMap(() => {
    const peer = random.below(peers);
    const document = nextWish(demand, peer, (number) => holds(peer, number), random);
    return document ? [{ peer, document }] : [];
  });
  return { graph, demand, searches, holds };
}
