import { type Amount, amount, isAmount } from '../amount.ts';
import { balanceOf, owesUs } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { expectedCharges, netOwed, payTab } from '../tabs/index.ts';

/**
 * What a refusal `tab-limit` asks to be paid first, where this peer can explain it: a peer must not be made to pay
 * ahead whatever it is told, nor once more for the same charge. Undefined otherwise.
 */
export function neededPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { members }: Problem,
): Amount | undefined {
  const needed = members?.['needed'];
  const most = explainedPayment(ctx, peer, currency);
  return isAmount(needed) && needed >= 1 && needed <= most ? amount(needed) : undefined;
}

/**
 * The most that this peer pays on a tab before it is served: what its own books say that it owes and what it has
 * asked for, less what it has paid ahead (protocol 4). Not above zero: nothing.
 */
function explainedPayment(ctx: Context, peer: PeerId, currency: CurrencyId): number {
  return owedAtLeast(ctx, peer, currency) + expectedCharges(ctx, peer, currency);
}

/**
 * Pays what is needed on a tab, and with it what other requests to the same peer need `besides`, as far as that is
 * explained: one transfer costs one fee (§2), and none takes what was paid for another. What is needed alone, where
 * there is not so much money. Problems as with any payment on a tab.
 */
export function payNeeded(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  needed: Amount,
  besides: number,
): ReturnType<typeof payTab> {
  const explained = explainedPayment(ctx, peer, currency);
  const all = amount(Math.min(needed + besides, explained, Number.MAX_SAFE_INTEGER));
  const paid = payTab(ctx, peer, currency, all);
  const short = !paid.ok && paid.error.code === 'insufficient-funds' && all > needed;
  return short ? payTab(ctx, peer, currency, needed) : paid;
}

/** Whether a peer was paid so much more than it has charged by now. */
export function isPaidAhead(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  price: Amount,
): boolean {
  return owedAtLeast(ctx, peer, currency) + price <= 0;
}

/** What the peer owes on the other half it may not have entered yet: it counts for nothing here. */
function owedAtLeast(ctx: Context, peer: PeerId, currency: CurrencyId): number {
  return netOwed(ctx, peer, currency) + Math.max(0, balanceOf(ctx, currency, owesUs(peer)));
}
