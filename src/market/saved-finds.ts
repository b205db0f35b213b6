import type { Amount } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import type { DocumentId, Query, SolicitationId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { bidsOf } from './bids.ts';
import type { Buying } from './buying-record.ts';

/** What may be paid for a document, and what one run may cost in solicitation fees, in one currency. */
export interface SavedOffer {
  readonly currency: CurrencyId;
  readonly maxPrice: Amount;
  readonly feesMax: Amount;
}

/** A search that the person wants repeated, within a budget of fees for each run. */
export interface SavedSearch {
  readonly id: string;
  readonly at: Milliseconds;
  readonly query: Query;
  readonly offers: readonly SavedOffer[];
  readonly everyMs: Milliseconds;
  readonly nextAt: Milliseconds;
  /** The last run: the search it was, or why nobody was asked. */
  readonly lastRun?: {
    readonly at: Milliseconds;
    readonly search?: SolicitationId;
    readonly problem?: Problem;
  };
  /** The last run that found what no run had found before. */
  readonly found?: {
    readonly at: Milliseconds;
    readonly search: SolicitationId;
    readonly documents: number;
  };
  /** What was found already is not told again: the latest, and all that the last run found that found anything. */
  readonly known: readonly DocumentId[];
  /** Absent unless a person ever set it on to buy by itself. */
  readonly buying?: Buying;
}

export const savedSearches = collection<SavedSearch>()('savedSearches', ['id']);

/** So many are kept, or as many as one run found where that is more. */
const knownMax = 1_000;

/** A run has ended: documents that it found first are told once; gives back what is kept then. */
export function noteFinds(
  ctx: Context,
  id: string,
  search: SolicitationId,
): SavedSearch | undefined {
  const saved = ctx.tx.get(savedSearches, id);
  if (!saved) return undefined;
  const known = new Set(saved.known);
  const here = new Set(documentsOf(ctx, search));
  const fresh = [...here].filter((documentId) => !known.has(documentId));
  if (fresh.length === 0) return saved;
  const found = { at: ctx.now, search, documents: fresh.length };
  // All that this run found stays known, or the next one would tell it again, and buy it.
  const others = saved.known.filter((documentId) => !here.has(documentId));
  const latest = [...others, ...here].slice(-Math.max(knownMax, here.size));
  const noted = { ...saved, found, known: latest };
  ctx.tx.put(savedSearches, noted);
  ctx.effect({
    kind: 'event',
    event: { type: 'saved-search-found', saved: id, search, documents: fresh.length },
  });
  return noted;
}

/** The documents that a search found, each once. */
export function documentsOf(ctx: Pick<Context, 'tx'>, search: SolicitationId): DocumentId[] {
  return [...new Set(bidsOf(ctx, search).map(({ bid }) => bid.sub))];
}
