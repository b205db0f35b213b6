import type { Amount } from '../amount.ts';
import { wordsOf } from '../documents/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, sweptAtOnce } from '../kernel/index.ts';
import { sightingLifetimeMs, sightingsMax } from '../limits.ts';
import type { DocumentId, Query } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/** Where a document was seen: in a neighbor's bid, or in instructions that a peer gave (§3, §5). */
export interface Sighting {
  readonly documentId: DocumentId;
  /** Who sells it: the bidder, or the peer that served it. */
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly seenIn: 'bid' | 'instructions';
  readonly title: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly price: Amount;
  readonly currency: CurrencyId;
  /** The newest bid: while it has not expired, it may be accepted without asking again. */
  readonly bid?: string;
  /** The peer that served it when it was bought from this one. */
  readonly servedBy?: PeerId;
  /** Whether the words of its title are in the index; those of older versions are not. */
  readonly indexed?: true;
}

const directory = collection<Sighting>()('directory', ['documentId', 'peer'], {
  at: ['at'],
  peer: ['peer', 'at'],
});
/** How many sightings there are: the bound is kept without counting them. */
const directoryHead = collection<{ readonly of: 'directory'; readonly sightings: number }>()(
  'directoryHead',
  ['of'],
);
const directoryWords = collection<{ readonly word: string; readonly documentId: DocumentId }>()(
  'directoryWords',
  ['word', 'documentId'],
);

const titleWordsMax = 12;
const queryWordsMax = 8;
/** So many documents with a word are looked at; of a word that is in more, the others of the text decide. */
const documentsPerWordMax = 500;

/** Notes where a document was seen. Past the bound the sighting that was confirmed longest ago goes. */
export function noteSighting(ctx: Context, seen: Omit<Sighting, 'at' | 'indexed'>): void {
  const { documentId, peer, title } = seen;
  const before = seenAt(ctx, documentId, peer);
  const sightings = sightingsIn(ctx) + (before ? 0 : 1);
  ctx.tx.put(directory, { ...before, ...seen, at: ctx.now, indexed: true });
  if (!before?.indexed || before.title !== title) {
    if (before) forgetWords(ctx, before);
    for (const word of titleWords(title)) ctx.tx.put(directoryWords, { word, documentId });
  }
  if (before) return;
  keepCount(ctx, sightings);
  if (sightings <= sightingsMax) return;
  for (const oldest of ctx.tx.scan(directory, { by: 'at', limit: 1 })) forget(ctx, oldest);
}

/** A document bought from a peer was served by another, or by itself: the peer that has it is known. */
export function noteServed(
  ctx: Context,
  documentId: DocumentId,
  peer: PeerId,
  servedBy: PeerId,
): void {
  const seen = ctx.tx.get(directory, documentId, peer);
  if (seen) ctx.tx.put(directory, { ...seen, servedBy, at: ctx.now });
}

/** Whether a document was seen at a peer, or through it. */
export function seenAt(
  ctx: Pick<Context, 'tx'>,
  documentId: DocumentId,
  peer: PeerId,
): Sighting | undefined {
  return ctx.tx.get(directory, documentId, peer);
}

/** Everywhere a document was seen. */
export function sightingsOf(ctx: Pick<Context, 'tx'>, documentId: DocumentId): readonly Sighting[] {
  return ctx.tx.scan(directory, { prefix: [documentId] });
}

/** What was seen at a peer, newest first. */
export function sightingsAt(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  limit: number,
): readonly Sighting[] {
  return ctx.tx.scan(directory, { by: 'peer', prefix: [peer], descending: true, limit });
}

/** Newest first. */
export function latestSightings(ctx: Pick<Context, 'tx'>, limit: number): readonly Sighting[] {
  return ctx.tx.scan(directory, { by: 'at', descending: true, limit });
}

/** The documents in the directory that fit a query: by id, or with every word of the text in the title. */
export function documentsFor(
  ctx: Pick<Context, 'tx'>,
  { text, documentId }: Query,
  limit: number,
): readonly DocumentId[] {
  if (documentId !== undefined) return sightingsOf(ctx, documentId).length > 0 ? [documentId] : [];
  const words = wordsOf(text ?? '', queryWordsMax);
  const lists = words.map((word) =>
    ctx.tx
      .scan(directoryWords, { prefix: [word], limit: documentsPerWordMax })
      .map((entry) => entry.documentId),
  );
  const [rarest, ...others] = lists.toSorted((a, b) => a.length - b.length);
  if (!rarest) return [];
  const has = others
    .filter(({ length }) => length < documentsPerWordMax)
    .map((list) => new Set(list));
  const common = rarest.filter((each) => has.every((list) => list.has(each)));
  return common
    .filter((each) =>
      sightingsOf(ctx, each).some(({ title }) => {
        const inTitle = new Set(titleWords(title));
        return words.every((word) => inTitle.has(word));
      }),
    )
    .slice(0, limit);
}

/** How many sightings the directory holds, without counting them. */
export function sightingsIn(ctx: Pick<Context, 'tx'>): number {
  return ctx.tx.get(directoryHead, 'directory')?.sightings ?? ctx.tx.scan(directory).length;
}

/** A peer does not sell a document any more, at any rate not as it was known. */
export function forgetSighting(ctx: Context, documentId: DocumentId, peer: PeerId): void {
  const seen = seenAt(ctx, documentId, peer);
  if (seen) forget(ctx, seen);
}

/** Forgets what was not confirmed for long. True where more is left. */
export function sweepDirectory(ctx: Context): boolean {
  const to = ctx.now - sightingLifetimeMs;
  const past = ctx.tx.scan(directory, { by: 'at', to, limit: sweptAtOnce });
  for (const stale of past) forget(ctx, stale);
  return past.length === sweptAtOnce;
}

function forget(ctx: Context, sighting: Sighting): void {
  const sightings = sightingsIn(ctx);
  ctx.tx.remove(directory, sighting.documentId, sighting.peer);
  keepCount(ctx, sightings - 1);
  forgetWords(ctx, sighting);
}

/** A title is not seen any more: its words go that stand in no other title of the document. */
function forgetWords(ctx: Context, { documentId, title }: Sighting): void {
  const kept = new Set(sightingsOf(ctx, documentId).flatMap((other) => titleWords(other.title)));
  for (const word of titleWords(title))
    if (!kept.has(word)) ctx.tx.remove(directoryWords, word, documentId);
}

function titleWords(title: string): readonly string[] {
  return wordsOf(title, titleWordsMax);
}

function keepCount(ctx: Context, sightings: number): void {
  ctx.tx.put(directoryHead, { of: 'directory', sightings });
}
