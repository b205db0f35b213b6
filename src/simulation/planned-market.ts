import type { Amount } from '../amount.ts';
import type { Context } from '../kernel/index.ts';
import { bidsOf, buy, contest, startSearch } from '../market/index.ts';
import { marketSettings } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import { decide } from './decisions.ts';
import { forgeryOf, isSellersLie, refuseRefunds } from './dishonest.ts';
import { give } from './give.ts';
import { addMint, offersOf } from './moneys.ts';
import type { DealPlan, TraderPlan, WorldPlan } from './plan.ts';
import type { OddTrader } from './plan-people.ts';
import { shelfDocument } from './shelf.ts';
import { endpointOf, type SimPeer } from './sim-peer.ts';
import type { World } from './world.ts';

const preparingMs = 2_000;
const lookMs = 6_000;

/**
 * The people of a planned world, and what they do in it: its traders, their friends, and all that is to happen.
 * The bank is there already.
 */
export class PlannedMarket {
  /** When the faults begin, and all that is planned; until then everybody starts and is given money. */
  readonly beginsAt: Milliseconds;
  readonly #world: World;
  readonly #plan: WorldPlan;
  readonly #bank: SimPeer;
  readonly #traders: readonly SimPeer[];
  readonly #mint: SimPeer | undefined;
  readonly #bought: () => void;

  constructor(world: World, bank: SimPeer, plan: WorldPlan, bought: () => void = () => undefined) {
    this.#world = world;
    this.#plan = plan;
    this.#bought = bought;
    this.#bank = bank;
    this.beginsAt = world.now + preparingMs;
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
    const begin = this.beginsAt;
    world.pass(begin - world.now);
    world.faults = faults;
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
    const forge = forgeryOf(lie, peer);
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
    this.#world.do(issuer, (ctx) => give(ctx, payee.id, units));
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
        const reason = buyer.lie === 'denies' ? 'corrupt' : 'not-as-described';
        this.#person(buyer, (ctx) => contest(ctx, bought.value.deal, { reason, note: '' }));
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

/** The peer stops and never starts again. */
function leave(world: World, peer: SimPeer): void {
  peer.gone = true;
  world.crash(peer);
}
