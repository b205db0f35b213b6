import type { Actor } from './actor.ts';
import { issuerName } from './cast.ts';
import { maxPrice, type Trade } from './in-app-cast.ts';
import type { Players } from './in-app-stage.ts';
import { bidsOn, search } from './trade.ts';

/** Where a purchase ends. */
const ends: ReadonlySet<string> = new Set(['delivered', 'passed-on', 'failed', 'expired']);

/** Lets a neighbor search and buy at the person's peer. False where it came to nothing. */
export async function carryOut(self: Actor, players: Players, trade: Trade): Promise<boolean> {
  const { buyer, title } = trade;
  const actor = players[buyer];
  const currency = players[issuerName].peer;
  const offers = [{ currency, maxPrice }];
  const found = await search(actor, { query: { text: title }, offers });
  const bid = bidsOn(found, title).find(({ bidder }) => bidder === self.peer);
  if (!bid) return false;
  const { deal } = await actor.ask('deals.buy', { bid: bid.id });
  const state = await actor.until(`"${title}" did not arrive`, async () => {
    const { sides } = await actor.ask('deals.get', { deal });
    return sides
      .map((side) => side.deal)
      .find((side) => side.side === 'purchase' && ends.has(side.state))?.state;
  });
  return state === 'delivered';
}
