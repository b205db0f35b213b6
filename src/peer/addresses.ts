import type { Context, Effect } from '../kernel/index.ts';
import { endpointsMax } from '../limits.ts';
import { endpointsOf } from '../trust/index.ts';

/**
 * A call goes where its peer is to be reached by now: first to the addresses of its newest card, then to
 * those that were known when the call was decided. What stands in the outbox outlives a peer's move.
 */
export function addressed(ctx: Context, effect: Effect): Effect {
  if (effect.kind !== 'call') return effect;
  const { call } = effect;
  const newest = endpointsOf(ctx, call.to.peer);
  if (newest === call.to.endpoints && newest.length <= endpointsMax) return effect;
  const known = new Set([...newest, ...call.to.endpoints]);
  const endpoints = [...known].slice(0, endpointsMax);
  return { kind: 'call', call: { ...call, to: { ...call.to, endpoints } } };
}
