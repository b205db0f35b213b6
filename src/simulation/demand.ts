import type { Random } from './random.ts';

/** What there is to trade and who wants what, as numbers: the world makes shelves and queries of it. */
export interface DemandOptions {
  readonly documents: number;
  /** Documents are of so many kinds; each peer prefers one. */
  readonly kinds: number;
  /** The k-th most popular document is wanted in proportion to k^−exponent (Zipf's law). */
  readonly exponent: number;
  /** How many documents a peer that shares has at the beginning, on the average. */
  readonly shelf: number;
  /** The share of a peer's documents and wishes that is of its preferred kind. */
  readonly taste: number;
  /** The share of peers that share nothing. */
  readonly freeRiders: number;
}

export const usualDemand: DemandOptions = {
  ...{ documents: 1_000, kinds: 5, exponent: 0.8, shelf: 5, taste: 0.7, freeRiders: 0 },
};

export interface PlannedDocument {
  /** Its place by popularity: 0 is the one that most want. */
  readonly number: number;
  readonly kind: number;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

export interface Demand {
  readonly options: DemandOptions;
  readonly documents: readonly PlannedDocument[];
  /** The documents of each peer at the beginning, ascending. */
  readonly shelves: readonly (readonly number[])[];
  /** The kind that each peer prefers. */
  readonly tastes: readonly number[];
  /** Draws a document by its popularity, of one kind or of all. */
  readonly draw: (random: Random, kind?: number) => number;
}

const mediaTypes = [
  'text/plain',
  'application/pdf',
  'image/png',
  'audio/mpeg',
  'video/mp4',
  'text/html',
  'application/epub+zip',
  'image/svg+xml',
] as const;

/** Kinds are told apart by media type, as the market does it. */
function mediaTypeOf(kind: number): string {
  return mediaTypes[kind] ?? `application/x-kind-${kind}`;
}

/**
 * Draws by Zipf's law: the item at place k (from 0) with a chance in proportion to (k + 1)^−exponent. The
 * places may be sparse: those of one kind keep the weight that they have among all.
 */
export function zipf(places: readonly number[], exponent: number): (random: Random) => number {
  if (places.length === 0) throw new Error('There is nothing to draw from.');
  let total = 0;
  const reached = places.map((place) => {
    total += (place + 1) ** -exponent;
    return total;
  });
  return (random) => {
    const sought = random.next() * total;
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((reached[middle] as number) > sought) high = middle;
      else low = middle + 1;
    }
    return places[low] as number;
  };
}

/**
 * The documents, the shelves and the tastes of so many peers. Popular documents are on many shelves, as
 * they are wanted; every document is on one at least, so that no search is hopeless.
 */
export function makeDemand(options: DemandOptions, peers: number, random: Random): Demand {
  const { documents: count, kinds, exponent, shelf, taste, freeRiders } = options;
  if (kinds < 1 || kinds > count) throw new Error(`${count} documents are of no ${kinds} kinds.`);
  const documents = Array.from({ length: count }, (_, number) => plan(number, kinds, random));
  const all = documents.map(({ number }) => number);
  const drawAny = zipf(all, exponent);
  const drawKind = Array.from({ length: kinds }, (_, kind) =>
    zipf(
      all.filter((number) => documents[number]?.kind === kind),
      exponent,
    ),
  );
  const draw = (from: Random, kind?: number) =>
    (kind === undefined ? drawAny : (drawKind[kind] ?? drawAny))(from);
  const tastes = Array.from({ length: peers }, (_, peer) => peer % kinds);
  const sharing = random.shuffle([...tastes.keys()]).slice(Math.round(peers * freeRiders));
  const shelves = Array.from({ length: peers }, () => new Set<number>());
  for (const peer of sharing) {
    // From half to one and a half times the average.
    const wanted = Math.round(shelf * (0.5 + random.next()));
    for (let draws = 0; draws < 20 * wanted; draws++) {
      if ((shelves[peer]?.size ?? 0) >= Math.min(wanted, count)) break;
      shelves[peer]?.add(draw(random, random.happens(taste) ? tastes[peer] : undefined));
    }
  }
  shelveTheRest(documents, { shelves, tastes, sharing }, random);
  return {
    ...{ options, documents, tastes, draw },
    shelves: shelves.map((set) => [...set].sort((a, b) => a - b)),
  };
}

function plan(number: number, kinds: number, random: Random): PlannedDocument {
  const kind = number % kinds;
  // Sizes spread over a factor of a hundred: from 20 kB to 2 MB.
  const sizeBytes = Math.round(20_000 * 100 ** random.next());
  return { number, kind, sizeBytes, mediaType: mediaTypeOf(kind) };
}

/** A document that nobody drew goes to somebody who shares and prefers its kind. */
function shelveTheRest(
  documents: readonly PlannedDocument[],
  {
    shelves,
    tastes,
    sharing,
  }: {
    readonly shelves: readonly Set<number>[];
    readonly tastes: readonly number[];
    readonly sharing: readonly number[];
  },
  random: Random,
): void {
  const held = new Set(shelves.flatMap((shelf) => [...shelf]));
  for (const { number, kind } of documents) {
    if (held.has(number) || sharing.length === 0) continue;
    const fond = sharing.filter((peer) => tastes[peer] === kind);
    const holders = fond.length > 0 ? fond : sharing;
    shelves[holders[random.below(holders.length)] as number]?.add(number);
  }
}

/**
 * The next document that a peer looks for: by its taste and by popularity, and not one that it has.
 * Undefined where it seems to have all it could want.
 */
export function nextWish(
  demand: Demand,
  peer: number,
  has: (document: number) => boolean,
  random: Random,
): PlannedDocument | undefined {
  const { options, tastes, documents } = demand;
  for (let draws = 0; draws < 50; draws++) {
    const kind = random.happens(options.taste) ? tastes[peer] : undefined;
    const number = demand.draw(random, kind);
    if (!has(number)) return documents[number];
  }
  return undefined;
}
