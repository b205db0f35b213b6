import type { IssuerName, PeerName } from '../cast.ts';
import { currencyOf, type Market, promised, told } from '../market.ts';
import { buy, lowest, type Order, search, settled } from '../trade.ts';

interface Leg {
  readonly buyer: PeerName;
  readonly seller: PeerName;
  readonly words: string;
  readonly title: string;
  readonly moves: 'made' | 'passed' | 'redeemed';
}

const rye: readonly Leg[] = [
  {
    buyer: 'Frank',
    seller: 'Erin',
    words: 'binding book',
    title: 'Binding a small book',
    moves: 'made',
  },
  {
    buyer: 'Erin',
    seller: 'Alice',
    words: 'heron ledger',
    title: "The heron's ledger",
    moves: 'passed',
  },
  {
    buyer: 'Alice',
    seller: 'Frank',
    words: 'rye honey',
    title: 'Rye loaf with honey',
    moves: 'redeemed',
  },
];

const ink: readonly Leg[] = [
  {
    buyer: 'Alice',
    seller: 'Erin',
    words: 'specimen letters',
    title: 'A specimen of letters',
    moves: 'redeemed',
  },
];

/** What the peers' own money does: made to buy, passed on, brought home and destroyed (§1). */
export async function ownCurrencies(market: Market): Promise<void> {
  const { narrator } = market;
  narrator.scene('Money that peers make themselves', '§1');
  for (const leg of rye) await tell(market, 'Frank', leg);
  for (const leg of ink) await tell(market, 'Erin', leg);
  narrator.say(
    'Frank got a document for a promise of bread. The promise went through two hands and came home ' +
      'when Alice wanted his recipe. Nobody needed money.com for any of it.',
  );
}

async function tell(market: Market, issuer: IssuerName, leg: Leg): Promise<void> {
  const { actors, narrator } = market;
  const money = currencyOf(market, issuer);
  const supplyBefore = await actors[issuer].ask('currency.statement', {});
  const found = await search(actors[leg.buyer], {
    query: { text: leg.words },
    offers: [{ currency: money, maxPrice: 30 }],
  });
  const bid = lowest(found, leg.title);
  promised(bid.bidder === actors[leg.seller].peer, `${leg.seller} offers "${leg.title}"`);
  const { purchase } = await buy(market, actors[leg.buyer], bid);
  const paid = await settled(actors[leg.buyer], actors[leg.seller], purchase);
  const supply = await actors[issuer].ask('currency.statement', {});
  narrator.step(
    '·',
    `${leg.buyer} → ${leg.seller}`,
    `"${leg.title}" for ${told(market, bid.price, money)}. ` +
      whatMoved(market, leg, paid, {
        made: supply.issued - supplyBefore.issued,
        destroyed: supply.destroyed - supplyBefore.destroyed,
      }),
  );
}

interface Supply {
  readonly made: number;
  readonly destroyed: number;
}

function whatMoved(market: Market, leg: Leg, paid: Order, { made, destroyed }: Supply): string {
  const money = (units: number) => told(market, units, paid.currency);
  switch (leg.moves) {
    case 'made':
      promised(made === paid.amount, `${leg.buyer} makes what it pays`);
      return `${leg.buyer} issues ${money(made)} to pay the tab.`;
    case 'passed':
      promised(made === 0 && destroyed > 0, `${leg.buyer} passes on what others made`);
      return `${leg.buyer} passes ${money(paid.amount)} on; the fee of ${money(destroyed)} is destroyed.`;
    case 'redeemed':
      promised(destroyed >= paid.amount, `${leg.seller} redeems its own money`);
      return (
        `${money(paid.amount)} come home to ${leg.seller}; with the fee ${money(destroyed)} ` +
        'are destroyed.'
      );
  }
}
