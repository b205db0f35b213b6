import { stirred } from './digest.ts';
import { planWorld } from './plan.ts';
import { type Played, play } from './play.ts';

/** What many random worlds came to, together. */
export interface Checked {
  readonly seed: number;
  readonly worlds: number;
  readonly purchases: number;
  readonly delivered: number;
  readonly messages: number;
  readonly crashes: number;
  /** Of the world that was played last. */
  readonly lastDigest: string;
  /** The worlds that failed, first to last. */
  readonly failures: readonly Played[];
}

/** The seed of the `n`-th world of a check. A check of one world from this seed plays it again. */
export function worldSeed(seed: number, n: number): number {
  return n === 0 ? seed : stirred(seed + Math.imul(n, 0x632be5ab));
}

/**
 * Plays random worlds, and ends early after `failuresMax` of them failed. `tell` hears of each world as it
 * ends.
 */
export function checkWorlds(
  {
    seed,
    worlds,
    searches,
    failuresMax = 1,
  }: {
    readonly seed: number;
    readonly worlds: number;
    /** In each world; as the seed has it where it is not said. */
    readonly searches?: number;
    readonly failuresMax?: number;
  },
  tell: (played: Played, n: number) => void = () => undefined,
): Checked {
  const failures: Played[] = [];
  const sums = { purchases: 0, delivered: 0, messages: 0, crashes: 0 };
  let [n, lastDigest] = [0, ''];
  for (; n < worlds && failures.length < failuresMax; n++) {
    const played = play(planWorld(worldSeed(seed, n), searches));
    sums.purchases += played.purchases;
    sums.delivered += played.delivered;
    sums.messages += played.messages;
    sums.crashes += played.crashes;
    if (played.failure !== undefined) failures.push(played);
    lastDigest = played.digest;
    tell(played, n);
  }
  return { seed, worlds: n, ...sums, lastDigest, failures };
}
