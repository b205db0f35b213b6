import { currencyOf, type Market, promised, told } from '../market.ts';
import { search } from '../trade.ts';

/** Alice offers ink; Bob does not take it and says what he takes (paper §2.1). */
export async function refusal(market: Market): Promise<void> {
  const { narrator, actors } = market;
  const { Alice, Bob } = actors;
  const ink = currencyOf(market, 'Erin');
  const mc = currencyOf(market, 'money.com');
  narrator.scene('A currency is refused', '§2.1');
  const offer = { currency: ink, maxPrice: 20 };
  const { search: ended } = await search(Alice, { query: { text: 'tide' }, offers: [offer] });
  const refused = ended.refusals.find(({ peer }) => peer === Bob.peer)?.problem;
  promised(refused?.code === 'currency-not-accepted', 'Bob refuses ink');
  const alternatives = refused.members?.['alternatives'];
  promised(
    Array.isArray(alternatives) && alternatives.includes(mc),
    'Bob names money.com as an alternative',
  );
  const { tabs } = await Bob.ask('tabs.list', { peer: Alice.peer });
  promised(!tabs.some(({ currency }) => currency === ink), 'a refusal costs nothing');
  narrator.step(
    '·',
    'Alice → Bob',
    `"Who has something about the tide? I would pay up to ${told(market, 20, ink)}."`,
  );
  narrator.step(
    '·',
    'Bob → Alice',
    '"I do not take ink. I take money.com." (currency-not-accepted; it costs her nothing)',
  );
  narrator.say(
    'Ink is worth something to whoever wants what Erin prints; Bob does not. Alice also holds ' +
      'money.com, one of the alternatives he named, so she asks again in that.',
  );
}
