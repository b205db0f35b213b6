import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { ContestReason, DealId } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { cardOf } from './cards.ts';
import { list, listed } from './listing.ts';

/** Why a peer was marked as undesirable: one contested deal that it took part in (§4). */
interface Mark {
  readonly peer: PeerId;
  readonly deal: DealId;
  readonly at: Milliseconds;
  readonly reason: ContestReason;
  /** A person moved it off the undesirable list, and said why. */
  readonly forgiven?: { readonly at: Milliseconds; readonly reason: string };
}

const marks = collection<Mark>()('marks', ['peer', 'deal']);

/**
 * Marks a peer that took part in a contested deal: it goes to the undesirable list and stays there until a
 * person moves it. Primary neighbors are trusted and never marked (§4); a deal marks a peer once.
 */
export function markUndesirable(
  ctx: Context,
  peer: PeerId,
  { deal, reason }: Pick<Mark, 'deal' | 'reason'>,
): void {
  const known = listed(ctx, peer);
  if (peer === ctx.self || known?.list === 'primary' || ctx.tx.get(marks, peer, deal)) return;
  ctx.tx.put(marks, { peer, deal, at: ctx.now, reason });
  if (known?.list === 'undesirable') return;
  const card = cardOf(ctx, peer)?.card;
  list(ctx, {
    peer,
    name: known?.name ?? card?.name ?? peer.slice(-8),
    list: 'undesirable',
    since: ctx.now,
    reason: 'Took part in a deal that was contested.',
    endpoints: card?.endpoints ?? known?.endpoints ?? [],
    origin: { kind: 'contested', deal, reason },
  });
}

/** Every contested deal that a peer took part in and that spoke against it, the oldest first. */
export function marksOf(ctx: Pick<Context, 'tx'>, peer: PeerId): readonly Mark[] {
  return ctx.tx.scan(marks, { prefix: [peer] }).toSorted((a, b) => a.at - b.at);
}

/** A person moves a peer off the undesirable list: what spoke against it stays written, as forgiven. */
export function forgiveMarks(ctx: Context, peer: PeerId, reason: string): void {
  for (const mark of marksOf(ctx, peer)) {
    if (!mark.forgiven) ctx.tx.put(marks, { ...mark, forgiven: { at: ctx.now, reason } });
  }
}
