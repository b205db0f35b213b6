import type { MethodInput, MethodOutput } from '../../../main/bridge/contract.ts';
import type { Amount } from '../../../src/amount.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import type { DocumentId } from '../../../src/protocol/index.ts';

export type SearchView = MethodOutput<'search.get'>;
type Query = MethodInput<'search.start'>['query'];
type Offers = MethodInput<'search.start'>['offers'];

export interface WishOffer {
  readonly currency: CurrencyId;
  /** In the smallest unit; undefined while no amount is written. */
  readonly maxPrice: number | undefined;
}

/** What a person looks for, and what they would pay in which currencies, the preferred first. */
export interface SearchWish {
  readonly text: string;
  readonly offers: readonly WishOffer[];
  readonly mediaType?: string | undefined;
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
}

const documentIdPattern = /^b3-[a-z2-7]{52}$/;

export function isDocumentId(text: string): text is DocumentId {
  return documentIdPattern.test(text);
}

/** The query of a wish: what looks like a document id is one. */
export function queryOf({ text, mediaType, minSize, maxSize }: SearchWish): Query {
  const sought = text.trim();
  return {
    ...(isDocumentId(sought) ? { documentId: sought } : { text: sought }),
    ...(mediaType !== undefined && { mediaType }),
    ...(minSize !== undefined && { minSize }),
    ...(maxSize !== undefined && { maxSize }),
  };
}

/** The offers that can be made: each currency once, with an amount. Undefined where one is not ready. */
export function offersOf({ offers }: SearchWish): Offers | undefined {
  const currencies = new Set(offers.map(({ currency }) => currency));
  if (offers.length === 0 || currencies.size < offers.length) return undefined;
  const ready = offers.flatMap(({ currency, maxPrice }) =>
    maxPrice === undefined ? [] : [{ currency, maxPrice: maxPrice as Amount }],
  );
  return ready.length === offers.length ? ready : undefined;
}

/** The wish behind a search that was made. */
export function wishOf({ query, offers }: Pick<SearchView, 'query' | 'offers'>): SearchWish {
  const { mediaType, minSize, maxSize } = query;
  return { text: textOf(query), offers, mediaType, minSize, maxSize };
}

export function textOf(query: SearchView['query']): string {
  return query.text ?? query.documentId ?? '';
}

/** A size that is below the other makes no sense. */
export function sizesFit({ minSize = 0, maxSize = Number.POSITIVE_INFINITY }: SearchWish): boolean {
  return minSize <= maxSize;
}
