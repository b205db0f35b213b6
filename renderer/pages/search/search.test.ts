import { describe, expect, it } from 'vitest';
import type { CurrencyId, PeerId } from '../../../src/identity/index.ts';
import { problem } from '../../../src/problem.ts';
import { type BidView, bidsByDocument, fitsFilter } from './bids-by-document.ts';
import { whyNothing } from './why-nothing.ts';
import { offersOf, queryOf, type SearchWish, sizesFit, wishOf } from './wish.ts';

const shells = 'shells' as CurrencyId;
const ink = 'ink' as CurrencyId;
const bid = (id: string, of: string, currency: string, price: number, expiresAt = 100) =>
  ({ id, documentId: of, currency, price, expiresAt, mediaType: 'image/png' }) as BidView;
const wish: SearchWish = { text: ' tide tables ', offers: [{ currency: shells, maxPrice: 5 }] };

describe('bids by document', () => {
  it('put the bids that hold first, then the preferred currency, then the lower price', () => {
    const bids = [
      bid('expired', 'x', shells, 1, 40),
      bid('other', 'x', ink, 2),
      bid('dear', 'x', shells, 9),
      bid('cheap', 'x', shells, 7),
      bid('alone', 'y', ink, 3),
    ];
    const groups = bidsByDocument(bids, [shells, ink], 50);
    expect(groups.map((group) => group.bids.map(({ id }) => id))).toEqual([
      ['cheap', 'dear', 'other', 'expired'],
      ['alone'],
    ]);
    expect(groups[0]?.best.id).toBe('cheap');
  });

  it('put the bidder that delivers before the cheaper one that often fails, where risk counts', () => {
    const often = { ...bid('fails', 'x', shells, 20), expected: { good: 3, of: 6 } } as BidView;
    const sure = { ...bid('sure', 'x', shells, 24), expected: { good: 12, of: 13 } } as BidView;
    const best = (compare: 'price' | 'risk-adjusted') =>
      bidsByDocument([often, sure], [shells], 50, compare)[0]?.best.id;
    expect([best('price'), best('risk-adjusted')]).toEqual(['fails', 'sure']);
  });

  it('can be narrowed by kind and currency', () => {
    const one = bid('a', 'x', ink, 2);
    const fits = [{}, { kind: 'image' as const }, { kind: 'audio' as const }, { currency: shells }];
    expect(fits.map((filter) => fitsFilter(one, filter))).toEqual([true, true, false, false]);
  });
});

describe('a search without a bid', () => {
  it('advises to offer more only where somebody could have bid', () => {
    const [ada, bo] = ['ada', 'bo'] as PeerId[] as [PeerId, PeerId];
    const refusal = (peer: PeerId) => ({ peer, problem: problem('currency-not-accepted', '') });
    const why = (bids: number, askedPeers: PeerId[], refused: PeerId[]) =>
      whyNothing({ bids, askedPeers, refusals: refused.map(refusal) });
    expect(why(0, [ada, bo], [ada, bo, ada])).toBe('refused');
    expect(why(0, [ada, bo], [ada, ada])).toBe('nothing');
    expect(why(0, [], [])).toBe('nothing');
    expect(why(3, [ada], [ada])).toBe('gone');
  });
});

describe('a wish', () => {
  it('asks for a document where the text is its id', () => {
    const documentId = `b3-${'a'.repeat(52)}`;
    expect(queryOf({ ...wish, text: ` ${documentId} ` })).toEqual({ documentId });
    expect(queryOf(wish)).toEqual({ text: 'tide tables' });
  });

  it('makes no offer without an amount, nor two in one currency', () => {
    expect(offersOf(wish)).toEqual([{ currency: shells, maxPrice: 5 }]);
    expect(offersOf({ ...wish, offers: [] })).toBeUndefined();
    expect(offersOf({ ...wish, offers: [{ currency: shells, maxPrice: undefined }] })).toBe(
      undefined,
    );
    expect(offersOf({ ...wish, offers: [...wish.offers, ...wish.offers] })).toBeUndefined();
    expect(offersOf({ ...wish, offers: [{ currency: shells, maxPrice: 0 }] })).toHaveLength(1);
  });

  it('comes back from the search that it became', () => {
    const full = { ...wish, text: 'tides', mediaType: 'text/csv', minSize: 1, maxSize: 2 };
    const search = { query: queryOf(full), offers: offersOf(full) ?? [] };
    const again = wishOf(search as Parameters<typeof wishOf>[0]);
    expect(again).toEqual(full);
    expect([sizesFit(full), sizesFit({ ...full, minSize: 3 })]).toEqual([true, false]);
  });
});
