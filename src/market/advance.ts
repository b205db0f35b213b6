import { type Amount, amount, isAmount } from '../amount.ts';
import { balanceOf, owesUs } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { expectedCharges, netOwed } from '../tabs/index.ts';

/**
 * What a refusal `tab-limit` asks to be paid first, where this peer can explain it: no more than its own
 * books say that it owes and what it has asked for, less what it has paid ahead (protocol 4). Undefined
 * otherwise: a peer must not be made to pay ahead whatever it is told, nor once more for the same charge.
 */
export function neededPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  { members }: Problem,
): Amount | undefined {
  const needed = members?.['needed'];
  // What the peer owes on the other half it may not have entered yet: it counts for nothing here.
  const owed = netOwed(ctx, peer, currency) + Math.max(0, balanceOf(ctx, currency, owesUs(peer)));
  const most = owed + expectedCharges(ctx, peer, currency);
  return isAmount(needed) && needed >= 1 && needed <= most ? amount(needed) : undefined;
}
