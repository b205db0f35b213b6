import { noFaults } from './faults.ts';
import type { TraderPlan, WorldPlan } from './plan.ts';
import { type Played, play, type RealKeys } from './play.ts';

/** A plan that still fails in the same way, and how it fails. */
export interface Shrunk {
  readonly plan: WorldPlan;
  readonly played: Played;
  /** How many worlds were played for it. */
  readonly runs: number;
}

/**
 * Cuts a failing plan down, as long as it breaks the same promise: fewer deals, crashes, cuts, peers and
 * faults, plainer traders. Plays `runsMax` worlds at most.
 */
export function shrink(failing: WorldPlan, realKeys?: RealKeys, runsMax = 300): Shrunk {
  let plan = failing;
  let played = play(plan, realKeys);
  let runs = 1;
  const promise = promiseOf(played);
  for (let smaller = true; smaller && promise !== undefined; ) {
    smaller = false;
    for (const candidate of smallerPlans(plan)) {
      if (runs >= runsMax) return { plan, played, runs };
      runs += 1;
      const again = play(candidate, realKeys);
      if (promiseOf(again) !== promise) continue;
      [plan, played, smaller] = [candidate, again, true];
      break;
    }
  }
  return { plan, played, runs };
}

/** What was broken, without the numbers and names that change when the world does. */
function promiseOf({ failure }: Played): string | undefined {
  return failure?.split(':')[0];
}

/** Plans that are a step smaller, the largest steps first. */
function* smallerPlans(plan: WorldPlan): Generator<WorldPlan> {
  for (const list of ['deals', 'crashes', 'cuts', 'losses', 'friends'] as const) {
    for (const rest of shorterLists<unknown>(plan[list])) yield { ...plan, [list]: rest };
  }
  for (const list of ['decisions', 'odd'] as const) {
    for (const rest of shorterLists<unknown>(plan.people[list])) {
      yield { ...plan, people: { ...plan.people, [list]: rest } };
    }
  }
  if (plan.moneys) {
    const { moneys: _, ...plain } = plan;
    yield plain;
  }
  if (plan.people.realKeys) yield { ...plan, people: { ...plan.people, realKeys: false } };
  const count = plan.traders.length;
  if (count > 2) yield { ...plan, traders: plan.traders.slice(0, count - 1) };
  for (const fault of ['crash', 'diskFailure', 'repeat', 'loseAnswer', 'loseRequest'] as const) {
    if (plan.faults[fault] > 0) yield { ...plan, faults: { ...plan.faults, [fault]: 0 } };
  }
  const { silence, delayMsMax } = plan.faults;
  if (silence > 0) yield { ...plan, faults: { ...plan.faults, silence: 0 } };
  if (delayMsMax > noFaults.delayMsMax)
    yield { ...plan, faults: { ...plan.faults, delayMsMax: noFaults.delayMsMax } };
  if (plan.fee.flat + plan.fee.perMillion > 0) yield { ...plan, fee: { flat: 0, perMillion: 0 } };
  for (const [at, trader] of plan.traders.entries()) {
    for (const plainer of plainerTraders(trader)) {
      yield { ...plan, traders: plan.traders.with(at, plainer) };
    }
  }
}

function* shorterLists<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let length = list.length; length >= 1; length = Math.floor(length / 2)) {
    for (let at = 0; at + length <= list.length; at += length) {
      yield [...list.slice(0, at), ...list.slice(at + length)];
    }
  }
}

function* plainerTraders(trader: TraderPlan): Generator<TraderPlan> {
  if (trader.issues) yield { ...trader, issues: false };
  if (trader.clockAheadMs !== 0) yield { ...trader, clockAheadMs: 0 };
  if (trader.strategy !== 'referral') yield { ...trader, strategy: 'referral' };
  if (trader.policy !== 1) yield { ...trader, policy: 1 };
  if (trader.settleAt !== undefined) yield { ...trader, settleAt: undefined };
  if (trader.documents.length > 0) yield { ...trader, documents: [] };
}
