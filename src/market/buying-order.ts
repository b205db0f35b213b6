import type { Context } from '../kernel/index.ts';
import { buyingDocumentsMax } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, ok, type Result } from '../result.ts';
import type { BuyingOrder } from './buying-record.ts';
import { type SavedSearch, savedSearches } from './saved-finds.ts';

/** What a person orders of a saved search that is to buy by itself, and takes back. */

/**
 * Sets a saved search on to buy by itself from its next run on, or on again within another order; what it has
 * bought counts on. What it had found before it was first set on is not bought, unless it searches for one
 * document. `not-found`; `bad-request` where a budget is in no currency that it offers, or a number does not fit.
 */
export function setBuying(
  ctx: Context,
  id: string,
  order: BuyingOrder,
): Result<SavedSearch, Problem> {
  const saved = ctx.tx.get(savedSearches, id);
  if (!saved) return fail(problem('not-found', 'There is no such saved search.'));
  const wrong = flawOf(saved, order);
  if (wrong !== undefined) return fail(problem('bad-request', wrong));
  const { compare, documentsMax, perDayMax, budgets } = order;
  const { buying, query, known } = saved;
  const set: SavedSearch = {
    ...saved,
    buying: {
      ...{ compare, documentsMax, perDayMax, budgets, state: 'on', since: ctx.now },
      passed: buying?.passed ?? (query.documentId === undefined ? known : []),
      bought: buying?.bought ?? [],
      left: [],
    },
  };
  ctx.tx.put(savedSearches, set);
  return ok(set);
}

/** Stops one saved search buying, or all: from now on nothing is begun. How many were on. */
export function stopBuying(ctx: Context, id?: string): number {
  const on = ctx.tx
    .scan(savedSearches)
    .filter((saved) => saved.buying?.state === 'on' && (id === undefined || saved.id === id));
  for (const saved of on) {
    if (!saved.buying) continue;
    const buying = { ...saved.buying, state: 'stopped', since: ctx.now } as const;
    ctx.tx.put(savedSearches, { ...saved, buying });
  }
  return on.length;
}

function flawOf({ offers }: SavedSearch, order: BuyingOrder): string | undefined {
  const { documentsMax, perDayMax, budgets } = order;
  const counts = [documentsMax, perDayMax];
  if (!counts.every((n) => Number.isInteger(n) && n >= 1 && n <= buyingDocumentsMax))
    return `It buys 1 to ${buyingDocumentsMax} documents, and as many a day.`;
  const offered = new Set(offers.map(({ currency }) => currency));
  const named = budgets.map(({ currency }) => currency);
  if (named.length === 0 || new Set(named).size < named.length)
    return 'Say what it may spend, once in each currency.';
  return named.every((currency) => offered.has(currency))
    ? undefined
    : 'It can spend only currencies that the search offers.';
}
