import { issuerName, type PeerName } from './cast.ts';

/** Who plays in the demo market around somebody's own peer, which has Alice's place. */

export const neighborNames = ['Bob', 'Carol', 'Dave', 'Erin', 'Frank'] as const;
export type NeighborName = (typeof neighborNames)[number];
export const playerNames = [issuerName, ...neighborNames] as const;
export type PlayerName = (typeof playerNames)[number];

/** How the market is marked wherever a person meets it. */
export const reason = 'demo market';
export const titleOf = (name: PlayerName) => `${name} (demo)`;

export const demoCurrency = {
  name: 'Demo money',
  symbol: 'demo',
  redeemableFor: 'nothing: it is play money, and goes away with the demo market',
};

/** What the issuer gives at the beginning: to the person, and to each neighbor, enough for all it buys. */
export const ownGrant = 200;
export const neighborGrant = 600;
export const maxPrice = 60;

/** What a neighbor asks for any document of its own. */
export const prices: Readonly<Record<NeighborName, number>> = {
  Bob: 12,
  Carol: 14,
  Dave: 18,
  Erin: 16,
  Frank: 13,
};

/** The folder of the shipped library that the person's peer shares meanwhile. */
export const ownFolder = 'alice';

const ownTitles = [
  'Field notes from the salt marsh',
  'Birds seen from the jetty',
  'Map of the salt marsh',
  "The heron's ledger",
];

const titlesOf: Readonly<Record<NeighborName, readonly string[]>> = {
  Bob: ['Mending a bicycle tube', 'Rope strengths', 'Sharpening a kitchen knife'],
  Carol: ['Knots worth knowing', 'A glossary of the market', 'Paper boat'],
  Dave: ['How tides keep time', 'Tide table for Lantern Bay', 'The lamp at Lantern Bay'],
  Erin: ['Binding a small book', 'Setting type by hand', 'A specimen of letters'],
  Frank: ['Honey cake', 'Oven log', 'Rye loaf with honey'],
};

/** What a neighbor buys by itself: from the person's shelf, or through the person from another neighbor. */
export interface Trade {
  readonly buyer: NeighborName;
  readonly title: string;
  /** Who has it; undefined where the person does. */
  readonly source?: PeerName;
}

const rounds = 24;

/**
 * The trades in their order, a sale and a commission by turns. The neighbors know nobody but the person, so
 * what they seek at each other goes through the person's peer.
 */
export const trades: readonly Trade[] = Array.from({ length: rounds }, (_, round) => {
  const buyer = pick(neighborNames, round);
  const asker = pick(neighborNames, round + 2);
  // Never its own: one to four places further round the circle.
  const source = pick(neighborNames, round + 2 + 1 + (round % (neighborNames.length - 1)));
  return [
    { buyer, title: pick(ownTitles, round + Math.floor(round / neighborNames.length)) },
    { buyer: asker, source, title: pick(titlesOf[source], round) },
  ];
}).flat();

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
