import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import {
  bidsOf,
  buy,
  purchaseOf,
  type ReceivedBid,
  searchOf,
  startSearch,
} from '../market/index.ts';
import { type Problem, SoukError } from '../problem.ts';
import type { DealId, OutgoingRequest, Query } from '../protocol/index.ts';
import type { Result } from '../result.ts';
import { give } from '../simulation/give.ts';
import { type PeerOptions, TestWorld } from './test-world.ts';
import { Oracles } from './test-world-oracles.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests: a market with one bank, whose currency everybody takes, and what people do in it. */
export class TestMarket {
  readonly world: TestWorld;
  readonly oracles: Oracles;
  readonly bank: TestPeer;

  constructor(seed = 1, fee = { flat: 0, perMillion: 0 }) {
    this.world = new TestWorld(seed);
    this.oracles = new Oracles(this.world);
    this.bank = this.world.add('bank', {
      settings: { issues: { name: 'Money', symbol: 'M', fee } },
    });
  }

  get currency(): CurrencyId {
    return this.bank.id;
  }

  /** A trader that takes the bank's currency, for a fee of 1 a solicitation unless told otherwise. */
  trader(name: string, { settings = {}, documents = [] }: PeerOptions = {}): TestPeer {
    return this.world.add(name, {
      settings: { accepts: [this.accepted(1)], ...settings },
      documents,
    });
  }

  accepted(solicitationFee: number, issuer = this.bank) {
    return { currency: issuer.id, endpoints: issuer.settings.endpoints, solicitationFee };
  }

  /** Neighbors along a line: each the friend of the next. */
  chain(...peers: TestPeer[]): void {
    peers.slice(1).forEach((peer, at) => {
      this.world.befriend(peers[at] as TestPeer, peer);
    });
  }

  /** Starts everybody and gives everybody money. */
  open(each: number, peers = this.world.peers): void {
    this.world.start();
    for (const peer of peers) if (peer !== this.bank && each > 0) this.give(peer, each);
    this.world.pass(1_000);
  }

  give(payee: TestPeer, units: number, issuer = this.bank): void {
    const given = this.world.do(issuer, (ctx) => give(ctx, payee.id, units));
    if (!given.ok) throw SoukError.from(given.error);
  }

  /** Searches until the search has ended; the bids, cheapest first. */
  search(
    buyer: TestPeer,
    query: Query | string,
    maxPrice: number,
    currencies: readonly PeerId[] = [this.currency],
  ): { readonly id: string; readonly bids: readonly ReceivedBid[]; readonly refused: Problem[] } {
    const offers = currencies.map((currency) => ({ currency, maxPrice: maxPrice as Amount }));
    const sought = typeof query === 'string' ? { text: query } : query;
    const started = this.world.do(buyer, (ctx) => startSearch(ctx, { query: sought, offers }));
    if (!started.ok) throw SoukError.from(started.error);
    const { id } = started.value;
    const search = () => this.world.read(buyer, (ctx) => searchOf(ctx, id));
    this.world.until('end of the search', () => search()?.state === 'ended');
    const bids = this.world.read(buyer, (ctx) => bidsOf(ctx, id));
    const refused = (search()?.refusals ?? []).map(({ problem }) => problem);
    return { id, bids: [...bids].sort((a, b) => a.bid.price - b.bid.price), refused };
  }

  /** Buys the bid, against its key or not where that is said, and waits until the purchase is in one of these states. */
  buy(
    buyer: TestPeer,
    bid: ReceivedBid | undefined,
    ...how: readonly (string | boolean)[]
  ): DealId {
    const sealed = how.find((each) => typeof each === 'boolean');
    const states = how.filter((each) => typeof each === 'string');
    const bought = this.world.do(buyer, (ctx) => buy(ctx, bid?.id ?? '', sealed));
    if (!bought.ok) throw SoukError.from(bought.error);
    const { deal } = bought.value;
    const wanted = states.length > 0 ? states : ['delivered'];
    const state = () => this.world.read(buyer, (ctx) => purchaseOf(ctx, deal)?.state ?? '');
    this.world.until(`purchase that is ${wanted}`, () => wanted.includes(state()), 700_000);
    return deal;
  }

  /** Sends a request as any program could that has this peer's key, and waits for the answer. */
  ask(
    from: TestPeer,
    target: TestPeer,
    request: OutgoingRequest,
  ): Result<Record<string, unknown>, Problem> {
    let answer: Result<Record<string, unknown>, Problem> | undefined;
    this.world.network.ask(from, target, request, (given) => {
      answer = given;
    });
    this.world.until(`answer to ${request.route}`, () => answer !== undefined);
    if (answer === undefined) throw new Error('There is no answer.');
    return answer;
  }

  /** Lets faults end, starts everybody, and waits until nothing is wrong any more. */
  settle(limitMs = 45 * 60_000): void {
    this.world.faults = { ...this.world.faults, ...quiet };
    this.world.start();
    const limit = this.world.now + limitMs;
    let wrong: readonly string[] = ['it has not begun'];
    while (wrong.length > 0) {
      if (this.world.now > limit) throw new Error(`Not at rest: ${wrong.join('; ')}.`);
      this.world.pass(20_000);
      wrong = this.world.network.busy ? ['calls are under way'] : this.oracles.atRest();
    }
  }
}

const quiet = { loseRequest: 0, loseAnswer: 0, repeat: 0, crash: 0, diskFailure: 0 };
