import { type Amount, zero } from '../../../src/amount.ts';
import { maxPriceForSuppliers } from '../../../src/market/index.ts';
import type { Actor } from '../actor.ts';
import { actorOf, currencyOf, type Market, promised, told } from '../market.ts';
import { type Bought, bidsOn, buy, type Found, type Link, lowest, search } from '../trade.ts';

const wanted = 'Tide organ';
const maxPrice = 90 as Amount;

export interface Voyage extends Bought {
  readonly found: Found;
}

/** Figures 2 and 3 of the paper, with their message numbers: A asks B, B asks C, C finds D. */
export async function threeHops(market: Market): Promise<Voyage> {
  const { Alice } = market.actors;
  const mc = currencyOf(market, 'money.com');
  const found = await search(Alice, {
    query: { text: 'tide' },
    offers: [{ currency: mc, maxPrice }],
  });
  const bid = lowest(found, wanted);
  const bought = await buy(market, Alice, bid);
  promised(bought.chain.length === 3, `"${wanted}" comes over three hops`);
  promised(isInOrder(bought.chain), 'acceptances go out, and instructions come back, hop by hop');
  await tellSolicitation(market, found, bought);
  tellChoice(market, found);
  tellAcceptance(market, bought);
  return { ...bought, found };
}

/** Messages 1 to 6: the question goes out, the bids come back. */
async function tellSolicitation(market: Market, found: Found, { chain }: Bought): Promise<void> {
  const { narrator } = market;
  const mc = currencyOf(market, 'money.com');
  narrator.scene('Bid solicitation over three hops', '§2.1, figure 2');
  let most: Amount = maxPrice;
  for (const [i, { buyer, seller }] of chain.entries()) {
    const fee = await feeCharged(buyer, seller, found.search.id);
    const text =
      i === 0
        ? `"Who has something about the tide? I pay up to ${told(market, most, mc)}."`
        : `the same, up to ${told(market, most, mc)}: ${buyer.name} leaves room for a commission.`;
    narrator.step(`(${i + 1})`, `${buyer.name} → ${seller.name}`, `${text} Fee: ${fee}.`);
    const { market: settings } = await seller.ask('settings.get', {});
    if (i < chain.length - 1) most = maxPriceForSuppliers({ settings }, most) ?? zero;
  }
  const back = chain.toReversed();
  for (const [i, { buyer, seller, purchase }] of back.entries()) {
    const price = told(market, purchase.price, mc);
    const below = back[i - 1];
    narrator.step(
      `(${chain.length + i + 1})`,
      `${seller.name} → ${buyer.name}`,
      below
        ? `a bid at ${price}: the ${below.purchase.price} of ${seller.name}'s source and a ` +
            `commission of ${purchase.price - below.purchase.price}`
        : `"I have the ${wanted}, for ${price}": a signed bid`,
    );
  }
  narrator.say(
    `${back[0]?.seller.name} cannot tell whether Carol asks for herself, and Alice cannot tell whether ` +
      'Bob has the document. A falling maximum and the fees keep the question from spreading for ever.',
  );
}

/** What a seller's half of the tab says that a solicitation cost. */
async function feeCharged(buyer: Actor, seller: Actor, solicitation: string): Promise<number> {
  const { tabs } = await seller.ask('tabs.list', { peer: buyer.peer });
  for (const { currency } of tabs) {
    const { entries } = await seller.ask('tabs.entries', { peer: buyer.peer, currency });
    const entry = entries.find(
      ({ kind, reference }) => kind === 'solicitation' && reference === solicitation,
    );
    if (entry) return entry.amount;
  }
  throw new Error(`${seller.name} was never asked by ${buyer.name}.`);
}

/** Who else offered the same document: the lowest price wins (paper §2.2). */
function tellChoice(market: Market, found: Found): void {
  const offers = bidsOn(found, wanted).map(
    ({ bidder, price, currency }) =>
      `${actorOf(market, bidder).name} ${told(market, price, currency)}`,
  );
  promised(offers.length > 1, `more than one neighbor offers "${wanted}"`);
  market.narrator.say(
    `Alice's bids for the ${wanted}, the same document by its id: ${offers.join(', ')}. ` +
      'She takes the lowest.',
  );
}

/** Messages 7 to 12: acceptances go out, retrieval instructions come back, then the document itself. */
function tellAcceptance(market: Market, { purchase, chain }: Bought): void {
  const { narrator } = market;
  const mc = currencyOf(market, 'money.com');
  narrator.scene('Bid acceptance and retrieval', '§2.2, figure 3');
  chain.forEach(({ buyer, seller, purchase: { price } }, i) => {
    narrator.step(
      `(${chain.length * 2 + i + 1})`,
      `${buyer.name} → ${seller.name}`,
      `accepts the bid: ${told(market, price, mc)} on ${i === 0 ? 'her' : 'the'} tab`,
    );
  });
  const source = chain.at(-1)?.seller.name ?? '';
  chain.toReversed().forEach(({ buyer, seller }: Link, i) => {
    narrator.step(
      `(${chain.length * 3 + i + 1})`,
      `${seller.name} → ${buyer.name}`,
      i === 0
        ? `retrieval instructions: ${source}'s address, and a key that works one time`
        : 'passes the instructions on',
    );
  });
  const mebibyte = 1024 * 1024;
  const pieces = Math.ceil(purchase.sizeBytes / mebibyte);
  narrator.step(
    '·',
    `Alice ↔ ${source}`,
    `She goes to the source herself and retrieves ${(purchase.sizeBytes / 1e6).toFixed(1)} MB in ` +
      `${pieces} pieces, each checked against the document's id as it arrives. Bob and Carol never ` +
      'touch the file.',
  );
  narrator.proof(`Alice's file and ${source}'s are the same, byte for byte.`);
}

/** By the times in the peers' own books; one machine has one clock. */
function isInOrder(chain: readonly Link[]): boolean {
  return chain.every(({ purchase }, i) => {
    const next = chain[i + 1]?.purchase;
    return !next || (purchase.at <= next.at && next.since <= purchase.since);
  });
}
