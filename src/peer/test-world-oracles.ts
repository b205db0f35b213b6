import {
  balanceOf,
  balances,
  currenciesOf,
  inTransit,
  journalOf,
  owesUs,
  weOwe,
} from '../books/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import {
  accessKeyOf,
  endedPurchaseStates,
  recentPurchases,
  recentSales,
  type Sale,
  salesOf,
} from '../market/index.ts';
import { ordersOf, supplyStatement } from '../money/index.ts';
import {
  allDiscrepancies,
  allMirrors,
  allTabs,
  creditLimitOf,
  entriesOf,
  exposure,
  mirrorOf,
} from '../tabs/index.ts';
import type { TestWorld } from './test-world.ts';
import { exchangesWrong } from './test-world-exchanges.ts';
import type { TestPeer } from './test-world-peer.ts';
import { statisticsWrong } from './test-world-statistics.ts';

/** For tests: what must hold after every input, and what must hold once the world has come to rest. */
export class Oracles {
  readonly #world: TestWorld;
  /** The sum of all postings, by peer, currency and account. */
  readonly #sums = new Map<string, number>();
  readonly #journalRead = new Map<string, number>();
  readonly #entriesRead = new Map<string, number>();
  readonly #charged = new Map<string, number>();
  readonly #openers = new Map<string, string>();

  constructor(world: TestWorld) {
    this.#world = world;
    world.watch = (peer) => this.afterInput(peer);
    const { network } = world;
    const send = network.send.bind(network);
    network.send = (peer, call) => {
      const list = peer.book.get(call.to.peer)?.list;
      const asks = call.purpose.kind === 'solicitation';
      must(!asks || list !== 'undesirable', `${peer.name} solicits an undesirable peer`);
      send(peer, call);
    };
  }

  /** Throws where the peer that has just taken an input broke a promise. */
  afterInput(peer: TestPeer): void {
    this.#world.read(peer, (ctx) => {
      for (const currency of currenciesOf(ctx)) this.#journalAddsUp(peer, ctx, currency);
      this.#ledgerAddsUp(peer, ctx);
      this.#tabsKeepTheirLimits(peer, ctx);
      this.#keysOpenOnce(peer, ctx);
      this.#debtsArePaidOnce(peer, ctx);
    });
  }

  /** The double entry: each currency sums to zero, each account is the sum of its postings. */
  #journalAddsUp(peer: TestPeer, ctx: Context, currency: CurrencyId): void {
    const read = `${peer.name} ${currency}`;
    const seen = this.#journalRead.get(read) ?? 0;
    for (const entry of journalOf(ctx, currency, { limit: 200 })) {
      if (entry.id <= seen) break;
      for (const { account, amount } of entry.postings) {
        const key = `${read} ${account}`;
        this.#sums.set(key, (this.#sums.get(key) ?? 0) + amount);
      }
      this.#journalRead.set(read, Math.max(entry.id, this.#journalRead.get(read) ?? 0));
    }
    let total = 0;
    for (const [account, balance] of balances(ctx, currency)) {
      total += balance;
      const sum = this.#sums.get(`${read} ${account}`) ?? 0;
      must(balance === sum, `${peer.name}'s ${account} is ${balance}, its postings ${sum}`);
    }
    must(total === 0, `the journal of ${peer.name} is off by ${total}`);
  }

  /** The issuer: what exists is what was issued less what was destroyed, and its books say the same. */
  #ledgerAddsUp(peer: TestPeer, ctx: Context): void {
    if (peer.settings.issues) {
      const { issued, destroyed, sumOfBalances, sumOfHeld } = supplyStatement(ctx);
      const exists = issued - destroyed;
      must(exists === sumOfBalances + sumOfHeld, `${peer.name} issued what nobody has`);
      const booked = -balanceOf(ctx, peer.id, 'equity:issuance');
      must(booked === exists, `${peer.name} booked ${booked} as issued; ${exists} exist`);
    }
    for (const currency of currenciesOf(ctx)) {
      for (const account of ['assets:balance', 'assets:ordered', 'assets:held'] as const) {
        const balance = balanceOf(ctx, currency, account);
        must(balance >= 0, `${peer.name}'s ${account} is ${balance}`);
      }
    }
  }

  /** A charge never passes the limit; a deal is charged once and refunded once at most, to the unit. */
  #tabsKeepTheirLimits(peer: TestPeer, ctx: Context): void {
    for (const { peer: other, currency, entries } of allTabs(ctx)) {
      const tab = `${peer.name} ${other} ${currency}`;
      const seen = this.#entriesRead.get(tab) ?? 0;
      if (seen === entries) continue;
      for (const { kind, amount, reference } of entriesOf(ctx, other, currency, seen)) {
        if (amount > 0) {
          const [owed, limit] = [exposure(ctx, other, currency), creditLimitOf(ctx, other)];
          must(owed <= limit, `${peer.name} let a peer owe ${owed}, past its limit of ${limit}`);
        }
        if (kind === 'solicitation') continue;
        const key = `${tab} ${kind} ${reference}`;
        must(!this.#charged.has(key), `${peer.name} entered a ${kind} of ${amount} twice`);
        this.#charged.set(key, amount);
        if (kind === 'refund') {
          const price = this.#charged.get(`${tab} purchase ${reference}`);
          must(price === -amount, `${peer.name} refunded ${-amount} of ${price}`);
        }
      }
      this.#entriesRead.set(tab, entries);
    }
  }

  #keysOpenOnce(peer: TestPeer, ctx: Context): void {
    for (const { supply } of recentSales(ctx, 100)) {
      const key = supply.accessKey === undefined ? undefined : accessKeyOf(ctx, supply.accessKey);
      if (!key?.openedBy) continue;
      const opener = this.#openers.get(key.key) ?? key.openedBy;
      must(opener === key.openedBy, `a key of ${peer.name} was opened by two peers`);
      this.#openers.set(key.key, opener);
    }
  }

  /** No debt has two payments: one order at a time for each tab, and none past what is owed or asked. */
  #debtsArePaidOnce(peer: TestPeer, ctx: Context): void {
    for (const currency of currenciesOf(ctx)) {
      const payees = ordersOf(ctx, currency, { limit: 100 })
        .filter(({ state, purpose }) => state === 'ordered' && purpose.kind === 'tab')
        .map(({ payee }) => payee);
      must(new Set(payees).size === payees.length, `${peer.name} pays one debt twice`);
    }
  }

  /** Everything that is wrong although faults have ended and everything has been delivered. */
  atRest(): readonly string[] {
    return this.#world.peers.flatMap((peer) =>
      this.#world.read(peer, (ctx) => [
        ...this.#halvesDiffer(peer, ctx),
        ...this.#dealsOpen(peer, ctx),
        ...this.#contestsDiffer(peer, ctx),
        ...this.#moneyAstray(peer, ctx),
        ...statisticsWrong(peer, ctx),
        ...exchangesWrong(this.#world.peers, peer, ctx),
      ]),
    );
  }

  /** Both sides of each tab say the same, entry by entry and in their journals. */
  #halvesDiffer(service: TestPeer, ctx: Context): string[] {
    return allTabs(ctx).flatMap(({ peer, currency, balance, entries }) => {
      const caller = this.#world.peers.find(({ id }) => id === peer);
      if (!caller) return [];
      const where = `tab of ${caller.name} at ${service.name}`;
      const half = this.#world.read(caller, (other) => ({
        mirror: mirrorOf(other, service.id, currency),
        owed: -balanceOf(other, currency, weOwe(service.id)),
        transit: balanceOf(other, currency, inTransit(service.id)),
      }));
      const booked = balanceOf(ctx, currency, owesUs(peer));
      return [
        half.mirror.entries === entries || `${where}: ${half.mirror.entries} of ${entries} entries`,
        half.mirror.balance === balance || `${where}: ${half.mirror.balance} for ${balance}`,
        half.mirror.disputed === 0 || `${where}: ${half.mirror.disputed} disputed`,
        booked === balance || `${where}: ${booked} booked by the service for ${balance}`,
        half.owed === balance || `${where}: ${half.owed} booked by the caller for ${balance}`,
        half.transit === 0 || `${where}: ${half.transit} still in transit`,
      ].filter((wrong) => wrong !== true);
    });
  }

  #dealsOpen(peer: TestPeer, ctx: Context): string[] {
    const purchases = recentPurchases(ctx, 1_000)
      .filter(({ state }) => !endedPurchaseStates.has(state) && state !== 'agreed')
      .map(({ state }) => `a purchase of ${peer.name} is ${state}`);
    const contests = recentPurchases(ctx, 1_000)
      .filter(({ contest }) => contest?.state === 'sent')
      .map(() => `a contest of ${peer.name} is not answered`);
    const sales = recentSales(ctx, 1_000).flatMap((sale) => this.#saleWrong(peer, sale));
    const clearing = currenciesOf(ctx)
      .map((currency) => balanceOf(ctx, currency, 'clearing:deals'))
      .filter((balance) => balance !== 0)
      .map((balance) => `${balance} stand in the clearing of ${peer.name}`);
    return [...purchases, ...contests, ...sales, ...clearing];
  }

  /** What a seller refunded its buyer has seen on the tab, and nothing else; what one has noted, so has the other. */
  #contestsDiffer(buyer: TestPeer, ctx: Context): string[] {
    return recentPurchases(ctx, 1_000).flatMap(({ contest, deal, seller }) => {
      const service = this.#world.peers.find(({ id }) => id === seller);
      if (!contest || !service) return [];
      const sales = this.#world.read(service, (other) => salesOf(other, deal));
      const sale = sales.find((each) => each.buyer === buyer.id);
      const refunded = sale?.state === 'refunded' || sale?.contest?.outcome === 'refunded';
      const noted = sale?.contest?.outcome === 'noted';
      return refunded === (contest.state === 'refunded') && noted === (contest.state === 'noted')
        ? []
        : [`a contest of ${buyer.name} is ${contest.state}, ${service.name} says ${refunded}`];
    });
  }

  /** What the buyer was charged is the price, or nothing where the sale was refunded. */
  #saleWrong(
    peer: TestPeer,
    { buyer, currency, deal, state, price, contest, sealed }: Sale,
  ): string[] {
    if (['buying', 'retrieving', 'sealing', 'holding', 'claiming'].includes(state))
      return [`a sale of ${peer.name} is still ${state}`];
    const tab = `${peer.name} ${buyer} ${currency}`;
    const charged = this.#charged.get(`${tab} purchase ${deal}`) ?? 0;
    const refunded = this.#charged.get(`${tab} refund ${deal}`) ?? 0;
    const due = sealed || state === 'refunded' || contest?.outcome === 'refunded' ? 0 : price;
    return charged + refunded === due
      ? []
      : [`a sale of ${peer.name} is ${state} and charged ${charged + refunded} of ${due}`];
  }

  /** Nothing is ordered any more, the issuers' ledgers say what the holders' books say, nobody disputes. */
  #moneyAstray(peer: TestPeer, ctx: Context): string[] {
    const wrong = allDiscrepancies(ctx).map(({ detail }) => `${peer.name} notes: ${detail}`);
    for (const currency of currenciesOf(ctx)) {
      const ordered = balanceOf(ctx, currency, 'assets:ordered');
      if (ordered !== 0) wrong.push(`${peer.name} has ${ordered} ordered`);
      const issuer = this.#world.peers.find(({ id }) => id === currency);
      if (!issuer || issuer === peer) continue;
      for (const side of ['balance', 'held'] as const) {
        const books = balanceOf(ctx, currency, `assets:${side}`);
        const ledger = this.#accountAt(issuer, peer)?.[side];
        if (books !== ledger)
          wrong.push(`${peer.name} books a ${side} of ${books}; ${issuer.name} says ${ledger}`);
      }
    }
    for (const { asking, peer: service } of allMirrors(ctx)) {
      if (asking) wrong.push(`${peer.name} still asks ${service} for entries`);
    }
    return wrong;
  }

  #accountAt(issuer: TestPeer, holder: TestPeer) {
    const answered = issuer.store.transaction((tx) =>
      issuer.peer.handle(tx, this.#world.now, {
        kind: 'request',
        exchange: 'oracle',
        from: holder.id,
        request: { route: 'account', input: {} },
      }),
    );
    const [reply] = answered;
    return reply?.kind === 'reply'
      ? (reply.body as { readonly balance: unknown; readonly held: unknown })
      : undefined;
  }
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`${otherwise[0]?.toUpperCase()}${otherwise.slice(1)}.`);
}
