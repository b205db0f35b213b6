import { type Amount, amount, isAmount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { netOwed } from '../tabs/index.ts';

/**
 * What a refusal `tab-limit` asks to be paid first, where this peer can explain it: no more than its own
 * books say that it owes, and the charge that was refused (protocol 4). Undefined otherwise: a peer must
 * not be made to pay ahead whatever it is told.
 */
export function neededPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  charge: Amount,
  { members }: Problem,
): Amount | undefined {
  const needed = members?.['needed'];
  const most = Math.max(0, netOwed(ctx, peer, currency)) + charge;
  return isAmount(needed) && needed >= 1 && needed <= most ? amount(needed) : undefined;
}
