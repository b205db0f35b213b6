import { settleAt } from '../cast.ts';
import { currencyOf, type Market, promised, told } from '../market.ts';
import { type Bought, settled } from '../trade.ts';

/** The tabs of the three-hop deal passed their threshold: each debtor pays at money.com by itself (§2). */
export async function settling(market: Market, { chain }: Bought): Promise<void> {
  const { narrator } = market;
  const mc = currencyOf(market, 'money.com');
  narrator.scene('Tabs settle', '§2');
  narrator.say(
    'Neighbors do not run to the issuer for every unit. They keep a tab, and who owes ' +
      `${told(market, settleAt, mc)} or more pays. All three now owe more than that, so each pays, unasked:`,
  );
  for (const { buyer, seller, purchase } of chain) {
    const paid = await settled(buyer, seller, purchase);
    promised(paid.amount >= settleAt, `${buyer.name} pays once the debt is worth it`);
    narrator.step(
      '·',
      `${buyer.name} → ${seller.name}`,
      `${told(market, paid.amount, mc)} at money.com; fee ${paid.fee ?? 0}, destroyed`,
    );
  }
  for (const [i, { buyer, seller, purchase }] of chain.entries()) {
    const next = chain[i + 1];
    if (!next) break;
    narrator.say(
      `${seller.name} got ${purchase.price} from ${buyer.name} and paid ${next.seller.name} ` +
        `${next.purchase.price}: a commission of ${told(market, purchase.price - next.purchase.price, mc)}, ` +
        'for knowing whom to ask.',
    );
  }
}
