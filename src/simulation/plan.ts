import type { Milliseconds } from '../time.ts';
import type { Faults } from './faults.ts';
import { makeGraph, type Topology } from './graphs.ts';
import { type MoneysPlan, planMoneys } from './moneys.ts';
import { type PeoplePlan, planPeople } from './plan-people.ts';
import { Random } from './random.ts';

/** A small world and all that is to happen in it, as plain data: it can be printed, changed and run again. */
export interface WorldPlan {
  readonly seed: number;
  readonly carriage: 'wire' | 'direct';
  readonly traders: readonly TraderPlan[];
  /** Who are neighbors, by their places among the traders. */
  readonly friends: readonly (readonly [number, number])[];
  readonly deals: readonly DealPlan[];
  readonly crashes: readonly CrashPlan[];
  readonly cuts: readonly CutPlan[];
  /** Documents that disappear from every shelf. */
  readonly losses: readonly { readonly atMs: Milliseconds; readonly document: number }[];
  readonly faults: Faults;
  readonly fee: { readonly flat: number; readonly perMillion: number };
  readonly people: PeoplePlan;
  /** Absent where everything is paid in the bank's money, and in traders' own. */
  readonly moneys?: MoneysPlan;
}

export interface TraderPlan {
  readonly documents: readonly number[];
  readonly price: number;
  readonly solicitationFee: number;
  readonly commission: { readonly flat: number; readonly perMillion: number };
  readonly creditLimit: number;
  readonly strategy: 'referral' | 'concealment';
  readonly policy: 1 | 2 | 3;
  /** Sells what its directory knows, without asking anybody before. */
  readonly fromDirectory: boolean;
  readonly settleAt: number | undefined;
  readonly funds: number;
  /** A trader that issues its own currency trades in that one too. */
  readonly issues: boolean;
  readonly clockAheadMs: Milliseconds;
}

/** A search, and the purchase of the cheapest bid that it brings. */
export interface DealPlan {
  readonly atMs: Milliseconds;
  readonly buyer: number;
  readonly document: number;
  readonly byId: boolean;
  readonly maxPrice: number;
  /** The currency of a trader that issues one is offered before the bank's. */
  readonly inOwn: boolean;
  /** Against the key, where the bid offers it. */
  readonly sealed: boolean;
  /** The buyer contests the deal so long after it bought. */
  readonly contestAfterMs?: Milliseconds;
}

export interface CrashPlan {
  readonly atMs: Milliseconds;
  readonly peer: number;
  readonly downMs: Milliseconds;
}

/** Nothing gets from the one side to the other for a while; `both`: nor back. The bank is peer 0. */
export interface CutPlan {
  readonly atMs: Milliseconds;
  readonly forMs: Milliseconds;
  readonly side: readonly number[];
  readonly both: boolean;
}

const documents = 4;
const spanMsMin = 60_000;

/**
 * The world of a seed, from friendly to broken: the same seed gives the same plan. Where `searches` is said
 * there are so many of them, over as much more time as they need.
 */
export function planWorld(seed: number, searches?: number): WorldPlan {
  const random = new Random(seed);
  const size = 3 + random.below(random.happens(0.2) ? 8 : 4);
  const traders = Array.from({ length: size }, () => planTrader(random));
  const spanMs =
    searches === undefined ? spanMsMin : Math.max(spanMsMin, (15_000 * searches) / size);
  const deals = searches ?? 1 + random.below(4 * size);
  const trade: Omit<WorldPlan, 'people' | 'moneys'> = {
    seed,
    carriage: random.happens(0.7) ? 'wire' : 'direct',
    traders,
    friends: planFriends(size, random),
    deals: Array.from({ length: deals }, () => planDeal(size, spanMs, random)),
    crashes: some(random, 0, 4, () => planCrash(size, spanMs, random)),
    cuts: some(random, 0, random.happens(0.5) ? 0 : 2, () => planCut(size, spanMs, random)),
    losses: some(random, 0, random.happens(0.7) ? 0 : 2, () => ({
      ...{ atMs: random.below(spanMs), document: random.below(documents) },
    })),
    faults: planFaults(random),
    fee: { flat: random.below(2), perMillion: one(random, 0, 10_000) },
  };
  const people = planPeople(trade, spanMs, random);
  const moneys = planMoneys(size, random);
  return { ...trade, people, ...(moneys && { moneys }) };
}

function planTrader(random: Random): TraderPlan {
  const has = random.happens(0.6) ? random.shuffle([0, 1, 2, 3]).slice(0, 1 + random.below(3)) : [];
  return {
    documents: has,
    price: random.below(31),
    solicitationFee: one(random, 0, 1, 1, 2),
    commission: { flat: one(random, 3, 6, 10), perMillion: one(random, 0, 100_000) },
    creditLimit: one(random, 100, 100, 40, 20, 5, 0),
    strategy: random.happens(0.25) ? 'concealment' : 'referral',
    policy: one(random, 1, 1, 2, 3),
    fromDirectory: random.happens(0.15),
    settleAt: one(random, undefined, undefined, 1, 10, 100),
    funds: one(random, 1_000, 1_000, 30, 0),
    issues: random.happens(0.3),
    clockAheadMs: one(random, 0, 0, 0, random.below(200_000) - 100_000),
  };
}

/** Lines, so that much is found through others, small worlds and hubs. */
function planFriends(size: number, random: Random): readonly (readonly [number, number])[] {
  const line = Array.from({ length: size - 1 }, (_, at) => [at, at + 1] as const);
  const more = some(random, 0, size, () => [random.below(size), random.below(size)] as const);
  if (size < 6 || random.happens(0.5)) return [...line, ...more];
  const topology: Topology = random.happens(0.5)
    ? { kind: 'barabasi-albert', links: 2 }
    : { kind: 'watts-strogatz', degree: 4, rewired: 0.2 };
  const { neighbors } = makeGraph(topology, size, random);
  return neighbors.flatMap((others, node) =>
    others.filter((other) => other > node).map((other) => [node, other] as const),
  );
}

function planDeal(size: number, spanMs: Milliseconds, random: Random): DealPlan {
  return {
    atMs: random.below(spanMs),
    buyer: random.below(size),
    document: random.below(documents),
    byId: random.happens(0.5),
    maxPrice: 40 + random.below(111),
    inOwn: random.happens(0.3),
    sealed: random.happens(0.2),
    ...(random.happens(0.1) ? { contestAfterMs: 1_000 + random.below(spanMsMin) } : {}),
  };
}

function planCrash(size: number, spanMs: Milliseconds, random: Random): CrashPlan {
  const downMs = random.happens(0.7) ? 50 + random.below(40_000) : 40_000 + random.below(860_000);
  return { atMs: random.below(spanMs), peer: random.below(size + 1), downMs };
}

function planCut(size: number, spanMs: Milliseconds, random: Random): CutPlan {
  const side = random.shuffle([...Array(size + 1).keys()]).slice(0, 1 + random.below(size));
  const forMs = 1_000 + random.below(random.happens(0.8) ? 60_000 : 600_000);
  return { atMs: random.below(spanMs), forMs, side, both: random.happens(0.6) };
}

function planFaults(random: Random): Faults {
  return {
    loseRequest: one(random, 0, 20, 100, 300),
    loseAnswer: one(random, 0, 20, 100, 300),
    silence: one(random, 0, 300, 1_000),
    repeat: one(random, 0, 20, 100),
    delayMsMax: one(random, 20, 200, 2_000),
    crash: one(random, 0, 0, 5, 20),
    diskFailure: one(random, 0, 0, 0, 5, 50),
  };
}

function some<T>(random: Random, min: number, max: number, make: () => T): T[] {
  return Array.from({ length: min + random.below(max - min + 1) }, make);
}

function one<const T>(random: Random, ...of: readonly T[]): T {
  return of[random.below(of.length)] as T;
}
