import type { Amount } from '../amount.ts';
import { bidsOf, buy, startSearch } from '../market/index.ts';
import type { Faults } from '../simulation/faults.ts';
import type { Milliseconds } from '../time.ts';
import { offerRates, planExchange, type RandomExchanging } from './test-world-exchanging.ts';
import { testDocument } from './test-world-library.ts';
import { TestMarket } from './test-world-market.ts';
import type { TestPeer } from './test-world-peer.ts';
import { decide, type RandomTrust } from './test-world-trust.ts';

/** For tests: a small world as a generator makes it. Numbers past the peers there are wrap around. */
export interface RandomWorld {
  readonly seed: number;
  readonly traders: readonly RandomTrader[];
  /** Who are neighbors, by their place among the traders. */
  readonly friends: readonly (readonly [number, number])[];
  readonly deals: readonly RandomDeal[];
  readonly crashes: readonly RandomCrash[];
  /** Documents that disappear from every shelf. */
  readonly losses: readonly { readonly atMs: Milliseconds; readonly document: number }[];
  /** What people decide about each other meanwhile. */
  readonly trust?: readonly RandomTrust[];
  readonly exchanging?: RandomExchanging | undefined;
  readonly faults: Faults;
  readonly fee: { readonly flat: number; readonly perMillion: number };
}

export interface RandomTrader {
  readonly documents: readonly number[];
  readonly price: number;
  readonly solicitationFee: number;
  readonly commission: { readonly flat: number; readonly perMillion: number };
  readonly creditLimit: number;
  readonly strategy: 'referral' | 'concealment';
  /** In bytes, for kept copies; a document has 1000. */
  readonly budgetBytes: number;
  readonly settleAt: number | undefined;
  readonly funds: number;
  /** A trader that issues its own currency trades in that one too. */
  readonly issues: boolean;
  /** Sells what its directory knows. */
  readonly fromDirectory: boolean;
  readonly compareBids: 'price' | 'risk-adjusted';
  /** Encrypts something else than it sold. */
  readonly sealsFakes?: boolean;
}

export interface RandomDeal {
  readonly atMs: Milliseconds;
  readonly buyer: number;
  readonly document: number;
  readonly byId: boolean;
  readonly maxPrice: number;
  readonly inOwn: boolean;
  /** Against the key, where the bid offers it. */
  readonly sealed: boolean;
}

export interface RandomCrash {
  readonly atMs: Milliseconds;
  readonly peer: number;
  readonly downMs: Milliseconds;
}

const lookMs = 6_000;

/** Builds the world and lets it run with its faults until the last deal is on its way. */
export function runRandomWorld(random: RandomWorld): TestMarket {
  const market = new TestMarket(random.seed, random.fee);
  const { world } = market;
  const traders = random.traders.map((trader, n) => addTrader(market, trader, n));
  for (const issuer of traders.filter(({ settings }) => settings.issues)) {
    for (const [n, trader] of traders.entries()) {
      // Somebody takes only the bank's money where there are rates: the others buy there at theirs.
      const only = random.exchanging?.convert && (n + random.seed) % 3 === 0;
      if (trader !== issuer && !only) accept(market, trader, issuer);
    }
  }
  for (const [a, b] of random.friends) {
    const [one, other] = [pick(traders, a), pick(traders, b)];
    if (one !== other) world.befriend(one, other);
  }
  world.start();
  traders.forEach((trader, n) => {
    const { funds } = random.traders[n] as RandomTrader;
    if (funds > 0) market.give(trader, funds);
  });
  if (random.exchanging) offerRates(market, traders, random.exchanging);
  world.pass(2_000);
  world.faults = random.faults;
  const begin = world.now;
  for (const deal of random.deals) {
    world.at(begin + deal.atMs, () => trade(market, traders, deal));
  }
  for (const { atMs, peer, downMs } of random.crashes) {
    world.at(begin + atMs, () => world.crash(pick(world.peers, peer), downMs));
  }
  for (const { atMs, document } of random.losses) {
    const { documentId } = testDocument(`document ${document}.`);
    world.at(begin + atMs, () => {
      for (const trader of traders) trader.library.remove(documentId);
    });
  }
  const { trust = [] } = random;
  for (const what of trust) {
    world.at(begin + what.atMs, () => decide(market, pick(traders, what.peer), what));
  }
  const exchanges = random.exchanging?.exchanges ?? [];
  for (const one of exchanges) {
    world.at(begin + one.atMs, () => planExchange(market, traders, one));
  }
  const atMs = [...random.deals, ...random.crashes, ...trust, ...exchanges].map((one) => one.atMs);
  world.pass(Math.max(0, ...atMs) + 2 * lookMs);
  return market;
}

function addTrader(market: TestMarket, trader: RandomTrader, n: number): TestPeer {
  const added = market.trader(`trader${n}`, {
    settings: {
      accepts: [market.accepted(trader.solicitationFee)],
      ownSolicitationFee: trader.solicitationFee,
      commission: trader.commission,
      creditLimit: trader.creditLimit,
      strategy: trader.strategy,
      concealment: { budgetBytes: trader.budgetBytes },
      forwarding: { fromDirectory: trader.fromDirectory },
      compareBids: trader.compareBids,
      pricing: [{ flat: trader.price, perMebibyte: 0 }],
      ...(trader.settleAt === undefined ? {} : { settleAt: trader.settleAt }),
      ...(trader.issues ? { issues: { name: `Own ${n}`, symbol: `O${n}` } } : {}),
    },
    documents: trader.documents.map((document) => testDocument(`document ${document}.`)),
  });
  added.sealsFakes = trader.sealsFakes ?? false;
  return added;
}

function accept(market: TestMarket, trader: TestPeer, issuer: TestPeer): void {
  const accepted = {
    ...market.accepted(0, issuer),
    solicitationFee: trader.settings.accepts[0]?.solicitationFee ?? (0 as Amount),
  };
  trader.settings = { ...trader.settings, accepts: [...trader.settings.accepts, accepted] };
}

/** Searches, looks at the bids later, and takes the cheapest. */
function trade(market: TestMarket, traders: readonly TestPeer[], deal: RandomDeal): void {
  const { world } = market;
  const buyer = pick(traders, deal.buyer);
  if (!buyer.up) return;
  const { documentId, title } = testDocument(`document ${deal.document}.`);
  const maxPrice = deal.maxPrice as Amount;
  const issuer = pick(
    traders.filter(({ settings }) => settings.issues),
    deal.document,
    market.bank,
  );
  const currencies = deal.inOwn ? [issuer.id, market.currency] : [market.currency];
  const offers = currencies.map((currency) => ({ currency, maxPrice }));
  const query = deal.byId ? { documentId } : { text: title };
  const search = world.do(buyer, (ctx) => startSearch(ctx, { query, offers, budgetMs: 4_000 }));
  if (!search.ok) return;
  world.at(world.now + lookMs, () => {
    if (!buyer.up) return;
    const bids = world.read(buyer, (ctx) => bidsOf(ctx, search.value.id));
    const [best] = [...bids].sort((a, b) => a.bid.price - b.bid.price);
    const sealed = deal.sealed && best?.bid.sealed === true;
    if (best) world.do(buyer, (ctx) => buy(ctx, best.id, sealed));
  });
}

function pick<T>(from: readonly T[], n: number, otherwise?: T): T {
  const found = from[n % Math.max(1, from.length)] ?? otherwise;
  if (found === undefined) throw new Error('There is nobody to pick.');
  return found;
}
