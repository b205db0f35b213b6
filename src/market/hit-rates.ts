import { type MediaKind, mediaKindOf, wordsOf } from '../documents/index.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { hitRatesPerPeerMax } from '../limits.ts';
import type { Query } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/**
 * What the answers of neighbors teach about where to ask (§5): for each neighbor and *trait* of what was
 * asked for, how often it was asked and how often it had a bid. Traits are `any`, a kind of document as
 * `kind:audio`, a word as `word:tide`.
 */
export interface HitRate {
  readonly peer: PeerId;
  /** The trait. */
  readonly kind: string;
  /** Counts, halved as they grow old. */
  readonly asked: number;
  readonly hits: number;
  readonly since: Milliseconds;
  /** 1 where it ever had a bid: what only failed is forgotten first. */
  readonly worth?: 0 | 1;
  /** With the trait `any`: how many others are known of the peer. */
  readonly traits?: number;
}

/** By trait first: what all neighbors are good for is one scan for each word of a question. */
const hitRates = collection<HitRate>()('hitRates', ['kind', 'peer'], {
  peer: ['peer', 'worth', 'since'],
});

const any = 'any';
const halfLifeMs = 7 * 24 * 60 * 60_000;
const queryWordsMax = 8;
const titleWordsMax = 12;
/** What is known of a neighbor at large counts as much as so many questions of the same trait. */
const priorAsked = 2;

/** The traits of a question besides `any`. A document id says nothing about what else is there. */
export function traitsOf({ text, mediaType }: Query): readonly string[] {
  return [...kindTraits(mediaType), ...wordTraits(text ?? '', queryWordsMax)];
}

/** Words of one or two letters say little; of scripts that need no more they are kept. */
function wordTraits(text: string, wordsMax: number): string[] {
  return wordsOf(text, wordsMax)
    .filter((word) => !/^[a-z]{1,2}$/.test(word))
    .map((word) => `word:${word}`);
}

function kindTraits(mediaType: string | undefined): string[] {
  return mediaType === undefined ? [] : [`kind:${mediaKindOf(mediaType)}`];
}

/**
 * The chance that each neighbor has a bid for a question, from one scan for each of its traits:
 * at large (hits + 1) ÷ (asked + 2), a Beta prior of one hit and one miss; and with the traits
 * (hits + 2 × chance at large) ÷ (asked + 2), where a question counts once for each trait that it shares.
 */
export function hitChances(
  ctx: Pick<Context, 'tx' | 'now'>,
  query: Query,
): (peer: PeerId) => number {
  const [atLarge, ...byTrait] = [any, ...traitsOf(query)].map((trait) => {
    const rates = ctx.tx.scan(hitRates, { prefix: [trait] });
    return new Map(rates.map((rate) => [rate.peer, rate]));
  });
  return (peer) =>
    chanceFrom(
      ctx.now,
      atLarge?.get(peer),
      byTrait.map((rates) => rates.get(peer)),
    );
}

function chanceFrom(
  now: Milliseconds,
  atLarge: HitRate | undefined,
  traits: readonly (HitRate | undefined)[],
): number {
  const all = aged(now, atLarge);
  const chance = (all.hits + 1) / (all.asked + 2);
  const shared = traits.map((rate) => aged(now, rate));
  const hits = shared.reduce((sum, rate) => sum + rate.hits, 0);
  const asked = shared.reduce((sum, rate) => sum + rate.asked, 0);
  return (hits + priorAsked * chance) / (asked + priorAsked);
}

/** A neighbor answered a question, with a bid or without. */
export function learnAnswer(ctx: Context, peer: PeerId, query: Query, hit: boolean): void {
  learn(ctx, peer, traitsOf(query), hit, true);
}

/**
 * A neighbor bid a document: had its kind or the other words of its title been asked for, it would have
 * been a hit as well.
 */
export function learnBid(
  ctx: Context,
  peer: PeerId,
  query: Query,
  { title, mediaType }: { readonly title: string; readonly mediaType: string },
): void {
  const words = wordTraits(title, titleWordsMax);
  const asked = new Set(traitsOf(query));
  const others = [...kindTraits(mediaType), ...words].filter((trait) => !asked.has(trait));
  learn(ctx, peer, others, true, false);
}

function learn(
  ctx: Context,
  peer: PeerId,
  traits: readonly string[],
  hit: boolean,
  wasAsked: boolean,
): void {
  let added = 0;
  for (const trait of traits) {
    const before = ctx.tx.get(hitRates, trait, peer);
    if (!before) added += 1;
    ctx.tx.put(hitRates, oneMore(ctx.now, peer, trait, before, hit));
  }
  if (added === 0 && !wasAsked) return;
  const atLarge = ctx.tx.get(hitRates, any, peer);
  const known = (atLarge?.traits ?? 0) + added;
  const forgotten = forgetLeastUseful(ctx, peer, known - hitRatesPerPeerMax);
  const next = wasAsked
    ? oneMore(ctx.now, peer, any, atLarge, hit)
    : (atLarge ?? { peer, kind: any, asked: 0, hits: 0, since: ctx.now });
  const { asked, hits, since } = next;
  ctx.tx.put(hitRates, { peer, kind: any, asked, hits, since, traits: known - forgotten });
}

function oneMore(
  now: Milliseconds,
  peer: PeerId,
  kind: string,
  before: HitRate | undefined,
  hit: boolean,
): HitRate {
  const { asked, hits } = aged(now, before);
  const worth = hit || before?.worth === 1 ? 1 : 0;
  return { peer, kind, asked: asked + 1, hits: hits + (hit ? 1 : 0), since: now, worth };
}

/** First what never was a hit, the oldest first; says how many went. `any` is in no index and stays. */
function forgetLeastUseful(ctx: Context, peer: PeerId, excess: number): number {
  if (excess <= 0) return 0;
  const least = ctx.tx.scan(hitRates, { by: 'peer', prefix: [peer], limit: excess });
  for (const { kind } of least) ctx.tx.remove(hitRates, kind, peer);
  return least.length;
}

/** What a trait is about. */
export type Trait =
  | { readonly about: 'kind'; readonly value: MediaKind }
  | { readonly about: 'word'; readonly value: string };

/** The chance at large, and the traits that a neighbor is best for: those most often asked for with success. */
export function learnedOf(
  ctx: Pick<Context, 'tx' | 'now'>,
  peer: PeerId,
  limit: number,
): {
  readonly asked: number;
  readonly chance: number;
  readonly traits: readonly {
    readonly about: Trait;
    readonly asked: number;
    readonly chance: number;
  }[];
} {
  const atLarge = ctx.tx.get(hitRates, any, peer);
  const useful = ctx.tx.scan(hitRates, { by: 'peer', prefix: [peer, 1] });
  const traits = useful
    .map((rate) => ({ rate, ...aged(ctx.now, rate) }))
    .toSorted((a, b) => b.hits - a.hits || (a.rate.kind < b.rate.kind ? -1 : 1))
    .slice(0, limit)
    .map(({ rate, asked }) => ({
      about: traitOf(rate.kind),
      asked,
      chance: chanceFrom(ctx.now, atLarge, [rate]),
    }));
  return {
    asked: aged(ctx.now, atLarge).asked,
    chance: chanceFrom(ctx.now, atLarge, []),
    traits,
  };
}

function traitOf(kind: string): Trait {
  const value = kind.slice(kind.indexOf(':') + 1);
  return kind.startsWith('kind:')
    ? { about: 'kind', value: value as MediaKind }
    : { about: 'word', value };
}

/** Counts weigh half as much when a week has passed. */
function aged(now: Milliseconds, rate: HitRate | undefined) {
  if (!rate) return { asked: 0, hits: 0 };
  const weight = 0.5 ** (Math.max(0, now - rate.since) / halfLifeMs);
  return { asked: rate.asked * weight, hits: rate.hits * weight };
}
