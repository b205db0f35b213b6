import type { PeerId } from '../identity/index.ts';
import type { Context, Neighbor } from '../kernel/index.ts';
import { endpointsOf } from './cards.ts';

/** For whom this peer asks a neighbor for bids: for nobody, for its person only, or for its callers too. */
export type SolicitedFor = 'nobody' | 'self' | 'everybody';

/**
 * What the policy says of a neighbor now (§4). Primary neighbors are asked in any case. Secondary ones are
 * not trusted: policy 1 never asks them, policy 2 for the person's own searches alone, so that no neighbor
 * is exposed to them, policy 3 on behalf of others too. Undesirable ones are never asked.
 */
export function solicitedFor(ctx: Context, { list, peer }: Neighbor): SolicitedFor {
  if (list === 'undesirable' || endpointsOf(ctx, peer).length === 0) return 'nobody';
  if (list === 'primary') return 'everybody';
  return secondaryFor[ctx.settings.policy];
}

/** Whether callers may be exposed to a peer now: one from which this peer buys for them (§4). */
export function servesOthers(ctx: Context, peer: PeerId): boolean {
  const neighbor = ctx.neighbors.get(peer);
  return neighbor !== undefined && solicitedFor(ctx, neighbor) === 'everybody';
}

const secondaryFor = { 1: 'nobody', 2: 'self', 3: 'everybody' } as const;

/** The neighbors that may be asked for bids, for the person's own search or for a caller (§4). */
export function solicitable(ctx: Context, purpose: 'self' | 'others'): readonly Neighbor[] {
  return ctx.neighbors.all().filter((neighbor) => {
    const whom = solicitedFor(ctx, neighbor);
    return whom === 'everybody' || whom === purpose;
  });
}
