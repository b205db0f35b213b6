import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Query } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { seenAt } from './directory.ts';
import { commissionOn } from './pricing.ts';

/** What a neighbor's answers taught: how often it was asked for a kind of document and had a bid. */
interface HitRate {
  readonly peer: PeerId;
  readonly kind: string;
  /** Counts, halved as they grow old. */
  readonly asked: number;
  readonly hits: number;
  readonly since: Milliseconds;
}

const hitRates = collection<HitRate>()('hitRates', ['peer', 'kind']);

const halfLifeMs = 24 * 60 * 60_000;
/** Where a document has been seen it will most likely be found again. */
const chanceWhereSeen = 0.9;

/** The kind of document a query is for, as far as the query says. */
export function kindOf(query: Query): string {
  return query.mediaType ?? 'any';
}

/**
 * The chance that a neighbor answers a query with a bid: 1 where nothing is known is too hopeful, 0 would
 * never learn; one hit in two is assumed before anything was asked.
 */
export function chanceOfHit(ctx: Context, peer: PeerId, query: Query): number {
  if (query.documentId !== undefined && seenAt(ctx, query.documentId, peer)) return chanceWhereSeen;
  const { asked, hits } = aged(ctx, peer, kindOf(query));
  return (hits + 1) / (asked + 2);
}

/** Chance of a hit × commission − the neighbor's fee: forwarding is worth it above zero (§2.1, protocol 5). */
export function expectedProfit(
  ctx: Context,
  peer: PeerId,
  query: Query,
  maxPrice: Amount,
  fee: Amount,
): number {
  return chanceOfHit(ctx, peer, query) * commissionOn(ctx, maxPrice) - fee;
}

export function learnAnswer(ctx: Context, peer: PeerId, query: Query, hit: boolean): void {
  const kind = kindOf(query);
  const { asked, hits } = aged(ctx, peer, kind);
  ctx.tx.put(hitRates, {
    peer,
    kind,
    asked: asked + 1,
    hits: hits + (hit ? 1 : 0),
    since: ctx.now,
  });
}

export function hitRatesOf(ctx: Pick<Context, 'tx'>, peer: PeerId): readonly HitRate[] {
  return ctx.tx.scan(hitRates, { prefix: [peer] });
}

function aged(
  ctx: Context,
  peer: PeerId,
  kind: string,
): { readonly asked: number; readonly hits: number } {
  const rate = ctx.tx.get(hitRates, peer, kind);
  if (!rate) return { asked: 0, hits: 0 };
  const weight = 0.5 ** ((ctx.now - rate.since) / halfLifeMs);
  return { asked: rate.asked * weight, hits: rate.hits * weight };
}
