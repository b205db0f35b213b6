import type { Graph } from './graphs.ts';
import type { Random } from './random.ts';

/** How a search without money went: what it cost, and whether it found the document. */
export interface BaselineSearch {
  /** Queries sent from a peer to another, and what walkers ask of whoever sent them. Hits are not counted. */
  readonly messages: number;
  readonly found: boolean;
  /** Peers that have seen the query, the one that searches left out. */
  readonly reached: number;
}

/**
 * Gnutella: the query goes to all neighbors, and everybody who sees it for the first time hands it to all
 * neighbors but the one it came from, `ttl` hops far. Repeats cost a message and go no further. Nobody
 * knows that the document was found elsewhere.
 */
export function flood(
  { neighbors }: Graph,
  from: number,
  holds: (peer: number) => boolean,
  ttl: number,
): BaselineSearch {
  const seen = new Set([from]);
  let messages = 0;
  let found = false;
  let edge: readonly (readonly [peer: number, sender: number])[] = [[from, -1]];
  for (let hop = 0; hop < ttl; hop++) {
    const next: [number, number][] = [];
    for (const [peer, sender] of edge) {
      for (const other of neighbors[peer] ?? []) {
        if (other === sender) continue;
        messages += 1;
        if (seen.has(other)) continue;
        seen.add(other);
        found ||= holds(other);
        next.push([other, peer]);
      }
    }
    edge = next;
  }
  return { messages, found, reached: seen.size - 1 };
}

/** Walkers ask whether they may stop after so many steps (Lv, Cao, Cohen, Li and Shenker, 2002). */
const checkEverySteps = 4;

/**
 * `walkers` copies of the query wander, each to a neighbor at random, not back where there is another way.
 * A walker that stands at a copy of the document stops; the others learn of it when they ask next, which
 * costs a message each time. All stop after `stepsMax` steps.
 */
export function walk(
  { neighbors }: Graph,
  from: number,
  holds: (peer: number) => boolean,
  { walkers, stepsMax }: { readonly walkers: number; readonly stepsMax: number },
  random: Random,
): BaselineSearch {
  const seen = new Set<number>();
  let messages = 0;
  let found = false;
  let walking = Array.from({ length: walkers }, () => ({ at: from, before: -1 }));
  for (let step = 1; step <= stepsMax && walking.length > 0; step++) {
    walking = walking.flatMap(({ at, before }) => {
      const ways = neighbors[at] ?? [];
      const onward = ways.length > 1 ? ways.filter((way) => way !== before) : ways;
      const next = onward[random.below(onward.length)];
      if (next === undefined) return [];
      messages += 1;
      seen.add(next);
      if (!holds(next)) return [{ at: next, before: at }];
      found = true;
      return [];
    });
    if (step % checkEverySteps !== 0) continue;
    messages += walking.length;
    if (found) walking = [];
  }
  seen.delete(from);
  return { messages, found, reached: seen.size };
}
