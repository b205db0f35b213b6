import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DealId } from '../protocol/index.ts';
import { askTerms } from '../tabs/index.ts';
import { cardOf, endpointsOf } from './cards.ts';
import { isSuggested } from './discovery.ts';
import { list, listed } from './listing.ts';
import { marksOf } from './undesirable.ts';

/**
 * A deal ended well and uncontested: under policies 2 and 3 the peer that was met in it joins the secondary
 * list by itself (§4). Not so one that is on a list, that spoke against itself before, or that the person
 * took off the lists or does not want to be shown now.
 */
export function joinSecondary(ctx: Context, peer: PeerId, deal: DealId): void {
  if (ctx.settings.policy === 1 || listed(ctx, peer)) return;
  const known = cardOf(ctx, peer);
  if (!known || !isSuggested(ctx, peer) || marksOf(ctx, peer).length > 0) return;
  list(ctx, {
    peer,
    name: known.card.name,
    list: 'secondary',
    since: ctx.now,
    reason: 'Met in a deal that ended well.',
    endpoints: known.card.endpoints,
    origin: { kind: 'discovered', deal },
  });
  askTerms(ctx, peer, endpointsOf(ctx, peer));
}
