import type { PeerName } from '../cast.ts';
import { currencyOf, type Market, promised, told } from '../market.ts';
import { balance, buy, lowest, search, settled } from '../trade.ts';

interface Sale {
  readonly buyer: PeerName;
  readonly words: string;
  readonly title: string;
  readonly currency: 'money.com' | 'Erin';
  readonly maxPrice: number;
}

const sales: readonly Sale[] = [
  {
    buyer: 'Erin',
    words: 'salt marsh walks',
    title: 'Field notes from the salt marsh',
    currency: 'Erin',
    maxPrice: 40,
  },
  {
    buyer: 'Frank',
    words: 'map marsh',
    title: 'Map of the salt marsh',
    currency: 'money.com',
    maxPrice: 40,
  },
  {
    buyer: 'Frank',
    words: 'birds jetty',
    title: 'Birds seen from the jetty',
    currency: 'money.com',
    maxPrice: 40,
  },
];

/** Alice sells: to Erin, who pays with money that she makes, and to Frank, who pays with money.com's. */
export async function earning(market: Market): Promise<void> {
  const { narrator, actors } = market;
  narrator.scene('Alice earns by selling', '§1');
  for (const { buyer, words, title, currency, maxPrice } of sales) {
    const who = actors[buyer];
    const money = currencyOf(market, currency);
    const found = await search(who, {
      query: { text: words },
      offers: [{ currency: money, maxPrice }],
    });
    const bid = lowest(found, title);
    const { purchase } = await buy(market, who, bid);
    const paid = await settled(who, actors.Alice, purchase);
    narrator.step(
      '·',
      `${buyer} → Alice`,
      `"${title}" for ${told(market, bid.price, money)}. ${buyer} pays ` +
        `${told(market, paid.amount, money)}, the fee for asking included.` +
        (currency === buyer ? ' She issues them for that: they did not exist before.' : ''),
    );
  }
  const ink = await balanceOnceAbove(market, 'Erin', 0);
  const mc = await balanceOnceAbove(market, 'money.com', 60);
  narrator.say(
    `Alice now has ${told(market, ink, currencyOf(market, 'Erin'))} and ` +
      `${told(market, mc, currencyOf(market, 'money.com'))}, and nobody gave her anything.`,
  );
}

async function balanceOnceAbove(market: Market, issuer: 'Erin' | 'money.com', least: number) {
  const { Alice } = market.actors;
  const money = currencyOf(market, issuer);
  const has = await Alice.until(`her money from ${issuer} did not come`, async () => {
    const now = await balance(Alice, money);
    return now > least ? now : undefined;
  });
  promised(has > least, `Alice earned more than ${told(market, least, money)}`);
  return has;
}
