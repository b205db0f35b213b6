import { moneyWith } from '../../../src/books/index.ts';
import { fingerprintWords, type PeerId } from '../../../src/identity/index.ts';
import type { Context, Neighbor } from '../../../src/kernel/index.ts';
import { learnedOf, perMillion, prospectsOf, sightingsAt } from '../../../src/market/index.ts';
import type { Card } from '../../../src/protocol/index.ts';
import { allMirrors, allTabs, askTerms, netOwed, termsOf } from '../../../src/tabs/index.ts';
import {
  acceptKnownPeer,
  addNeighbor,
  allDiscoveries,
  allIntroductions,
  cardOf,
  discoveryOf,
  dismissDiscovery,
  dismissIntroduction,
  endpointsOf,
  formerNeighbors,
  keepRemoved,
  marksOf,
  moveNeighbor,
  readInvite,
  refusePeer,
  setCreditLimit,
  setStrategy,
  solicitedFor,
  suggestions,
} from '../../../src/trust/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, pageOf, refuse, take } from '../handler.ts';
import { sightingView } from './directory.ts';
import { dealKindsOf, statisticsOf } from './statistics.ts';

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
  'neighbors.former': ({ peer }, page) =>
    peer.run((ctx) => {
      const { total, rows } = pageOf(formerNeighbors(ctx), page);
      return { total, peers: [...rows] };
    }),
  'neighbors.add': ({ peer }, how) => peer.run((ctx) => plain(take(addNeighbor(ctx, how)))),
  'neighbors.move': ({ peer }, { peer: who, list, reason }) =>
    peer.run((ctx) => plain(take(moveNeighbor(ctx, who, list, reason)))),
  'neighbors.remove': async ({ peer }, { peer: who }) => {
    const known = await peer.run((ctx) => ctx.neighbors.get(who) !== undefined);
    if (!known) refuse('unknown-neighbor', 'This peer is on none of your lists.');
    await peer.run((ctx) => keepRemoved(ctx, who));
    await peer.removeNeighbor(who);
    return {};
  },
  'neighbors.get': ({ peer }, { peer: who }) => peer.run((ctx) => acquaintance(ctx, who)),
  'neighbors.readInvite': ({ peer }, { invite }) =>
    peer.run((ctx) => invitation(ctx, take(readInvite(ctx, invite)).payload)),
  'neighbors.words': ({ peer }, { peer: who }) => peer.run((ctx) => ({ words: wordsOf(ctx, who) })),
  'neighbors.refuse': ({ peer }, { peer: who, reason }) =>
    peer.run((ctx) => plain(take(refusePeer(ctx, who, reason)))),
  'neighbors.limit': ({ peer }, { peer: who, creditLimit }) =>
    peer.run((ctx) => plain(take(setCreditLimit(ctx, who, creditLimit ?? undefined)))),
  'neighbors.strategy': ({ peer }, { peer: who, strategy }) =>
    peer.run((ctx) => plain(take(setStrategy(ctx, who, strategy ?? undefined)))),
  'neighbors.check': async ({ peer }, { peer: who }) => {
    await peer.run((ctx) => askTerms(ctx, who, endpointsOf(ctx, who)));
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
  'discoveries.list': ({ peer }, { show, ...page }) =>
    peer.run((ctx) => {
      const found = show === 'all' ? allDiscoveries(ctx) : suggestions(ctx);
      const { total, rows } = pageOf(found.toReversed(), page);
      return { total, discoveries: rows.map((each) => withEndpoints(ctx, each)) };
    }),
  'discoveries.dismiss': async ({ peer }, { peer: who }) => {
    await peer.run((ctx) => dismissDiscovery(ctx, who));
    return {};
  },
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
    solicited: solicitedFor(ctx, neighbor),
    marks: [...marksOf(ctx, neighbor.peer)],
    ...(card?.issues && { issues: card.issues }),
    accepts: card ? [...card.accepts] : [],
    ...(terms && {
      terms: { at: terms.at, standing: terms.standing, currencies: [...terms.currencies] },
    }),
    tabs: currenciesWith(ctx, neighbor.peer).map((currency) => ({
      currency,
      netOwed: netOwed(ctx, neighbor.peer, currency),
    })),
    statistics: statisticsOf(ctx, neighbor.peer),
  };
}

function currenciesWith(ctx: Context, peer: PeerId) {
  const halves = [...allTabs(ctx), ...allMirrors(ctx)].filter((half) => half.peer === peer);
  return [...new Set(halves.map(({ currency }) => currency))].toSorted();
}

function withEndpoints<K extends { readonly peer: PeerId }>(ctx: Context, known: K) {
  return { ...known, endpoints: [...endpointsOf(ctx, known.peer)] };
}

function wordsOf(ctx: Context, peer: PeerId): string[] {
  return [...fingerprintWords(peer, ctx.sha256)];
}

function invitation(ctx: Context, card: Card): HandlerOutput<'neighbors.readInvite'> {
  const known = ctx.neighbors.get(card.iss);
  return {
    peer: card.iss,
    name: card.name,
    endpoints: [...card.endpoints],
    issues: card.issues !== undefined,
    accepts: [...card.accepts],
    words: wordsOf(ctx, card.iss),
    ...(known && { list: known.list }),
  };
}

const traitsShown = 12;
const documentsShown = 20;

/** What asking it teaches: the chance of a bid, what it is good for, and what asking it is worth. */
function learnedView(ctx: Context, peer: PeerId): HandlerOutput<'neighbors.get'>['learned'] {
  const { asked, chance, traits } = learnedOf(ctx, peer, traitsShown);
  const chancePerMillion = perMillion(chance);
  const currencies = (termsOf(ctx, peer)?.currencies ?? []).map(({ currency }) => currency);
  return {
    asked: Math.round(asked),
    chancePerMillion,
    goodFor: traits.map(({ about, asked: times, chance: each }) => ({
      ...about,
      asked: Math.round(times),
      chancePerMillion: perMillion(each),
    })),
    prospects: [...prospectsOf(ctx, peer, chancePerMillion, currencies)],
  };
}

function acquaintance(ctx: Context, peer: PeerId): HandlerOutput<'neighbors.get'> {
  const neighbor = ctx.neighbors.get(peer);
  const introduction = allIntroductions(ctx).find((each) => each.peer === peer);
  const discovery = discoveryOf(ctx, peer);
  const name = neighbor?.name ?? cardOf(ctx, peer)?.card.name;
  if (name === undefined) refuse('unknown-neighbor', 'Nothing is known of this peer.');
  return {
    peer,
    name,
    words: wordsOf(ctx, peer),
    endpoints: [...endpointsOf(ctx, peer)],
    ...(neighbor && { neighbor: neighborView(ctx, neighbor) }),
    ...(introduction && { introduction }),
    ...(discovery && { discovery: withEndpoints(ctx, discovery) }),
    statistics: statisticsOf(ctx, peer),
    dealKinds: dealKindsOf(ctx, peer),
    learned: learnedView(ctx, peer),
    documents: sightingsAt(ctx, peer, documentsShown).map(sightingView),
    money: [...moneyWith(ctx, peer)],
  };
}
