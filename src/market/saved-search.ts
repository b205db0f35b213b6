import { type Context, clearTimer, newId, setTimer } from '../kernel/index.ts';
import { repeatEveryMsMax, repeatEveryMsMin, savedSearchesMax } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { type Query, query as queryField, type SolicitationId } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Milliseconds } from '../time.ts';
import { documentsOf, type SavedOffer, type SavedSearch, savedSearches } from './saved-finds.ts';
import { forgetSearch, startSearch } from './search.ts';

/** Searches that repeat and tell what is new: the wishlist. They ask only whom their budget pays for. */

export interface SavedOrder {
  readonly query: Query;
  readonly offers: readonly SavedOffer[];
  readonly everyMs: Milliseconds;
  /** A search that the person has just made: what it found is known, and the first run is later. */
  readonly after?: SolicitationId;
}

/**
 * Keeps a search that repeats every `everyMs` milliseconds until it is forgotten. A run asks in the currencies
 * offered, costs at most the fees that each offer allows, and tells new documents as `saved-search-found`.
 * `bad-request` where the order does not fit, or too many are kept.
 */
export function saveSearch(ctx: Context, order: SavedOrder): Result<SavedSearch, Problem> {
  const { query, offers, everyMs, after } = order;
  const valid = queryField.safeParse(query);
  if (!valid.success) return fail(problem('bad-request', 'Search for a text or a document id.'));
  if (offers.length === 0)
    return fail(problem('bad-request', 'Say what you would pay, and in which currency.'));
  if (everyMs < repeatEveryMsMin || everyMs > repeatEveryMsMax)
    return fail(
      problem('bad-request', 'A search repeats every minute at most, every month at least.'),
    );
  if (allSavedSearches(ctx).length >= savedSearchesMax)
    return fail(problem('bad-request', `At most ${savedSearchesMax} searches can be kept.`));
  const saved: SavedSearch = {
    id: newId(ctx.chance),
    at: ctx.now,
    query: valid.data,
    offers,
    everyMs,
    nextAt: after === undefined ? ctx.now : ctx.now + everyMs,
    known: after === undefined ? [] : documentsOf(ctx, after),
  };
  ctx.tx.put(savedSearches, saved);
  plan(ctx, saved);
  return ok(saved);
}

/** Its time has come: the search is made again, and the next time planned. */
export function repeatSavedSearch(ctx: Context, id: string): void {
  const saved = ctx.tx.get(savedSearches, id);
  if (!saved) return;
  const { query, offers, everyMs, lastRun, found } = saved;
  if (lastRun?.search !== undefined && lastRun.search !== found?.search)
    forgetSearch(ctx, lastRun.search);
  const started = startSearch(ctx, {
    query,
    offers: offers.map(({ currency, maxPrice }) => ({ currency, maxPrice })),
    budget: {
      saved: id,
      fees: new Map(offers.map(({ currency, feesMax }) => [currency, feesMax])),
    },
  });
  const outcome = started.ok ? { search: started.value.id } : { problem: started.error };
  const next = { ...saved, nextAt: ctx.now + everyMs, lastRun: { at: ctx.now, ...outcome } };
  ctx.tx.put(savedSearches, next);
  plan(ctx, next);
}

/** Forgets it and its runs; false where it was not kept. A run under way goes on, and nothing is told of it. */
export function forgetSavedSearch(ctx: Context, id: string): boolean {
  const saved = ctx.tx.get(savedSearches, id);
  if (!saved) return false;
  for (const run of [saved.lastRun?.search, saved.found?.search])
    if (run !== undefined) forgetSearch(ctx, run);
  ctx.tx.remove(savedSearches, id);
  clearTimer(ctx, timerOf(id));
  return true;
}

/** Newest first. */
export function allSavedSearches(ctx: Pick<Context, 'tx'>): readonly SavedSearch[] {
  return ctx.tx.scan(savedSearches).toSorted((a, b) => b.at - a.at);
}

function plan(ctx: Context, { id, nextAt }: SavedSearch): void {
  setTimer(ctx, timerOf(id), nextAt, { kind: 'saved-search', saved: id });
}

const timerOf = (id: string) => `saved-search:${id}`;
