import type { CurrencyId } from '../../src/identity/index.ts';
import type { MethodInput, MethodOutput } from '../bridge/contract.ts';
import type { Actor } from './actor.ts';
import type { PeerName } from './cast.ts';
import { actorOf, type Market, promised } from './market.ts';
import { isInOneOf } from './same-file.ts';

export type Purchase = MethodOutput<'deals.buy'>;
export type Bid = MethodOutput<'search.bids'>['bids'][number];
type Search = MethodOutput<'search.get'>;

export interface Found {
  readonly search: Search;
  readonly bids: readonly Bid[];
}

/** A search ends when everybody answered; this long it waits where the machine is busy. */
const budgetMs = 15_000;

/** Solicits bids and waits for the end of the search. */
export async function search(actor: Actor, order: MethodInput<'search.start'>): Promise<Found> {
  const { id } = await actor.ask('search.start', { budgetMs, ...order });
  const ended = await actor.until(`its search ${id} did not end`, async () => {
    const found = await actor.ask('search.get', { search: id });
    return found.state === 'ended' ? found : undefined;
  });
  const { bids } = await actor.ask('search.bids', { search: id });
  return { search: ended, bids };
}

/** The lowest bid on a title: what a peer chooses (paper §2.2). */
export function lowest(found: Found, title: string): Bid {
  const [best] = bidsOn(found, title);
  promised(best !== undefined, `somebody has a bid on "${title}"`);
  return best;
}

/** All bids on a title, the lowest first. */
export function bidsOn({ bids }: Found, title: string): readonly Bid[] {
  return bids.filter((bid) => bid.title === title).toSorted((a, b) => a.price - b.price);
}

/** Accepts a bid, waits until the document is there, and compares it with its source. */
export async function buy(market: Market, buyer: Actor, bid: Bid): Promise<Bought> {
  const { deal } = await buyer.ask('deals.buy', { bid: bid.id });
  const purchase = await buyer.until(`"${bid.title}" did not arrive`, async () => {
    const { sides } = await buyer.ask('deals.get', { deal });
    const mine = sides.map((side) => side.deal).find((side) => side.side === 'purchase');
    if (mine?.side !== 'purchase') return undefined;
    promised(mine.state !== 'failed' && mine.state !== 'expired', why(buyer, mine));
    return mine.state === 'delivered' ? mine : undefined;
  });
  const chain = await chainOf(market, buyer, purchase);
  const source = chain.at(-1)?.seller ?? actorOf(market, bid.bidder);
  promised(source.peer === purchase.serving, `"${bid.title}" came straight from its source`);
  const folders = market.folders.get(source.name as PeerName) ?? [];
  const verified = purchase.path !== undefined && (await isInOneOf(folders, purchase.path));
  promised(verified, `"${bid.title}" is ${source.name}'s file, byte for byte`);
  market.deliveries.push({ title: bid.title, hops: chain.length, verified });
  return { purchase, chain };
}

function why(buyer: Actor, { title, failure }: Purchase): string {
  return `${buyer.name} gets "${title}" (${failure?.detail ?? 'no reason was given'})`;
}

/** One deal of a chain: between neighbors, each in its own books. */
export interface Link {
  readonly buyer: Actor;
  readonly seller: Actor;
  readonly purchase: Purchase;
}

export interface Bought {
  readonly purchase: Purchase;
  /** From the buyer to the source; one link for each hop. */
  readonly chain: readonly Link[];
}

/** Follows a purchase from neighbor to neighbor, in the books of each, until somebody had the document. */
async function chainOf(market: Market, first: Actor, bought: Purchase): Promise<readonly Link[]> {
  const chain: Link[] = [];
  let next: { readonly buyer: Actor; readonly purchase: Purchase } | undefined = {
    buyer: first,
    purchase: bought,
  };
  while (next) {
    const { buyer, purchase }: { readonly buyer: Actor; readonly purchase: Purchase } = next;
    const seller = actorOf(market, purchase.seller);
    chain.push({ buyer, seller, purchase });
    next = await supplyOf(seller, purchase);
  }
  return chain;
}

async function supplyOf(seller: Actor, { deal }: Purchase) {
  const { sides } = await seller.ask('deals.get', { deal });
  const sale = sides.map((side) => side.deal).find((side) => side.side === 'sale');
  if (sale?.side !== 'sale' || sale.supplyDeal === undefined) return undefined;
  const supply = await seller.ask('deals.get', { deal: sale.supplyDeal });
  const bought = supply.sides.map((side) => side.deal).find((side) => side.side === 'purchase');
  return bought?.side === 'purchase' ? { buyer: seller, purchase: bought } : undefined;
}

export type Order = MethodOutput<'wallet.orders'>['orders'][number];

/** The payments on tabs that a peer has made in a currency, oldest first. */
export async function settlements(actor: Actor, currency: CurrencyId): Promise<readonly Order[]> {
  const { orders } = await actor.ask('wallet.orders', { currency, limit: 1_000 });
  return orders
    .filter(({ purpose, state }) => purpose.kind === 'tab' && state === 'settled')
    .toReversed();
}

/** Waits until a peer has paid a neighbor for a purchase and nothing is on its way any more. */
export async function settled(
  debtor: Actor,
  creditor: Actor,
  { currency, at }: Pick<Purchase, 'currency' | 'at'>,
): Promise<Order> {
  return debtor.until(`its tab with ${creditor.name} was not settled`, async () => {
    const { tabs } = await debtor.ask('tabs.list', { peer: creditor.peer });
    if (tabs.some((tab) => tab.paying !== undefined)) return undefined;
    const paid = await settlements(debtor, currency);
    return paid.findLast((order) => order.payee === creditor.peer && order.at >= at);
  });
}

/** What a peer has of a currency at its issuer. */
export async function balance(actor: Actor, currency: CurrencyId): Promise<number> {
  const { currencies } = await actor.ask('wallet.list', {});
  return currencies.find((each) => each.currency === currency)?.balance ?? 0;
}
