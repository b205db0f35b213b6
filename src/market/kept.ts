import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { accessKeyLifetimeSeconds } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { openPurchases, type Purchase, salesOfDocument, waitingSaleStates } from './deals.ts';

/**
 * Copies that this peer keeps of documents it bought for buyers (§3, concealment). They stand on the shelf
 * like every other document, within a budget of the disk.
 */
export interface KeptCopy {
  readonly documentId: DocumentId;
  readonly title: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Where it lies, below the folder of kept copies. */
  readonly place: string;
  readonly at: Milliseconds;
  /** The purchase that brought it, and from whom. */
  readonly deal: DealId;
  readonly seller: PeerId;
  /** `dropping`: it is being deleted, and not sold any more. */
  readonly state: 'kept' | 'dropping';
}

const copies = collection<KeptCopy>()('keptCopies', ['documentId'], { at: ['at'] });

/** A copy is worth what it brought lately. */
const worthMs = 30 * 24 * 60 * 60_000;

/** All copies, the one that would go first leading. */
export function keptCopies(ctx: Pick<Context, 'tx' | 'now'>): readonly KeptCopy[] {
  return ctx.tx
    .scan(copies, { by: 'at' })
    .map((copy) => ({ copy, worth: worthOf(ctx, copy) }))
    .sort((a, b) => a.worth.sold - b.worth.sold || a.worth.usedAt - b.worth.usedAt)
    .map(({ copy }) => copy);
}

/** The copy of a document that is kept for others, if there is one. */
export function keptCopyOf(ctx: Pick<Context, 'tx'>, documentId: DocumentId): KeptCopy | undefined {
  return ctx.tx.get(copies, documentId);
}

/** A purchase for a buyer arrived: its document is kept from now on, at this place. */
export function noteKept(ctx: Context, purchase: Purchase, place: string): void {
  const { documentId, title, mediaType, sizeBytes, deal, seller } = purchase;
  const copy = { documentId, title, mediaType, sizeBytes, place, at: ctx.now, deal, seller };
  ctx.tx.put(copies, { ...copy, state: 'kept' });
}

/** What kept copies take now, and what is on its way to become one. */
export function keptBytes(ctx: Pick<Context, 'tx'>): {
  readonly kept: number;
  readonly coming: number;
} {
  return { kept: bytesOf(ctx.tx.scan(copies)), coming: bytesOf(copiesComing(ctx)) };
}

function bytesOf(sizes: readonly { readonly sizeBytes: number }[]): number {
  return sizes.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}

function copiesComing(ctx: Pick<Context, 'tx'>): readonly Purchase[] {
  return openPurchases(ctx).filter(({ purpose }) => purpose.kind === 'resale' && purpose.conceal);
}

/** Whether a copy is being sold or served: then it stays. */
export function isInUse(ctx: Pick<Context, 'tx' | 'now'>, documentId: DocumentId): boolean {
  const keysEndAfter = ctx.now - accessKeyLifetimeSeconds * 1_000;
  return salesOfDocument(ctx, documentId).some(
    ({ state, since }) =>
      waitingSaleStates.has(state) || (state === 'instructed' && since > keysEndAfter),
  );
}

/** Whether one more document of this size finds room, were all that is not in use to go. */
export function hasRoom(ctx: Pick<Context, 'tx' | 'now' | 'settings'>, sizeBytes: number): boolean {
  const inUse = ctx.tx.scan(copies).filter(({ documentId }) => isInUse(ctx, documentId));
  const { budgetBytes } = ctx.settings.concealment;
  return bytesOf(inUse) + keptBytes(ctx).coming + sizeBytes <= budgetBytes;
}

/** Drops the least valuable copies until what is on its way fits, too; those in use stay, whatever the budget says. */
export function makeRoom(ctx: Context): void {
  const { budgetBytes } = ctx.settings.concealment;
  const kept = ctx.tx.scan(copies).filter(({ state }) => state === 'kept');
  let left = bytesOf([...kept, ...copiesComing(ctx)]);
  if (left <= budgetBytes) return;
  for (const copy of keptCopies(ctx)) {
    if (left <= budgetBytes) return;
    if (copy.state === 'dropping' || isInUse(ctx, copy.documentId)) continue;
    drop(ctx, copy);
    left -= copy.sizeBytes;
  }
}

/** The person wants a copy gone. `unknown-document`; `document-in-use` while it is being sold. */
export function dropCopy(ctx: Context, documentId: DocumentId): Result<KeptCopy, Problem> {
  const copy = keptCopyOf(ctx, documentId);
  if (!copy) return fail(problem('unknown-document', 'No copy of this document is kept.'));
  if (isInUse(ctx, documentId)) {
    return fail(problem('document-in-use', 'A buyer is still to retrieve it. Try again later.'));
  }
  drop(ctx, copy);
  return ok(copy);
}

function drop(ctx: Context, copy: KeptCopy): void {
  ctx.tx.put(copies, { ...copy, state: 'dropping' });
  const { documentId, place } = copy;
  ctx.effect({ kind: 'drop-copy', documentId, place });
}

/** The file at this place is gone: by `drop-copy`, or by itself. A copy that was kept anew meanwhile stays. */
export function copyDropped(ctx: Context, documentId: DocumentId, place: string): void {
  if (keptCopyOf(ctx, documentId)?.place === place) ctx.tx.remove(copies, documentId);
}

/** After a start: what was to be deleted is deleted. */
export function resumeDropping(ctx: Context): void {
  for (const copy of ctx.tx.scan(copies)) if (copy.state === 'dropping') drop(ctx, copy);
}

/** Whether a document may be sold from the shelf: it stands there, and is not about to go. */
export function isOnShelf(ctx: Pick<Context, 'tx' | 'library'>, documentId: DocumentId): boolean {
  return (
    keptCopyOf(ctx, documentId)?.state !== 'dropping' && ctx.library.find(documentId) !== undefined
  );
}

function worthOf(ctx: Pick<Context, 'tx' | 'now'>, copy: KeptCopy) {
  const since = ctx.now - worthMs;
  const sales = salesOfDocument(ctx, copy.documentId).filter(({ at }) => at > since);
  return {
    sold: sales.filter(({ state }) => state !== 'refunded').length,
    usedAt: Math.max(copy.at, ...sales.map(({ at }) => at)),
  };
}
