import { clockSkewSeconds } from '../limits.ts';
import { marketSettings } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import { conversionsAt } from './oracles/conversions.ts';
import { Oracles } from './oracles/oracles.ts';
import type { WorldPlan } from './plan.ts';
import { PlannedMarket } from './planned-market.ts';
import type { Signatures } from './signatures.ts';
import { endpointOf, type SimPeer } from './sim-peer.ts';
import { World } from './world.ts';

/** How a world went. */
export interface Played {
  readonly seed: number;
  /** Of all inputs and effects, in their order: the same plan and the same code give the same. */
  readonly digest: string;
  /** Undefined: every promise was kept, and all settled once the faults had ended. */
  readonly failure?: string;
  readonly purchases: number;
  readonly delivered: number;
  /** Deals that an intermediary bought in another currency than it sold in. */
  readonly converted: number;
  readonly messages: number;
  readonly crashes: number;
  /** Requests and answers that never arrived. */
  readonly lost: number;
  readonly repeated: number;
  readonly diskFailures: number;
  readonly inputs: number;
  /** Virtual time from the end of the faults until all had settled. */
  readonly settledAfterMs: Milliseconds;
}

/** Keys that sign as those of real peers do, for the world of a seed. */
export type RealKeys = (seed: number) => Signatures;

const settleMsMax = 26 * 60 * 60_000;
const inputsMax = 2_000_000;

/**
 * Plays a plan: a safety run under its faults, watched by the oracles at every input; then the faults end,
 * everybody starts again, and everything must settle. Throws nothing: what goes wrong is the failure.
 */
export function play(plan: WorldPlan, realKeys?: RealKeys): Played {
  const world = new World({
    ...{ seed: plan.seed, carriage: plan.carriage, trace: true, watchChanges: true },
    ...(plan.people.realKeys && realKeys && { signatures: realKeys(plan.seed) }),
  });
  const oracles = new Oracles(world);
  world.observe(oracles);
  const deals = { purchases: 0, delivered: 0 };
  world.observe({
    event: (_peer, event) => {
      if (event.type !== 'deal' || event.side !== 'purchase') return;
      if (event.state === 'delivered' || event.state === 'passed-on') deals.delivered += 1;
    },
    handled: () => {
      if (world.counts.inputs > inputsMax) throw new Error('The world does not come to an end.');
    },
  });
  let [settledAfterMs, converted] = [0, 0];
  let failure: string | undefined;
  try {
    new PlannedMarket(world, addBank(world, plan), plan, () => (deals.purchases += 1)).play();
    settledAfterMs = settle(world, oracles);
    for (const peer of world.peers)
      converted += world.read(peer, (ctx) => conversionsAt(ctx).length);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const { messages, crashes, lost, repeated, diskFailures, inputs } = world.counts;
  return {
    ...{ seed: plan.seed, digest: world.digest(), ...deals, converted, messages, crashes },
    ...{ lost, repeated, diskFailures, inputs },
    settledAfterMs,
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Lets the faults end and waits until nothing is wrong any more; throws where that takes too long. */
function settle(world: World, oracles: Oracles): Milliseconds {
  const { loseRequest, loseAnswer, repeat, crash, diskFailure, ...rest } = world.faults;
  world.faults = { ...rest, loseRequest: 0, loseAnswer: 0, repeat: 0, crash: 0, diskFailure: 0 };
  world.network.heal();
  world.start();
  for (const peer of world.peers) if (isFarOff(peer)) setClock(world, peer, 0);
  const begin = world.now;
  let wrong: readonly string[] = ['it has not begun'];
  for (let waitMs = 20_000; wrong.length > 0; waitMs = Math.min(waitMs * 1.2, 1_200_000)) {
    if (world.now > begin + settleMsMax) throw new Error(`Not at rest: ${wrong.join('; ')}.`);
    world.pass(Math.round(waitMs));
    wrong = world.network.busy ? ['calls are under way'] : oracles.atRest();
  }
  return world.now - begin;
}

/** Somebody sets a peer's clock, forward or back. */
function setClock(world: World, peer: SimPeer, clockAheadMs: Milliseconds): void {
  peer.clockAheadMs = clockAheadMs;
  peer.wakeAt = undefined;
  world.input(peer, { kind: 'tick' });
}

/** So far off that others refuse what it says; what is less off a world must bear. */
function isFarOff({ clockAheadMs }: SimPeer): boolean {
  return Math.abs(clockAheadMs) >= 1000 * clockSkewSeconds;
}

function addBank(world: World, { fee }: WorldPlan): SimPeer {
  const name = 'bank';
  return world.add(name, {
    settings: marketSettings.parse({
      ...{ name, endpoints: [endpointOf(name)] },
      issues: { name: 'Money', symbol: 'M', fee },
    }),
  });
}
