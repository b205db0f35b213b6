import type { Actor } from './actor.ts';
import { issuerName } from './cast.ts';
import { maxPrice, type Trade } from './in-app-cast.ts';
import type { Players } from './in-app-stage.ts';
import { bidsOn, search } from './trade.ts';

/** Where a purchase ends. */
const ends: ReadonlySet<string> = new Set(['delivered', 'passed-on', 'failed', 'expired']);

/** Lets a neighbor search and buy at the person's peer. Throws where it comes to nothing, and says why. */
export async function carryOut(self: Actor, players: Players, trade: Trade): Promise<void> {
  const { buyer, title } = trade;
  const actor = players[buyer];
  const currency = players[issuerName].peer;
  const offers = [{ currency, maxPrice }];
  const found = await search(actor, { query: { text: title }, offers });
  const bid = bidsOn(found, title).find(({ bidder }) => bidder === self.peer);
  if (!bid) {
    const [refusal] = found.search.refusals;
    throw new Error(`No bid on "${title}" for ${buyer}: ${refusal?.problem.detail ?? 'no reason'}`);
  }
  const { deal } = await actor.ask('deals.buy', { bid: bid.id });
  const purchase = await actor.until(`"${title}" did not arrive`, async () => {
    const { sides } = await actor.ask('deals.get', { deal });
    return sides
      .map((side) => side.deal)
      .find((side) => side.side === 'purchase' && ends.has(side.state));
  });
  if (purchase.state === 'delivered') return;
  const failure = purchase.side === 'purchase' ? purchase.failure?.detail : undefined;
  throw new Error(`"${title}" did not get to ${buyer}: ${failure ?? purchase.state}`);
}
