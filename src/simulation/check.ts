import { stirred } from './digest.ts';
import { planWorld } from './plan.ts';
import { type Played, play, type RealKeys } from './play.ts';

/** What happened in many random worlds together. */
export interface CheckedSums {
  purchases: number;
  /** Deals that were concluded: purchases, and the resales behind them. */
  delivered: number;
  /** Those that an intermediary bought in another currency. */
  converted: number;
  messages: number;
  crashes: number;
  lost: number;
  repeated: number;
  diskFailures: number;
}

/** What many random worlds came to, together. */
export interface Checked extends Readonly<CheckedSums> {
  readonly seed: number;
  readonly worlds: number;
  /** Of the world that was played last. */
  readonly lastDigest: string;
  /** The worlds that failed, first to last. */
  readonly failures: readonly Played[];
}

/** What to play: so many worlds from a seed, or fewer. */
export interface CheckPlan {
  readonly seed: number;
  readonly worlds: number;
  /** In each world; as the seed has it where it is not said. */
  readonly searches?: number;
  /** Ends once so many worlds failed. */
  readonly failuresMax?: number;
  /** Ends once so many deals were concluded. */
  readonly dealsMin?: number;
  /** For the worlds that are planned with real keys: without it they are played with sums. */
  readonly realKeys?: RealKeys;
}

/** The seed of the `n`-th world of a check. A check of one world from this seed plays it again. */
export function worldSeed(seed: number, n: number): number {
  return n === 0 ? seed : stirred(seed + Math.imul(n, 0x632be5ab));
}

/** Plays random worlds. `tell` hears of each world as it ends, and what all came to so far. */
export function checkWorlds(
  plan: CheckPlan,
  tell: (played: Played, soFar: Checked) => void = () => undefined,
): Checked {
  const { seed, worlds, searches, failuresMax = 1, dealsMin = Number.POSITIVE_INFINITY } = plan;
  const sums: CheckedSums = {
    ...{ purchases: 0, delivered: 0, converted: 0, messages: 0 },
    ...{ crashes: 0, lost: 0, repeated: 0, diskFailures: 0 },
  };
  const failures: Played[] = [];
  let soFar: Checked = { seed, worlds: 0, ...sums, lastDigest: '', failures };
  while (soFar.worlds < worlds && failures.length < failuresMax && soFar.delivered < dealsMin) {
    const played = play(planWorld(worldSeed(seed, soFar.worlds), searches), plan.realKeys);
    for (const name of Object.keys(sums) as (keyof CheckedSums)[]) sums[name] += played[name];
    if (played.failure !== undefined) failures.push(played);
    soFar = { seed, worlds: soFar.worlds + 1, ...sums, lastDigest: played.digest, failures };
    tell(played, soFar);
  }
  return soFar;
}
