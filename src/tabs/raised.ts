import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { TabEntryView } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import { type Expected, expectedEntry } from './expected.ts';
import { askTerms } from './terms.ts';

/** A fee above the one in the terms that this peer had learned: disputed until it has asked for them again. */
export interface RaisedFee extends Pick<Expected, 'peer' | 'currency' | 'reference'> {
  readonly n: number;
  readonly amount: number;
}

const raised = collection<RaisedFee>()('raisedFees', ['peer', 'currency', 'reference']);

/**
 * Terms are kept for an hour, and a fee may rise meanwhile. Asks the service for them where that may explain an
 * entry; false where it cannot. At most twice what was expected is ever taken so: nobody agreed to more.
 */
export function noteRaised(
  ctx: Context,
  service: { readonly peer: PeerId; readonly endpoints: readonly string[] },
  currency: CurrencyId,
  { kind, n, amount, reference }: TabEntryView,
): boolean {
  if (kind !== 'solicitation') return false;
  const { peer, endpoints } = service;
  const expected = expectedEntry(ctx, peer, currency, { kind, reference });
  if (expected?.state !== 'expected') return false;
  if (amount <= expected.amount || amount > 2 * expected.amount) return false;
  ctx.tx.put(raised, { peer, currency, reference, n, amount });
  askTerms(ctx, peer, endpoints);
  return true;
}

/** The fees of a peer that wait for its terms; they wait no more. */
export function takeRaised(ctx: Context, peer: PeerId): readonly RaisedFee[] {
  const waiting = ctx.tx.scan(raised, { prefix: [peer] });
  for (const { currency, reference } of waiting) ctx.tx.remove(raised, peer, currency, reference);
  return waiting;
}
