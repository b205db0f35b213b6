import type { Amount } from '../../../src/amount.ts';
import { balanceOf } from '../../../src/books/index.ts';
import { supplyStatement } from '../../../src/money/index.ts';
import {
  Bazaar,
  type SimPeer,
  type Topology,
  usualDemand,
  usualHabits,
} from '../../../src/simulation/index.ts';
import { names, titleOf } from './cast.ts';
import { Reporter } from './reporter.ts';
import type { CurrencyFigures, Link, Person, Tallies, WatchFrame, WatchPlan } from './scene.ts';

const topologies: Readonly<Record<WatchPlan['graph'], Topology>> = {
  communities: { kind: 'communities', members: 8, degree: 3, bridges: 2 },
  'random-regular': { kind: 'random-regular', degree: 4 },
  'watts-strogatz': { kind: 'watts-strogatz', degree: 4, rewired: 0.15 },
  'barabasi-albert': { kind: 'barabasi-albert', links: 2 },
};

const kinds = 5;
/** One in so many shares nothing. */
const freeRiders = 0.2;
/** Everybody wishes for something every so often, on the average. */
const wishEveryMs = 40_000;
const dayMs = 24 * 60 * 60_000;
/** Slow lines, so that one can see a question travel. */
const delayMsMax = 700;
const issuerPlace = 0;
const rate = (flat: number, perMillion: number) => ({
  flat: flat as Amount,
  perMillion: perMillion as Amount,
});

/** The market on which the page looks: a world of its own, and what has become of it since one looked last. */
export class Stage {
  readonly #bazaar: Bazaar;
  readonly #reporter: Reporter;
  readonly #beganAt: number;
  readonly #told = new Set<string>();
  #begun = false;
  #messages = 0;

  constructor(plan: WatchPlan) {
    const reporter = new Reporter();
    this.#reporter = reporter;
    this.#bazaar = new Bazaar(
      {
        seed: plan.seed,
        peers: plan.peers,
        topology: topologies[plan.graph],
        demand: { ...usualDemand, ...{ documents: 6 * plan.peers, kinds, freeRiders, shelf: 6 } },
        habits: () => ({ ...usualHabits, wishEveryMs, welcomes: 0.6, neighborsMax: 9 }),
        funds: 300,
        fee: rate(1, 0),
        settings: (place) => settingsOf(place),
        solicitationFee: () => 1,
        titleOf,
      },
      {
        message: (message) => {
          this.#messages += 1;
          this.#reporter.message(this.#bazaar, message);
        },
        event: (peer, event) => this.#reporter.event(this.#bazaar, peer, event),
      },
    );
    this.#takeNotes();
    this.#bazaar.open();
    this.#bazaar.world.faults = { ...this.#bazaar.world.faults, delayMsMax };
    this.#reporter.takeTraffic();
    this.#beganAt = this.#bazaar.world.now;
    this.#bazaar.beginWishing(365 * dayMs);
  }

  pass(ms: number): void {
    this.#bazaar.world.pass(ms);
  }

  /** Until the next message has arrived. */
  step(): void {
    const before = this.#messages;
    this.#bazaar.world.until('message', () => this.#messages > before, dayMs);
  }

  frame(): WatchFrame {
    const { world, traders, bank } = this.#bazaar;
    const first = !this.#begun;
    this.#begun = true;
    const links = this.#newLinks(!first);
    return {
      atMs: world.now - this.#beganAt,
      ...(first ? { people: this.#people() } : {}),
      links,
      traffic: this.#reporter.takeTraffic(),
      happenings: this.#reporter.takeHappenings(this.#beganAt),
      currencies: this.#currencies(),
      wealth: traders.map((trader) =>
        world.read(trader, (ctx) => balanceOf(ctx, bank.id, 'assets:balance')),
      ),
      tallies: this.#tallies(),
    };
  }

  /** One of the traders issues notes of their own, which everybody takes like the bank's money. */
  #takeNotes(): void {
    const { traders, bank, world } = this.#bazaar;
    const issuer = traders[issuerPlace];
    if (!issuer) return;
    const notes = {
      currency: issuer.id,
      endpoints: issuer.settings.endpoints,
      solicitationFee: 1 as Amount,
    };
    for (const trader of traders) {
      if (trader === issuer) continue;
      trader.settings = { ...trader.settings, accepts: [...trader.settings.accepts, notes] };
    }
    this.#bazaar.currenciesOf = (place) => {
      const trader = traders[place];
      const has = (currency: typeof bank.id) =>
        trader ? world.read(trader, (ctx) => balanceOf(ctx, currency, 'assets:balance')) : 0;
      const notesFirst = place === issuerPlace || has(issuer.id) > usualHabits.maxPrice;
      return notesFirst ? [issuer.id, bank.id] : [bank.id];
    };
  }

  #people(): Person[] {
    const { traders, demand } = this.#bazaar;
    const people = traders.map((_, place): Person => {
      const empty = (demand.shelves[place]?.length ?? 0) === 0;
      return {
        name: names[place] ?? `Peer ${place}`,
        taste: demand.tastes[place] ?? 0,
        role: place === issuerPlace ? 'issuer' : empty ? 'free-rider' : 'trader',
      };
    });
    return [...people, { name: 'Bank', taste: 0, role: 'bank' }];
  }

  #newLinks(found: boolean): Link[] {
    const { traders } = this.#bazaar;
    const places = new Map(traders.map(({ id }, place) => [id, place]));
    return traders.flatMap(({ book }, a) =>
      book.all().flatMap(({ peer, list }): Link[] => {
        const b = places.get(peer);
        if (b === undefined || list !== 'primary') return [];
        const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
        if (this.#told.has(key)) return [];
        this.#told.add(key);
        return [{ a, b, found }];
      }),
    );
  }

  #currencies(): CurrencyFigures[] {
    const { bank, traders } = this.#bazaar;
    const figures = (peer: SimPeer | undefined, issuer: number): CurrencyFigures[] => {
      if (!peer?.settings.issues) return [];
      const { name, symbol } = peer.settings.issues;
      const supply = this.#bazaar.world.read(peer, (ctx) => supplyStatement(ctx));
      const { issued, destroyed, sumOfBalances: balances, sumOfHeld: held } = supply;
      return [{ name, symbol, issuer, issued, destroyed, balances, held }];
    };
    return [...figures(bank, traders.length), ...figures(traders[issuerPlace], issuerPlace)];
  }

  #tallies(): Tallies {
    const { wishes } = this.#bazaar;
    return {
      searches: wishes.length,
      asked: this.#bazaar.count('solicit'),
      bids: wishes.reduce((sum, { bids }) => sum + bids, 0),
      documents: wishes.filter(({ state }) => state === 'delivered').length,
      met: this.#reporter.met,
    };
  }
}

function settingsOf(place: number): Readonly<Record<string, unknown>> {
  return {
    name: names[place] ?? `Peer ${place}`,
    pricing: [{ flat: 8 + (place % 5), perMebibyte: 1 }],
    settleAt: 30,
    search: { budgetMs: 20_000 },
    forwarding: { marginMs: 1_500 },
    ...(place === issuerPlace
      ? { issues: { name: `${names[issuerPlace]}'s notes`, symbol: 'N' } }
      : {}),
  };
}
