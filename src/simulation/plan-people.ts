import type { Milliseconds } from '../time.ts';
import { type DecisionPlan, planDecision } from './decisions.ts';
import { type Lie, lies } from './lies.ts';
import type { Random } from './random.ts';

/** What is special about one trader of a world. */
export interface OddTrader {
  readonly trader: number;
  readonly lie?: Lie;
  /** It is there only from then on. */
  readonly comesAtMs?: Milliseconds;
  /** It leaves then, and never comes back. */
  readonly leavesAtMs?: Milliseconds;
  /** How far its clock is ahead, further than others bear with, until somebody sets it right. */
  readonly clockAheadMs?: Milliseconds;
}

/** What people do besides trading: they decide about each other, come and go, and some cheat. */
export interface PeoplePlan {
  readonly decisions: readonly DecisionPlan[];
  readonly odd: readonly OddTrader[];
  /** Signed with real keys, where whoever plays the world brings some. */
  readonly realKeys: boolean;
}

const clockOffMsMin = 120_000;
const clockOffMsSpread = 600_000;

/** In half of the worlds people only trade. */
export function planPeople(
  { traders, carriage }: { readonly traders: readonly unknown[]; readonly carriage: string },
  spanMs: Milliseconds,
  random: Random,
): PeoplePlan {
  const realKeys = carriage === 'wire' && random.happens(0.15);
  if (random.happens(0.5)) return { decisions: [], odd: [], realKeys };
  const size = traders.length;
  const decisions = random.happens(0.6) ? 1 + random.below(3 * size) : 0;
  return {
    decisions: Array.from({ length: decisions }, () => planDecision(size, spanMs, random)),
    odd: random
      .shuffle([...traders.keys()])
      .flatMap((trader) => planOdd(trader, spanMs, random) ?? [])
      .slice(0, Math.ceil(size / 3)),
    realKeys,
  };
}

function planOdd(trader: number, spanMs: Milliseconds, random: Random): OddTrader | undefined {
  const off = clockOffMsMin + random.below(clockOffMsSpread);
  switch (random.below(8)) {
    case 0:
    case 1:
      return { trader, lie: random.pick(lies) };
    case 2:
      return { trader, comesAtMs: random.below(spanMs) };
    case 3:
      return { trader, leavesAtMs: random.below(spanMs) };
    case 4:
      return { trader, clockAheadMs: random.happens(0.5) ? off : -off };
    default:
      return undefined;
  }
}
