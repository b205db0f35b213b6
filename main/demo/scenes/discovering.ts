import type { PeerName } from '../cast.ts';
import { actorOf, type Market, promised } from '../market.ts';

type Way = 'seller-by-buyer' | 'buyer-by-seller' | 'seller-by-intermediary';

const ways: readonly { readonly who: PeerName; readonly met: PeerName; readonly way: Way }[] = [
  { who: 'Bob', met: 'Dave', way: 'seller-by-intermediary' },
  { who: 'Alice', met: 'Dave', way: 'seller-by-buyer' },
  { who: 'Dave', met: 'Alice', way: 'buyer-by-seller' },
];

const how: Readonly<Record<Way, string>> = {
  'seller-by-intermediary':
    'an intermediary meets the seller: the instructions (11) passed through his hands',
  'seller-by-buyer': 'the buyer meets the seller: the instructions (12) name the address',
  'buyer-by-seller': 'the seller meets the buyer: she came to retrieve',
};

/** The three ways of §2.3, as each peer noted them. */
export async function discovering(market: Market): Promise<void> {
  const { narrator, actors } = market;
  narrator.scene('Who discovered whom', '§2.3');
  for (const { who, met, way } of ways) {
    const found = await actors[who].until(`it never met ${met}`, async () => {
      const { discoveries } = await actors[who].ask('discoveries.list', {});
      return discoveries.find(({ peer }) => peer === actors[met].peer);
    });
    promised(found.way === way, `${who} discovers ${met} as the paper says`);
    narrator.step('·', `${who} met ${actorOf(market, found.peer).name}`, how[found.way]);
  }
  narrator.say(
    'Carol knew Dave before. A discovery is only a suggestion: nobody becomes a neighbor without a ' +
      'person saying so.',
  );
}
