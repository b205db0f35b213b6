import type { Amount } from '../amount.ts';
import type { Context } from '../kernel/index.ts';
import { clockSkewSeconds } from '../limits.ts';
import { bidsOf, buy, contest, startSearch } from '../market/index.ts';
import { pay } from '../money/index.ts';
import { marketSettings } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import { decide } from './decisions.ts';
import { forgeryOf, isSellersLie, refuseRefunds } from './dishonest.ts';
import { addMint, offersOf } from './moneys.ts';
import { conversionsAt } from './oracles/conversions.ts';
import { Oracles } from './oracles/oracles.ts';
import type { DealPlan, TraderPlan, WorldPlan } from './plan.ts';
import type { OddTrader } from './plan-people.ts';
import { shelfDocument } from './shelf.ts';
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

const lookMs = 6_000;
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
    new Market(world, plan, () => (deals.purchases += 1)).play();
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

/** The peer stops and never starts again. */
function leave(world: World, peer: SimPeer): void {
  peer.gone = true;
  world.crash(peer);
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

/** The people of a planned world, and what they do. */
class Market {
  readonly #world: World;
  readonly #plan: WorldPlan;
  readonly #bank: SimPeer;
  readonly #traders: readonly SimPeer[];
  readonly #mint: SimPeer | undefined;
  readonly #bought: () => void;

  constructor(world: World, plan: WorldPlan, bought: () => void) {
    this.#world = world;
    this.#plan = plan;
    this.#bought = bought;
    const { fee } = plan;
    this.#bank = world.add('bank', {
      settings: marketSettings.parse({
        ...{ name: 'bank', endpoints: [endpointOf('bank')] },
        issues: { name: 'Money', symbol: 'M', fee },
      }),
    });
    this.#traders = plan.traders.map((trader, n) => this.#add(trader, n));
    const issuers = this.#traders.filter(({ settings }) => settings.issues);
    for (const issuer of issuers) for (const trader of this.#traders) this.#accept(trader, issuer);
    this.#mint = plan.moneys && addMint(world, this.#bank, this.#traders, plan.moneys);
    for (const [a, b] of plan.friends) {
      const [one, other] = [pick(this.#traders, a), pick(this.#traders, b)];
      if (one !== other) world.befriend(one, other);
    }
    for (const odd of plan.people.odd) this.#cheat(odd);
  }

  /** Everything of the plan happens; ends a little after the last of it began. */
  play(): void {
    const world = this.#world;
    const { deals, crashes, cuts, losses, traders, faults } = this.#plan;
    const later = this.#later();
    world.start(...world.peers.filter((peer) => !later.has(peer)));
    traders.forEach(({ funds }, n) => {
      const trader = pick(this.#traders, n);
      for (const issuer of [this.#bank, this.#mint])
        if (issuer && funds > 0) this.#give(trader, funds, issuer);
    });
    world.pass(2_000);
    world.faults = faults;
    const begin = world.now;
    for (const deal of deals) world.at(begin + deal.atMs, () => this.#trade(deal));
    for (const { atMs, peer, downMs } of crashes) {
      world.at(begin + atMs, () => world.crash(pick(world.peers, peer), downMs));
    }
    for (const { atMs, forMs, side, both } of cuts) {
      const inside = new Set(side);
      const outside = new Set([...world.peers.keys()].filter((index) => !inside.has(index)));
      const back = both ? [{ from: outside, to: inside }] : [];
      world.at(begin + atMs, () => world.network.cut({ from: inside, to: outside }, ...back));
      world.at(begin + atMs + forMs, () => world.network.heal());
    }
    for (const { atMs, document } of losses) {
      const { documentId } = documentOf(document);
      world.at(begin + atMs, () => {
        for (const { library } of this.#traders) library.remove(documentId);
      });
    }
    this.#beOdd(begin);
    for (const what of this.#plan.people.decisions) {
      const peer = pick(this.#traders, what.trader);
      world.at(begin + what.atMs, () => this.#person(peer, (ctx) => decide(peer, ctx, what)));
    }
    const last = Math.max(0, ...[...deals, ...crashes, ...cuts].map(({ atMs }) => atMs));
    world.pass(last + 2 * lookMs);
  }

  #add(trader: TraderPlan, n: number): SimPeer {
    const { price, solicitationFee, commission, creditLimit, settleAt, strategy, policy } = trader;
    const { fromDirectory } = trader;
    const name = `trader${n}`;
    const settings = marketSettings.parse({
      ...{ name, endpoints: [endpointOf(name)] },
      accepts: [accepted(this.#bank, solicitationFee)],
      ownSolicitationFee: solicitationFee,
      ...{ commission, creditLimit, strategy, policy },
      forwarding: { fromDirectory },
      pricing: [{ flat: price, perMebibyte: 0 }],
      ...(settleAt === undefined ? {} : { settleAt }),
      ...(trader.issues ? { issues: { name: `Own ${n}`, symbol: `O${n}` } } : {}),
    });
    const documents = trader.documents.map(documentOf);
    return this.#world.add(name, { settings, documents, clockAheadMs: trader.clockAheadMs });
  }

  #cheat({ trader, lie, clockAheadMs }: OddTrader): void {
    const peer = pick(this.#traders, trader);
    if (clockAheadMs !== undefined) peer.clockAheadMs = clockAheadMs;
    if (lie === undefined) return;
    peer.lie = lie;
    peer.sealsFakes = lie === 'serves-a-fake';
    const forge = forgeryOf(lie);
    if (forge) peer.forge = forge;
    if (isSellersLie(lie)) refuseRefunds(peer);
  }

  /** Who is not there at the beginning. */
  #later(): ReadonlySet<SimPeer> {
    const late = this.#plan.people.odd.filter(({ comesAtMs }) => comesAtMs !== undefined);
    return new Set(late.map(({ trader }) => pick(this.#traders, trader)));
  }

  #beOdd(begin: Milliseconds): void {
    const world = this.#world;
    for (const { trader, comesAtMs, leavesAtMs } of this.#plan.people.odd) {
      const peer = pick(this.#traders, trader);
      if (comesAtMs !== undefined) world.at(begin + comesAtMs, () => world.start(peer));
      if (leavesAtMs !== undefined) world.at(begin + leavesAtMs, () => leave(world, peer));
    }
  }

  #accept(trader: SimPeer, issuer: SimPeer): void {
    if (trader === issuer) return;
    const { accepts } = trader.settings;
    const fee = accepts[0]?.solicitationFee ?? 0;
    trader.settings = { ...trader.settings, accepts: [...accepts, accepted(issuer, fee)] };
  }

  #give(payee: SimPeer, units: number, issuer: SimPeer): void {
    if (!payee.settings.accepts.some(({ currency }) => currency === issuer.id)) return;
    this.#world.do(issuer, (ctx) =>
      pay(ctx, {
        currency: issuer.id,
        payee: payee.id,
        amount: units as Amount,
        transactionId: 'gift',
        purpose: { kind: 'gift', note: 'To begin with.' },
      }),
    );
  }

  /** Searches, looks at the bids later, takes the cheapest, and contests it where the plan says so. */
  #trade(deal: DealPlan): void {
    const world = this.#world;
    const buyer = pick(this.#traders, deal.buyer);
    const { documentId, title } = documentOf(deal.document);
    const maxPrice = deal.maxPrice as Amount;
    const issuers = this.#traders.filter(({ settings }) => settings.issues);
    const own = issuers.length > 0 ? pick(issuers, deal.document) : this.#bank;
    const currencies = deal.inOwn && own !== this.#bank ? [own.id, this.#bank.id] : [this.#bank.id];
    const offers = this.#mint
      ? offersOf(buyer, deal.inOwn ? [own.id] : [], maxPrice)
      : currencies.map((currency) => ({ currency, maxPrice }));
    const query = deal.byId ? { documentId } : { text: title };
    const search = this.#person(buyer, (ctx) =>
      startSearch(ctx, { query, offers, budgetMs: 4_000 }),
    );
    if (!search?.ok) return;
    world.at(world.now + lookMs, () => {
      const bought = this.#person(buyer, (ctx) => {
        const [best] = [...bidsOf(ctx, search.value.id)].sort((a, b) => a.bid.price - b.bid.price);
        return best && buy(ctx, best.id, deal.sealed && best.bid.sealed === true);
      });
      if (!bought?.ok) return;
      this.#bought();
      const contestAfterMs = buyer.lie === 'denies' ? lookMs : deal.contestAfterMs;
      if (contestAfterMs === undefined) return;
      world.at(world.now + contestAfterMs, () => {
        const complaint = { reason: 'not-as-described', note: '' } as const;
        this.#person(buyer, (ctx) => contest(ctx, bought.value.deal, complaint));
      });
    });
  }

  /** What a person does, where the program runs. */
  #person<T>(peer: SimPeer, work: (ctx: Context) => T): T | undefined {
    return peer.up ? this.#world.do(peer, work) : undefined;
  }
}

function accepted({ id, settings }: SimPeer, solicitationFee: number) {
  return {
    currency: id,
    endpoints: settings.endpoints,
    solicitationFee: solicitationFee as Amount,
  };
}

function documentOf(number: number) {
  return shelfDocument(`document ${number}.`);
}

function pick<T>(from: readonly T[], n: number): T {
  const found = from[n % Math.max(1, from.length)];
  if (found === undefined) throw new Error('There is nobody to pick.');
  return found;
}
