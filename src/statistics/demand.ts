import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { collection } from '../state/index.ts';

/** What a neighbor asks of this peer: its solicitations, those that got a bid, and the bids it accepted. */
export interface Demand {
  readonly peer: PeerId;
  readonly asked: number;
  readonly offered: number;
  readonly taken: number;
}

/** A record of its own, as small as can be: it is written with every answer to a solicitation. */
const demands = collection<Demand>()('demands', ['peer']);

export function demandOf(ctx: Pick<Context, 'tx'>, peer: PeerId): Demand {
  return ctx.tx.get(demands, peer) ?? { peer, asked: 0, offered: 0, taken: 0 };
}

/** A neighbor's solicitation was answered, with so many bids. Strangers are not noted. */
export function noteAnswered(ctx: Context, peer: PeerId, bids: number): void {
  if (!ctx.neighbors.get(peer)) return;
  const { asked, offered, taken } = demandOf(ctx, peer);
  ctx.tx.put(demands, { peer, asked: asked + 1, offered: offered + (bids > 0 ? 1 : 0), taken });
}

/** A neighbor accepted a bid of this peer's. */
export function noteSold(ctx: Context, peer: PeerId): void {
  if (!ctx.neighbors.get(peer)) return;
  const known = demandOf(ctx, peer);
  ctx.tx.put(demands, { ...known, taken: known.taken + 1 });
}
