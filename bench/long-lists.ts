import { createHash } from 'node:crypto';
import type { MethodInput, MethodOutput } from '../main/bridge/contract.ts';
import type { Amount } from '../src/amount.ts';
import type { PeerId } from '../src/identity/index.ts';
import type { DealId, DocumentId } from '../src/protocol/index.ts';
import { titleOf } from './documents.ts';

/** As many rows as each list has. */
export const rowsTotal = 100_000;

/** The search whose bids fill its page. */
export const searchId = idOf('search');

type Deal = MethodOutput<'deals.list'>['deals'][number];
type Bid = MethodOutput<'search.bids'>['bids'][number];
type Search = MethodOutput<'search.get'>;

/** What a peer with a long history would answer; undefined where it answers itself. */
export function longAnswer(self: PeerId, method: string, input: unknown): unknown {
  switch (method) {
    case 'deals.list':
      return dealsPage(self, input as MethodInput<'deals.list'>);
    case 'search.recent':
      return { searches: [search(self)] } satisfies MethodOutput<'search.recent'>;
    case 'search.get':
      return search(self);
    case 'search.bids':
      return bidsPage(self, input as MethodInput<'search.bids'>);
    default:
      return undefined;
  }
}

function dealsPage(self: PeerId, { before, limit = 100 }: MethodInput<'deals.list'>) {
  const first = Number(before ?? 0);
  const deals = rows(first, limit, (n) => dealOf(self, n));
  const next = first + deals.length;
  const page: MethodOutput<'deals.list'> = {
    deals,
    ...(next < rowsTotal && { before: String(next) }),
  };
  return page;
}

function bidsPage(self: PeerId, { offset = 0, limit = 100 }: MethodInput<'search.bids'>) {
  const bids = rows(offset, limit, (n) => bidOf(self, n));
  return { total: rowsTotal, bids } satisfies MethodOutput<'search.bids'>;
}

function rows<R>(first: number, limit: number, rowAt: (n: number) => R): R[] {
  const length = Math.max(0, Math.min(limit, rowsTotal - first));
  return Array.from({ length }, (_, n) => rowAt(first + n));
}

function dealOf(self: PeerId, n: number): Deal {
  const at = Date.UTC(2026, 0, 1) - n * 60_000;
  return {
    ...{ side: 'purchase', deal: idOf(`deal ${n}`) as DealId, ...documentOf(n) },
    ...{ currency: self, price: priceOf(n), seller: self, state: 'delivered' },
    ...{ at, since: at, deadlineAt: at + 60_000, history: [{ state: 'delivered', at }] },
  };
}

function bidOf(self: PeerId, n: number): Bid {
  const now = Date.now();
  const share = { good: n % 20, of: 20 };
  return {
    ...{ id: idOf(`bid ${n}`), search: searchId, bidder: self, at: now, ...documentOf(n) },
    ...{ expiresAt: now + 3_600_000, currency: self, price: priceOf(n), list: 'primary' },
    ...{ share, expected: share, riskAdjusted: priceOf(n), sealed: false },
  };
}

function search(self: PeerId): Search {
  return {
    ...{ id: searchId, at: Date.now(), query: { text: 'wind' }, state: 'ended' },
    offers: [{ currency: self, maxPrice: 40 as Amount }],
    ...{ askedPeers: [self], refusals: [], bids: rowsTotal },
  };
}

function documentOf(n: number) {
  const digits = [...String(n).padStart(6, '0')]
    .map((digit) => 'abcdefghij'[Number(digit)])
    .join('');
  return {
    documentId: `b3-${digits.padEnd(52, 'a')}` as DocumentId,
    ...{ title: titleOf(n), sizeBytes: 1_000 + n, mediaType: 'text/plain' },
  };
}

function priceOf(n: number): Amount {
  return (1 + (n % 40)) as Amount;
}

function idOf(of: string): string {
  return createHash('sha256').update(of).digest().subarray(0, 16).toString('base64url');
}
