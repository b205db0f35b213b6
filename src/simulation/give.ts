import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { pay } from '../money/index.ts';

/** An issuer gives somebody units of its own currency, so that a market can begin. */
export function give(ctx: Context, payee: PeerId, units: number) {
  return pay(ctx, {
    currency: ctx.self,
    payee,
    amount: units as Amount,
    transactionId: 'gift',
    purpose: { kind: 'gift', note: 'To begin with.' },
  });
}
