import { balanceOf, currenciesOf, inTransit, journalOf, owesUs, weOwe } from '../../books/index.ts';
import type { CurrencyId } from '../../identity/index.ts';
import type { Context } from '../../kernel/index.ts';
import {
  endedPurchaseStates,
  type Purchase,
  recentPurchases,
  recentSales,
  type Sale,
} from '../../market/index.ts';
import { holders } from '../../money/index.ts';
import { allDiscrepancies, allMirrors, allTabs, mirrorOf } from '../../tabs/index.ts';
import type { Milliseconds } from '../../time.ts';
import { isReliable, type SimPeer } from '../sim-peer.ts';
import { conversionsWrong } from './conversions.ts';
import type { TabOracle } from './tabs.ts';

/** What looking at a world at rest needs of it. */
export interface RestWorld {
  readonly now: Milliseconds;
  readonly peers: readonly SimPeer[];
  peerBy(id: string): SimPeer | undefined;
  read<T>(peer: SimPeer, work: (ctx: Context) => T): T;
}

const dealsMax = 1_000_000;

/** Everything that is wrong in a world where faults have ended and everything has been delivered. */
export function atRest(world: RestWorld, tabs: TabOracle): readonly string[] {
  return world.peers
    .filter(isReliable)
    .flatMap((peer) =>
      world.read(peer, (ctx) => [
        ...halvesThatDiffer(world, peer, ctx),
        ...dealsThatAreOpen(world, tabs, peer, ctx),
        ...moneyAstray(world, peer, ctx),
        ...conversionsWrong(peer, ctx),
      ]),
    );
}

/** Both sides of each tab say the same, entry by entry and in their journals. */
function halvesThatDiffer(world: RestWorld, service: SimPeer, ctx: Context): string[] {
  return allTabs(ctx).flatMap(({ peer, currency, balance, entries }) => {
    const caller = world.peerBy(peer);
    if (!caller || !isReliable(caller)) return [];
    const where = `tab of ${caller.name} at ${service.name}`;
    const half = world.read(caller, (other) => ({
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
      // What the payee has seen of an order its payer never hears of, where the issuer left before it answered.
      half.transit === 0 ||
        world.peerBy(currency)?.gone ||
        `${where}: ${half.transit} still in transit`,
    ].filter((wrong) => wrong !== true);
  });
}

function dealsThatAreOpen(
  world: RestWorld,
  tabs: TabOracle,
  peer: SimPeer,
  ctx: Context,
): string[] {
  const purchases = recentPurchases(ctx, dealsMax).flatMap((one) =>
    purchaseWrong(world, tabs, peer, one),
  );
  const sales = recentSales(ctx, dealsMax).flatMap((sale) => saleWrong(tabs, peer, sale));
  // What a dishonest supplier charges differently a person must judge first.
  const disputes = allDiscrepancies(ctx).some((one) => !isReliableAt(world, one.peer));
  const clearing = (disputes ? [] : currenciesOf(ctx)).flatMap((currency) => {
    const balance = balanceOf(ctx, currency, 'clearing:deals');
    return balance === 0 || balance === clearedInVain(world, ctx, currency)
      ? []
      : [`${balance} stand in the clearing of ${peer.name}`];
  });
  return [...purchases, ...sales, ...clearing];
}

/**
 * What stands in clearing for good, or for days, as a supplier left or cheats: a price that it does not refund is a
 * loss only when it hears contests no more, and one that it has not charged before it left it never will.
 */
function clearedInVain(world: RestWorld, ctx: Context, currency: CurrencyId): number {
  const cleared = clearedByDeal(ctx, currency);
  let inVain = 0;
  for (const { deal, price, purpose, seller, contest, ...one } of recentPurchases(ctx, dealsMax)) {
    if (one.currency !== currency || purpose.kind !== 'resale') continue;
    if (isReliableAt(world, seller)) continue;
    const stands = (cleared.get(deal) ?? 0) + (cleared.get(purpose.deal) ?? 0);
    if (stands === (contest?.state === 'sent' ? price : -price)) inVain += stands;
  }
  return inVain;
}

/** What each deal, a sale or the purchase behind it, has put into clearing. */
function clearedByDeal(ctx: Context, currency: CurrencyId): ReadonlyMap<string, number> {
  const cleared = new Map<string, number>();
  for (const { cause, postings } of journalOf(ctx, currency, { limit: dealsMax })) {
    for (const { account, amount } of postings) {
      if (account !== 'clearing:deals' || cause.deal === undefined) continue;
      cleared.set(cause.deal, (cleared.get(cause.deal) ?? 0) + amount);
    }
  }
  return cleared;
}

/** Nothing was delivered unpaid: what arrived stands on the seller's tab, unless it was contested. */
function purchaseWrong(
  world: RestWorld,
  tabs: TabOracle,
  peer: SimPeer,
  { state, seller, currency, deal, price, contest, bidId, sealed }: Purchase,
): string[] {
  // A chain of sealed deals that nobody held for ends by the clock.
  if (!endedPurchaseStates.has(state) && state !== 'agreed')
    return [`a purchase of ${peer.name} is ${state}`];
  // Who left, or cheats, need not answer, nor keep to the price.
  const service = world.peerBy(seller);
  if (!service || !isReliable(service)) return [];
  if (contest?.state === 'sent') return [`a contest of ${peer.name} is not answered`];
  const had = state === 'delivered' || state === 'passed-on';
  const paid = sealed ? price : tabs.chargedFor(seller, peer.id, currency, deal);
  const wrong = had && !contest && paid !== price;
  return wrong ? [`${peer.name} has ${bidId} for ${paid} instead of ${price}`] : [];
}

/** What the buyer was charged is the price, or nothing where the sale was refunded. */
function saleWrong(
  tabs: TabOracle,
  peer: SimPeer,
  { buyer, currency, deal, state, price, contest, sealed }: Sale,
): string[] {
  if (!['instructed', 'delivered', 'refunded', 'closed', 'lapsed'].includes(state))
    return [`a sale of ${peer.name} is still ${state}`];
  const charged = tabs.chargedFor(peer.id, buyer, currency, deal);
  const due = sealed || state === 'refunded' || contest?.outcome === 'refunded' ? 0 : price;
  return charged === due
    ? []
    : [`a sale of ${peer.name} is ${state}, charged ${charged} of ${due}`];
}

/** Nothing is ordered any more, the issuers' ledgers say what the holders' books say, nobody disputes. */
function moneyAstray(world: RestWorld, peer: SimPeer, ctx: Context): string[] {
  const relies = (id: string) => isReliableAt(world, id);
  const wrong = allDiscrepancies(ctx)
    .filter((one) => relies(one.peer))
    .map(({ detail }) => `${peer.name} notes: ${detail}`);
  for (const currency of currenciesOf(ctx)) {
    if (world.peerBy(currency)?.gone) continue;
    const ordered = balanceOf(ctx, currency, 'assets:ordered');
    if (ordered !== 0) wrong.push(`${peer.name} has ${ordered} ordered`);
    const issuer = world.peerBy(currency);
    if (!issuer || issuer === peer) continue;
    const account = accountAt(world, issuer, peer.id);
    for (const side of ['balance', 'held'] as const) {
      const books = balanceOf(ctx, currency, `assets:${side}`);
      if (books !== account[side])
        wrong.push(
          `${peer.name} books a ${side} of ${books}; ${issuer.name} says ${account[side]}`,
        );
    }
  }
  for (const { asking, peer: service } of allMirrors(ctx)) {
    if (asking && relies(service)) wrong.push(`${peer.name} still asks ${service} for entries`);
  }
  return wrong;
}

function isReliableAt(world: RestWorld, id: string): boolean {
  const peer = world.peerBy(id);
  return peer !== undefined && isReliable(peer);
}

function accountAt(world: RestWorld, issuer: SimPeer, holder: CurrencyId) {
  return world.read(
    issuer,
    (ctx) => holders(ctx).find(({ peer }) => peer === holder) ?? { balance: 0, held: 0 },
  );
}
