import type { PeerId } from '../../../src/identity/index.ts';
import type { Context, Neighbor } from '../../../src/kernel/index.ts';
import { allMirrors, allTabs, netOwed, termsOf } from '../../../src/tabs/index.ts';
import {
  acceptKnownPeer,
  addNeighbor,
  allDiscoveries,
  allIntroductions,
  cardOf,
  dismissIntroduction,
  endpointsOf,
  moveNeighbor,
} from '../../../src/trust/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, pageOf, refuse, take } from '../handler.ts';

type Names = Extract<
  MethodName,
  `neighbors.${string}` | `introductions.${string}` | `discoveries.${string}`
>;

export const neighborHandlers: Handlers<Names> = {
  'neighbors.list': ({ peer }, { list, ...page }) =>
    peer.run((ctx) => {
      const found = ctx.neighbors
        .all()
        .filter((each) => list === undefined || each.list === list)
        .toSorted((a, b) => a.name.localeCompare(b.name) || (a.peer < b.peer ? -1 : 1));
      const { total, rows } = pageOf(found, page);
      return { total, neighbors: rows.map((each) => neighborView(ctx, each)) };
    }),
  'neighbors.add': ({ peer }, how) => peer.run((ctx) => plain(take(addNeighbor(ctx, how)))),
  'neighbors.move': ({ peer }, { peer: who, list, reason }) =>
    peer.run((ctx) => plain(take(moveNeighbor(ctx, who, list, reason)))),
  'neighbors.remove': async ({ peer }, { peer: who }) => {
    const known = await peer.run((ctx) => ctx.neighbors.get(who) !== undefined);
    if (!known) refuse('unknown-neighbor', 'This peer is on none of your lists.');
    await peer.removeNeighbor(who);
    return {};
  },
  'introductions.list': ({ peer }, page) =>
    peer.run((ctx) => {
      const { total, rows } = pageOf(allIntroductions(ctx), page);
      return { total, introductions: rows };
    }),
  'introductions.accept': ({ peer }, { peer: who, reason }) =>
    peer.run((ctx) => plain(take(acceptKnownPeer(ctx, who, reason)))),
  'introductions.dismiss': async ({ peer }, { peer: who }) => {
    await peer.run((ctx) => dismissIntroduction(ctx, who));
    return {};
  },
  'discoveries.list': ({ peer }, page) =>
    peer.run((ctx) => {
      const { total, rows } = pageOf(allDiscoveries(ctx).toReversed(), page);
      const discoveries = rows.map((each) => ({
        ...each,
        endpoints: [...endpointsOf(ctx, each.peer)],
      }));
      return { total, discoveries };
    }),
  'discoveries.accept': ({ peer }, { peer: who, reason }) =>
    peer.run((ctx) => plain(take(acceptKnownPeer(ctx, who, reason)))),
};

function plain({ endpoints, ...neighbor }: Neighbor): HandlerOutput<'neighbors.add'> {
  return { ...neighbor, endpoints: [...endpoints] };
}

function neighborView(
  ctx: Context,
  neighbor: Neighbor,
): HandlerOutput<'neighbors.list'>['neighbors'][number] {
  const card = cardOf(ctx, neighbor.peer)?.card;
  const terms = termsOf(ctx, neighbor.peer);
  return {
    ...plain(neighbor),
    ...(card?.issues && { issues: card.issues }),
    accepts: card ? [...card.accepts] : [],
    ...(terms && {
      terms: { at: terms.at, standing: terms.standing, currencies: [...terms.currencies] },
    }),
    tabs: currenciesWith(ctx, neighbor.peer).map((currency) => ({
      currency,
      netOwed: netOwed(ctx, neighbor.peer, currency),
    })),
  };
}

function currenciesWith(ctx: Context, peer: PeerId) {
  const halves = [...allTabs(ctx), ...allMirrors(ctx)].filter((half) => half.peer === peer);
  return [...new Set(halves.map(({ currency }) => currency))].toSorted();
}
