import type { Amount } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { PeerEvent, ShelfDocument } from '../kernel/index.ts';
import { bidsOf, buy, purchaseOf, startSearch } from '../market/index.ts';
import type { DealId, FeeSchedule, RouteName } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import { acceptKnownPeer } from '../trust/index.ts';
import {
  type Demand,
  type DemandOptions,
  makeDemand,
  nextWish,
  type PlannedDocument,
} from './demand.ts';
import { give } from './give.ts';
import { type Graph, makeGraph, type Topology } from './graphs.ts';
import type { Message, Observer } from './observer.ts';
import { Random } from './random.ts';
import { shelfDocument } from './shelf.ts';
import { endpointOf, type SimPeer } from './sim-peer.ts';
import type { Wish } from './wishes.ts';
import { World } from './world.ts';

/** What a person does in front of their peer. */
export interface Habits {
  /** The time between two wishes, on the average. */
  readonly wishEveryMs: Milliseconds;
  /** The most that is paid for a document. */
  readonly maxPrice: number;
  /** Takes the cheapest bid; who does not only looks. */
  readonly buys: boolean;
  /** Shares what was bought. */
  readonly keeps: boolean;
  /** How likely somebody met by trading, or who introduces themselves, becomes a neighbor. */
  readonly welcomes: number;
  /** Nobody is welcomed past so many neighbors. */
  readonly neighborsMax: number;
}

export const usualHabits: Habits = {
  ...{ wishEveryMs: 60_000, maxPrice: 40, buys: true, keeps: true },
  ...{ welcomes: 0, neighborsMax: 20 },
};

export interface BazaarPlan {
  readonly seed: number;
  readonly peers: number;
  readonly topology: Topology;
  readonly demand: DemandOptions;
  readonly habits: (peer: number) => Habits;
  /** What everybody is given at the beginning. */
  readonly funds: number;
  /** What a transfer costs at the bank. */
  readonly fee: FeeSchedule;
  /** As people would write their settings, beside the bank's currency that all take. */
  readonly settings: (peer: number, demand: Demand) => Readonly<Record<string, unknown>>;
  /** What a solicitation costs. */
  readonly solicitationFee: (peer: number) => number;
  readonly titleOf: (document: PlannedDocument) => string;
}

/** A person needs a moment to look at the bids, or at somebody new. */
const lookMs = 1_500;

/**
 * A market with its people: peers on a graph, documents on their shelves, one bank whose currency everybody
 * takes, and persons who wish for documents, choose the cheapest bid and make friends. The same plan gives the
 * same market.
 */
export class Bazaar {
  readonly world: World;
  readonly bank: SimPeer;
  readonly traders: readonly SimPeer[];
  readonly graph: Graph;
  readonly demand: Demand;
  /** All that were wished for, oldest first. */
  readonly wishes: Wish[] = [];
  /** In which currencies a person would pay, the preferred first. */
  currenciesOf: (place: number) => readonly CurrencyId[] = () => [this.bank.id];
  /** Requests that arrived, by route. */
  readonly requests = new Map<RouteName, number>();
  readonly #plan: BazaarPlan;
  readonly #random: Random;
  readonly #documents: readonly ShelfDocument[];
  readonly #places = new Map<SimPeer, number>();
  readonly #searches = new Map<string, { readonly wish: Wish; readonly reached: Set<number> }>();
  readonly #deals = new Map<DealId, Wish>();
  #wishingUntil: Milliseconds = 0;

  constructor(plan: BazaarPlan, observer: Observer = {}) {
    const random = new Random(plan.seed);
    this.#plan = plan;
    this.graph = makeGraph(plan.topology, plan.peers, random.fork());
    this.demand = makeDemand(plan.demand, plan.peers, random.fork());
    this.#random = random.fork();
    this.#documents = this.demand.documents.map((document) =>
      shelfDocument(plan.titleOf(document), {
        sizeBytes: document.sizeBytes,
        mediaType: document.mediaType,
      }),
    );
    this.world = new World({
      seed: plan.seed,
      carriage: 'direct',
      observers: [this.#observer(), observer],
    });
    this.bank = this.world.add('bank', {
      settings: marketSettings.parse({
        name: 'bank',
        endpoints: [endpointOf('bank')],
        issues: { name: 'Money', symbol: 'M', fee: plan.fee },
      }),
    });
    this.traders = this.demand.shelves.map((shelf, place) => this.#trader(place, shelf));
    this.graph.neighbors.forEach((others, place) => {
      for (const other of others) {
        if (place < other) this.world.befriend(this.#at(place), this.#at(other));
      }
    });
  }

  /** Starts everybody, gives everybody money, and waits until they know each other's terms. */
  open(): void {
    this.world.start();
    if (this.#plan.funds > 0) for (const trader of this.traders) this.give(trader);
    this.world.pass(2_000);
  }

  give(payee: SimPeer, units = this.#plan.funds): void {
    this.world.do(this.bank, (ctx) => give(ctx, payee.id, units));
  }

  /** Lets everybody wish for documents, each in their own time, for so long; then what began comes to its end. */
  trade(forMs: Milliseconds, endMs: Milliseconds = 60_000, who?: (place: number) => boolean): void {
    this.beginWishing(forMs, who);
    this.world.pass(forMs + endMs);
  }

  beginWishing(forMs: Milliseconds, who: (place: number) => boolean = () => true): void {
    this.#wishingUntil = this.world.now + forMs;
    for (const place of this.traders.keys()) if (who(place)) this.#planWish(place);
  }

  /** One person looks for a document now; what they want by their taste where none is said. */
  wish(place: number, document?: PlannedDocument): Wish | undefined {
    const trader = this.#at(place);
    const { maxPrice } = this.#plan.habits(place);
    const has = (number: number) =>
      trader.library.find(this.documentOf(number).documentId) !== undefined;
    const wanted = document ?? nextWish(this.demand, place, has, this.#random);
    if (!wanted || !trader.up) return undefined;
    const { documentId, mediaType } = this.documentOf(wanted.number);
    const offers = this.currenciesOf(place).map((currency) => {
      return { currency, maxPrice: maxPrice as Amount };
    });
    const query = { documentId, mediaType };
    const started = this.world.do(trader, (ctx) => startSearch(ctx, { query, offers }));
    if (!started.ok) return undefined;
    const { id } = started.value;
    const wish: Wish = {
      ...{ peer: place, document: wanted.number, at: this.world.now, solicitation: id },
      ...{ state: 'searching', asked: 0, reached: 0, bids: 0 },
    };
    this.wishes.push(wish);
    this.#searches.set(id, { wish, reached: new Set() });
    return wish;
  }

  documentOf(number: number): ShelfDocument {
    const document = this.#documents[number];
    if (!document) throw new Error(`There is no document ${number}.`);
    return document;
  }

  /** Its place among the traders; undefined for the bank. */
  placeOf(peer: SimPeer): number | undefined {
    return this.#places.get(peer);
  }

  count(...routes: readonly RouteName[]): number {
    return routes.reduce((sum, route) => sum + (this.requests.get(route) ?? 0), 0);
  }

  #trader(place: number, shelf: readonly number[]): SimPeer {
    const { settings, solicitationFee } = this.#plan;
    const name = `p${place}`;
    const { id: currency, settings: bank } = this.bank;
    const accepted = {
      currency,
      endpoints: bank.endpoints,
      solicitationFee: solicitationFee(place),
    };
    const trader = this.world.add(name, {
      settings: marketSettings.parse({
        name,
        endpoints: [endpointOf(name)],
        accepts: [accepted],
        ...settings(place, this.demand),
      }),
      documents: shelf.map((number) => this.documentOf(number)),
    });
    this.#places.set(trader, place);
    return trader;
  }

  #at(place: number): SimPeer {
    const trader = this.traders[place];
    if (!trader) throw new Error(`There is no trader ${place}.`);
    return trader;
  }

  #planWish(place: number): void {
    const { wishEveryMs } = this.#plan.habits(place);
    const at = this.world.now + Math.ceil(this.#random.waiting(wishEveryMs));
    if (at > this.#wishingUntil) return;
    this.world.at(at, () => {
      this.wish(place);
      this.#planWish(place);
    });
  }

  /** What the market itself needs to see of its world. */
  #observer(): Observer {
    return {
      message: (message) => this.#onMessage(message),
      event: (peer, event) => {
        const place = this.#places.get(peer);
        if (place !== undefined) this.#onEvent(place, peer, event);
      },
    };
  }

  #onMessage({ kind, route, to, body }: Message): void {
    if (kind !== 'request') return;
    this.requests.set(route, (this.requests.get(route) ?? 0) + 1);
    if (route !== 'solicit') return;
    const search = this.#searches.get((body as { readonly id: string }).id);
    if (!search) return;
    search.wish.asked += 1;
    search.reached.add(to.index);
    search.wish.reached = search.reached.size;
  }

  #onEvent(place: number, peer: SimPeer, event: PeerEvent): void {
    switch (event.type) {
      case 'bid': {
        const wish = this.#searches.get(event.search)?.wish;
        if (!wish) return;
        wish.bids += 1;
        wish.firstBidAt ??= this.world.now;
        return;
      }
      case 'search-ended':
        return this.#onSearchEnded(peer, event.search);
      case 'deal':
        if (event.side === 'purchase') this.#onPurchase(place, peer, event.deal, event.state);
        return;
      case 'discovered':
      case 'introduction':
        return this.#onMet(place, peer, event);
    }
  }

  #onSearchEnded(peer: SimPeer, search: string): void {
    const wish = this.#searches.get(search)?.wish;
    if (!wish) return;
    wish.endedAt = this.world.now;
    if (wish.bids === 0 || !this.#plan.habits(wish.peer).buys) {
      wish.state = 'no-bid';
      return;
    }
    this.world.at(this.world.now + lookMs, () => this.#buyCheapest(peer, wish));
  }

  #buyCheapest(peer: SimPeer, wish: Wish): void {
    if (!peer.up) return;
    const bids = this.world.read(peer, (ctx) => bidsOf(ctx, wish.solicitation));
    const [best] = [...bids].sort((a, b) => a.bid.price - b.bid.price);
    const bought = best && this.world.do(peer, (ctx) => buy(ctx, best.id));
    if (!best || !bought?.ok) {
      wish.state = 'failed';
      return;
    }
    wish.state = 'buying';
    wish.price = best.bid.price;
    this.#deals.set(bought.value.deal, wish);
  }

  #onPurchase(place: number, peer: SimPeer, deal: DealId, state: string): void {
    const wish = this.#deals.get(deal);
    if (!wish || wish.peer !== place) return;
    if (state === 'failed' || state === 'expired') wish.state = 'failed';
    if (state !== 'delivered') return;
    wish.state = 'delivered';
    wish.deliveredAt = this.world.now;
    this.world.at(this.world.now, () => {
      const serving = this.world.read(peer, (ctx) => purchaseOf(ctx, deal)?.serving);
      const server = this.traders.find(({ id }) => id === serving);
      if (server) wish.servedBy = this.#places.get(server) ?? -1;
      if (this.#plan.habits(place).keeps) peer.library.add(this.documentOf(wish.document));
    });
  }

  #onMet(
    place: number,
    peer: SimPeer,
    event: Extract<PeerEvent, { readonly type: 'discovered' | 'introduction' }>,
  ): void {
    const { welcomes, neighborsMax } = this.#plan.habits(place);
    if (welcomes === 0 || !this.#random.happens(welcomes)) return;
    this.world.at(this.world.now + lookMs, () => {
      const neighbors = peer.book.all().filter(({ list }) => list === 'primary').length;
      if (!peer.up || neighbors >= neighborsMax) return;
      this.world.do(peer, (ctx) => acceptKnownPeer(ctx, event.peer, 'Met by trading.'));
    });
  }
}
