import type { Amount } from '../amount.ts';
import { balanceOf } from '../books/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import { pay } from '../money/index.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import {
  askRates,
  type Exchange,
  exchangeOf,
  recentExchanges,
  type Swap,
  takeRate,
} from './index.ts';

interface Change {
  readonly rate?: object;
  readonly friends?: boolean;
  readonly seed?: number;
  readonly lastsMs?: number;
}

/**
 * For tests: Alice has crowns of the bank, Bob issues sols beside, and exchanges at a rate. `issuers` puts
 * the sols at an issuer of their own.
 */
export class ExchangeMarket {
  readonly market: TestMarket;
  readonly mint: TestPeer;
  readonly alice: TestPeer;
  readonly bob: TestPeer;

  constructor({ rate = {}, friends = true, seed = 1, lastsMs = 24 * 3_600_000 }: Change = {}) {
    const market = new TestMarket(seed);
    this.market = market;
    this.mint = market.world.add('mint', {
      settings: { issues: { name: 'Sols', symbol: 'S', fee: { flat: 1, perMillion: 0 } } },
    });
    const accepts = [market.accepted(1), market.accepted(1, this.mint)];
    this.alice = market.world.add('alice', { settings: { accepts } });
    const offered = {
      ...{ give: market.bank.id, get: this.mint.id, numerator: 3, denominator: 2, max: 1_000 },
      expires: Math.floor((market.world.now + lastsMs) / 1000),
      ...rate,
    };
    this.bob = market.world.add('bob', { settings: { accepts, exchange: { rates: [offered] } } });
    if (friends) market.world.befriend(this.alice, this.bob);
    else market.world.befriend(this.alice, this.bob, { list: 'secondary' });
    market.open(0);
    market.give(this.alice, 500);
    market.give(this.bob, 700, this.mint);
    market.give(this.alice, 10, this.mint);
    market.world.pass(2_000);
  }

  get crowns(): CurrencyId {
    return this.market.bank.id;
  }

  get sols(): CurrencyId {
    return this.mint.id;
  }

  /** Alice learns Bob's rates. */
  learn(): void {
    const { world } = this.market;
    world.do(this.alice, (ctx) => askRates(ctx, [this.bob.id]));
    world.pass(200);
  }

  /** Alice takes a rate of Bob's up. */
  take(amount: number, way?: Exchange['way'], pair: { give?: CurrencyId; get?: CurrencyId } = {}) {
    this.learn();
    return this.takeKnown(amount, way, pair);
  }

  takeKnown(
    amount: number,
    way?: Exchange['way'],
    pair: { give?: CurrencyId; get?: CurrencyId } = {},
  ) {
    const { world } = this.market;
    return world.do(this.alice, (ctx) =>
      takeRate(ctx, {
        peer: this.bob.id,
        give: pair.give ?? this.crowns,
        get: pair.get ?? this.sols,
        amount: amount as Amount,
        way,
      }),
    );
  }

  /** The newest exchange of a peer's. */
  newest(peer: TestPeer): Exchange | undefined {
    return this.market.world.read(peer, (ctx) => recentExchanges(ctx, 1)[0]);
  }

  of(peer: TestPeer, other: TestPeer, id: string): Exchange | undefined {
    return this.market.world.read(peer, (ctx) => exchangeOf(ctx, other.id, id));
  }

  books(peer: TestPeer, currency: CurrencyId, account: Parameters<typeof balanceOf>[2]): number {
    return this.market.world.read(peer, (ctx) => balanceOf(ctx, currency, account));
  }

  /** What a peer has of both at their issuers. */
  purse(peer: TestPeer): readonly [crowns: number, sols: number] {
    return [
      this.books(peer, this.crowns, 'assets:balance'),
      this.books(peer, this.sols, 'assets:balance'),
    ];
  }

  pay(from: TestPeer, to: TestPeer, currency: CurrencyId, amount: number): void {
    this.market.world.do(from, (ctx) =>
      pay(ctx, {
        ...{ currency, payee: to.id, amount: amount as Amount, transactionId: 'x' },
        purpose: { kind: 'gift', note: '' },
      }),
    );
  }
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** Nothing has moved, or all has: Alice gave 40 crowns for 60 sols, Bob paid the mint's fee of 1. */
export const untouched = { alice: [500, 10], bob: [0, 700] };
export const swapped = { alice: [460, 70], bob: [40, 639] };

export const purses = (x: ExchangeMarket) => ({
  alice: [...x.purse(x.alice)],
  bob: [...x.purse(x.bob)],
});
export const strangers = (seed = 1) => new ExchangeMarket({ friends: false, seed });
export const swapOf = (x: ExchangeMarket, peer: TestPeer) => x.newest(peer) as Swap;
export const pass = (x: ExchangeMarket, ms: number) => x.market.world.pass(ms);
